"""Classes of submissions in a folder, graded by the command that an instructor runs."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
QUICK = Path(__file__).with_name("course_with_limits.py")


def hand_in(folder, submissions):
    """Write submissions, {name: {file: text}}, into a folder."""
    for name, files in submissions.items():
        (folder / name).mkdir(parents=True)
        for file, text in files.items():
            (folder / name / file).write_text(text, "utf-8")


def command(*words):
    return [sys.executable, "-m", "grader", "grade", *map(str, words), "--course", str(ROOT), "--seed", "hostile"]


def environment(**more):
    return {**os.environ, "OPENBLAS_NUM_THREADS": "1", **more}


def grade_class(folder, *more, assignment="softmax_classifier", quick=True, jobs=2):
    """Grade a folder of submissions; return their documents by name."""
    asked = QUICK if quick else assignment
    words = command("--class", folder, "-a", asked, "--format", "json", "--jobs", jobs, *more)
    done = subprocess.run(
        words, cwd=ROOT, capture_output=True, text=True, env=environment(HOSTILE_ASSIGNMENT=assignment), timeout=300
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return {document["submission"]: document for document in json.loads(done.stdout)}


def statuses(document):
    """Every check that is not passed: {task: {check: (status, message)}}."""
    return {
        task["name"]: {c["name"]: (c["status"], c["message"]) for c in task["checks"] if c["status"] != "pass"}
        for task in document["tasks"]
    }
