"""The examination paper of one task: its cases drawn, its answers known, its question ready to be put.

A paper is made from the reference (`grader.posing`) where the course is at hand, or read from `public.json` on a
student's machine (`grader.public`). Checks see only the paper, so that they run the same in both places.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import msgspec
import numpy as np
from msgspec.structs import replace

from grader import trees
from grader.model import CACHE, Cost, Slope
from grader.questions import AGAIN, WHOLE, Call, Question, Ref
from grader.subgradient import Subdifferential
from grader.tolerance import named_leaves

Near = Callable[[Mapping[str, Any]], Mapping[str, Any]]

STEEPER = 1_000_000
"""How much larger the upstream gradient is that a case is put with once more: no usual clipping keeps what comes out.
"""

FLATTER = 1e-6
"""How much smaller it is where that is what the call with other numbers differs in: what is small is not nothing."""

PUBLIC_SEED = b"public"


class Posed(msgspec.Struct, frozen=True, eq=False, dict=True):
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
    returns: Mapping[str, str] = msgspec.field(default_factory=dict)
    single: Callable[[], Mapping[str, float]] | None = None

    @cached_property
    def arrays(self) -> Mapping[str, Any]:
        """Every expected leaf as a float64 array, by its place."""
        return {place: np.asarray(value, dtype=np.float64) for place, value in named_leaves(self.expected)}

    @property
    def title(self) -> str:
        sizes = ", ".join(f"{letter} = {size}" for letter, size in self.sizes.items())
        return f"case {self.name!r}" + (f" ({sizes})" if sizes else "")


class Paper(msgspec.Struct, frozen=True, eq=False, dict=True):
    """All that the checks of one task work from.

    `ahead` of a case is what the slope's forward pass returns there, a list with one entry an example (one entry where
    it takes the batch at once); `ahead_returns` are the names of all that it returns. `cache_place` is the place of the
    cache in what `forward` returns. The expected values of a case hold those of the arguments that the call `fills`.

    `reference` is there only where the course is: nothing but the check that measures time calls it. `costly` draws
    the small and the large case of `cost` when they are asked for. `letters` says what the letters of shapes count.
    `slipped(slip, case)` answers a case as one who makes the mistakes that `slip` says; `batch` is the size that
    counts examples. `other` is the watched case with other numbers of its shapes, which only the check of behaviour
    looks at; there is none where a forward pass comes first, for what that left is never asked for other shapes.
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
    letters: Mapping[str, str] = msgspec.field(default_factory=dict)
    slipped: Callable[[Any, Posed], Mapping[str, Any]] | None = None
    batch: str = "N"
    other: Posed | None = None

    @cached_property
    def steps(self) -> dict[Any, Any]:
        """What checks did with answers to this paper (`grader.drive`)."""
        return {}

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

    @property
    def flatter(self) -> bool:
        """Whether the call with other numbers is the watched one with a smaller upstream gradient."""
        return bool(self.forward and self.upstream) and self.other is None

    @cached_property
    def question(self) -> Question:
        """Every case of the task at once: one round trip, which all its checks share.

        All forward passes come before the first backward pass, so that nothing right can depend on the order. At the
        end one case is put with a larger upstream gradient, where there is one, again as it was, and with other numbers
        of the same shapes (a smaller upstream gradient is one); then both its results are looked at once more (a buffer
        that is made anew for other shapes spares the first), and it is put a last time, with the arguments sent back.
        """
        ahead = [self.forward_call(case) for case in self.ordinary] if self.forward else []
        judged = [self.judged_call(case, index) for index, case in enumerate(self.ordinary)]
        once, place = judged[self.watched], len(ahead) + self.watched
        judged[self.watched] = kept = replace(once, keep=(WHOLE, *once.keep))
        calls = [
            *ahead,
            *judged,
            *([self._scaled(once, STEEPER)] if self.upstream else []),
            kept,
            self.otherwise(once),
        ]
        looks = [Call(AGAIN, (Ref(made, WHOLE),), keep=self.keep) for made in (place, len(calls) - 2)]
        return Question((*calls, *looks, replace(once, echo=True)))

    def otherwise(self, call: Call) -> Call:
        """The call with other numbers of the same shapes: a case of its own, or a smaller upstream gradient.

        Where there is neither, every array is turned and shrunk, and what comes out is not judged.
        """
        if self.other is not None:
            return self.judged_call(self.other, 0)
        if self.flatter:
            return self._scaled(call, FLATTER)
        turned = [trees.each(arg, lambda x: -0.75 * x if isinstance(x, np.ndarray) else x) for arg in call.args]
        return replace(call, args=tuple(turned))

    def _scaled(self, call: Call, factor: float) -> Call:
        given = zip(self.parameters, call.args, strict=True)
        return replace(call, args=tuple(factor * arg if name in self.upstream else arg for name, arg in given))

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


def stream(seed: bytes, *names: str) -> np.random.Generator:
    """Draw a generator from a seed and what it is for."""
    digest = hashlib.blake2b(key=seed[:64])
    for name in names:
        digest.update(name.encode() + b"\0")
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest.digest()[:16], "little")))


def examples(slope: Slope, inputs: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Split a batch into its columns, for a forward pass that takes one example; else the inputs as they are."""
    if not slope.examples:
        return [inputs]
    split = [name for name in (*slope.examples, *(weight for _, weight in slope.weighted)) if name]
    count = inputs[slope.examples[0]].shape[1]
    return [{**inputs, **{name: inputs[name][:, n : n + 1] for name in split}} for n in range(count)]
