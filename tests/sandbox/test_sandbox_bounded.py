"""Timed calls of whose cost a bound is known, and that are measured when they are asked again."""

from __future__ import annotations

import pytest

from grader.questions import Call, Failed, Question, Ref, Returned
from grader.sandbox import confined as border
from grader.sandbox import session as timing

TEXT = """
import os, time
def f(x): return x + 1
def pair(x): return x, [x]
def use(cache): return cache[0]
def busy(x):
    end = time.process_time() + 0.1
    while time.process_time() < end: pass
    return x
def idle(x):
    time.sleep(0.4)
    return x
def die(x): os._exit(3)
def loud(x): raise ValueError("no")
"""
NAMES = "f pair use busy idle die loud"


def timed(function, x=1):
    return Question((Call(function, (x,), timed=True),))


@pytest.fixture
def measured(monkeypatch):
    """The functions whose calls are timed one by one."""
    found, ask = [], border.Session.ask_timed

    def noted(session, call, first, last):
        found.append(call.description.split('"')[1])
        return ask(session, call, first, last)

    monkeypatch.setattr(border.Session, "ask_timed", noted)
    return found


def test_a_bound_is_no_lower_than_what_was_spent_and_serves_once(opened, measured):
    confined, questions = opened(TEXT, NAMES), [timed("f"), timed("busy")]
    confined.foresee([], questions)
    (quick,), (busy,) = map(confined.ask, questions)
    assert (quick.value, busy.value) == (2, 1)
    assert 0 < quick.cpu_s < 0.05
    assert 0.1 <= busy.cpu_s < 0.5
    assert measured == []
    (answer,) = confined.ask(questions[0])
    assert answer.cpu_s < 0.05
    assert measured == ["f"]


def test_only_the_timed_call_of_a_question_has_a_bound(opened, measured):
    question = Question((Call("pair", (7,), keep=(1,)), Call("use", (Ref(0, 1),), timed=True)))
    confined = opened(TEXT, NAMES)
    confined.foresee([], [question])
    ahead, judged = confined.ask(question)
    assert (ahead.cpu_s, judged.value) == (None, 7)
    assert judged.cpu_s > 0
    assert measured == []


@pytest.mark.parametrize(("function", "status"), [("die", "crashed"), ("idle", None)])
def test_what_ends_the_process_or_takes_long_is_put_by_itself_and_the_rest_is_as_before(
    monkeypatch, opened, measured, function, status
):
    monkeypatch.setattr(timing, "TOGETHER_S", 0.2)
    confined, plain = opened(TEXT, NAMES), Question((Call("f", (1,)),))
    left = confined._session.left_s
    confined.foresee([plain], [timed("f"), timed(function)])
    assert left - confined._session.left_s < 0.4
    (answer,) = confined.ask(timed(function))
    assert (answer.status if isinstance(answer, Failed) else None) == status
    assert confined.ask(plain)[0].value == 2
    assert measured == [function]
    assert confined.notes == ()


def test_an_exception_is_an_answer(opened, measured):
    confined = opened(TEXT, NAMES)
    confined.foresee([], [timed("loud")])
    (answer,) = confined.ask(timed("loud"))
    assert isinstance(answer, Failed)
    assert isinstance(confined.ask(timed("f"))[0], Returned)


def test_what_is_not_there_is_not_put(opened, measured):
    confined = opened(TEXT, f"{NAMES} absent")
    confined.foresee([], [timed("absent"), timed("f")])
    assert confined.ask(timed("absent"))[0].status == "absent"
    assert confined.ask(timed("f"))[0].value == 2


def test_what_would_be_put_after_a_call_that_ends_the_process_is_measured_by_itself(opened, measured):
    confined, questions = opened(TEXT, NAMES), [timed(name) for name in ("f", "die", "pair")]
    confined.foresee([], questions)
    answers = [confined.ask(question)[0] for question in questions]
    assert [answer.status if isinstance(answer, Failed) else None for answer in answers] == [None, "crashed", None]
    assert measured == ["die", "pair"]


@pytest.mark.parametrize("ahead", [True, False])
def test_the_import_that_it_takes_to_go_on_costs_nothing(opened, measured, ahead):
    confined = opened(f"import time\ntime.sleep(0.5)\n{TEXT}", NAMES)
    left = confined._session.left_s
    confined.foresee(*([[Question((Call("die", (1,)),))], []] if ahead else [[], [timed("die")]]))
    assert confined.ask(timed("f"))[0].value == 2
    assert left - confined._session.left_s < 0.4
