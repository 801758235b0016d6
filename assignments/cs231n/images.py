"""Convolution and pooling of images."""

from assignments.cs231n.claims import gradients, values
from assignments.cs231n.draws import Apart, Tied, Upstream
from grader.battery import Fixed, Normal, Together
from grader.model import Case, Slope, Task
from reference.convolution import conv_backward_naive, conv_forward_naive
from reference.pooling import max_pool_backward_naive, max_pool_forward_naive

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
    Case("one of each, wide rim", sizes(1, 1, 2, 2, F=1), filters(4, 4, 4, 3), why="the rim is the largest number"),
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

TASKS = (
    Task(
        conv_forward_naive,
        draws=CONV_DRAWS,
        returns={"out": "N F H' W'", "cache": ""},
        cases=CONVOLVED,
        checks=values("out", of="conv_forward_naive"),
        homes=("layers",),
    ),
    Task(
        conv_backward_naive,
        forward=conv_forward_naive,
        draws=dict(**CONV_DRAWS, dout=Upstream(conv_forward_naive)),
        returns={"dx": "N C H W", "dw": "F C HH WW", "db": "F"},
        cases=(*CONVOLVED, LARGE_CONV),
        slope=Slope(
            "conv_forward_naive",
            ("x", "w", "b", "conv_param"),
            "out",
            {"x": "dx", "w": "dw", "b": "db"},
            against="dout",
        ),
        checks=gradients("dx", "dw", "db", of="conv_backward_naive"),
        homes=("layers",),
    ),
    Task(
        max_pool_forward_naive,
        draws=POOL_DRAWS,
        returns={"out": "N C H' W'", "cache": ""},
        cases=POOLED,
        checks=values("out", of="max_pool_forward_naive"),
        homes=("layers",),
    ),
    Task(
        max_pool_backward_naive,
        forward=max_pool_forward_naive,
        draws=dict(**POOL_DRAWS, dout=Upstream(max_pool_forward_naive)),
        returns={"dx": "N C H W"},
        cases=(*POOLED, LARGE_POOL, *TIES),
        slope=Slope("max_pool_forward_naive", ("x", "pool_param"), "out", {"x": "dx"}, against="dout"),
        checks=gradients("dx", of="max_pool_backward_naive"),
        homes=("layers",),
    ),
)
