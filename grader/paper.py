"""The examination paper of one task: its cases drawn, its answers known, its question ready to be put.

A paper is made from the reference (`write`) where the course is at hand, or read from `public.json` on a student's
machine (`grader.public`). Checks see only the paper, so that they run the same in both places.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from importlib import import_module
from typing import Any

import numpy as np

from grader import trees
from grader.model import CACHE, Case, Cost, Slope, Task, parameters
from grader.questions import AGAIN, WHOLE, Call, Named, Question, Ref
from grader.subgradient import Subdifferential, convex
from grader.tolerance import Run, named_leaves, single_errors, tolerances

Near = Callable[[Mapping[str, Any]], Mapping[str, Any]]

VARIANTS = 16
"""Inputs differ between students in this many ways, so that answers are computed once a variant, not once a student."""

STEEPER = 50
"""How much larger the upstream gradient is that a case is put with once more."""

PUBLIC_SEED = b"public"
REDRAWS = 200


class BatteryError(RuntimeError):
    """A declared case could not be drawn so that it tests anything: the assignment's fault, never the student's."""


@dataclass(frozen=True, eq=False)
class Posed:
    """A case as it is put: its inputs, what is right, and how far off a right answer may be.

    `near` draws the inputs once more with some of them given, so that what is made from those follows; it is there for
    cases of a slope, and only where the course is. `allows` says whether an output, by its arrays, is right although it
    is not what is expected, in a case at a kink. `single` says how far off results of single precision may be; without
    the course no better is known than the tolerance of float64, as many times wider.
    """

    name: str
    group: str
    public: bool
    slope: bool
    sizes: Mapping[str, Any]
    inputs: Mapping[str, Any]
    expected: Mapping[str, Any]
    tolerance: Mapping[str, float]
    ahead: Mapping[str, Any]
    ahead_tolerance: Mapping[str, float]
    timed: bool = False
    why: str = ""
    near: Near | None = None
    allows: Subdifferential | None = None
    returns: Mapping[str, str] = field(default_factory=dict)
    single: Callable[[], Mapping[str, float]] | None = None

    @cached_property
    def arrays(self) -> Mapping[str, Any]:
        """Every expected leaf as a float64 array, by its place."""
        return {place: np.asarray(value, dtype=np.float64) for place, value in named_leaves(self.expected)}

    @property
    def title(self) -> str:
        sizes = ", ".join(f"{letter} = {size}" for letter, size in self.sizes.items())
        return f"case {self.name!r}" + (f" ({sizes})" if sizes else "")


@dataclass(frozen=True, eq=False)
class Paper:
    """All that the checks of one task work from.

    `ahead` of a case is what the slope's forward pass returns there, a list with one entry an example (one entry where
    it takes the batch at once); `ahead_returns` are the names of all that it returns. `cache_place` is the place of the
    cache in what `forward` returns. The expected values of a case hold those of the arguments that the call `fills`.

    `reference` is there only where the course is: nothing but the check that measures time calls it. `costly` draws
    the small and the large case of `cost` when they are asked for. `letters` says what the letters of shapes count.
    `slipped(slip, case)` answers a case as one who makes the mistakes that `slip` says; `batch` is the size that
    counts examples.
    """

    task: str
    parameters: tuple[str, ...]
    returns: Mapping[str, str]
    several: bool
    cases: tuple[Posed, ...]
    forward: str = ""
    forward_parameters: tuple[str, ...] = ()
    ahead_returns: tuple[str, ...] = ()
    slope: Slope | None = None
    echo: bool = False
    fills: tuple[str, ...] = ()
    cache_place: int = 1
    seed: bytes = PUBLIC_SEED
    random: bool = False
    reference: Callable[..., Any] | None = None
    cost: Cost | None = None
    costly: Callable[[], tuple[Posed, Posed]] | None = None
    letters: Mapping[str, str] = field(default_factory=dict)
    slipped: Callable[[Any, Posed], Mapping[str, Any]] | None = None
    batch: str = "N"

    @property
    def outputs(self) -> tuple[str, ...]:
        """The outputs that are judged, in order."""
        return tuple(name for name in self.returns if name != CACHE)

    def returned(self, case: Posed) -> Mapping[str, str]:
        """What the call of a case returns, in order, with the shapes in letters."""
        return case.returns or self.returns

    @cached_property
    def shapes(self) -> Mapping[str, str]:
        """The shape of every output, those included that only some cases return."""
        every = (self.returns, *(case.returns for case in self.cases))
        return {name: shape for returns in every for name, shape in returns.items()}

    @property
    def keep(self) -> tuple[int, ...]:
        return tuple(index for index, name in enumerate(self.returns) if name == CACHE)

    @cached_property
    def ordinary(self) -> tuple[Posed, ...]:
        """The cases of the battery, in order; timed ones are put apart."""
        return tuple(case for case in self.cases if not case.timed)

    @cached_property
    def watched(self) -> int:
        """The place of the case that is put twice: the generic one, or the last one that is like it."""
        plain = [index for index, case in enumerate(self.ordinary) if not case.group]
        named = [index for index in plain if self.ordinary[index].name == "generic"]
        return (named or plain or [0])[-1]

    @cached_property
    def upstream(self) -> tuple[str, ...]:
        """The arguments in which the judged gradient is linear: the weights of L, where the function is given them."""
        weights = tuple(weight for _, weight in self.slope.weighted) if self.slope else ()
        linear = self.slope is not None and self.slope.claim == "gradient" and not self.random
        return weights if linear and set(weights) <= set(self.parameters) else ()

    @cached_property
    def steeper(self) -> int | None:
        """The place of the answer to the watched case with a larger upstream gradient; None where there is none."""
        return len(self.ordinary) * (2 if self.forward else 1) if self.upstream else None

    @cached_property
    def question(self) -> Question:
        """Every case of the task at once: one round trip, which all its checks share.

        All forward passes come before the first backward pass, so that nothing right can depend on the order. At the
        end one case is put with a larger upstream gradient, where there is one, again as it was, and with other numbers
        of the same shapes; then both its results are looked at once more (a buffer that is made anew for other shapes
        spares the first), and it is put a last time, with the arguments sent back.
        """
        ahead = [self.forward_call(case) for case in self.ordinary] if self.forward else []
        judged = [self.judged_call(case, index) for index, case in enumerate(self.ordinary)]
        once, place = judged[self.watched], len(ahead) + self.watched
        judged[self.watched] = kept = replace(once, keep=(WHOLE, *once.keep))
        calls = [*ahead, *judged, *([self._steeper(once)] if self.upstream else []), kept, _otherwise(once)]
        looks = [Call(AGAIN, (Ref(made, WHOLE),), keep=self.keep) for made in (place, len(calls) - 2)]
        return Question((*calls, *looks, replace(once, echo=True)))

    def _steeper(self, call: Call) -> Call:
        given = zip(self.parameters, call.args, strict=True)
        return replace(call, args=tuple(STEEPER * arg if name in self.upstream else arg for name, arg in given))

    def forward_call(self, case: Posed) -> Call:
        """The forward pass of a case, which leaves its cache with the answerer."""
        args = tuple(case.inputs[name] for name in self.forward_parameters)
        return Call(self.forward, args, keep=(self.cache_place,))

    def judged_call(self, case: Posed, ahead: int) -> Call:
        """The call that is judged; `ahead` is the place of its forward pass in the question."""
        args = tuple(Ref(ahead, self.cache_place) if name == CACHE else case.inputs[name] for name in self.parameters)
        return Call(self.task, args, keep=self.keep, echo=self.echo)

    def chosen(self, group: str) -> list[tuple[Posed, int]]:
        """The cases of a group, each with the place of its answer."""
        before = len(self.ordinary) if self.forward else 0
        return [(case, before + index) for index, case in enumerate(self.ordinary) if case.group == group]

    def rng(self, *names: str) -> np.random.Generator:
        """A stream of its own for each purpose, so that a new check changes no other verdict."""
        return stream(self.seed, self.task, *names)


def _otherwise(call: Call) -> Call:
    """The call with every array of real numbers turned and shrunk: what it returns is not judged."""
    turned = [trees.each(arg, lambda x: -0.75 * x if isinstance(x, np.ndarray) else x) for arg in call.args]
    return replace(call, args=tuple(turned))


def stream(seed: bytes, *names: str) -> np.random.Generator:
    """Draw a generator from a seed and what it is for."""
    digest = hashlib.blake2b(key=seed[:64])
    for name in names:
        digest.update(name.encode() + b"\0")
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest.digest()[:16], "little")))


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
    )


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
    beyond, beyond_tolerance = _ahead(task, case, inputs, ahead, rng)
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


def _ahead(task: Task, case: Case, inputs: Mapping[str, Any], ahead: Task | None, rng: np.random.Generator) -> Any:
    """Answer the slope's forward pass at the inputs themselves: is the student's forward right where it is moved?"""
    if not (case.slope and task.slope and ahead):
        return {}, {}
    slope = task.slope

    def run(values: Mapping[str, Any]) -> Mapping[str, Any]:
        calls = [[trees.dig(part, path) for path in slope.args] for part in examples(slope, trees.copied(values))]
        outputs = [named_outputs(ahead.returns, ahead.reference(*args)) for args in calls]
        return {out: [trees.dig(output, out) for output in outputs] for out, _ in slope.weighted}

    outputs = run(inputs)
    return outputs, tolerances(run, inputs, outputs, rng, kinked=case.between)


def examples(slope: Slope, inputs: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Split a batch into its columns, for a forward pass that takes one example; else the inputs as they are."""
    if not slope.examples:
        return [inputs]
    split = [name for name in (*slope.examples, *(weight for _, weight in slope.weighted)) if name]
    count = inputs[slope.examples[0]].shape[1]
    return [{**inputs, **{name: inputs[name][:, n : n + 1] for name in split}} for n in range(count)]


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
