"""What is remembered by less than all that was asked is wrong for other numbers, and found to be."""

from dataclasses import replace

import numpy as np
import pytest

from grader.answerers import InProcess
from grader.checks import Gradient, Shape, Value
from grader.grade import grade, prepare
from grader.model import Task
from grader.posing import write
from tests.grader.toy import EXAMPLE, FORWARD, GENERIC, SINGLE, W, X, product, toy


def outer(x, w):
    return x.T @ x @ w


SQUARED = Task(
    outer,
    dict(x=X, w=W),
    {"dw": "D M"},
    (EXAMPLE, GENERIC, SINGLE),
    {Shape("dw"): 1, Gradient("dw"): 2, Value("dw"): 1},
)


def remembered(function, key):
    memo = {}

    def answer(*args):
        return memo.setdefault(key(*args), function(*args))

    return answer


def judged(task, **functions):
    report = grade(
        prepare(toy(sum(task.checks.values()), dict.fromkeys(task.equations, "y = x"), (task,)), b"seed"),
        InProcess(functions, {}),
    )
    return {row.name: row.verdict for row in report.tasks[0].rows}


@pytest.mark.parametrize(("task", "function", "output"), [(FORWARD, product, "y"), (SQUARED, outer, "dw")])
def test_an_answer_remembered_by_shape_is_state(task, function, output):
    found = judged(task, **{task.name: remembered(function, lambda x, w: (x.shape, w.shape))})
    lost = [verdict for name, verdict in found.items() if name != f"{output} has shape {task_shape(output)}"]
    assert {verdict.status for verdict in lost} == {"fail"}
    assert {verdict.diagnosis.id for verdict in lost} == {"state"}
    assert lost[0].sentence == "other inputs of the same shapes get the same answer: it remembers something"


def task_shape(output):
    return {"y": "(N, M)", "dw": "(D, M)"}[output]


def test_an_answer_remembered_by_one_argument_is_found():
    found = judged(SQUARED, outer=remembered(outer, lambda x, w: w.shape if len(x) > 1 else w.tobytes()))
    assert found["dw is the true derivative"].status == "fail"


def test_what_is_right_for_some_numbers_of_a_shape_alone_is_wrong():
    seen = set()

    def fussy(x, w):
        seen.add((x.shape, x.tobytes()))
        again = sum(shape == x.shape for shape, _ in seen) > 1
        return outer(x, w) * (2 if again and (x.shape, x.tobytes()) != min(seen) else 1)

    found = judged(SQUARED, outer=fussy)
    assert found["dw is the true derivative"].status == "fail"


def test_an_answer_remembered_by_every_byte_is_right():
    found = judged(SQUARED, outer=remembered(outer, lambda x, w: (x.shape, x.tobytes(), w.tobytes())))
    assert {verdict.status for verdict in found.values()} == {"pass"}


def test_what_does_not_depend_on_its_numbers_may_be_alike():
    def ones(x):
        return np.ones(x.shape)

    task = Task(ones, dict(x=X), {"dw": "N D"}, (replace(EXAMPLE, draws={}), GENERIC), {Gradient("dw"): 1})
    assert judged(task, ones=ones)["dw is the true derivative"].status == "pass"


def test_the_other_case_has_the_same_shapes_and_no_number_alike():
    paper = write(SQUARED, b"seed")
    watched = paper.ordinary[paper.watched]
    assert paper.other.sizes == watched.sizes
    assert not np.any(paper.other.inputs["x"] == watched.inputs["x"])


def test_public_papers_have_none():
    assert write(SQUARED, b"seed", public_only=True).other is None


def test_other_numbers_are_drawn_once_a_seed():
    assert write(SQUARED, b"seed").other is write(SQUARED, b"seed").other
