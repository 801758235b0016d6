"""An assignment whose checks are worth little: the gradient of w is asked for its shape and nothing else."""

from grader.battery import Array, Normal
from grader.checks import Gradient, Shape, Value
from grader.model import Assignment, Case, Task


def product(x, w):
    return x @ w


def product_gradient(dy, x, w):
    dx = dy @ w.T
    dw = x.T @ dy
    return dx, dw


X, W, DY = Normal("N D"), Normal("D M"), Normal("N M", shift=4)
WRITTEN = dict(x=Array([[1, 2]]), w=Array([[3], [4]]))
SIZES = dict(N=1, D=2, M=1)
CASES = (
    Case("generic", dict(N=7, D=5, M=3)),
    Case("square", dict(N=4, D=4, M=4)),
    Case("one of each", dict(N=1, D=1, M=1)),
    Case("large", dict(N=2, D=3, M=4), dict(x=Normal("N D", shift=9))),
)

ASSIGNMENT = Assignment(
    name="weak",
    title="A weak assignment",
    points=5,
    equations={"T-1": "y = x w", "T-2": "dx = dy wᵀ"},
    tasks=(
        Task(
            product,
            draws=dict(x=X, w=W),
            returns={"y": "N M"},
            cases=(Case("example", SIZES, WRITTEN, public=True), *CASES),
            checks={Shape("y"): 1, Value("y", proves=("T-1",)): 1},
        ),
        Task(
            product_gradient,
            draws=dict(x=X, w=W, dy=DY),
            returns={"dx": "N D", "dw": "D M"},
            cases=(Case("example", SIZES, WRITTEN, public=True), *CASES),
            checks={Shape("dx"): 1, Shape("dw"): 1, Gradient("dx", proves=("T-2",)): 1},
        ),
    ),
)
