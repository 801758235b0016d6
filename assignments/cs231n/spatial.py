"""Normalisation of images: of channels over the batch, and of groups of channels."""

import numpy as np

from assignments.cs231n.claims import gradients, values
from assignments.cs231n.draws import Positive
from assignments.cs231n.images import PRIMES, sizes
from assignments.cs231n.norms import terms
from assignments.cs231n.years import WITH_LAYERNORM
from grader.battery import Fixed, Normal, Size, Together
from grader.checks import After
from grader.model import Case, Convention, Slope, Task
from reference.spatial_norm import (
    spatial_batchnorm_backward,
    spatial_batchnorm_forward,
    spatial_groupnorm_backward,
    spatial_groupnorm_forward,
)

X, GAMMA, BETA = Normal("N C H W", scale=1.5, shift=0.7), Normal("C", scale=2, shift=3), Normal("C", shift=1)
CHANNEL_GAMMA, CHANNEL_BETA = Normal("1 C 1 1", scale=2, shift=3), Normal("1 C 1 1", shift=1)
FLAT = dict(x=Normal("N C H W", scale=3e-3, shift=1.0))
RUNNING = dict(running_mean=Normal("C", shift=0.5), running_var=Positive("C"))


def mode(name, **more):
    """A dict of settings, a new one for each case: a call writes into it."""
    return dict(bn_param=Together(dict(mode=Fixed(name), **more)))


CHANNELS = (
    Case("example", sizes(2, 1, 2, 2), public=True),
    Case("practice", sizes(2, 3, 2, 4), public=True, slope=True),
    Case("generic", sizes(2, 3, 5, 7), slope=True, why=PRIMES),
    Case("square", sizes(3, 3, 3, 3), why="every size is 3"),
    Case("one example", sizes(1, 3, 2, 4), why="the statistics of one image are no 0"),
    Case("one place", sizes(5, 3, 1, 1), why="axes of length 1 to lose"),
    Case("small variance", sizes(2, 3, 4, 2), FLAT, why="variance near ε: inside or outside the root"),
    Case("another ε", sizes(2, 3, 4, 2), mode("train", eps=Fixed(0.1)), why="ε is read, not assumed"),
)
MODES = (
    Case("running statistics", sizes(2, 3, 4, 2), mode("train", momentum=Fixed(0.3), **RUNNING)),
    Case("testing", sizes(2, 3, 4, 5), mode("test", **RUNNING), why="the running statistics are used"),
)
LARGE = Case("large", sizes(2, 3, 4, 2), dict(dout=Normal("N C H W", shift=40)), why="large gradients: clipping shows")
GROUPED = (
    Case("example", sizes(2, 2, 2, 2, G=1), public=True),
    Case("practice", sizes(2, 4, 3, 2, G=2), public=True, slope=True),
    Case("generic", sizes(3, 10, 4, 7, G=5), slope=True, why="groups that are neither all channels nor one"),
    Case("square", sizes(4, 4, 4, 4, G=2), why="sizes are equal"),
    Case("one example", sizes(1, 6, 3, 2, G=3)),
    Case("one group", sizes(3, 4, 5, 2, G=1), why="every channel in one group"),
    Case("a group for each channel", sizes(2, 3, 5, 4, G=3)),
    Case("one place", sizes(3, 6, 1, 1, G=2), why="axes of length 1 to lose"),
    Case("small variance", sizes(2, 6, 4, 2, G=2), FLAT, why="variance near ε: inside or outside the root"),
    Case("another ε", sizes(2, 6, 4, 2, G=3), dict(gn_param=Together(dict(eps=Fixed(0.1))))),
)
LARGE_GROUPED = Case("large", sizes(2, 6, 4, 2, G=3), dict(dout=Normal("N C H W", shift=40)), why="clipping shows")
BN_ARGS, GN_ARGS = ("x", "gamma", "beta", "bn_param"), ("x", "gamma", "beta", "G", "gn_param")
MOVES = {"x": "dx", "gamma": "dgamma", "beta": "dbeta"}
BN_DRAWS = dict(x=X, gamma=GAMMA, beta=BETA, **mode("train"))
GN_DRAWS = dict(x=X, gamma=CHANNEL_GAMMA, beta=CHANNEL_BETA, G=Size("G"), gn_param=Together({}))
IMAGE, OUT = "N C H W", {"out": "N C H W", "cache": ""}


def of_terms(d):
    """The rounding of right formulas, with the variance of the least channel of the batch or group of an image."""
    x = d["x"]
    alike = x.reshape(len(x) * d["G"], -1) if "G" in d else x.swapaxes(0, 1).reshape(x.shape[1], -1)
    return terms(np.min(np.var(alike, axis=1)) + 1e-5, d["x"], d["gamma"], d.get("dout", 1.0))


def vectors(**more):
    """γ and β with the axes of an image, as the notebooks have them, or as vectors, as the text says up to 2020."""
    flat = dict(draws=dict(GN_DRAWS, gamma=Normal("C", scale=2, shift=3), beta=Normal("C", shift=1), **more))
    return (
        Convention("(1, C, 1, 1)", "γ and β of shape (1, C, 1, 1)", axis="group norm"),
        Convention("(C,)", "γ and β of shape (C,)", flat, axis="group norm"),
    )


TASKS = (
    Task(
        spatial_batchnorm_forward,
        draws=BN_DRAWS,
        returns=OUT,
        cases=(*CHANNELS, *MODES),
        fills=("bn_param",),
        rounding=of_terms,
        checks={
            **values("out", of="spatial_batchnorm_forward"),
            After("bn_param.running_mean"): 1,
            After("bn_param.running_var"): 1,
        },
        homes=("layers",),
    ),
    Task(
        spatial_batchnorm_backward,
        forward=spatial_batchnorm_forward,
        draws=dict(**BN_DRAWS, dout=Normal(IMAGE)),
        returns={"dx": IMAGE, "dgamma": "C", "dbeta": "C"},
        cases=(*CHANNELS, LARGE),
        slope=Slope("spatial_batchnorm_forward", BN_ARGS, "out", MOVES, against="dout"),
        rounding=of_terms,
        checks=gradients("dx", "dgamma", "dbeta", of="spatial_batchnorm_backward"),
        homes=("layers",),
    ),
    Task(
        spatial_groupnorm_forward,
        draws=GN_DRAWS,
        returns=OUT,
        cases=GROUPED,
        rounding=of_terms,
        checks=values("out", of="spatial_groupnorm_forward"),
        conventions=vectors(),
        homes=("layers",),
        years=WITH_LAYERNORM,
    ),
    Task(
        spatial_groupnorm_backward,
        forward=spatial_groupnorm_forward,
        draws=dict(**GN_DRAWS, dout=Normal(IMAGE)),
        returns={"dx": IMAGE, "dgamma": "1 C 1 1", "dbeta": "1 C 1 1"},
        cases=(*GROUPED, LARGE_GROUPED),
        slope=Slope("spatial_groupnorm_forward", GN_ARGS, "out", MOVES, against="dout"),
        rounding=of_terms,
        checks=gradients("dx", "dgamma", "dbeta", of="spatial_groupnorm_backward", ones="vector"),
        conventions=vectors(dout=Normal(IMAGE)),
        homes=("layers",),
        years=WITH_LAYERNORM,
    ),
)
