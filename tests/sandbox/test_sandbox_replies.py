"""Replies that are equal to the last byte are read once; any other is read for itself."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

from grader.questions import Call, Failed, Known, Question, Ref, Returned
from grader.sandbox import replies
from grader.sandbox.death import Death
from grader.sandbox.worker.wire import Frame, Violation


@pytest.fixture(autouse=True)
def room(monkeypatch):
    """As much room as at the start of a run, whatever other tests have filled."""
    room = replies.Room()
    monkeypatch.setattr(replies, "ROOM", room)
    return room


def ask(*functions):
    return Question(tuple(Call(function, ()) for function in functions or ("f",)))


def reply(nonce, *values, payload=b"", spaced=False):
    """A frame as a worker writes it: one array of float64 or one plain value a call."""
    header = {"nonce": nonce, "results": [{"result": ["t", value, None]} for value in values]}
    text = json.dumps(header, separators=(", ", ": ") if spaced else (",", ":"))
    return Frame(text.encode(), payload)


ARRAY = ["a", "<f8", 2]


def bits(*numbers):
    return np.array(numbers).tobytes()


def test_equal_replies_are_the_same_answers_whatever_their_number():
    question = ask()
    first = replies.answers_to(question, 5, reply(5, ARRAY, payload=bits(1.0, 2.0)))
    again = replies.answers_to(question, 6, reply(6, ARRAY, payload=bits(1.0, 2.0)))
    assert again is first
    assert isinstance(first, Known)
    assert first[0].value.tolist() == [1.0, 2.0]


def test_the_last_bit_makes_another_answer():
    question, near = ask(), np.nextafter(2.0, 3.0)
    first = replies.answers_to(question, 1, reply(1, ARRAY, payload=bits(1.0, 2.0)))
    other = replies.answers_to(question, 2, reply(2, ARRAY, payload=bits(1.0, near)))
    assert other is not first
    assert other[0].value[1] == near
    assert replies.answers_to(question, 3, reply(3, ["a", "<i8", 2], payload=bits(1.0, 2.0))) is not first


def test_the_same_reply_to_another_question_is_read_for_itself():
    first = replies.answers_to(ask("f"), 1, reply(1, 7))
    assert replies.answers_to(ask("g"), 1, reply(1, 7)) is not first


def test_nobody_can_write_into_what_is_kept():
    (answer,) = replies.answers_to(ask(), 1, reply(1, ["d", "w", ARRAY], payload=bits(1.0, 2.0)))
    with pytest.raises(ValueError, match="read-only"):
        answer.value["w"][0] = 3.0


@pytest.mark.parametrize("seen", [False, True], ids=["new", "known"])
def test_the_number_is_looked_at_each_time(seen):
    question = ask()
    if seen:
        replies.answers_to(question, 1, reply(1, 7))
    with pytest.raises(Violation, match="another question"):
        replies.answers_to(question, 2, reply(1, 7))


@pytest.mark.parametrize("seen", [False, True], ids=["new", "known"])
def test_a_reply_that_begins_otherwise_is_read_and_not_kept(seen):
    question = ask()
    kept = replies.answers_to(question, 1, reply(1, 7)) if seen else None
    answers = replies.answers_to(question, 2, reply(2, 7, spaced=True))
    assert answers is not kept
    assert not isinstance(answers, Known)
    assert answers[0].value == 7


def test_what_no_worker_sends_is_a_violation_and_not_kept():
    question = ask()
    for _ in range(2):
        with pytest.raises(Violation):
            replies.answers_to(question, 1, reply(1, 7, 8))
    with pytest.raises(Death):
        replies.answers_to(question, 1, Frame(b'{"nonce":1,"apart":true}', b""))


def test_no_more_is_kept_than_there_is_room_for():
    question, numbers = ask(), np.zeros(1_000)
    large = ["a", "<f8", 1_000]
    kinds = []
    for nonce in range(10):
        numbers[0] = nonce
        kinds.append(type(replies.answers_to(question, nonce, reply(nonce, large, payload=numbers.tobytes()))))
    assert kinds == [Known] * 3 + [tuple] * 7  # 32 KB, and 1 KB each besides
    numbers[0] = 0
    assert type(replies.answers_to(question, 11, reply(11, large, payload=numbers.tobytes()))) is Known
    too_long = ["a", "<f8", 5_000]
    assert type(replies.answers_to(ask(), 1, reply(1, too_long, payload=bytes(40_000)))) is tuple


def test_all_questions_together_have_no_more_room_than_there_is_and_give_it_back(monkeypatch, room):
    monkeypatch.setattr(replies, "KEPT_BYTES_ALL", 3 * 1_100)
    questions = [ask() for _ in range(5)]
    kinds = [type(replies.answers_to(question, 1, reply(1, 7))) for question in questions]
    assert kinds == [Known] * 3 + [tuple] * 2
    assert room.held > 3_000
    del questions
    assert room.held == 0
    question = ask()
    assert type(replies.answers_to(question, 1, reply(1, 7))) is Known


def test_a_call_that_lacks_an_earlier_one_says_which():
    question = Question((Call("f", (), keep=(1,)), Call("g", (Ref(0, 1),))))
    header = {"nonce": 1, "results": [{"failed": ["raised", "no", ""]}, {"failed": ["blocked", "", ""]}]}
    for _ in range(2):
        first, second = replies.answers_to(question, 1, Frame(json.dumps(header, separators=(",", ":")).encode(), b""))
        assert (type(first), first.status) == (Failed, "raised")
        assert second.message == "needs the cache of f, which raised an exception"


def test_equal_submissions_give_the_same_answers_and_others_their_own(opened):
    question = Question((Call("f", (np.arange(3.0),)),))

    def answers(text):
        (answer,) = found = opened(text, "f").ask(question)
        assert isinstance(answer, Returned)
        return found

    right = answers("def f(x): return x * 2")
    assert answers("def f(x): return x + x") is right
    assert answers("def f(x): return x * 2.0000000000000004") is not right


def test_the_end_of_the_process_is_quiet():
    text = (
        "from grader.questions import Call, Question\nfrom grader.sandbox import replies\n"
        "from grader.sandbox.worker.wire import Frame\nquestion = Question((Call('f', ()),))\n"
        """replies.answers_to(question, 1, Frame(b'{"nonce":1,"results":[{"result":["t",7,null]}]}', b''))"""
    )
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
