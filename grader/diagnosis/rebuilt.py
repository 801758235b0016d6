"""A composed reference with some of its functions answered by the submission: whose mistake is it?

`two_layer_loss` calls `affine_backward`. Where both are wrong, the reference's two_layer_loss is run once more with
the submission's own affine_backward in its place. If that gives the submission's numbers, nothing else is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import CodeType, FunctionType
from typing import Any

import msgspec
import numpy as np

from grader.model import CACHE
from grader.paper import Paper
from grader.questions import Answerer, Call, Failed, Question, Ref


class Stuck(Exception):
    """The submission's function gave nothing."""


class Kept(msgspec.Struct, frozen=True, eq=False):
    """A cache that stays with the submission: the call that left it, and its place."""

    call: Call
    place: int


class Substitutes(msgspec.Struct, eq=False):
    """Functions that ask the submission, by name; `papers` says what each returns and where its cache is."""

    papers: Mapping[str, Paper]
    answerer: Answerer
    made: dict[str, FunctionType] = msgspec.field(default_factory=dict)

    def asking(self, name: str) -> Callable[..., Any]:
        """A function that is answered by the submission's."""

        def ask(*args: Any) -> Any:
            return self._ask(self.papers[name], args)

        return ask

    def _ask(self, paper: Paper, args: tuple[Any, ...]) -> Any:
        ahead = list(dict.fromkeys(arg.call for arg in args if isinstance(arg, Kept)))
        given = tuple(Ref(ahead.index(arg.call), arg.place) if isinstance(arg, Kept) else arg for arg in args)
        call = Call(paper.task, given, keep=paper.keep)
        answer = self.answerer.ask(Question((*ahead, call)))[-1]
        if isinstance(answer, Failed):
            raise Stuck(paper.task)
        if not paper.keep:
            return _plain(answer.value)
        if not isinstance(answer.value, tuple | list) or len(answer.value) != len(paper.returns):
            raise Stuck(paper.task)
        return tuple(Kept(call, n) if n in paper.keep else _plain(part) for n, part in enumerate(answer.value))


def _plain(value: Any) -> Any:
    """Numbers that came as arrays without axes are numbers again."""
    if isinstance(value, tuple | list):
        return type(value)(_plain(part) for part in value)
    return value.item() if isinstance(value, np.ndarray) and not value.ndim else value


def callees(function: Callable[..., Any], papers: Mapping[str, Paper]) -> set[str]:
    """The graded functions that a reference calls, directly or by others of its own."""
    found: set[str] = set()
    seen: set[Any] = set()
    todo: list[Any] = [function]
    while todo:
        here = todo.pop()
        if here in seen or not isinstance(here, FunctionType):
            continue
        seen.add(here)
        for name in _names(here.__code__):
            value = here.__globals__.get(name)
            if name in papers and papers[name].reference is value:
                found.add(name)
            if _is_own(value, function):
                todo.append(value)
    return found


def _is_own(value: Any, function: Callable[..., Any]) -> bool:
    """Whether a value is a function of the course's own answers, not of a library."""
    top = function.__module__.partition(".")[0]
    return isinstance(value, FunctionType) and value.__module__.partition(".")[0] == top


def _names(code: CodeType) -> Iterator[str]:
    """Every name that a function looks up, comprehensions included."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)


def rebuild(function: Callable[..., Any], stand_ins: Mapping[str, Callable[..., Any]]) -> Callable[..., Any]:
    """Copy a function, and those of its own that it calls, with some names bound to others."""
    made: dict[Any, FunctionType] = {}

    def copy(original: Any) -> FunctionType:
        if original not in made:
            names = dict(original.__globals__)
            made[original] = FunctionType(original.__code__, names, original.__name__, original.__defaults__)
            for name in set(_names(original.__code__)):
                if name in stand_ins:
                    names[name] = stand_ins[name]
                elif _is_own(names.get(name), function):
                    names[name] = copy(names[name])
        return made[original]

    return copy(function)


def together(names: set[str], papers: Mapping[str, Paper]) -> set[str]:
    """Add to some functions those that share a cache with them: a cache is understood by its own pass alone."""
    pairs = [(paper.forward, paper.task) for paper in papers.values() if paper.forward and CACHE in paper.parameters]
    while True:
        more = {name for pair in pairs if names & set(pair) for name in pair} & papers.keys()
        if more <= names:
            return names
        names = names | more
