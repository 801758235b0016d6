"""Cases and draws that several assignments share."""

from dataclasses import dataclass

import numpy as np

from grader.battery import Array, Each, Fixed, Labels, Together, shape_of, stratified
from grader.model import Case

PRACTICE = Case("practice", dict(N=5, D=2, K=3), public=True, slope=True, why="random numbers, the same for everybody")


def example(sizes, **written):
    """The worked example: small whole numbers, written out (see `_written`). Labels `y` are integers."""
    draws = {name: _written(value, "int64" if name == "y" else "float64") for name, value in written.items()}
    return Case("example", sizes, draws, public=True, why="small whole numbers, to be worked by hand")


def _written(value, dtype="float64"):
    """Rows are an array, a dict or a tuple is a dict or a list of arrays, anything else is the value itself."""
    if isinstance(value, list):
        return Array(value, dtype)
    if isinstance(value, dict):
        return Together({name: _written(part) for name, part in value.items()})
    if isinstance(value, tuple):
        return Each(tuple(_written(part) for part in value))
    return Fixed(value)


@dataclass(frozen=True)
class WithZeros:
    """Both signs, away from 0, but for a third of the entries, which are exactly 0."""

    shape: str

    def __call__(self, rng, sizes, drawn):
        entries = stratified(rng, shape_of(self.shape, sizes))
        zeros = rng.permutation(entries.size)[: max(1, entries.size // 3)]
        entries.flat[zeros] = 0.0
        return entries


@dataclass(frozen=True)
class OneHot:
    """Labels as rows with a single 1, of an integer type."""

    count: str = "N"
    classes: str = "C"
    dtype: str = "int64"

    def __call__(self, rng, sizes, drawn):
        labels = Labels(self.count, self.classes)(rng, sizes, drawn)
        return (labels[:, None] == np.arange(sizes[self.classes])).astype(self.dtype)


@dataclass(frozen=True)
class Layer:
    """One column for each example, as tall as a net's layer is wide: layer 0 is the input, −1 the output.

    With `rows` the examples are rows.
    """

    index: int
    count: str = "1"
    rows: bool = False
    widths: str = "widths"

    def __call__(self, rng, sizes, drawn):
        shape = (sizes[self.widths][self.index], *shape_of(self.count, sizes))
        return rng.standard_normal(shape[::-1] if self.rows else shape)
