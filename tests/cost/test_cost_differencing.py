"""Numeric differentiation is named and earns no gradient points; a correct loop keeps all of its."""

from pathlib import Path

import pytest

from assignments.two_layer_mlp import ASSIGNMENT
from grader.checks.cost import Derived
from grader.classroom.session import Session
from grader.drive import run
from grader.posing import write
from grader.questions import Ref, Returned
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


class Clocked:
    """Answers with the reference's values, and with the same processor time each time."""

    def __init__(self, cpu_s):
        self.cpu_s, self.asked = cpu_s, []

    def ask(self, question):
        self.asked.append([call.function for call in question.calls])
        answers, kept = [], {}
        for place, call in enumerate(question.calls):
            args = [kept[arg.call][arg.place] if isinstance(arg, Ref) else arg for arg in call.args]
            value = kept[place] = ASSIGNMENT.task(call.function).reference(*args)
            shown = tuple(None if n in call.keep else part for n, part in enumerate(value)) if call.keep else value
            answers.append(Returned(shown, cpu_s=self.cpu_s if call.timed else None))
        return tuple(answers)


@pytest.mark.parametrize(("spent", "questions"), [(0.2, 1), (5.0, 2)])
def test_a_forward_pass_is_measured_only_where_the_cost_may_be_too_much(spent, questions):
    """30,000 numbers: 3,000 calls at 50 µs are 0.15 s at the least."""
    paper = write(ASSIGNMENT.task("relu_backward"), b"price", forwards={t.name: t for t in ASSIGNMENT.tasks})
    answerer = Clocked(spent * 0.15)
    assert run(Derived(), paper, answerer).status == "pass"  # at such a price of both, it is no more than one call
    assert answerer.asked[0] == ["relu_forward", "relu_backward"]
    assert len(answerer.asked) == questions
