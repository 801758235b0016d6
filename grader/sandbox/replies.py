"""Replies as answers: what each call gave, or which earlier call it lacks.

A reply that equals another to the same question, byte for byte, is the same answers: it is read once, and what was
said of them (`grader.drive`) need not be found out again. In a class most right answers are equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from msgspec.structs import replace

from ..questions import FAILED_HOW, Answer, Call, Failed, Known, Question, Ref, Returned
from .crossing import parse_replies
from .death import Death
from .session import header_of_reply
from .worker.wire import Frame

KEPT_BYTES = 2**15
"""How much of the replies to one question is kept: a dozen of ordinary ones, and no more of anybody's making."""

KEPT_BYTES_ALL = 2**23
"""The same for all questions together: more than right answers to every variant of a large assignment take. What
hundreds get wrong, each differently, is asked in more ways, and would take ten times as much."""

BESIDES = 2**10
"""What a kept reply takes up beside itself (bytes): its answers, and what checks said of them."""

_Said = tuple[bytes, bytes]


class Room:
    """How many bytes all questions together hold."""

    held = 0


class _Kept(dict[_Said, Known]):
    """The replies to one question that are kept, and the bytes that they hold of all the room there is."""

    def __init__(self, room: Room) -> None:
        self.held = 0
        self._room = room

    def __del__(self) -> None:
        self._room.held -= self.held

    def has_room(self, said: _Said) -> bool:
        """Whether one more fits, beside those to this question and to all others."""
        size = _size(said)
        return self.held + size <= KEPT_BYTES and self._room.held + size <= KEPT_BYTES_ALL

    def keep(self, said: _Said, known: Known) -> None:
        self[said] = known
        self.held += _size(said)
        self._room.held += _size(said)


ROOM = Room()
_KNOWN: WeakKeyDictionary[Question, _Kept] = WeakKeyDictionary()


def answers_to(question: Question, nonce: int, frame: Frame) -> tuple[Answer, ...]:
    """Read the reply to all calls of a question. Raises `Violation`, and `Death` where it did not fit in one."""
    said, kept = _said(nonce, frame), _kept(question)
    if said is None:
        return _read(question, nonce, frame)
    if said not in kept:
        answers = _read(question, nonce, frame)
        if not kept.has_room(said):
            return answers
        kept.keep(said, Known(map(_settled, answers)))
    return kept[said]


def _kept(question: Question) -> _Kept:
    if question not in _KNOWN:
        _KNOWN[question] = _Kept(ROOM)
    return _KNOWN[question]


def _said(nonce: int, frame: Frame) -> _Said | None:
    """What a reply says after its number; None where it is too long to be kept, or does not begin as ours do."""
    opening = b'{"nonce":%d,' % nonce
    short = len(frame.header) + len(frame.payload) <= KEPT_BYTES
    return (frame.header[len(opening) :], bytes(frame.payload)) if short and frame.header.startswith(opening) else None


def _size(said: _Said) -> int:
    return len(said[0]) + len(said[1]) + BESIDES


def _read(question: Question, nonce: int, frame: Frame) -> tuple[Answer, ...]:
    parsed = parse_replies(header_of_reply(frame, nonce), frame.payload, len(question.calls))
    if parsed is None:
        raise Death("blocked", "returned more than fits in one reply")
    answers = list[Answer]()
    for answer in parsed:
        answers.append(answered(question.calls, answers, answer))
    return tuple(answers)


def _settled(answer: Answer) -> Answer:
    """An answer whose arrays nobody can write into."""
    if isinstance(answer, Returned):
        _lock((answer.value, answer.args))
    return answer


def _lock(value: Any) -> None:
    if isinstance(value, np.ndarray):
        value.flags.writeable = False
    elif isinstance(value, dict | tuple | list):
        for part in value.values() if isinstance(value, dict) else value:
            _lock(part)


def answered(calls: Sequence[Call], before: Sequence[Answer], answer: Answer, cpu_s: float | None = None) -> Answer:
    """What came of the next call after those `before`, with its processor seconds where they were measured."""
    if isinstance(answer, Returned):
        return answer if cpu_s is None else replace(answer, cpu_s=cpu_s)
    return lacking(calls[len(before)], calls, before) if answer.status == "blocked" else answer


def at_most(call: Call, answer: Answer, cpu_s: float) -> Answer:
    """An answer of which is known that its call took no longer, where the call is to be timed."""
    return replace(answer, cpu_s=cpu_s) if call.timed and isinstance(answer, Returned) else answer


def lacking(call: Call, calls: Sequence[Call], answers: Sequence[Answer]) -> Failed:
    """Say which earlier call did not leave what this one needs."""
    for arg in call.args:
        if isinstance(arg, Ref) and 0 <= arg.call < len(answers):
            name, source = calls[arg.call].function, answers[arg.call]
            if isinstance(source, Failed):
                return Failed("blocked", f"needs the cache of {name}, which {FAILED_HOW[source.status]}")
            if not (isinstance(source.value, tuple) and len(source.value) > arg.place):
                return Failed("blocked", f"needs the cache of {name}, which returned nothing in place {arg.place}")
    return Failed(
        "blocked", "needs the cache of an earlier call, which was lost when another function ended its process"
    )
