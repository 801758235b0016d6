"""Measuring the slope of a submission's own forward pass: the questions to put, and what their answers say.

All inputs that a task names are moved at once along one random direction, the same for every submission that is put
this paper, so that each question is encoded once.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping
from functools import cache
from typing import Any

import numpy as np

from grader import numerics, trees
from grader.checks.compare import in_single_precision
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
def _ladder(paper: Paper, case: Posed, first: int, alone: str, upper: bool) -> Question:
    """The upper rungs of a ladder, or those below them."""
    along = {path: way for path, way in directions(paper, case).items() if alone in ("", path)}
    steps = numerics.steps(first)
    calls = []
    for h in steps[: numerics.UPPER] if upper else steps[numerics.UPPER :]:
        for signed in (h, -h):
            calls += _calls(paper, _moved(case.inputs, along, signed))
    return Question(tuple(calls))


def foreseen(paper: Paper) -> tuple[Question, ...]:
    """The questions that `measure` puts to a submission that is right, and the one before it."""
    case = slope_case(paper)
    return centre(paper, case), _ladder(paper, case, numerics.LADDERS[0], "", True)


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


Values = tuple[list[float], list[float]]
Measuring = Generator[Question, tuple[Answer, ...], tuple[numerics.Slope | Failed, int]]


def measure(
    paper: Paper, case: Posed, agrees: Callable[[numerics.Slope], bool], alone: str = "", known: bool = False
) -> Measuring:
    """Climb down the ladders until one converges and agrees with what is claimed; also count the forward calls.

    Where the claim is `known` to be right, the upper rungs of the first ladder are enough if they agree.
    An error estimate is now and then far too small by chance (once in some 10,000 slopes), so a disagreement
    counts only when a second ladder confirms it. With `alone` only this input is moved. A forward pass that computes
    in single precision has one ladder of its own, with longer steps.
    """
    at_rest = yield centre(paper, case)
    rest, calls, best = _weighted(paper, case, at_rest), len(at_rest), None
    if known:
        upper = yield _ladder(paper, case, numerics.LADDERS[0], alone, True)
        brief = _slope(numerics.LADDERS[0], rest, _weighted(paper, case, upper), _single(paper, upper))
        if not isinstance(brief, Failed) and brief.converged and not brief.flat and agrees(brief):
            return brief, calls + len(upper)
    for first in numerics.LADDERS:
        answers = yield from _climb(paper, case, first, alone)
        calls += len(answers)
        single = _single(paper, answers)
        if single:
            first, answers = numerics.SINGLE_FIRST, (yield from _climb(paper, case, numerics.SINGLE_FIRST, alone))
            calls += len(answers)
        measured = _slope(first, rest, _weighted(paper, case, answers), single)
        if isinstance(measured, Failed):
            return measured, calls
        confirmed = measured.converged and best is not None and best.converged
        if best is None or measured.converged or measured.flat:
            best = measured
        if measured.flat or single or confirmed or (measured.converged and agrees(measured)):
            break
    assert best is not None
    return best, calls


def _climb(
    paper: Paper, case: Posed, first: int, alone: str
) -> Generator[Question, tuple[Answer, ...], tuple[Answer, ...]]:
    """Ask all rungs of a ladder. What was asked before is not asked again."""
    upper = yield _ladder(paper, case, first, alone, True)
    return (*upper, *(yield _ladder(paper, case, first, alone, False)))


def _single(paper: Paper, answers: Iterable[Answer]) -> bool:
    """Whether every output near the inputs is a float32: beside a random direction no float64 is by chance."""
    returned = [answer for answer in answers if isinstance(answer, Returned)]
    outputs = [pick(paper, answer, out) for answer in returned for out, _ in declared(paper).weighted]
    return any(output is not None and np.any(output != 0) for output in outputs) and all(
        output is not None and in_single_precision(output) for output in outputs
    )


def _slope(first: int, rest: Values | Failed, values: Values | Failed, single: bool) -> numerics.Slope | Failed:
    if isinstance(rest, Failed):
        return rest
    if isinstance(values, Failed):
        return values
    (totals, sizes), ((middle,), _) = values, rest
    ladder = numerics.Ladder(numerics.steps(first)[: len(totals) // 2], totals[::2], totals[1::2], middle, sizes[::2])
    return numerics.extrapolate(ladder, single)


def _weighted(paper: Paper, case: Posed, answers: tuple[Answer, ...]) -> Values | Failed:
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
