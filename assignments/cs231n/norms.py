"""Batch and layer normalisation."""

import numpy as np

from assignments.cs231n.claims import gradients, values
from assignments.cs231n.draws import Positive
from assignments.cs231n.years import WITH_LAYERNORM
from grader.battery import Fixed, Normal, Together
from grader.checks import After
from grader.model import Case, Slope, Task
from grader.tolerance import REORDERING, UNIT_ROUNDOFF
from reference.batchnorm import batchnorm_backward, batchnorm_backward_alt, batchnorm_forward
from reference.layernorm import layernorm_backward, layernorm_forward

PRIMES = "distinct primes: a transpose or a wrong axis shows"
FLAT = Normal("N D", scale=3e-3, shift=1.0)
FAR = Normal("N D", scale=2.0, shift=40.0)


def mode(name, **more):
    """A dict of settings, a new one for each case: a call writes into it."""
    return Together(dict(mode=Fixed(name), **more))


RUNNING = dict(running_mean=Normal("D", shift=0.5), running_var=Positive("D"))
SCALED = dict(x=Normal("N D", scale=1.5, shift=0.7), gamma=Normal("D", scale=2.0, shift=3.0), beta=Normal("D", shift=1))
GENERIC = Case("generic", dict(N=7, D=5), slope=True, why=PRIMES)
COMMON = (
    Case("example", dict(N=3, D=2), public=True),
    Case("practice", dict(N=5, D=3), public=True, slope=True),
    GENERIC,
    Case("square", dict(N=5, D=5), why="mistakes that run only where all sizes are equal"),
    Case("wide", dict(N=3, D=11)),
    Case("negative scale", dict(N=7, D=3), dict(gamma=Normal("D", shift=-4))),
    Case("small variance", dict(N=7, D=5), dict(x=FLAT), why="variance near ε: inside or outside the root"),
    Case("far from 0", dict(N=11, D=3), dict(x=FAR), why="a mean that is not subtracted"),
)
LARGE = Case("large", dict(N=7, D=3), dict(dout=Normal("N D", shift=40)), why="large gradients: clipping shows")
BATCH = (
    *COMMON,
    Case("running statistics", dict(N=7, D=5), dict(bn_param=mode("train", **RUNNING)), why="they move, not restart"),
    Case("momentum", dict(N=5, D=3), dict(bn_param=mode("train", momentum=Fixed(0.3), eps=Fixed(0.01), **RUNNING))),
    Case("one example", dict(N=1, D=5), dict(bn_param=mode("train", **RUNNING)), why="out is β; every variance is 0"),
    Case("testing", dict(N=7, D=5), dict(bn_param=mode("test", **RUNNING)), why="the running statistics are used"),
    Case("testing, square", dict(N=3, D=3), dict(bn_param=mode("test", eps=Fixed(0.01), **RUNNING))),
    Case("testing one example", dict(N=1, D=5), dict(bn_param=mode("test", **RUNNING))),
)
EPSILON = Case("another ε", dict(N=7, D=3), dict(bn_param=mode("train", eps=Fixed(0.1))), why="ε is read, not assumed")
PUSHED = (
    *COMMON,
    Case("one example", dict(N=1, D=5), still=("dx", "dgamma"), why="x cannot move out; β can"),
    Case("two examples", dict(N=2, D=7)),
    Case("one feature", dict(N=5, D=1), why="D = 1: axes of length 1 to lose"),
    EPSILON,
    LARGE,
)
ROWS = (
    *COMMON,
    Case("one example", dict(N=1, D=5), why="squeezed axes, and branches on the batch size"),
    Case("another ε", dict(N=7, D=3), dict(ln_param=Together(dict(eps=Fixed(0.1)))), why="ε is read, not assumed"),
)
BN, LN = (("x", "gamma", "beta", name) for name in ("bn_param", "ln_param"))
MOVES = {"x": "dx", "gamma": "dgamma", "beta": "dbeta"}
GRADIENTS = {"dx": "N D", "dgamma": "D", "dbeta": "D"}


def of_terms(axis, settings):
    """Rounding of right formulas beyond that of the reference; s² = σ² + ε is the least of all.

    A·u·max|γ dout| / s, since dx is a difference of terms of this size, and where N = 1 nothing is left of them; times
    1 + max x² / s², since σ² may be taken as the mean of squares minus the square of the mean, whose digits cancel.
    """

    def rounding(d):
        least = np.min(np.var(d["x"], axis=axis)) + d[settings].get("eps", 1e-5)
        return terms(least, d["x"], d["gamma"], d.get("dout", 1.0))

    return rounding


def terms(least, x, gamma, dout):
    """The size of the terms, with the least σ² + ε of the batch."""
    size = np.max(np.abs(dout)) * (1 + np.max(np.abs(gamma)) / np.sqrt(least))
    return REORDERING * UNIT_ROUNDOFF * float(size * (1 + np.max(x * x) / least))


def backward(reference, forward, args, draws, cases, axis, **more):
    """A backward pass of a normalisation: three gradients, and the slope of all."""
    return Task(
        reference,
        forward=forward,
        draws=dict(**draws, dout=Normal("N D")),
        returns=GRADIENTS,
        cases=cases,
        slope=Slope(forward.__name__, args, "out", MOVES, against="dout"),
        rounding=of_terms(axis, args[-1]),
        checks=gradients("dx", "dgamma", "dbeta", of=reference.__name__),
        homes=("layers",),
        **more,
    )


BATCHED, ROWED = dict(SCALED, bn_param=mode("train")), dict(SCALED, ln_param=Together({}))
TASKS = (
    Task(
        batchnorm_forward,
        draws=BATCHED,
        returns={"out": "N D", "cache": ""},
        cases=BATCH,
        fills=("bn_param",),
        rounding=of_terms(0, "bn_param"),
        checks={
            **values("out", of="batchnorm_forward"),
            After("bn_param.running_mean"): 1,
            After("bn_param.running_var"): 1,
        },
        homes=("layers",),
    ),
    backward(batchnorm_backward, batchnorm_forward, BN, BATCHED, PUSHED, 0),
    backward(batchnorm_backward_alt, batchnorm_forward, BN, BATCHED, PUSHED, 0),
    Task(
        layernorm_forward,
        draws=ROWED,
        returns={"out": "N D", "cache": ""},
        cases=ROWS,
        rounding=of_terms(1, "ln_param"),
        checks=values("out", of="layernorm_forward"),
        homes=("layers",),
        years=WITH_LAYERNORM,
    ),
    backward(layernorm_backward, layernorm_forward, LN, ROWED, (*ROWS, LARGE), 1, years=WITH_LAYERNORM),
)
