"""The bundled example class, through the real command: scores and failing checks are those written by hand."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.submissions.manifest import CLASS, EVERY

ROOT = Path(__file__).resolve().parents[2]
SUBMISSIONS = ROOT / "tests" / "submissions"

pytestmark = pytest.mark.skipif(importlib.util.find_spec("grader.cli") is None, reason="grader.cli is not there yet")


@pytest.fixture(scope="module")
def documents():
    """The documents of each assignment's class, graded once: name → document."""
    graded = {}

    def of(assignment):
        if assignment not in graded:
            graded[assignment] = {document["submission"]: document for document in grade(assignment)}
        return graded[assignment]

    return of


def grade(assignment):
    command = [sys.executable, "-m", "grader", "grade", "--class", str(SUBMISSIONS / assignment), "-a", assignment]
    command += ["--format", "json", "--allow-unconfined", "--seed", "example class"]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return json.loads(done.stdout)


def name_of(path):
    return path.stem if path.is_file() else path.name


def not_passing(document):
    """Task → status → checks, for every check whose status is not `pass`."""
    found = {}
    for task in document["tasks"]:
        for check in task["checks"]:
            if check["status"] != "pass":
                found.setdefault(task["name"], {}).setdefault(check["status"], set()).add(check["name"])
    return found


def expected(document, written):
    """The same of the manifest, with EVERY written out."""
    names = {task["name"]: {check["name"] for check in task["checks"]} for task in document["tasks"]}
    return {
        task: {status: names[task] if checks == EVERY else set(checks) for status, checks in statuses.items()}
        for task, statuses in written.items()
    }


@pytest.mark.parametrize("assignment", CLASS)
def test_manifest_names_every_submission(assignment):
    children = [path for path in (SUBMISSIONS / assignment).iterdir() if path.name != "__pycache__"]
    assert sorted(map(name_of, children)) == sorted(CLASS[assignment])


def test_class_is_large_enough():
    sizes = {assignment: len(students) for assignment, students in CLASS.items()}
    assert sum(sizes.values()) >= 12
    assert min(sizes.values()) >= 4


@pytest.mark.parametrize(
    ("assignment", "student"), [(assignment, student) for assignment in CLASS for student in CLASS[assignment]]
)
def test_score_and_failing_checks(documents, assignment, student):
    document, written = documents(assignment)[student], CLASS[assignment][student]
    assert not_passing(document) == expected(document, written["not passing"])
    assert document["score"] == written["score"]
