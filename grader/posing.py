"""How papers are made where the course is at hand: cases drawn, answered by the reference, and given tolerances."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, partial
from importlib import import_module
from typing import Any

import numpy as np

from grader import trees
from grader.model import CACHE, Case, Cost, Task, parameters
from grader.paper import PUBLIC_SEED, Near, Paper, Posed, examples, stream
from grader.questions import Named
from grader.subgradient import Subdifferential, convex
from grader.tolerance import Run, named_leaves, single_errors, tolerances

VARIANTS = 16
"""Inputs differ between students in this many ways, so that answers are computed once a variant, not once a student."""

REDRAWS = 200


class BatteryError(RuntimeError):
    """A declared case could not be drawn so that it tests anything: the assignment's fault, never the student's."""


def variant_seed(seed: bytes, submission: str) -> bytes:
    """Pick one of `VARIANTS` seeds for a submission by a keyed hash, which a student cannot foresee."""
    pick = hashlib.blake2b(submission.encode("utf-8", "surrogatepass"), key=seed[:64]).digest()[0] % VARIANTS
    return hashlib.blake2b(bytes([pick]), key=seed[:64]).digest()[:32]


def write(
    task: Task,
    seed: bytes,
    public_only: bool = False,
    forwards: Mapping[str, Task] | None = None,
    run_seed: bytes = b"",
) -> Paper:
    """Draw the cases of a task and answer them with the reference.

    Public cases are the same for everybody, the costly timed ones (drawn from `run_seed`) within a run; the rest are
    drawn from `seed`. Raises `BatteryError` where a case cannot be drawn so that every declared output moves.
    """
    ahead = (forwards or {}).get(task.slope.forward) if task.slope else None
    cached = (forwards or {}).get(task.forward.__name__) if task.forward else None
    cases = [
        pose(task, case, _seed_of(case, seed, run_seed), ahead) for case in task.cases if case.public or not public_only
    ]
    other = None if public_only or task.forward else twin(task)
    return Paper(
        task=task.name,
        parameters=task.parameters,
        returns=task.returns,
        several=len(task.returns) > 1,
        cases=tuple(cases),
        forward=task.forward.__name__ if task.forward else "",
        forward_parameters=parameters(task.forward) if task.forward else (),
        ahead_returns=tuple(ahead.returns) if ahead else (),
        slope=task.slope,
        echo=any(getattr(check, "needs_echo", False) for check in task.checks),
        seed=seed,
        fills=task.fills,
        cache_place=list(cached.returns).index(CACHE) if cached else 1,
        random=task.random,
        reference=task.reference,
        cost=task.cost,
        costly=partial(_costly, task, task.cost, run_seed or seed) if task.cost else None,
        slipped=partial(_slipped, task) if task.mistakes else None,
        batch=task.examples,
        other=pose(task, other, seed) if other else None,
    )


@cache
def twin(task: Task) -> Case | None:
    """The watched case of a battery (`Paper.watched`) with other numbers of the same shapes; None where it is told.

    Public cases are the same for everybody, and their answers are known.
    """
    plain = [case for case in task.cases if not (case.group or case.timed)]
    watched = next((case for case in reversed(plain) if case.name == "generic"), plain[-1] if plain else None)
    if watched is None or watched.public or watched.between:
        return None
    return replace(watched, name=f"{watched.name}, other numbers", slope=False)


@cache
def _costly(task: Task, cost: Cost, seed: bytes) -> tuple[Posed, Posed]:
    small = pose(task, Case("small", cost.small, timed=True), seed)
    return small, pose(task, Case("large", cost.large, timed=True), seed)


def _seed_of(case: Case, seed: bytes, run_seed: bytes) -> bytes:
    if case.public:
        return PUBLIC_SEED
    return run_seed or seed if case.timed else seed


@cache
def pose(task: Task, case: Case, seed: bytes, ahead: Task | None = None) -> Posed:
    """Draw one case until it tests something, and answer it."""
    rng = stream(seed, task.name, case.name)
    run = runner(task, case.returns)
    for _ in range(REDRAWS):
        before = copy.deepcopy(rng) if case.slope or case.between else rng
        inputs = draw(task, case, rng)
        if task.guard is not None and not (case.timed or case.between) and not task.guard(inputs):
            continue
        outputs = run(inputs)
        if _moves(outputs, case):
            break
    else:
        raise BatteryError(f"task {task.name!r}, case {case.name!r}: no draw in {REDRAWS} moves every output")
    extra = task.rounding(resolved(inputs)) if task.rounding else 0.0
    beyond, beyond_tolerance = _ahead(task, case, inputs, ahead, seed)
    near = partial(_again, task, case, before)
    return Posed(
        name=case.name,
        group=case.group,
        public=case.public,
        slope=case.slope,
        sizes=case.sizes,
        inputs=inputs,
        expected=outputs,
        tolerance=tolerances(run, inputs, outputs, rng, extra, case.between),
        ahead=beyond,
        ahead_tolerance=beyond_tolerance,
        timed=case.timed,
        why=case.why,
        near=near if case.slope else None,
        single=cache(partial(single_errors, run, inputs, outputs, stream(seed, task.name, case.name, "single"))),
        allows=_allowed(task, case, inputs, near) if case.between else None,
        returns=case.returns,
    )


def _again(task: Task, case: Case, rng: np.random.Generator, given: Mapping[str, Any]) -> Mapping[str, Any]:
    return draw(task, case, copy.deepcopy(rng), given)


def _allowed(task: Task, case: Case, inputs: Mapping[str, Any], near: Near) -> Subdifferential:
    """The gradients that are right at a case's kink. Raises `BatteryError` where it is at none, or one not convex."""
    assert task.slope is not None
    run = runner(task)
    allowed = Subdifferential(task.slope, inputs, lambda given: run(near(given)))
    if not convex(allowed, np.random.default_rng(0)):
        where = f"task {task.name!r}, case {case.name!r}"
        raise BatteryError(f"{where}: it is declared to lie between slopes, but is at no kink of a convex function")
    return allowed


def _ahead(task: Task, case: Case, inputs: Mapping[str, Any], ahead: Task | None, seed: bytes) -> Any:
    """Answer the slope's forward pass at the inputs themselves: is the student's forward right where it is moved?"""
    if not (case.slope and task.slope and ahead):
        return {}, {}
    slope = task.slope

    def run(values: Mapping[str, Any]) -> Mapping[str, Any]:
        calls = [[trees.dig(part, path) for path in slope.args] for part in examples(slope, trees.copied(values))]
        outputs = [named_outputs(ahead.returns, ahead.reference(*args)) for args in calls]
        return {out: [trees.dig(output, out) for output in outputs] for out, _ in slope.weighted}

    outputs = run(inputs)
    rng = stream(seed, task.name, case.name, "ahead")
    return outputs, tolerances(run, inputs, outputs, rng, kinked=case.between)


def draw(task: Task, case: Case, rng: np.random.Generator, given: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Draw every input in the order of declaration; a case's own draws stand in for the task's.

    What is `given` takes the place of what is drawn, which later inputs may be made from.
    """
    drawn: dict[str, Any] = {}
    for name, make in task.draws.items():
        drawn[name] = case.draws.get(name, make)(rng, case.sizes, drawn)
        drawn.update({name: given[name]} if given and name in given else {})
    return drawn


def runner(task: Task, returns: Mapping[str, str] | None = None) -> Run:
    """Make the reference a function from named inputs to named outputs, its forward pass first where it has one.

    `returns` names the outputs where they are not those that the task returns.
    """

    def run(inputs: Mapping[str, Any]) -> Mapping[str, Any]:
        values = trees.copied(resolved(inputs))  # what a call fills by design must not be filled when it is put
        if task.forward:
            *_, values[CACHE] = task.forward(*(values[name] for name in parameters(task.forward)))
        outputs = named_outputs(returns or task.returns, task.reference(*(values[name] for name in task.parameters)))
        return {**{name: _numbers(values[name]) for name in task.fills if name not in outputs}, **outputs}

    return run


def _slipped(task: Task, slip: Any, case: Posed) -> Mapping[str, Any]:
    """Answer a case with mistakes. Raises whatever such mistakes raise."""
    assert task.mistakes is not None
    values = trees.copied(resolved(case.inputs)) if task.fills else resolved(case.inputs)
    answer = task.mistakes(slip, *(values[name] for name in parameters(task.mistakes)[1:]))
    judged = [name for name in case.returns or task.returns if name != CACHE]
    parts = answer if len(judged) > 1 else (answer,)
    outputs = {name: _vector(part) for name, part in zip(judged, parts, strict=True)}
    return {**{name: _numbers(values[name]) for name in task.fills if name not in outputs}, **outputs}


def _numbers(value: Any) -> dict[str, Any]:
    """The numbers of a dict, without the text and the switches beside them."""
    kinds = (float, np.ndarray, np.floating)
    return {key: part for key, part in value.items() if isinstance(part, kinds)} if isinstance(value, dict) else {}


def resolved(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Put the functions that `Named` stands for in its place: those which a worker would build, the very same code.

    The rooms of this package do not depend on the sandbox; only an assignment that names a function reads its module.
    """
    if not any(isinstance(value, Named) for value in inputs.values()):
        return dict(inputs)
    functions = import_module("grader.sandbox.worker.named").NAMED
    return {name: functions[value.name] if isinstance(value, Named) else value for name, value in inputs.items()}


def named_outputs(returns: Mapping[str, str], value: Any) -> dict[str, Any]:
    """Name what the reference returned; the cache is left out, and a list of numbers is the vector that it writes."""
    values = value if len(returns) > 1 else (value,)
    return {name: _vector(part) for name, part in zip(returns, values, strict=True) if name != CACHE}


def _vector(value: Any) -> Any:
    plain = isinstance(value, list | tuple) and all(isinstance(part, float | int | np.number) for part in value)
    return np.asarray(value, dtype=np.result_type(float, *value)) if plain else value


def _moves(outputs: Mapping[str, Any], case: Case) -> bool:
    leaves = [(place, value) for place, value in named_leaves(outputs) if place.partition(".")[0] not in case.still]
    return all(np.size(value) == 0 or bool(np.any(np.asarray(value) != 0)) for _, value in leaves)
