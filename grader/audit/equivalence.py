"""Does an edit change anything? The mutant against the reference, on many more inputs than the battery has.

Sizes and scales are drawn widely: as declared, all equal, all 1, or any from 1 to 9; magnitudes from 1e-3 to 1e3. What
the reference cannot compute at such sizes, or where an output vanishes, is no input of the task. Guards are left out:
near a kink is where a mask with another threshold shows.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from functools import partial
from operator import mul
from typing import Any

import numpy as np

from grader import trees
from grader.battery import Draw, Made
from grader.model import CACHE, Case, Task, parameters
from grader.paper import stream
from grader.posing import named_outputs, resolved
from grader.tolerance import named_leaves, tolerances

INPUTS = 1000
ATTEMPTS = 6 * INPUTS
RELATIVE = 1e-12
WIDEST, DEEPEST = 9, 6

Functions = Mapping[str, Callable[..., Any]]


def difference(
    task: Task, functions: Functions, reference: Functions, arguments: bool, without: frozenset[str] = frozenset()
) -> str | None:
    """Where the functions differ from the reference on `INPUTS` inputs of a task; None where they nowhere do.

    With `arguments` they must leave their arguments as the reference does. Cases of the groups `without` are left out.
    """
    rng = stream(b"equivalence", task.name)
    cases = [case for case in task.cases if not case.timed and case.group not in without]
    compared = 0
    for attempt in range(ATTEMPTS):
        case = cases[attempt % len(cases)]
        sizes = _sizes(case.sizes, rng)
        right = _reference_answer(task, case, sizes, rng, reference)
        if right is None:
            continue
        inputs, outputs, after = right
        compared += 1
        fault = _fault(task, case, inputs, outputs, after if arguments else None, functions, rng)
        if fault:
            return f"differs where {_said(sizes)}: {fault} (inputs like those of case {case.name!r})"
        if compared == INPUTS:
            return None
    return f"only {compared} of {INPUTS} inputs could be drawn, so that nothing is proven"


def _reference_answer(
    task: Task, case: Case, sizes: Mapping[str, Any], rng: np.random.Generator, reference: Functions
) -> tuple[Any, Any, Any] | None:
    with np.errstate(all="ignore"):
        try:
            inputs = _drawn(task, case, sizes, rng)
            outputs, after = _run(task, case, inputs, reference)
        except Exception:  # these sizes do not go together
            return None
    return (inputs, outputs, after) if _tells(outputs, case.still if sizes == dict(case.sizes) else ()) else None


def _tells(outputs: Mapping[str, Any], still: tuple[str, ...]) -> bool:
    """Whether inputs are such as a battery may hold: every output is finite, and none of them vanishes undeclared."""
    leaves = [(place.partition(".")[0], np.asarray(value)) for place, value in named_leaves(outputs)]
    finite = all(np.all(np.isfinite(value)) for _, value in leaves)
    return finite and all(name in still or not value.size or bool(np.any(value != 0)) for name, value in leaves)


def _fault(
    task: Task, case: Case, inputs: Any, outputs: Any, after: Any, functions: Functions, rng: np.random.Generator
) -> str:
    with np.errstate(all="ignore"):
        try:
            theirs, left = _run(task, case, inputs, functions, named=False)
        except Exception as error:
            return f"it raises {type(error).__name__}"
        wrong = _unequal(case.returns or task.returns, theirs, outputs)
        if wrong and _beyond_rounding(task, case, inputs, outputs, wrong, rng):
            return f"{next(iter(wrong))} is not the reference's"
    return "an argument is changed" if after is not None and not _same(left, after) else ""


def _unequal(returns: Mapping[str, str], theirs: Any, outputs: Mapping[str, Any]) -> dict[str, float]:
    """The leaves that differ, with the size of the difference (infinite for another shape, or no numbers)."""
    values = theirs if len(returns) > 1 else (theirs,)
    if trees.length(values) != len(returns):
        return dict.fromkeys(outputs, np.inf)
    named = dict(zip(returns, values, strict=True))
    found = {}
    for name, expected in outputs.items():
        right = dict(trees.leaves(name, expected))
        for place, leaf in trees.read(name, named[name], expected):
            error = _error(leaf, np.asarray(right[place], dtype=float))
            if not error <= RELATIVE * float(np.max(np.abs(right[place]), initial=0.0)):
                found[place] = error
    return found


def _error(leaf: trees.Leaf, right: Any) -> float:
    if leaf.array is None or leaf.trouble:
        return float("inf")
    return float(np.max(np.abs(leaf.array.astype(float) - right), initial=0.0))


def _beyond_rounding(task: Task, case: Case, inputs: Any, outputs: Any, wrong: Mapping[str, float], rng: Any) -> bool:
    """Whether a difference is more than another order of right operations makes, by the tolerance of the grader."""
    extra = task.rounding(resolved(inputs)) if task.rounding else 0.0

    def run(values: Mapping[str, Any]) -> Mapping[str, Any]:
        functions = {task.name: task.reference} | ({task.forward.__name__: task.forward} if task.forward else {})
        return _run(task, case, values, functions)[0]  # type: ignore[no-any-return]

    allowed = tolerances(run, inputs, outputs, rng, extra)
    return any(not error <= allowed[place] for place, error in wrong.items())


def _run(
    task: Task, case: Case, inputs: Mapping[str, Any], functions: Functions, named: bool = True
) -> tuple[Any, Any]:
    """Outputs, and the arguments as they are left. What is drawn without a seed is the same in every run."""
    np.random.seed(0)
    values = resolved(copy.deepcopy(dict(inputs)))
    if task.forward:
        forward = functions[task.forward.__name__]
        *_, values[CACHE] = forward(*(values[name] for name in parameters(task.forward)))
    args = [values[name] for name in task.parameters]
    value = functions[task.name](*args)
    outputs = named_outputs(case.returns or task.returns, value) if named else value
    watched = [arg for name, arg in zip(task.parameters, args, strict=True) if name != CACHE and not callable(arg)]
    return outputs, watched


def _same(left: Any, right: Any) -> bool:
    a, b = list(trees.leaves("", left)), list(trees.leaves("", right))
    return len(a) == len(b) and all(p == q and np.array_equal(x, y) for (p, x), (q, y) in zip(a, b, strict=True))


def _sizes(sizes: Mapping[str, Any], rng: np.random.Generator) -> dict[str, Any]:
    kind = rng.integers(6)
    if kind < 2:
        return dict(sizes)
    top = int(rng.integers(1, WIDEST + 1))
    low = 1 if kind > 3 else top
    return {letter: _size(size, low, top, rng) for letter, size in sizes.items()}


def _size(size: Any, low: int, top: int, rng: np.random.Generator) -> Any:
    if not isinstance(size, tuple):
        return int(rng.integers(low, top + 1))
    return tuple(int(width) for width in rng.integers(low, top + 1, size=int(rng.integers(2, DEEPEST + 2))))


def _drawn(task: Task, case: Case, sizes: Mapping[str, Any], rng: np.random.Generator) -> dict[str, Any]:
    drawn: dict[str, Any] = {}
    wide = rng.integers(2)
    for name, make in task.draws.items():
        chosen: Draw = case.draws.get(name, make)
        value = chosen(rng, sizes, drawn)
        scale = 10.0 ** rng.uniform(-3, 3) if wide and not isinstance(chosen, Made) else 1.0
        drawn[name] = trees.each(value, partial(mul, scale)) if scale != 1.0 else value
    return drawn


def _said(sizes: Mapping[str, Any]) -> str:
    return ", ".join(f"{letter} = {size}" for letter, size in sizes.items()) or "sizes are as declared"
