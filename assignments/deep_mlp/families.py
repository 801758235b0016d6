"""Cases that the parts of the assignment share, and the network that the handout follows."""

import numpy as np

from grader.battery import Columns, Fixed, Made, Normal
from grader.model import Case
from reference.deep_forward import forward

PRIMES, FITS = "distinct primes: a transpose or a wrong axis shows", "mistakes that run where all products fit"
SIGMOID, TANH, RELU, IDENTITY = Fixed("sigmoid"), Fixed("tanh"), Fixed("relu"), Fixed("identity")
KINK = 0.05
"""No pre-activation of a ReLU comes nearer to 0 than this, but where the convention at 0 is asked."""
COLUMN = Normal("n 1")


def family(practice, generic, square, *more, sigma=SIGMOID):
    """A practice case, distinct primes (with another activation, where the task has one), all equal, and more."""
    return (
        Case("practice", practice, public=True, slope=True, why="random numbers, the same for everybody"),
        Case("generic", generic, dict(sigma=sigma) if sigma else {}, slope=True, why=PRIMES),
        Case("square", square, why=FITS),
        *more,
    )


def relu(sizes, name="relu", **draws):
    """A case with the rectifier."""
    return Case(name, sizes, dict(draws, sigma=RELU))


def identity(sizes, name="identity", **draws):
    """A case whose derivative is 1 everywhere; its numbers may be large, which no clipping keeps."""
    return Case(name, sizes, dict(draws, sigma=IDENTITY))


def away_from_kinks(d):
    """Whether every pre-activation of a rectifier net keeps away from 0, in every layer."""
    if d["sigma"] != "relu":
        return True
    H0 = d["h0"] if "h0" in d else d["H0"]
    return all(np.min(np.abs(z)) >= KINK for z in forward(d["W"], d["b"], H0, "relu")[0])


def residual(h0, t):
    """The error's gradient ∂C/∂h^L, kept fixed: ⟨it, h^L⟩ then has the slope of C."""
    return Made(lambda d: forward(d["W"], d["b"], d[h0], d["sigma"])[1][-1] - d[t])


NET = family(
    dict(widths=(2, 3, 2)),
    dict(widths=(3, 5, 7, 2)),
    dict(widths=(4, 4, 4, 4)),
    relu(dict(widths=(3, 5, 4, 2))),
    relu(dict(widths=(3, 3, 3)), "relu, square"),
    identity(dict(widths=(2, 3, 5, 1)), b=Columns(scale=40)),
    Case("one layer", dict(widths=(3, 2)), dict(sigma=SIGMOID)),
    Case("one layer, square", dict(widths=(3, 3))),
    Case("width one", dict(widths=(1, 1, 1, 1))),
    Case("six layers", dict(widths=(2, 3, 4, 5, 3, 2, 3)), why="L = 6"),
)

# ---- the network that the handout follows: ReLU, sizes 2, 1, 2, 1 ----

HANDOUT = dict(W=([[1, 1]], [[1], [-1]], [[2, 5]]), b=([[-1]], [[1], [1]], [[-1]]))
HANDOUT_ZS = ([[2]], [[3], [-1]], [[5]])
