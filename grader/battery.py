"""Where inputs come from: a small language of draws.

A draw is a frozen value that makes one input of one case. It is called with a generator of random numbers, the
sizes of the case and what was drawn before it, and gives back a plain value:

    Normal("N D")            Gaussian entries, an array of shape (N, D)
    AwayFromZero("N H")      both signs, magnitudes spread over 0.005 … 4, nothing near a kink
    Labels("N", "K")         integer labels, one of them repeated where N > 1
    Made(lambda d: …)        computed from what was drawn before

Sizes are named by the letters of the handouts. A size may be a tuple of widths (a net's layers).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any, Protocol

import msgspec
import numpy as np

Sizes = Mapping[str, Any]
Drawn = Mapping[str, Any]

LEAST, MOST = 0.005, 4.0
"""Magnitudes that a stratified draw covers: thresholds and leaky slopes show anywhere between them."""


class Draw(Protocol):
    """Make one input."""

    def __call__(self, rng: np.random.Generator, sizes: Sizes, drawn: Drawn) -> Any: ...


def shape_of(letters: str, sizes: Sizes) -> tuple[int, ...]:
    """Read a shape: "N D" with N = 7, D = 5 is (7, 5); a number stands for itself."""
    return tuple(int(letter) if letter.isdigit() else int(sizes[letter]) for letter in letters.split())


class Normal(msgspec.Struct, frozen=True):
    """Gaussian entries with mean `shift` and standard deviation `scale`."""

    shape: str
    scale: float = 1.0
    shift: float = 0.0

    def __call__(self, rng: np.random.Generator, sizes: Sizes, drawn: Drawn) -> Any:
        return self.shift + self.scale * rng.standard_normal(shape_of(self.shape, sizes))


class AwayFromZero(msgspec.Struct, frozen=True):
    """Entries of both signs whose magnitudes are spread evenly (in logarithm) over `least` … `most`."""

    shape: str
    least: float = LEAST
    most: float = MOST

    def __call__(self, rng: np.random.Generator, sizes: Sizes, drawn: Drawn) -> Any:
        return stratified(rng, shape_of(self.shape, sizes), self.least, self.most)


def stratified(rng: np.random.Generator, shape: tuple[int, ...], least: float = LEAST, most: float = MOST) -> Any:
    """Draw one magnitude from each of n equal strata of [log least, log most], signs alternating, then shuffle."""
    count = int(np.prod(shape))
    strata = (np.arange(count) + rng.uniform(size=count)) / max(count, 1)
    magnitudes = np.exp(np.log(least) + strata * (np.log(most) - np.log(least)))
    signs = np.where(np.arange(count) % 2 == rng.integers(2), 1.0, -1.0)
    return rng.permutation(magnitudes * signs).reshape(shape)


class Labels(msgspec.Struct, frozen=True):
    """Integer labels below K for N examples; one label is repeated where N > 1.

    With `absent` at least one class never occurs; without it every class occurs where N ≥ K. `dtype` is the kind of
    integer that the student receives. With `low`, the name of scores drawn before, one label is the least likely
    class of the row whose scores differ most: large scores then underflow where the loss takes their logarithm.
    """

    count: str = "N"
    classes: str = "K"
    absent: bool = False
    dtype: str = "int64"
    low: str = ""

    def __call__(self, rng: np.random.Generator, sizes: Sizes, drawn: Drawn) -> Any:
        count, classes = int(sizes[self.count]), int(sizes[self.classes])
        pool = rng.permutation(classes)
        if self.absent:
            pool = pool[: max(1, classes - 1)]
        labels = pool[np.arange(count) % len(pool)]
        if count > 1 and len(set(labels.tolist())) == count:
            labels[-1] = labels[0]
        labels = rng.permutation(labels)
        if self.low:
            row = int(np.argmax(np.ptp(drawn[self.low], axis=1)))
            labels[row] = np.argmin(drawn[self.low][row])
        return labels.astype(self.dtype)


class Large(msgspec.Struct, frozen=True):
    """Scores of ±`most`: every entry as large as it may be, so that a bare exponential overflows.

    In a batch one row is negative throughout: shifted by the largest score of the whole batch instead of its own, it
    underflows.
    """

    shape: str
    most: float = 1e4

    def __call__(self, rng: np.random.Generator, sizes: Sizes, drawn: Drawn) -> Any:
        shape = shape_of(self.shape, sizes)
        signs = np.where(np.arange(int(np.prod(shape))) % 2 == 0, 1.0, -1.0)
        signs = rng.permutation(signs).reshape(shape)
        if len(shape) == 2 and min(shape) > 1:
            signs[rng.integers(shape[0])] = -1.0
        return signs * self.most + rng.standard_normal(shape)


class Size(msgspec.Struct, frozen=True):
    """The size itself, as an int: an argument such as K."""

    letter: str

    def __call__(self, rng: np.random.Generator, sizes: Sizes, drawn: Drawn) -> Any:
        return int(sizes[self.letter])


class Fixed(msgspec.Struct, frozen=True):
    """A value that is always the same. Lists of numbers become arrays with `Array`."""

    value: Any

    def __call__(self, rng: np.random.Generator, sizes: Sizes, drawn: Drawn) -> Any:
        return self.value


class Array(msgspec.Struct, frozen=True):
    """An array written out, for examples that can be worked by hand: `Array([[1, 2], [0, 1]])`."""

    rows: Any
    dtype: str = "float64"

    def __call__(self, rng: np.random.Generator, sizes: Sizes, drawn: Drawn) -> Any:
        return np.array(self.rows, dtype=self.dtype)


class Together(msgspec.Struct, frozen=True):
    """A dict of draws: the parameters of a net under their names."""

    draws: Mapping[str, Draw]

    def __call__(self, rng: np.random.Generator, sizes: Sizes, drawn: Drawn) -> Any:
        return {name: draw(rng, sizes, drawn) for name, draw in self.draws.items()}


class Each(msgspec.Struct, frozen=True):
    """A list of draws: `Each(Array(…), Array(…))` is a net's list of weights, written out."""

    draws: tuple[Draw, ...]

    def __call__(self, rng: np.random.Generator, sizes: Sizes, drawn: Drawn) -> Any:
        return [draw(rng, sizes, drawn) for draw in self.draws]


class Made(msgspec.Struct, frozen=True):
    """Computed from what was drawn before: `Made(lambda d: d["x"] @ d["w"])`."""

    formula: Callable[[Drawn], Any]

    def __call__(self, rng: np.random.Generator, sizes: Sizes, drawn: Drawn) -> Any:
        return self.formula(drawn)


class Weights(msgspec.Struct, frozen=True):
    """The weights of a net with the given widths (n_0, …, n_L): W[l-1] is (n_l, n_{l-1}), scaled to keep signals."""

    widths: str = "widths"

    def __call__(self, rng: np.random.Generator, sizes: Sizes, drawn: Drawn) -> Any:
        widths = sizes[self.widths]
        return [rng.standard_normal((m, n)) / np.sqrt(n) for n, m in pairwise(widths)]


class Columns(msgspec.Struct, frozen=True):
    """One column (n_l, 1) for every layer l = 1 … L of a net; with `stratify` away from 0 (pre-activations)."""

    widths: str = "widths"
    scale: float = 1.0
    stratify: bool = False

    def __call__(self, rng: np.random.Generator, sizes: Sizes, drawn: Drawn) -> Any:
        shapes = [(n, 1) for n in sizes[self.widths][1:]]
        if self.stratify:
            return [stratified(rng, shape, 0.05, 2.0) for shape in shapes]
        return [self.scale * rng.standard_normal(shape) for shape in shapes]
