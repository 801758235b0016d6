"""Gradients of single layers: by indices, unrolled, by deltas, and the Jacobians behind them."""

import numpy as np

from assignments.cases import Layer, example
from assignments.deep_mlp.families import (
    COLUMN,
    HANDOUT,
    HANDOUT_ZS,
    IDENTITY,
    KINK,
    SIGMOID,
    TANH,
    family,
    identity,
    relu,
)
from assignments.mistakes import deltas
from grader.battery import AwayFromZero, Columns, Made, Normal, Weights
from grader.checks import Gradient, Numeric, Shape
from grader.model import Case, Slope, Task
from reference.activations import activation
from reference.deep_deltas import (
    bias_gradient,
    hidden_delta,
    layer_jacobian,
    output_delta,
    weight_gradient,
    weight_to_preactivation_jacobian,
)
from reference.deep_indices import gradient_by_index, gradient_unrolled

DEPTHS = family(
    dict(widths=(2, 3, 4, 3)),
    dict(widths=(3, 5, 2, 7)),
    dict(widths=(4, 4, 4, 4)),
    relu(dict(widths=(3, 5, 4, 2))),
    relu(dict(widths=(3, 3, 3, 3)), "relu, square"),
    identity(dict(widths=(2, 3, 5, 1))),
    Case("width one", dict(widths=(1, 1, 1, 1)), dict(sigma=SIGMOID)),
    Case("four layers", dict(widths=(3, 2, 5, 4, 3)), why="L = 4: the layer is counted from the top"),
    Case("four layers, square", dict(widths=(3, 3, 3, 3, 3)), dict(sigma=SIGMOID), why="a wrong layer fits"),
    Case("five layers", dict(widths=(2, 4, 3, 5, 2, 3)), dict(sigma=SIGMOID), why="L = 5"),
)
# Pre-activations come first, so that none is near a kink; hs and the biases are made to agree with them.
TOP = dict(
    sigma=TANH,
    W=Weights(),
    zs=Columns(stratify=True),
    h0=Layer(0),
    hs=Made(lambda d: [d["h0"], *(activation(d["sigma"], z) for z in d["zs"])]),
    dC=Layer(-1),
    b=Made(lambda d: [z - W @ h for z, W, h in zip(d["zs"], d["W"], d["hs"], strict=False)]),
)
TOP_SLOPE = Slope("forward", ("W", "b", "h0", "sigma"), "hs.-1", {"W.-3": "dW"}, against="dC")

HANDOUT_TOP = example(dict(widths=(2, 1, 2, 1)), W=HANDOUT["W"], zs=HANDOUT_ZS, h0=[[1], [2]], dC=[[2]], sigma="relu")

# ---- one layer: its forward pass is a net in which layers that are not asked about are the identity ----

DELTAS = family(
    dict(n=3, m=2),
    dict(n=5, m=3),
    dict(n=4, m=4),
    relu(dict(n=7, m=3)),
    relu(dict(n=3, m=3), "relu, square"),
    identity(dict(n=2, m=5)),
    Case("one unit", dict(n=1, m=3)),
    Case("one unit above", dict(n=3, m=1), dict(sigma=SIGMOID)),
)
OUTER = family(
    dict(n=3, m=2),
    dict(n=5, m=3),
    dict(n=4, m=4),
    Case("one unit", dict(n=1, m=3)),
    Case("one input", dict(n=3, m=1)),
    sigma=None,
)


def eye(name):
    """The weights of a layer that hands a column of this height on as it is."""
    return Made(lambda d: [np.eye(len(d[name]))])


def still(name):
    """Biases of 0, shaped like a column."""
    return Made(lambda d: [np.zeros(d[name].shape)])


def below(weights, z):
    """The weights and biases of a net that hands z on as its first pre-activation."""
    return dict(
        net_W=Made(lambda d: [np.eye(len(d[z])), d[weights]]),
        net_b=Made(lambda d: [np.zeros(d[z].shape), np.zeros((len(d[weights]), 1))]),
    )


TASKS = (
    Task(
        gradient_by_index,
        mistakes=deltas.unrolled,
        draws=TOP,
        returns={"dW": "like W^{L−2}"},
        cases=(HANDOUT_TOP, *DEPTHS),
        slope=TOP_SLOPE,
        checks={Shape("dW"): 0.5, Gradient("dW", proves=("DEEP-4", "DEEP-5", "DEEP-6")): 3, Numeric(): 0.5},
    ),
    Task(
        gradient_unrolled,
        mistakes=deltas.unrolled,
        draws=TOP,
        returns={"dW": "like W^{L−2}"},
        cases=(HANDOUT_TOP, *DEPTHS),
        slope=TOP_SLOPE,
        checks={Shape("dW"): 0.5, Gradient("dW", proves=("DEEP-7",)): 3, Numeric(): 0.5},
    ),
    Task(
        output_delta,
        mistakes=deltas.output_delta,
        draws=dict(sigma=TANH, zL=AwayFromZero("n 1", KINK, 2), dC=COLUMN, net_W=eye("zL"), net_b=still("zL")),
        returns={"D": "n 1"},
        cases=(
            example(dict(n=2), sigma="relu", dC=[[3], [7]], zL=[[5], [-1]]),
            Case("practice", dict(n=3), public=True, slope=True),
            Case("generic", dict(n=7), dict(sigma=SIGMOID), slope=True),
            relu(dict(n=5)),
            identity(dict(n=3), dC=Normal("n 1", shift=9e3)),
            Case("one unit", dict(n=1)),
        ),
        slope=Slope("forward", ("net_W", "net_b", "zL", "sigma"), "hs.1", {"zL": "D"}, against="dC"),
        checks={Shape("D"): 0.5, Gradient("D", proves=("DEEP-8",)): 1.5, Numeric(): 0.5},
    ),
    Task(
        hidden_delta,
        mistakes=deltas.hidden_delta,
        draws=dict(
            sigma=TANH,
            W_next=Normal("m n"),
            D_next=Normal("m 1"),
            z=AwayFromZero("n 1", KINK, 2),
            **below("W_next", "z"),
        ),
        returns={"D": "n 1"},
        cases=(
            example(dict(n=2, m=1), sigma="relu", W_next=[[2, 5]], D_next=[[2]], z=[[3], [-1]]),
            *DELTAS,
        ),
        slope=Slope("forward", ("net_W", "net_b", "z", "sigma"), "zs.1", {"z": "D"}, against="D_next"),
        checks={Shape("D"): 0.5, Gradient("D", proves=("DEEP-9", "DEEP-13")): 2.5, Numeric(): 0.5},
    ),
    Task(
        weight_gradient,
        mistakes=deltas.weight_gradient,
        draws=dict(
            D=COLUMN,
            h_prev=Normal("m 1", shift=0.3),
            sigma=IDENTITY,
            net_W=Made(lambda d: [np.ones((len(d["D"]), len(d["h_prev"])))]),
            net_b=still("D"),
        ),
        returns={"dW": "n m"},
        cases=(example(dict(n=2, m=1), D=[[4], [0]], h_prev=[[2]]), *OUTER),
        slope=Slope("forward", ("net_W", "net_b", "h_prev", "sigma"), "zs.0", {"net_W.0": "dW"}, against="D"),
        checks={Shape("dW"): 0.5, Gradient("dW", proves=("DEEP-10",)): 1.5, Numeric(): 0.5},
    ),
    Task(
        bias_gradient,
        mistakes=deltas.bias_gradient,
        draws=dict(
            D=COLUMN,
            h_prev=Normal("m 1"),
            sigma=IDENTITY,
            net_W=Made(lambda d: [np.ones((len(d["D"]), len(d["h_prev"])))]),
            net_b=Made(lambda d: [np.ones(d["D"].shape)]),
        ),
        returns={"db": "n 1"},
        cases=(example(dict(n=2, m=1), D=[[4], [0]], h_prev=[[2]]), *OUTER),
        slope=Slope("forward", ("net_W", "net_b", "h_prev", "sigma"), "zs.0", {"net_b.0": "db"}, against="D"),
        checks={Shape("db"): 0.5, Gradient("db", proves=("DEEP-11",)): 1, Numeric(): 0.5},
    ),
    Task(
        layer_jacobian,
        mistakes=deltas.layer_jacobian,
        draws=dict(
            sigma=TANH,
            W=Normal("m n"),
            z_prev=AwayFromZero("n 1", KINK, 2),
            c=Normal("m 1"),
            **below("W", "z_prev"),
        ),
        returns={"J": "m n"},
        cases=(
            example(dict(n=2, m=1), sigma="relu", W=[[2, 5]], z_prev=[[3], [-1]]),
            *DELTAS,
            Case("large weights", dict(n=2, m=5), dict(sigma=IDENTITY, W=Normal("m n", shift=9e3))),
        ),
        slope=Slope("forward", ("net_W", "net_b", "z_prev", "sigma"), "zs.1", {"z_prev": "J"}, "c", claim="jacobian"),
        checks={Shape("J"): 0.5, Gradient("J", proves=("DEEP-12",)): 2, Numeric(): 0.5},
    ),
    Task(
        weight_to_preactivation_jacobian,
        mistakes=deltas.weight_to_preactivation_jacobian,
        draws=dict(
            sigma=TANH,
            W_next=Normal("p n"),
            z=AwayFromZero("n 1", KINK, 2),
            h_prev=Normal("m 1", shift=0.3),
            c=Normal("p 1"),
            W=Normal("n m"),
            net_W=Made(lambda d: [d["W"], d["W_next"]]),
            net_b=Made(lambda d: [d["z"] - d["W"] @ d["h_prev"], np.zeros((len(d["W_next"]), 1))]),
        ),
        returns={"J": "p n m"},
        cases=(
            example(dict(p=2, n=1, m=2), sigma="relu", W_next=[[1], [-1]], z=[[2]], h_prev=[[1], [2]]),
            *family(
                dict(p=2, n=3, m=4),
                dict(p=3, n=5, m=2),
                dict(p=4, n=4, m=4),
                relu(dict(p=3, n=5, m=7)),
                identity(dict(p=3, n=2, m=5), W_next=Normal("p n", shift=9e3)),
                Case("one unit", dict(p=3, n=1, m=2)),
                Case("one input", dict(p=1, n=3, m=1), dict(sigma=SIGMOID)),
            ),
        ),
        slope=Slope("forward", ("net_W", "net_b", "h_prev", "sigma"), "zs.1", {"net_W.0": "J"}, "c", claim="jacobian"),
        checks={Shape("J"): 0.5, Gradient("J", proves=("DEEP-16",)): 2, Numeric(): 0.5},
    ),
)
