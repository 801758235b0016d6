"""Numeric differentiation is named and earns no gradient points; a correct loop keeps all of its."""

from pathlib import Path

import pytest

from assignments.two_layer_mlp import ASSIGNMENT
from grader.classroom.session import Session
from grader.submissions import SourceFile, Submission
from tests.cost.differencing import DERIVED, DIFFERENCED

ROOT = Path(__file__).resolve().parents[2]
RIGHT = (ROOT / "tests" / "styles" / "two_layer_mlp" / "einsum" / "solution.py").read_text()


@pytest.fixture(scope="module")
def session():
    with Session(ASSIGNMENT, b"price") as opened:
        yield opened


def report(session, added):
    text = f"{RIGHT}\n\n{added}".encode()
    graded = session.grade(Submission("student", (SourceFile("solution.py", text),), (), "0" * 64))
    return {task.name: task for task in graded.report.tasks}


@pytest.mark.parametrize(("function", "added"), DIFFERENCED.values(), ids=DIFFERENCED)
def test_differences_are_named_and_earn_no_gradient_points(session, function, added):
    task = report(session, added)[function]
    rows = [row for row in task.rows if "derivative" in row.name or "numeric check" in row.name]
    assert rows
    for row in rows:
        assert row.verdict.status == "fail"
        assert row.verdict.diagnosis.id == "numeric-differentiation"
        assert row.score == 0


@pytest.mark.parametrize("added", DERIVED.values(), ids=DERIVED)
def test_a_derivation_keeps_its_points_however_slow(session, added):
    tasks = report(session, added)
    assert {row.verdict.status for task in tasks.values() for row in task.rows} == {"pass"}
