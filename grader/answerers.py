"""An answerer of our own process: the reference, or an edit of it. Never a student's code."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from grader.questions import AGAIN, WHOLE, Answer, Call, Failed, Named, Question, Ref, Returned

DEEPEST = 8
"""Containers in containers that an answer may hold; a list that holds itself has no end."""

CALL_S = 150e-6
"""What a call to a worker costs besides the function itself (seconds): prices are weighed against such calls."""


class InProcess:
    """Answer with functions at hand, as the sandbox would: arguments are copied, caches stay for one question."""

    def __init__(self, functions: Mapping[str, Callable[..., Any]], named: Mapping[str, Callable[..., Any]]) -> None:
        self._functions = functions
        self._named = named

    def ask(self, question: Question) -> tuple[Answer, ...]:
        """Make every call of `question`."""
        values: list[Any] = []
        return tuple(self._answer(call, values) for call in question.calls)

    def _answer(self, call: Call, values: list[Any]) -> Answer:
        values.append(None)
        if call.function == AGAIN:
            return self._again(call, values)
        if call.function not in self._functions:
            return Failed("absent", f"{call.function} is not defined")
        try:
            args = [self._argument(arg, values) for arg in call.args]
        except (IndexError, TypeError, KeyError):
            return Failed("blocked", "needs the cache of an earlier call, which left none")
        started = time.process_time()
        try:
            with np.errstate(all="ignore"):
                value = self._functions[call.function](*args)
            elapsed = CALL_S + time.process_time() - started if call.timed else None
            # Sent off at once: what a later call writes into the same array changes nothing that was answered.
            sent = _sent(_without(value, call.keep))
        except NotImplementedError:
            return Failed("absent", f"{call.function} is still the stub")
        except Exception as error:
            return Failed("raised", f"{type(error).__name__}: {error}")
        values[-1] = value if call.keep else None  # large results are not held that nothing asks for again
        return Returned(sent, tuple(args) if call.echo else None, elapsed)

    def _again(self, call: Call, values: list[Any]) -> Answer:
        value = self._argument(call.args[0], values)
        return (
            Returned(copy.deepcopy(_without(value, call.keep)))
            if value is not None
            else Failed("blocked", "that call left nothing")
        )

    def _argument(self, arg: Any, values: list[Any]) -> Any:
        if isinstance(arg, Ref):
            return values[arg.call] if arg.place == WHOLE else values[arg.call][arg.place]
        if isinstance(arg, Named):
            return self._named[arg.name]
        return copy.deepcopy(arg)


def _without(value: Any, keep: tuple[int, ...]) -> Any:
    if not keep or not isinstance(value, tuple | list):
        return value
    return tuple(None if index in keep else part for index, part in enumerate(value))


def _sent(value: Any, depth: int = 0) -> Any:
    """Copy an answer. Raises ValueError where it is nested without end."""
    if depth > DEEPEST:
        raise ValueError(f"the value is nested more than {DEEPEST} deep")
    if type(value) is dict:
        return {key: _sent(part, depth + 1) for key, part in value.items()}
    if type(value) in (list, tuple):
        return type(value)(_sent(part, depth + 1) for part in value)
    return copy.deepcopy(value)
