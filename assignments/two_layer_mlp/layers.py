"""The layers: affine and ReLU, forwards, backwards and by their Jacobians; and a Jacobian that is measured."""

import numpy as np

from assignments.cases import WithZeros, example
from assignments.mistakes import affine, jacobian, relu
from assignments.two_layer_mlp.families import GENERIC, PRACTICE, PRIMES, SINGLE, SQUARE, sized
from grader.battery import AwayFromZero, Fixed, Normal, Size
from grader.checks import Gradient, Numeric, Shape, Unchanged, Value
from grader.model import Case, Cost, Slope, Task
from grader.questions import Named
from grader.tolerance import UNIT_ROUNDOFF
from reference.affine import affine_backward, affine_bias_jacobian, affine_forward, affine_input_jacobian
from reference.jacobian import numerical_jacobian
from reference.relu import relu_backward, relu_backward_jacobian, relu_forward, relu_jacobian

# ---- an affine layer ----

X, W, B, DOUT = Normal("N D", shift=0.3), Normal("D M"), Normal("M", shift=0.5), Normal("N M")
AFFINE = (
    sized(PRACTICE, dict(N=5, D=2, M=3)),
    sized(GENERIC, dict(N=7, D=5, M=3)),
    sized(SQUARE, dict(N=5, D=5, M=5)),
    sized(SINGLE, dict(N=1, D=5, M=3)),
    Case("three axes", dict(N=2, d1=3, d2=2, d3=2, D=12, M=5), dict(x=Normal("N d1 d2 d3"))),
    Case("images", dict(N=3, d1=2, d2=5, D=10, M=7), dict(x=Normal("N d1 d2")), slope=True, why="x has several axes"),
    Case("one weight", dict(N=3, D=1, M=1), why="dw and db have axes of length 1 to lose"),
)
LAYER = (
    sized(PRACTICE, dict(H=3, C=2)),
    sized(GENERIC, dict(H=7, C=5)),
    sized(SQUARE, dict(H=5, C=5)),
    Case("one class", dict(H=3, C=1)),
    Case("one unit", dict(H=1, C=3), dict(w=Normal("H C", shift=9e3)), why="large entries, which no clipping keeps"),
)

# ---- the ReLU: inputs keep away from its kink, but where the convention at 0 is asked ----

UNITS = (
    sized(PRACTICE, dict(H=3)),
    sized(GENERIC, dict(H=7)),
    Case("two units", dict(H=2), dict(u=AwayFromZero("H", 1e-3, 8e-3)), why="near the kink, on both sides of it"),
    Case("one unit", dict(H=1)),
)


def at_zero(name, shape):
    """Two cases, one of them public, in which some entries of an input are exactly 0."""
    why = "some inputs are exactly 0, where the derivative is 0 by convention"
    draws, letters = {name: WithZeros(shape)}, shape.split()
    few, more = (dict(zip(letters, sizes, strict=False)) for sizes in ((5, 3), (7, 5)))
    return (
        Case("zeros, practice", few, draws, group="at zero", public=True, why=why),
        Case("zeros", more, draws, group="at zero", why=why),
    )


# ---- a Jacobian by differences ----


def quotient_rounding(d):
    """32 u max|f| / h: each of two values of f errs by u|f|, and x ± h (shifted and restored, too) by u|x| f′."""
    return 32 * UNIT_ROUNDOFF * float(np.max(np.abs(d["f"](d["x"])))) / d["h"]


def measured(function, h, n, m, **more):
    """A case that measures the Jacobian of a named function Rⁿ → Rᵐ with step h."""
    draws = dict(f=Fixed(Named(function)), h=Fixed(h))
    return Case(more.pop("name", f"{function}, h = {h:g}"), dict(n=n, m=m), draws, **more)


TASKS = (
    Task(
        affine_forward,
        mistakes=affine.layer,
        draws=dict(x=X, w=W, b=B),
        returns={"out": "N M", "cache": ""},
        cases=(
            example(dict(N=2, D=3, M=2), x=[[2, 0, 1], [0, 4, 0]], w=[[2, 0], [1, 0], [1, 1]], b=[0, 4]),
            *AFFINE,
        ),
        checks={Shape("out"): 0.5, Value("out", proves=("MLP-1", "MLP-3")): 2},
    ),
    Task(
        affine_backward,
        mistakes=affine.backward,
        forward=affine_forward,
        draws=dict(x=X, w=W, b=B, dout=DOUT),
        returns={"dx": "like x", "dw": "D M", "db": "M"},
        cases=(
            example(dict(N=1, D=3, M=2), x=[[1, 2, 0]], w=[[1, 0], [3, 1], [0, 2]], b=[1, 3], dout=[[2, -1]]),
            *AFFINE,
            Case(
                "large", dict(N=3, D=2, M=5), dict(dout=Normal("N M", shift=9)), why="large gradients: clipping shows"
            ),
        ),
        slope=Slope("affine_forward", ("x", "w", "b"), "out", {"x": "dx", "w": "dw", "b": "db"}, against="dout"),
        cost=Cost("affine_forward", ("x", "w", "b"), ("x", "w", "b"), dict(N=8, D=150, M=8), dict(N=16, D=300, M=16)),
        checks={
            Shape("dx"): 0.5,
            Shape("dw"): 0.5,
            Shape("db"): 0.5,
            Gradient("dx", proves=("MLP-9",)): 1.5,
            Gradient("dw", proves=("MLP-10", "MLP-12")): 1.5,
            Gradient("db", proves=("MLP-11", "MLP-13")): 1,
            Numeric(): 1.5,
        },
    ),
    Task(
        relu_forward,
        mistakes=relu.forward,
        draws=dict(x=AwayFromZero("N H")),
        returns={"out": "like x", "cache": ""},
        cases=(
            example(dict(N=2, H=3), x=[[2, -1, 1], [-1, 4, -1]]),
            sized(PRACTICE, dict(N=5, H=3)),
            sized(GENERIC, dict(N=7, H=5)),
            sized(SQUARE, dict(N=5, H=5)),
            sized(SINGLE, dict(N=1, H=5)),
            Case("one axis", dict(H=5), dict(x=AwayFromZero("H"))),
            Case("three axes", dict(N=2, d=3, H=5), dict(x=AwayFromZero("N d H"))),
        ),
        checks={Shape("out"): 0.5, Value("out", proves=("MLP-2",)): 1},
    ),
    Task(
        relu_backward,
        mistakes=lambda slip, x, dout: relu.backward(slip, dout, x),
        forward=relu_forward,
        draws=dict(x=AwayFromZero("N H"), dout=Normal("N H")),
        returns={"dx": "like x"},
        cases=(
            example(dict(N=2, H=3), x=[[2, -1, 1], [-1, 4, -1]], dout=[[-2, -1, 5], [-2, -1, 3]]),
            sized(PRACTICE, dict(N=5, H=3)),
            sized(GENERIC, dict(N=7, H=5)),
            sized(SQUARE, dict(N=5, H=5)),
            sized(SINGLE, dict(N=1, H=5)),
            Case("one axis", dict(H=5), dict(x=AwayFromZero("H"), dout=Normal("H"))),
            Case("three axes", dict(N=2, d=3, H=5), dict(x=AwayFromZero("N d H"), dout=Normal("N d H"))),
            *at_zero("x", "N H"),
        ),
        slope=Slope("relu_forward", ("x",), "out", {"x": "dx"}, against="dout"),
        cost=Cost("relu_forward", ("x",), ("x",), dict(N=50, H=150), dict(N=75, H=400)),
        checks={
            Shape("dx"): 0.5,
            Gradient("dx", proves=("MLP-18",)): 1.5,
            Gradient("dx", "at zero", ("MLP-17",), claim="dx is 0 where x is exactly 0"): 0.5,
            Numeric(): 0.5,
        },
    ),
    Task(
        affine_input_jacobian,
        mistakes=affine.input_jacobian,
        draws=dict(w=Normal("H C"), h=Normal("1 H"), b=Normal("C"), c=Normal("1 C")),
        returns={"J": "C H"},
        cases=(example(dict(H=3, C=2), w=[[2, 0], [1, 0], [1, 1]]), *LAYER),
        slope=Slope("affine_forward", ("h", "w", "b"), "out", {"h": "J"}, against="c", claim="jacobian"),
        checks={Shape("J"): 0.5, Gradient("J", proves=("MLP-9",)): 1.5, Numeric(): 0.5},
    ),
    Task(
        relu_jacobian,
        mistakes=relu.jacobian,
        draws=dict(u=AwayFromZero("H"), c=Normal("H")),
        returns={"J": "H H"},
        cases=(example(dict(H=3), u=[2, -1, 3]), *UNITS, *at_zero("u", "H")),
        slope=Slope("relu_forward", ("u",), "out", {"u": "J"}, against="c", claim="jacobian"),
        checks={
            Shape("J"): 0.5,
            Gradient("J", proves=("MLP-15",)): 1.5,
            Gradient("J", "at zero", ("MLP-17",), claim="J is 0 on the diagonal where u is exactly 0"): 0.5,
            Numeric(): 0.5,
        },
    ),
    Task(
        relu_backward_jacobian,
        mistakes=lambda slip, dh, u: relu.backward(slip, dh, u),
        draws=dict(u=AwayFromZero("H"), dh=Normal("H")),
        returns={"du": "H"},
        cases=(example(dict(H=3), dh=[5, 7, 3], u=[2, -1, 3]), *UNITS, *at_zero("u", "H")),
        slope=Slope("relu_forward", ("u",), "out", {"u": "du"}, against="dh"),
        checks={
            Shape("du"): 0.5,
            Gradient("du", proves=("MLP-16",)): 1.5,
            Gradient("du", "at zero", ("MLP-17",), claim="du is 0 where u is exactly 0"): 0.5,
            Numeric(): 0.5,
        },
    ),
    Task(
        affine_bias_jacobian,
        mistakes=lambda slip, H: affine.bias_jacobian(slip, H),
        draws=dict(H=Size("H"), x=Normal("1 D"), w=Normal("D H"), b=Normal("H"), c=Normal("1 H")),
        returns={"J": "H H"},
        cases=(
            example(dict(D=1, H=2)),
            sized(PRACTICE, dict(D=2, H=3)),
            sized(GENERIC, dict(D=3, H=5)),
            Case("one unit", dict(D=3, H=1)),
        ),
        slope=Slope("affine_forward", ("x", "w", "b"), "out", {"b": "J"}, against="c", claim="jacobian"),
        checks={Shape("J"): 0.5, Gradient("J", proves=("MLP-19",)): 1, Numeric(): 0.5},
    ),
    Task(
        numerical_jacobian,
        mistakes=jacobian.numerical_jacobian,
        draws=dict(f=Fixed(Named("sin")), x=AwayFromZero("n", 0.5, 2), h=Fixed(1e-3)),
        returns={"J": "m n"},
        cases=(
            example(dict(n=2, m=2), f=Named("square"), x=[1, 2], h=0.5),
            measured("sin", 1e-2, 3, 3, public=True),
            measured("affine", 1e-3, 2, 3, public=True),
            measured("affine", 1e-4, 5, 6, name="generic", why=PRIMES),
            measured("sin", 1e-1, 5, 5, why="a large step shows its own truncation error"),
            measured("softmax", 1e-1, 5, 5),
            measured("square", 1e-3, 7, 7),
            measured("softmax", 1e-5, 3, 3),
            measured("sin", 1e-6, 2, 2, why="a small step shows rounding, and no more than that"),
            measured("square", 1e-6, 1, 1),
        ),
        rounding=quotient_rounding,
        checks={
            Shape("J"): 0.5,
            Value("J", proves=("MLP-14",), claim="J is the centred difference quotient with the given step"): 3,
            Unchanged(ulps=4): 0.5,
        },
    ),
)
