"""Convolution, pooling, and normalisation of images."""

import numpy as np

from assignments.cs231n.claims import gradients, values
from assignments.cs231n.draws import Apart, Positive, Tied, Upstream
from assignments.cs231n.norms import terms
from grader.battery import Fixed, Normal, Size, Together
from grader.checks import After
from grader.model import Case, Slope, Task
from reference.convolution import conv_backward_naive, conv_forward_naive
from reference.pooling import max_pool_backward_naive, max_pool_forward_naive
from reference.spatial_norm import (
    spatial_batchnorm_backward,
    spatial_batchnorm_forward,
    spatial_groupnorm_backward,
    spatial_groupnorm_forward,
)

PRIMES = "distinct primes: a transpose or a wrong axis shows"


def sizes(N, C, H, W, **more):
    """The sizes of a batch of images."""
    return dict(N=N, C=C, H=H, W=W, **more)


# ---- convolution ----


def filters(height, width, stride, pad, **more):
    """Filters of this size, moved by `stride` over images with a rim of `pad` zeros."""
    return dict(
        w=Normal(f"F C {height} {width}"), conv_param=Together(dict(stride=Fixed(stride), pad=Fixed(pad))), **more
    )


CONVOLVED = (
    Case("example", sizes(1, 2, 3, 4, F=1), public=True),
    Case("practice", sizes(2, 1, 4, 5, F=3), filters(2, 3, 1, 1), public=True, slope=True),
    Case("generic", sizes(2, 3, 7, 11, F=5), filters(4, 3, 1, 1), slope=True, why=PRIMES),
    Case("square", sizes(3, 3, 3, 3, F=3), filters(3, 3, 1, 1), why="every size is 3"),
    Case("one example", sizes(1, 2, 5, 4, F=3), filters(3, 2, 1, 1)),
    Case("no rim", sizes(2, 3, 5, 6, F=4), filters(3, 2, 1, 0), why="pad = 0: nothing to cut off"),
    Case("stride 2, overlapping", sizes(2, 2, 7, 5, F=3), filters(3, 3, 2, 1), why="pixels in several windows"),
    Case("stride 2, touching", sizes(3, 2, 6, 4, F=2), filters(2, 2, 2, 0), why="each pixel in one window"),
    Case("stride 3, gaps", sizes(2, 3, 8, 5, F=2), filters(2, 2, 3, 0), why="pixels in no window"),
    Case("stride 3, wide rim", sizes(2, 1, 6, 3, F=3), filters(4, 1, 3, 2), why="a rim of 2"),
    Case("one pixel", sizes(3, 5, 2, 4, F=2), filters(1, 1, 1, 0), why="axes of length 1 to lose"),
    Case("one window", sizes(3, 2, 4, 3, F=5), filters(4, 3, 1, 0), why="a filter as large as the image"),
)
CONV_DRAWS = dict(x=Normal("N C H W", shift=0.3), b=Normal("F", shift=1), **filters(2, 2, 1, 1))
CONV_DRAWS = {name: CONV_DRAWS[name] for name in ("x", "w", "b", "conv_param")}
LARGE_CONV = Case(
    "large",
    sizes(2, 2, 5, 4, F=3),
    filters(3, 2, 1, 1, dout=Upstream(conv_forward_naive, shift=40)),
    why="large gradients: clipping shows",
)

# ---- pooling: no two pixels are equal, and not all of them are positive ----


def windows(height, width, stride, **more):
    """Windows of this size, moved by `stride`."""
    settings = dict(pool_height=Fixed(height), pool_width=Fixed(width), stride=Fixed(stride))
    return dict(pool_param=Together(settings), **more)


POOLED = (
    Case("example", sizes(1, 2, 4, 2), public=True),
    Case("practice", sizes(2, 3, 4, 6), windows(2, 2, 2), public=True, slope=True),
    Case("generic", sizes(2, 3, 5, 7), windows(3, 2, 1), slope=True, why="overlapping windows that are no squares"),
    Case("square", sizes(4, 4, 4, 4), windows(2, 2, 2), why="sizes are equal, and windows touch"),
    Case("one example", sizes(1, 2, 5, 4), windows(2, 2, 1)),
    Case("one channel", sizes(3, 1, 6, 4), windows(2, 2, 2)),
    Case("overlapping, stride 2", sizes(2, 3, 7, 5), windows(3, 3, 2), why="a pixel that is largest more than once"),
    Case("gaps", sizes(3, 2, 8, 5), windows(2, 2, 3), why="pixels in no window"),
    Case("flat windows", sizes(2, 3, 3, 8), windows(1, 4, 2), why="height and width differ"),
    Case("tall windows", sizes(2, 3, 9, 4), windows(3, 1, 3), why="height and width differ"),
    Case("one window", sizes(3, 2, 3, 5), windows(3, 5, 1), why="a window as large as the image"),
    Case("one pixel", sizes(2, 3, 3, 4), windows(1, 1, 1), why="a window of one pixel"),
    Case("all negative", sizes(2, 2, 6, 4), windows(2, 2, 2, x=Apart("N C H W", -9.0)), why="no window's largest is 0"),
    Case("all positive", sizes(2, 2, 6, 4), windows(2, 2, 2, x=Apart("N C H W", 5.0))),
)
POOL_DRAWS = dict(x=Apart("N C H W"), **windows(2, 2, 2))
LARGE_POOL = Case("large", sizes(2, 2, 6, 4), windows(3, 2, 1, dout=Upstream(max_pool_forward_naive, shift=40)))

TIES = (
    Case("ties", sizes(2, 3, 4, 6), windows(2, 2, 2, x=Tied("N C H W")), between=True, why="windows with two largest"),
    Case("ties that overlap", sizes(2, 2, 5, 4), windows(3, 2, 1, x=Tied("N C H W")), between=True, why="and pixels"),
)

# ---- normalisation ----

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


TASKS = (
    Task(
        conv_forward_naive,
        draws=CONV_DRAWS,
        returns={"out": "N F H' W'", "cache": ""},
        cases=CONVOLVED,
        checks=values("out"),
    ),
    Task(
        conv_backward_naive,
        forward=conv_forward_naive,
        draws=dict(**CONV_DRAWS, dout=Upstream(conv_forward_naive)),
        returns={"dx": IMAGE, "dw": "F C HH WW", "db": "F"},
        cases=(*CONVOLVED, LARGE_CONV),
        slope=Slope(
            "conv_forward_naive",
            ("x", "w", "b", "conv_param"),
            "out",
            {"x": "dx", "w": "dw", "b": "db"},
            against="dout",
        ),
        checks=gradients("dx", "dw", "db"),
    ),
    Task(
        max_pool_forward_naive,
        draws=POOL_DRAWS,
        returns={"out": "N C H' W'", "cache": ""},
        cases=POOLED,
        checks=values("out"),
    ),
    Task(
        max_pool_backward_naive,
        forward=max_pool_forward_naive,
        draws=dict(**POOL_DRAWS, dout=Upstream(max_pool_forward_naive)),
        returns={"dx": IMAGE},
        cases=(*POOLED, LARGE_POOL, *TIES),
        slope=Slope("max_pool_forward_naive", ("x", "pool_param"), "out", {"x": "dx"}, against="dout"),
        checks=gradients("dx"),
    ),
    Task(
        spatial_batchnorm_forward,
        draws=BN_DRAWS,
        returns=OUT,
        cases=(*CHANNELS, *MODES),
        fills=("bn_param",),
        rounding=of_terms,
        checks={**values("out"), After("bn_param.running_mean"): 1, After("bn_param.running_var"): 1},
    ),
    Task(
        spatial_batchnorm_backward,
        forward=spatial_batchnorm_forward,
        draws=dict(**BN_DRAWS, dout=Normal(IMAGE)),
        returns={"dx": IMAGE, "dgamma": "C", "dbeta": "C"},
        cases=(*CHANNELS, LARGE),
        slope=Slope("spatial_batchnorm_forward", BN_ARGS, "out", MOVES, against="dout"),
        rounding=of_terms,
        checks=gradients("dx", "dgamma", "dbeta"),
    ),
    Task(
        spatial_groupnorm_forward,
        draws=GN_DRAWS,
        returns=OUT,
        cases=GROUPED,
        rounding=of_terms,
        checks=values("out"),
    ),
    Task(
        spatial_groupnorm_backward,
        forward=spatial_groupnorm_forward,
        draws=dict(**GN_DRAWS, dout=Normal(IMAGE)),
        returns={"dx": IMAGE, "dgamma": "1 C 1 1", "dbeta": "1 C 1 1"},
        cases=(*GROUPED, LARGE_GROUPED),
        slope=Slope("spatial_groupnorm_forward", GN_ARGS, "out", MOVES, against="dout"),
        rounding=of_terms,
        checks=gradients("dx", "dgamma", "dbeta"),
    ),
)
