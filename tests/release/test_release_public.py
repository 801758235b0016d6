"""`public.json`: what is written comes back bit for bit, runs, and is refused in one line where it is damaged."""

import json
from dataclasses import asdict

import numpy as np
import pytest
from msgspec import structs

from grader import public, trees
from grader.answerers import InProcess
from grader.grade import grade
from grader.paper import PUBLIC_SEED, Posed
from grader.posing import write
from grader.public.layout import render
from grader.public.values import decode, encode
from grader.questions import Named
from grader.sandbox import NAMED


def test_the_reference_passes_every_check_of_the_loaded_exam(assignment):
    meta, exam = public.load(public.dump(assignment))
    report = grade(exam, InProcess({task.name: task.reference for task in assignment.tasks}, NAMED))
    wrong = [(task.name, row.name, row.verdict) for task in report.tasks for row in task.rows if not row.verdict.earns]
    assert wrong == []
    assert {row.verdict.status for task in report.tasks for row in task.rows} == {"pass"}
    assert all(row.visibility == "public" for task in report.tasks for row in task.rows)
    assert meta.name == assignment.name
    assert meta.homes == assignment.homes


def test_papers_come_back_bit_by_bit(assignment):
    _, exam = public.load(public.dump(assignment))
    named = {task.name: task for task in assignment.tasks}
    for (paper, _), task in zip(exam.tasks, assignment.tasks, strict=True):
        original = write(task, PUBLIC_SEED, public_only=True, forwards=named)
        for name in ("task", "parameters", "several", "forward", "forward_parameters", "ahead_returns", "echo"):
            assert getattr(paper, name) == getattr(original, name), (task.name, name)
        assert dict(paper.returns) == dict(original.returns)
        assert (paper.slope and asdict(paper.slope)) == (original.slope and asdict(original.slope))
        assert paper.seed == PUBLIC_SEED
        for case, was in zip(paper.cases, [case for case in original.cases if not case.timed], strict=True):
            assert_same_case(case, was)


def assert_same_case(case: Posed, was: Posed):
    for field in structs.fields(Posed):
        mine, theirs = getattr(case, field.name), getattr(was, field.name)
        if field.name in ("near", "single"):
            assert mine is None, "a student's machine has neither draws nor the reference"
        elif field.name in ("inputs", "expected", "ahead"):
            assert bits(mine) == bits(theirs), (case.name, field.name)
        else:
            assert mine == theirs, (case.name, field.name)


def bits(value):
    return [
        (place, leaf if isinstance(leaf, Named | str) else (np.shape(leaf), kind(leaf), np.asarray(leaf).tobytes()))
        for place, leaf in trees.leaves("", value)
    ]


def kind(leaf):
    return str(leaf.dtype) if isinstance(leaf, np.ndarray) else "number"


def test_what_only_hidden_cases_decide_is_named_and_not_in_the_exam(assignment):
    meta, exam = public.load(public.dump(assignment))
    for (paper, checks), task in zip(exam.tasks, assignment.tasks, strict=True):
        shown = {check.statement(task.shapes) for check in checks}
        hidden = set(meta.hidden.get(task.name, ()))
        assert shown | hidden == {check.statement(task.shapes) for check in task.checks}
        assert not shown & hidden
        groups = {case.group for case in paper.cases}
        assert all(check.group in groups for check in checks)


def test_the_speed_check_is_left_to_the_instructor(softmax_classifier):
    meta, _ = public.load(public.dump(softmax_classifier))
    assert meta.hidden["weight_gradient"] == ("fast on a tall, thin input: no Python loop over the examples",)


def test_equal_assignments_give_equal_text(assignment):
    assert public.dump(assignment) == public.dump(assignment)


def test_only_public_cases_are_in_it(assignment):
    cases = [case for task in json.loads(public.dump(assignment))["tasks"] for case in task["cases"]]
    names = {case.name for task in assignment.tasks for case in task.cases if case.public}
    assert {case["name"] for case in cases} <= names


VALUES = [
    np.array([[0.1, -0.0], [5e-324, 1.7976931348623157e308]]),
    np.array([1 / 3], dtype="float32"),
    np.array([0, 255], dtype="uint8"),
    np.array([2**63], dtype="uint64"),
    np.array([True, False]),
    np.zeros((0, 3)),
    np.array(2.5),
    [np.array([1.0]), {"W": np.eye(2), "c": (1, "relu", None)}],
    Named("sin"),
    0.1,
    True,
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_comes_back_as_it_was(value):
    back = decode(json.loads(render(encode(value))))
    assert bits(back) == bits(value)
    assert type(back) is type(value)


@pytest.mark.parametrize("value", [float("nan"), np.array([np.inf]), np.array([1j]), {"array": 1}, object()], ids=str)
def test_what_json_cannot_hold_is_refused(value):
    with pytest.raises(public.PublicError, match="a public case holds"):
        encode(value)


def damaged(text, change):
    document = json.loads(text)
    change(document)
    return json.dumps(document)


def replace_array(document):
    document["tasks"][0]["cases"][0]["inputs"]["X"]["array"] = [[1.0], [2.0, 3.0]]


DAMAGE = [
    (lambda d: d.update(schema="grader.public/0"), "has schema 'grader.public/0'; expected 'grader.public/1'"),
    (lambda d: d.clear(), "is no data of the grader"),
    (lambda d: d.pop("tasks"), r"is damaged \(Object missing required field `tasks`"),
    (lambda d: d["tasks"][0]["checks"][0]["check"].update(type="Magic"), r"is damaged \(Invalid value 'Magic'"),
    (lambda d: d["tasks"][0].update(points="many"), r"is damaged \(Expected `int \| float`"),
    (replace_array, "is damaged .scores, case 'example': an array is not readable"),
]


@pytest.mark.parametrize(("change", "message"), DAMAGE)
def test_a_damaged_document_is_one_line(softmax_classifier, change, message):
    with pytest.raises(public.PublicError, match=message) as caught:
        public.load(damaged(public.dump(softmax_classifier), change))
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith("fetch the template's public.json again")


@pytest.mark.parametrize("text", [b"", b"{", b"\xff\xfe\x00", b"[]", b'"x"', b"{}"])
def test_what_is_no_document_is_one_line(text):
    with pytest.raises(public.PublicError, match="is no data of the grader"):
        public.load(text)


def test_another_processors_last_digits_are_equivalent_and_wrong_numbers_are_not(softmax_classifier):
    text = public.dump(softmax_classifier)

    def nudge(document, by):
        document["tasks"][1]["cases"][1]["expected"]["P"]["array"][0][0] += by

    assert public.equivalent(damaged(text, lambda d: nudge(d, 1e-16)).encode(), text.encode())
    assert not public.equivalent(damaged(text, lambda d: nudge(d, 1e-6)).encode(), text.encode())
    assert not public.equivalent(damaged(text, lambda d: d["tasks"].pop()).encode(), text.encode())
    assert not public.equivalent(b"{", text.encode())
