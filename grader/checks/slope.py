"""Measuring the slope of a submission's own forward pass: the questions to put, and what their answers say.

All inputs that a task names are moved at once along one random direction, the same for every submission that is put
this paper, so that each question is encoded once.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from functools import cache
from typing import Any

import numpy as np

from grader import numerics, trees
from grader.model import CACHE, Slope
from grader.paper import Paper, Posed, examples
from grader.questions import Answer, Call, Failed, Question, Returned

Directions = Mapping[str, Any]


def declared(paper: Paper) -> Slope:
    """The slope that a task declares. Raises ValueError where it declares none."""
    if paper.slope is None:
        raise ValueError(f"task {paper.task!r} declares no slope to measure")
    return paper.slope


def slope_case(paper: Paper) -> Posed:
    """The case at which the slope is taken: the hidden one where there is one."""
    return [case for case in paper.cases if case.slope][-1]


@cache
def directions(paper: Paper, case: Posed) -> Directions:
    rng = paper.rng(case.name, "direction")
    return {
        path: trees.each(trees.dig(case.inputs, path), lambda value: numerics.direction(rng, value))
        for path in declared(paper).moves
    }


@cache
def centre(paper: Paper, case: Posed) -> Question:
    return Question(tuple(_calls(paper, case.inputs)))


@cache
def _ladder(paper: Paper, case: Posed, first: int, alone: str) -> Question:
    along = {path: way for path, way in directions(paper, case).items() if alone in ("", path)}
    calls = []
    for h in numerics.steps(first):
        for signed in (h, -h):
            calls += _calls(paper, _moved(case.inputs, along, signed))
    return Question(tuple(calls))


def foreseen(paper: Paper) -> tuple[Question, ...]:
    """The questions that `measure` puts to a submission that is right, and the one before it."""
    case = slope_case(paper)
    return centre(paper, case), _ladder(paper, case, numerics.LADDERS[0], "")


def _calls(paper: Paper, inputs: Mapping[str, Any]) -> list[Call]:
    slope = declared(paper)
    keep = tuple(index for index, name in enumerate(paper.ahead_returns) if name == CACHE)
    return [
        Call(slope.forward, tuple(trees.dig(part, path) for path in slope.args), keep=keep)
        for part in examples(slope, inputs)
    ]


def _moved(inputs: Mapping[str, Any], directions: Directions, h: float) -> Mapping[str, Any]:
    moved: Mapping[str, Any] = inputs
    for path, along in directions.items():
        moved = trees.put(moved, path, _step(trees.dig(inputs, path), along, h))
    return moved


def _step(value: Any, along: Any, h: float) -> Any:
    if isinstance(value, Mapping):
        return {key: _step(value[key], along[key], h) for key in value}
    if isinstance(value, list | tuple):
        return [_step(part, way, h) for part, way in zip(value, along, strict=True)]
    return value + h * along


def measure(
    paper: Paper, case: Posed, agrees: Callable[[numerics.Slope], bool], alone: str = ""
) -> Generator[Question, tuple[Answer, ...], tuple[numerics.Slope | Failed, int]]:
    """Climb down the ladders until one converges and agrees with what is claimed; also count the forward calls.

    An error estimate is now and then far too small by chance (once in some 10,000 slopes), so a disagreement
    counts only when a second ladder confirms it. With `alone` only this input is moved.
    """
    calls, best = 1, None
    for first in numerics.LADDERS:
        question = _ladder(paper, case, first, alone)
        answers = yield question
        calls += len(answers)
        values = _weighted(paper, case, answers)
        if isinstance(values, Failed):
            return values, calls
        totals, sizes = values
        measured = numerics.extrapolate(totals[::2], totals[1::2], sizes[::2], numerics.steps(first))
        confirmed = measured.converged and best is not None and best.converged
        if best is None or measured.converged or measured.flat:
            best = measured
        if measured.flat or confirmed or (measured.converged and agrees(measured)):
            break
    assert best is not None
    return best, calls


def _weighted(paper: Paper, case: Posed, answers: tuple[Answer, ...]) -> tuple[list[float], list[float]] | Failed:
    """L and Σ|c·f| at every point of a ladder, summed over the outputs, and over the examples of a batch."""
    parts, weighted = examples(declared(paper), case.inputs), declared(paper).weighted
    totals, sizes = [], []
    for start in range(0, len(answers), len(parts)):
        terms = []
        for part, answer in zip(parts, answers[start : start + len(parts)], strict=True):
            if isinstance(answer, Failed):
                return answer
            for out, against in weighted:
                output = pick(paper, answer, out)
                weights = _weights(part, output, against)
                if output is None or weights is None:
                    return Failed("raised", "the forward pass returns something else near the inputs")
                terms.append(weights * output)
        totals.append(float(sum(np.sum(term) for term in terms)))
        sizes.append(float(sum(np.sum(np.abs(term)) for term in terms)))
    return totals, sizes


def _weights(inputs: Mapping[str, Any], output: Any, against: str) -> Any:
    if not against:
        return 1.0
    weights = np.asarray(inputs[against], dtype=float)
    return weights if weights.shape == np.shape(output) else None


def pick(paper: Paper, answer: Returned, out: str) -> Any:
    """An output of the forward pass that L is made of, as an array; None where it is not there."""
    head, _, path = out.partition(".")
    try:
        value = answer.value if len(paper.ahead_returns) == 1 else answer.value[paper.ahead_returns.index(head)]
        array = np.asarray(trees.dig(value, path) if path else value)
    except (KeyError, IndexError, TypeError, ValueError):
        return None
    return array.astype(float) if array.dtype.kind in trees.REAL_KINDS else None
