"""Twelve attempts to get out of a worker, made by ourselves: what confines is measured, never assumed.

A check holds when the attempt was made and refused. One that could not be made at all does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import msgspec

from ..limits import Limits
from ..questions import Answer, Call, Failed, Question, Returned
from .answerer import Sandbox
from .session import Worker

ATTEMPTS = Path(__file__).with_name("attempts.py")
SPIN_S = 0.01
SPIN = b"def spin():\n    while True:\n        continue\n"
_REFUSED = (
    "open", "stat", "write", "socket", "fork", "thread", "exec", "kill", "ptrace", "executable memory",
)  # fmt: skip
NAMES = (*_REFUSED, "memory cap", "CPU cap")


class SelfCheck(NamedTuple):
    """One of twelve: whether it held, and what was said."""

    name: str
    held: bool
    said: str


class _File(msgspec.Struct, frozen=True):
    path: str
    content: bytes


class _Attempts(NamedTuple):
    files: Sequence[_File]


def self_checks(start: Callable[[Limits], Worker], limits: Limits, thorough: bool = False) -> tuple[SelfCheck, ...]:
    """Make every attempt in workers that `start` makes. `thorough` burns a second of processor time.

    Raises `SandboxError` where no worker can be started.
    """
    calls = [Call(f"attempt_{name.replace(' ', '_')}", ()) for name in _REFUSED]
    calls.append(Call("attempt_memory", (limits.memory_mb + 64,)))
    answers = _put(start, limits, calls)
    checks = [_refused(name, answer) for name, answer in zip(NAMES, answers, strict=False)]
    return (*checks, _stopped(start, limits, thorough))


def _put(start: Callable[[Limits], Worker], limits: Limits, calls: Sequence[Call]) -> list[Answer]:
    with Sandbox(limits, start) as box, box.open(_submission(ATTEMPTS.read_bytes()), _wanted(calls)) as confined:
        questions = [Question((call,)) for call in calls]
        confined.foresee(questions)
        return [answer for question in questions for answer in confined.ask(question)]


def _submission(text: bytes) -> _Attempts:
    return _Attempts([_File("attempts.py", text)])


def _wanted(calls: Sequence[Call]) -> dict[str, str]:
    return {call.function: "attempts" for call in calls}


def _refused(name: str, answer: Answer) -> SelfCheck:
    if isinstance(answer, Returned) and type(answer.value) is str:
        return SelfCheck(name, bool(answer.value), answer.value or "got through")
    if name == "exec" and isinstance(answer, Failed) and answer.status in ("crashed", "violation"):
        return SelfCheck(name, False, "got through")
    said = answer.message if isinstance(answer, Failed) else "an unexpected answer"
    return SelfCheck(name, False, f"could not be tried: {said}")


def _stopped(start: Callable[[Limits], Worker], limits: Limits, thorough: bool) -> SelfCheck:
    """An endless loop is ended: where `thorough` by the kernel's limit, else by the grader's clock.

    That the kernel's limit is there is then read off the outside of the process.
    """
    workers: list[Worker] = []

    def watched(limits: Limits) -> Worker:
        workers.append(start(limits))
        return workers[-1]

    tight = replace(limits, call_s=10.0, cpu_s=1) if thorough else replace(limits, call_s=SPIN_S)
    calls = [Call("spin", (), timed=True)]  # put by itself, it need not time out twice
    with Sandbox(tight, watched) as box, box.open(_submission(SPIN), _wanted(calls)) as confined:
        limit_s = workers[-1].cpu_limit_s()
        [answer] = confined.ask(Question(tuple(calls)))
    said = answer.message if isinstance(answer, Failed) else "an endless loop came to an end"
    if not (isinstance(answer, Failed) and answer.status == "timeout" and thorough == ("processor" in said)):
        return SelfCheck(NAMES[-1], False, said)
    if not thorough and limit_s != tight.cpu_s:
        return SelfCheck(NAMES[-1], False, f"the kernel's limit is {limit_s} s; expected {tight.cpu_s}")
    return SelfCheck(NAMES[-1], True, said)
