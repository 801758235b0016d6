"""The affine layer and the ReLU."""

import numpy as np

from assignments.cases import example
from assignments.cs231n.claims import gradients, values
from grader.battery import AwayFromZero, Normal
from grader.model import Case, Cost, Slope, Task
from reference.affine import affine_backward, affine_forward
from reference.relu import relu_backward, relu_forward

PRIMES = "distinct primes: a transpose or a wrong axis shows"
SQUARE, SINGLE = "mistakes that run where all products fit", "N = 1: squeezed axes and branches on the batch size"
WIDE_DOUT = "large gradients: clipping shows"

AFFINE = (
    Case("practice", dict(N=5, D=2, M=3), public=True, slope=True),
    Case("generic", dict(N=7, D=5, M=3), slope=True, why=PRIMES),
    Case("square", dict(N=5, D=5, M=5), why=SQUARE),
    Case("one example", dict(N=1, D=5, M=3), why=SINGLE),
    Case("three axes", dict(N=2, d1=3, d2=2, d3=2, D=12, M=5), dict(x=Normal("N d1 d2 d3"))),
    Case("images", dict(N=3, d1=2, d2=5, D=10, M=7), dict(x=Normal("N d1 d2")), slope=True, why="x has several axes"),
    Case("one weight", dict(N=3, D=1, M=1), why="dw and db have axes of length 1 to lose"),
)
AFFINE_DRAWS = dict(x=Normal("N D", shift=0.3), w=Normal("D M"), b=Normal("M", shift=0.5))
UNITS = (
    Case("practice", dict(N=5, H=3), public=True, slope=True),
    Case("generic", dict(N=7, H=5), slope=True, why=PRIMES),
    Case("square", dict(N=5, H=5), why=SQUARE),
    Case("one example", dict(N=1, H=5), why=SINGLE),
)
LINE, BLOCK = dict(x=AwayFromZero("H")), dict(x=AwayFromZero("N d H"))


def off_zero_on_both_sides(d):
    """Whether some entries are positive and some negative."""
    return bool(np.min(d["x"]) < 0 < np.max(d["x"]))


TASKS = (
    Task(
        affine_forward,
        draws=AFFINE_DRAWS,
        returns={"out": "N M", "cache": ""},
        cases=(
            example(dict(N=2, D=3, M=2), x=[[2, 0, 1], [0, 4, 0]], w=[[2, 0], [1, 0], [1, 1]], b=[0, 4]),
            *AFFINE,
        ),
        checks=values("out", of="affine_forward"),
        homes=("layers",),
    ),
    Task(
        affine_backward,
        forward=affine_forward,
        draws=dict(**AFFINE_DRAWS, dout=Normal("N M")),
        returns={"dx": "like x", "dw": "D M", "db": "M"},
        cases=(
            example(dict(N=1, D=3, M=2), x=[[1, 2, 0]], w=[[1, 0], [3, 1], [0, 2]], b=[1, 3], dout=[[2, -1]]),
            *AFFINE,
            Case("large", dict(N=3, D=2, M=5), dict(dout=Normal("N M", shift=9)), why=WIDE_DOUT),
        ),
        slope=Slope("affine_forward", ("x", "w", "b"), "out", {"x": "dx", "w": "dw", "b": "db"}, against="dout"),
        cost=Cost("affine_forward", ("x", "w", "b"), ("x", "w", "b"), dict(N=8, D=150, M=8), dict(N=16, D=300, M=16)),
        checks=gradients("dx", "dw", "db", of="affine_backward"),
        homes=("layers",),
    ),
    Task(
        relu_forward,
        draws=dict(x=AwayFromZero("N H")),
        returns={"out": "like x", "cache": ""},
        cases=(
            example(dict(N=2, H=3), x=[[2, -1, 1], [-1, 4, -1]]),
            *UNITS,
            Case("one axis", dict(H=5), LINE),
            Case("three axes", dict(N=2, d=3, H=5), BLOCK),
        ),
        guard=off_zero_on_both_sides,
        checks=values("out", of="relu_forward"),
        homes=("layers",),
    ),
    Task(
        relu_backward,
        forward=relu_forward,
        draws=dict(x=AwayFromZero("N H"), dout=Normal("N H")),
        returns={"dx": "like x"},
        cases=(
            example(dict(N=2, H=3), x=[[2, -1, 1], [-1, 4, -1]], dout=[[-2, -1, 5], [-2, -1, 3]]),
            *UNITS,
            Case("one axis", dict(H=5), dict(**LINE, dout=Normal("H"))),
            Case("three axes", dict(N=2, d=3, H=5), dict(**BLOCK, dout=Normal("N d H"))),
            Case("large", dict(N=3, H=5), dict(dout=Normal("N H", shift=9)), why=WIDE_DOUT),
        ),
        guard=off_zero_on_both_sides,
        slope=Slope("relu_forward", ("x",), "out", {"x": "dx"}, against="dout"),
        cost=Cost("relu_forward", ("x",), ("x",), dict(N=50, H=150), dict(N=75, H=400)),
        checks=gradients("dx", of="relu_backward"),
        homes=("layers",),
    ),
)
