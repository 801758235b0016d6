"""A tiny assignment of its own, for the tests of the machine: y = x w, and its gradients."""

import numpy as np

from grader.battery import Array, Normal
from grader.checks import Gradient, Numeric, Shape, Unchanged, Value
from grader.model import Assignment, Case, Slope, Task


def product(x, w):
    return x @ w


def product_gradient(dy, x, w):
    return dy @ w.T, x.T @ dy


def step(w, dw):
    return [w[0] - dw[0]]


X, W, DY = Normal("N D"), Normal("D M"), Normal("N M")
EXAMPLE = Case("example", dict(N=1, D=2, M=1), dict(x=Array([[1, 2]]), w=Array([[3], [4]])), public=True)
GENERIC = Case("generic", dict(N=7, D=5, M=3), slope=True)
SINGLE = Case("one example", dict(N=1, D=5, M=3))
SLOPE = Slope("product", ("x", "w"), "y", {"x": "dx", "w": "dw"}, against="dy")
SHAPES = {"dx": "N D", "dw": "D M"}

FORWARD = Task(
    product,
    dict(x=X, w=W),
    {"y": "N M"},
    (EXAMPLE, GENERIC, SINGLE),
    {Shape("y"): 1, Value("y", proves=("T-1",)): 2},
)
BACKWARD = Task(
    product_gradient,
    dict(dy=DY, x=X, w=W),
    SHAPES,
    (EXAMPLE, GENERIC, SINGLE),
    {Shape("dx"): 1, Shape("dw"): 1, Gradient("dx"): 2, Gradient("dw", proves=("T-2",)): 2, Numeric(): 1},
    slope=SLOPE,
)
STEP = Task(
    step,
    dict(w=lambda rng, sizes, drawn: [rng.standard_normal(3)], dw=lambda rng, sizes, drawn: [rng.standard_normal(3)]),
    {"new": "like w"},
    (Case("example", {}, public=True), Case("generic", {})),
    {Value("new"): 1, Unchanged(): 1},
)
EQUATIONS = {"T-1": "y = x w", "T-2": "dw = xᵀ dy"}


def toy(points=12, equations=EQUATIONS, tasks=(FORWARD, BACKWARD, STEP), name="toy"):
    return Assignment(name, "A toy", points, equations, tasks)


RIGHT = {"product": product, "product_gradient": product_gradient, "step": step}
NAMED = {"np": np}
