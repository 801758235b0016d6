"""A check is a function of the answers: what it did after the very same ones is not worked out again."""

from __future__ import annotations

import pytest

from grader.drive import run
from grader.model import Verdict
from grader.posing import write
from grader.questions import Call, Known, Question, Returned
from tests.grader.toy import toy

FIRST, SECOND = Question((Call("f", ()),)), Question((Call("g", ()),))


class Counting:
    """Asks one question, and where the answer is above 0 a second; counts how often it is worked out."""

    def __init__(self):
        self.begun = 0

    def __call__(self, paper):
        self.begun += 1
        (first,) = yield FIRST
        if first.value <= 0:
            return Verdict("pass", f"{first.value} is enough")
        (second,) = yield SECOND
        return Verdict("fail", f"{first.value}, then {second.value}")


class Says:
    """Answers with fixed answers; `asked` lists the questions."""

    def __init__(self, first, second=None):
        self.said, self.asked = {FIRST: first, SECOND: second}, []

    def ask(self, question):
        self.asked.append(question)
        return self.said[question]


@pytest.fixture
def paper():
    return write(toy().tasks[0], b"remembered")


def known(value):
    return Known((Returned(value),))


def test_the_same_answers_are_not_worked_out_again_but_asked_for(paper):
    check, yes, more = Counting(), known(1), known(5)
    for _ in range(3):
        says = Says(yes, more)
        assert run(check, paper, says).sentence == "1, then 5"
        assert says.asked == [FIRST, SECOND]
    assert check.begun == 1


def test_other_answers_are_worked_out_from_where_they_differ(paper):
    check, yes, more, less = Counting(), known(1), known(5), known(6)
    assert run(check, paper, Says(yes, more)).sentence == "1, then 5"
    says = Says(yes, less)
    assert run(check, paper, says).sentence == "1, then 6"
    assert says.asked == [FIRST, SECOND]
    assert run(check, paper, Says(known(0))).sentence == "0 is enough"
    assert check.begun == 3
    assert run(check, paper, Says(yes, less)).sentence == "1, then 6"
    assert check.begun == 3


def test_answers_that_merely_are_equal_are_worked_out_each_time(paper):
    check = Counting()
    for _ in range(3):
        assert run(check, paper, Says((Returned(0),))).sentence == "0 is enough"
    assert check.begun == 3


def test_what_follows_an_answer_of_the_moment_is_worked_out_each_time(paper):
    check, more = Counting(), known(5)
    for _ in range(2):
        assert run(check, paper, Says((Returned(1),), more)).sentence == "1, then 5"
    yes = known(1)
    for _ in range(2):
        assert run(check, paper, Says(yes, (Returned(6),))).sentence == "1, then 6"
    assert check.begun == 4


def test_another_paper_remembers_nothing_of_this_one(paper):
    check, no = Counting(), known(0)
    run(check, paper, Says(no))
    run(check, write(toy().tasks[0], b"another"), Says(no))
    assert check.begun == 2


def test_a_check_that_fails_is_not_remembered(paper):
    class Broken(Counting):
        def __call__(self, paper):
            self.begun += 1
            yield FIRST
            raise RuntimeError

    check, no = Broken(), known(0)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            run(check, paper, Says(no))
    assert check.begun == 2
