"""Whole questions put in one frame: the same answers, and call by call where something goes wrong."""

from __future__ import annotations

import json

import numpy as np
import pytest

from grader.questions import Call, Question, Ref, Returned
from grader.sandbox import crossing
from grader.sandbox.session import Session
from grader.sandbox.worker.wire import PREFIX, Violation

TEXT = """
import numpy as np
buffer = np.zeros(2)
def f(x): return x + 1
def pair(x): return x, {"inside": x}
def use(cache): return cache["inside"]
def shared(x):
    buffer[:] = x
    return buffer
def die(x):
    import os
    os._exit(3)
def many(x): return {str(i): i + 0.1234567890123456 for i in range(1_900)}
"""
NAMES = "f pair use shared die many"


@pytest.fixture
def frames(monkeypatch):
    """The operations that are sent to workers, in order."""
    sent, send = [], Session._dispatch

    def noted(session, frame, replies):
        size = PREFIX.unpack_from(frame)[1]
        sent.append(json.loads(frame[PREFIX.size :][:size]).get("op"))
        return send(session, frame, replies)

    monkeypatch.setattr(Session, "_dispatch", noted)
    return sent


def one(function, *args, **options):
    return Question((Call(function, args, **options),))


def values(answers):
    return [answer.value for answer in answers]


def test_what_is_foreseen_is_put_once_in_one_frame(opened, frames):
    confined = opened(TEXT, NAMES)
    first, second = one("f", 1), Question((Call("pair", (3,), keep=(1,)), Call("use", (Ref(0, 1),))))
    frames.clear()
    confined.foresee([first, second])
    assert frames == ["put"]
    assert values(confined.ask(first)) == [2]
    assert values(confined.ask(second)) == [(3, None), 3]
    assert frames == ["put"]
    assert values(confined.ask(first)) == [2]  # asked again it is put again
    assert frames == ["put", "put"]


def test_what_one_question_kept_is_gone_in_the_next(opened):
    confined = opened(TEXT, NAMES)
    questions = [one("pair", 3, keep=(1,)), one("use", Ref(0, 1))]
    confined.foresee(questions)
    assert confined.ask(questions[1])[0].status == "blocked"


def test_a_death_among_the_foreseen_costs_itself_alone(opened, frames):
    confined = opened(TEXT, NAMES)
    questions = [one("f", 1), one("die", 1), one("f", 2)]
    confined.foresee(questions)
    assert not confined._foreseen
    first, dead, last = (confined.ask(question)[0] for question in questions)
    assert (first.value, dead.status, last.value) == (2, "crashed", 3)
    assert frames.count("put") == 1
    assert confined._session.left_s > 0


def test_what_cannot_be_called_or_is_timed_is_not_foreseen(opened, frames):
    confined = opened(TEXT, NAMES + " absent")
    timed, absent, good = one("f", 1, timed=True), one("absent", 1), one("f", 2)
    confined.foresee([timed, absent, good])
    assert list(confined._foreseen) == [good]
    assert confined.ask(timed)[0].cpu_s is not None
    assert confined.ask(absent)[0].status == "absent"


def test_a_result_is_what_it_was_when_it_was_returned(opened):
    first, second, again = opened(TEXT, NAMES).ask(
        Question((Call("shared", (1,), keep=(-1,)), Call("shared", (2,)), Call("", (Ref(0, -1),))))
    )
    assert [answer.value.tolist() for answer in (first, second, again)] == [[1, 1], [2, 2], [2, 2]]


def test_results_that_do_not_fit_into_one_reply_come_one_by_one(opened, frames):
    confined = opened(TEXT, NAMES)
    frames.clear()
    answers = confined.ask(Question(tuple(Call("many", (n,)) for n in range(8))))
    assert all(len(answer.value) == 1_900 for answer in answers)
    assert frames[0] == "put"
    assert "ask" in frames
    assert not confined.notes


def test_questions_are_split_where_one_frame_cannot_carry_them(monkeypatch, opened, frames):
    monkeypatch.setattr(crossing, "PAYLOAD_MAX", 1_000)
    questions = [one("f", np.full(60, float(n))) for n in range(5)]  # 480 bytes each
    assert [len(group) for group in crossing.batches(questions)] == [2, 2, 1]
    confined = opened(TEXT, NAMES)
    frames.clear()
    confined.foresee(questions)
    assert frames == ["put"] * 3
    assert [confined.ask(question)[0].value[0] for question in questions] == [1, 2, 3, 4, 5]


TRUE = {"result": ["t", 1, None]}
REPLIES = {
    "a result too few": {"results": [TRUE]},
    "a result too many": {"results": [TRUE] * 3},
    "no list": {"results": TRUE},
    "no object": {"results": [TRUE, 7]},
    "nothing": {},
    "no result": {"results": [TRUE, {}]},
    "no pair": {"results": [TRUE, {"result": 1}]},
    "an array too many": {"results": [TRUE, {"result": ["t", ["a", "<f8", 1], None]}]},
    "an unknown status": {"results": [TRUE, {"failed": ["passed", "", ""]}]},
}


@pytest.mark.parametrize("header", REPLIES.values(), ids=REPLIES)
def test_a_reply_that_no_worker_sends_is_a_violation(header):
    assert [type(answer) for answer in crossing.parse_replies({"results": [TRUE] * 2}, b"", 2)] == [Returned] * 2
    with pytest.raises(Violation):
        crossing.parse_replies(header, b"", 2)


def test_arrays_must_fill_the_payload_of_a_reply():
    array = {"result": ["t", ["a", "<f8", 1], None]}
    crossing.parse_replies({"results": [array, array]}, bytes(16), 2)
    with pytest.raises(Violation, match="longer"):
        crossing.parse_replies({"results": [array, array]}, bytes(24), 2)
