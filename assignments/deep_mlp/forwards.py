"""Forwards: the activations, a whole net, its error; and the Jacobian of a matrix in itself."""

from assignments.cases import Layer, WithZeros, example
from assignments.deep_mlp.families import (
    COLUMN,
    FITS,
    HANDOUT,
    NET,
    PRIMES,
    RELU,
    SIGMOID,
    TANH,
    away_from_kinks,
    family,
    identity,
    relu,
)
from assignments.mistakes import activations, deltas
from grader.battery import Array, AwayFromZero, Columns, Normal, Weights
from grader.checks import Gradient, Numeric, Shape, Value
from grader.model import Case, Slope, Task
from reference.activations import activation, activation_derivative
from reference.deep_forward import forward, half_squared_error
from reference.deep_indices import weight_jacobian

Z = AwayFromZero("n m")
ELEMENTS = family(
    dict(n=3, m=2),
    dict(n=5, m=3),
    dict(n=5, m=5),
    relu(dict(n=7, m=2), z=AwayFromZero("n m", least=1e-3)),
    identity(dict(n=1, m=5), z=AwayFromZero("n m", most=40)),
    Case("column", dict(n=5, m=1)),
    Case("one axis", dict(n=7, m=1), dict(z=AwayFromZero("n"))),
    Case("three axes", dict(n=2, m=3, k=2), dict(z=AwayFromZero("n m k"), sigma=SIGMOID)),
    Case(
        "large",
        dict(n=3, m=3),
        dict(z=Array([[1e3, -1e3, 750], [-750, 40, -40], [2, -1, 0.5]]), sigma=SIGMOID),
        group="large",
        why="a bare exponential overflows, and ∞/∞ is NaN",
    ),
)
ZEROS = (
    Case("zeros, practice", dict(n=3, m=2), dict(z=WithZeros("n m"), sigma=RELU), group="at zero", public=True),
    Case("zeros", dict(n=5, m=3), dict(z=WithZeros("n m"), sigma=RELU), group="at zero"),
)


TASKS = (
    Task(
        activation,
        mistakes=activations.activation,
        draws=dict(sigma=TANH, z=Z),
        returns={"h": "like z"},
        cases=(example(dict(n=2, m=2), sigma="relu", z=[[2, -1], [-4, 3]]), *ELEMENTS),
        checks={
            Shape("h"): 0.5,
            Value("h", proves=("DEEP-1",)): 1.5,
            Value("h", "large", claim="the sigmoid is finite and right at ±1e3"): 0.5,
        },
    ),
    Task(
        activation_derivative,
        mistakes=activations.derivative,
        draws=dict(sigma=TANH, z=Z, c=Normal("n m")),
        returns={"dh": "like z"},
        cases=(example(dict(n=2, m=2), sigma="relu", z=[[2, -1], [-4, 3]]), *ELEMENTS, *ZEROS),
        slope=Slope("activation", ("sigma", "z"), "h", {"z": "dh"}, against="c", claim="elementwise"),
        checks={
            Shape("dh"): 0.5,
            Gradient("dh", proves=("DEEP-1",)): 1.5,
            Gradient("dh", "large", claim="the sigmoid's derivative is finite and right at ±1e3"): 0.5,
            Gradient("dh", "at zero", ("MLP-17",), claim="the derivative of relu is 0 at exactly 0"): 0.5,
            Numeric(): 0.5,
        },
    ),
    Task(
        forward,
        mistakes=deltas.forward,
        draws=dict(sigma=TANH, W=Weights(), b=Columns(), h0=Layer(0)),
        returns={"zs": "a list of L columns", "hs": "a list of L + 1 columns"},
        cases=(
            example(dict(widths=(2, 1, 2, 1)), **HANDOUT, h0=[[1], [2]], sigma="relu"),
            *NET,
        ),
        guard=away_from_kinks,
        checks={
            Shape("zs"): 0.5,
            Shape("hs"): 0.5,
            Value("zs", proves=("DEEP-1",)): 1,
            Value("hs", proves=("DEEP-1",)): 1,
        },
    ),
    Task(
        half_squared_error,
        mistakes=deltas.half_squared_error,
        draws=dict(h=COLUMN, t=COLUMN),
        returns={"C": "", "dC": "n 1"},
        cases=(
            example(dict(n=2), h=[[5], [1]], t=[[3], [0]]),
            Case("practice", dict(n=3), public=True, slope=True),
            Case("generic", dict(n=7), slope=True),
            Case(
                "one output", dict(n=1), dict(h=Normal("n 1", shift=9e3)), why="a large error, which no clipping keeps"
            ),
        ),
        slope=Slope("half_squared_error", ("h", "t"), "C", {"h": "dC"}),
        checks={
            Shape("C"): 0.25,
            Shape("dC"): 0.25,
            Value("C", proves=("DEEP-1",)): 0.75,
            Gradient("dC", proves=("DEEP-1",)): 0.75,
            Numeric(): 0.5,
        },
    ),
    Task(
        weight_jacobian,
        mistakes=deltas.weight_jacobian,
        draws=dict(W=Normal("p q")),
        returns={"J": "p q p q"},
        cases=(
            example(dict(p=1, q=2), W=[[1, -2]]),
            Case("practice", dict(p=3, q=2), public=True),
            Case("generic", dict(p=3, q=5), why=PRIMES),
            Case("square", dict(p=3, q=3), why=FITS),
            Case("one column", dict(p=5, q=1)),
            Case("one weight", dict(p=1, q=1)),
        ),
        checks={Shape("J"): 0.5, Gradient("J", proves=("DEEP-3",)): 1.5},
    ),
)
