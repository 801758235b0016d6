"""What a diagnosis is in the result document, for an instructor and for a student."""

from dataclasses import dataclass

import pytest

from grader.answerers import InProcess
from grader.document import document
from grader.grade import grade
from tests.diagnosis.students import base, exam
from tests.named import NAMED

SECRET = ("expected", "got", "index", "sizes", "fitted", "case")
"""Evidence that gives a hidden case away."""


@dataclass(frozen=True)
class Nowhere:
    level: int = 0
    claim: str = "not confined"


def checks(audience, **functions):
    """The rows of `softmax_loss`, as a document holds them."""
    student = {**base("two_layer_mlp"), **functions}
    report = grade(exam("two_layer_mlp", "softmax_loss"), InProcess(student, NAMED))
    written = document(
        report,
        assignment="two_layer_mlp",
        submission="x",
        sha256="",
        seed=b"x",
        audience=audience,
        environment={},
        isolation=Nowhere(),
    )
    return {check.name: check for check in written.tasks[0].checks}


def no_mean(z, y):
    loss, dz = base("two_layer_mlp")["softmax_loss"](z, y)
    return loss, dz * len(z)


@pytest.mark.parametrize("audience", ["instructor", "student"])
def test_the_diagnosis_and_how_sure_it_is_are_for_everybody(audience):
    check = checks(audience, softmax_loss=no_mean)["dz is the true derivative"]
    assert (check.status, check.diagnosis.id) == ("fail", "missing-1/N")
    assert "dz is " in check.diagnosis.message
    assert "× what it should be, and N = " in check.diagnosis.message
    assert check.evidence["confidence"] == "certain"
    assert check.evidence["alternatives"] == []


def test_the_loss_that_is_right_has_no_diagnosis():
    check = checks("student", softmax_loss=no_mean)["loss is right"]
    assert (check.status, check.diagnosis, check.evidence) == ("pass", None, {})


def test_a_student_sees_no_evidence_of_hidden_cases():
    def hidden_only(z, y):
        loss, dz = base("two_layer_mlp")["softmax_loss"](z, y)
        return loss, dz if len(z) != 11 else dz * 11

    told = checks("student", softmax_loss=hidden_only)["dz is the true derivative"]
    assert told.status == "fail"
    assert not set(SECRET) & set(told.evidence)
    assert set(SECRET) & set(checks("instructor", softmax_loss=hidden_only)["dz is the true derivative"].evidence)
