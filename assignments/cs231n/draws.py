"""Inputs that layers need beyond the grader's own draws."""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from grader.battery import Labels, shape_of
from grader.model import parameters


@dataclass(frozen=True)
class Upstream:
    """A Gaussian upstream gradient, shaped like the first output of a forward pass; `shift` makes it large."""

    forward: Callable
    shift: float = 0.0

    def __call__(self, rng, sizes, drawn):
        given = copy.deepcopy({name: drawn[name] for name in parameters(self.forward)})
        return self.shift + rng.standard_normal(np.shape(self.forward(**given)[0]))


@dataclass(frozen=True)
class EachOnce:
    """Labels that name every class once: there are as many examples as classes, else ValueError."""

    count: str = "N"
    classes: str = "C"

    def __call__(self, rng, sizes, drawn):
        if sizes[self.count] != sizes[self.classes]:
            raise ValueError("no label is used once where examples and classes differ in number")
        return rng.permutation(sizes[self.classes])


@dataclass(frozen=True)
class NearMargins:
    """Scores of examples with labels y: one margin is just broken, and one is just kept."""

    shape: str

    def __call__(self, rng, sizes, drawn):
        scores, y = 1.5 * rng.standard_normal(shape_of(self.shape, sizes)), drawn["y"]
        for row, beyond in enumerate((0.006, -0.006)):
            other = (y[row] + 1) % scores.shape[1]
            scores[row, other] = scores[row, y[row]] - 1 + beyond
        return scores


@dataclass(frozen=True)
class Apart:
    """All entries differ by at least half a step of 4 / n, with a mean that is not 0: no window holds two largest."""

    shape: str
    lowest: float = -1.5

    def __call__(self, rng, sizes, drawn):
        shape = shape_of(self.shape, sizes)
        count = int(np.prod(shape))
        places = rng.permutation(count) + rng.uniform(0, 0.5, size=count)
        return (self.lowest + 4.0 * places / count).reshape(shape)


@dataclass(frozen=True)
class Tied:
    """Whole numbers of which the largest come often: every window of some pixels has several largest."""

    shape: str

    def __call__(self, rng, sizes, drawn):
        return rng.integers(-2, 2, size=shape_of(self.shape, sizes)).astype(float)


@dataclass(frozen=True)
class OnTheMargin:
    """Scores in eighths: of each row one breaks the margin of 1, and one lies exactly on it."""

    shape: str
    labels: str = "y"

    def __call__(self, rng, sizes, drawn):
        scores = np.round(8 * rng.standard_normal(shape_of(self.shape, sizes))) / 8
        rows, y, classes = np.arange(len(scores)), drawn[self.labels], scores.shape[1]
        scores[rows, (y + 1) % classes] = scores[rows, y] - 1
        scores[rows, (y + 2) % classes] = scores[rows, y] + 1
        return scores


@dataclass(frozen=True)
class Words:
    """Indices below V: one word twice in one sequence and once in another, and words that do not occur."""

    shape: str = "N T"
    dtype: str = "int64"

    def __call__(self, rng, sizes, drawn):
        shape, pool = shape_of(self.shape, sizes), rng.permutation(sizes["V"])[: max(1, sizes["V"] - 2)]
        words = rng.choice(pool, size=shape)
        words.flat[:2] = words.flat[-1] = pool[0]
        return words.astype(self.dtype)


@dataclass(frozen=True)
class Counting:
    """Which steps of each sequence count: the first of each, and of the later ones some."""

    shape: str = "N T"

    def __call__(self, rng, sizes, drawn):
        mask = rng.uniform(size=shape_of(self.shape, sizes)) < 0.6
        mask[:, 0] = True
        mask[0, 1:2] = False
        return mask


@dataclass(frozen=True)
class Positive:
    """Positive entries, as variances are: squares of Gaussian ones, times `scale`, and a little more."""

    shape: str
    scale: float = 1.0

    def __call__(self, rng, sizes, drawn):
        return self.scale * (0.05 + rng.standard_normal(shape_of(self.shape, sizes)) ** 2)


@dataclass(frozen=True)
class NetParams:
    """The parameters of a fully connected net of the widths n_0 … n_L, with γ and β where `norm` was drawn."""

    def __call__(self, rng, sizes, drawn):
        widths, params = sizes["widths"], {}
        for k, (n, m) in enumerate(pairwise(widths), start=1):
            params[f"W{k}"], params[f"b{k}"] = rng.standard_normal((n, m)), 0.5 + rng.standard_normal(m)
            if drawn["norm"] and k < len(widths) - 1:
                params[f"gamma{k}"], params[f"beta{k}"] = 1.5 + rng.standard_normal(m), rng.standard_normal(m)
        return params


@dataclass(frozen=True)
class Rows:
    """Examples for a net of the widths n_0 … n_L: (N, n_0)."""

    def __call__(self, rng, sizes, drawn):
        return 0.3 + rng.standard_normal((sizes["N"], sizes["widths"][0]))


@dataclass(frozen=True)
class Classes:
    """Labels below n_L for N examples of such a net."""

    absent: bool = False
    dtype: str = "int64"

    def __call__(self, rng, sizes, drawn):
        return Labels("N", "C", self.absent, self.dtype)(rng, {**sizes, "C": sizes["widths"][-1]}, drawn)
