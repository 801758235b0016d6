"""The loss of the whole network, and training."""

import numpy as np

from assignments.cases import OneHot, example
from assignments.mistakes import penalty, softmax, two_layer
from assignments.two_layer_mlp.families import (
    GENERIC,
    HANDOUT,
    HANDOUT_SIZES,
    HANDOUT_X,
    HANDOUT_Y,
    PRACTICE,
    SINGLE,
    SQUARE,
    sized,
)
from grader.battery import Fixed, Labels, Large, Normal, Size, Together
from grader.checks import Gradient, Numeric, Shape, Unchanged, Value
from grader.model import Case, Cost, Slope, Task
from reference.losses import l2_penalty, softmax_loss
from reference.two_layer_mlp import sgd_step, train, two_layer_loss

# ---- softmax, and the loss ----

SCORES = (
    sized(PRACTICE, dict(N=5, C=3)),
    sized(GENERIC, dict(N=7, C=5)),
    sized(SQUARE, dict(N=5, C=5)),
    sized(SINGLE, dict(N=1, C=5)),
    Case("wide", dict(N=2, C=13), why="fewer examples than classes"),
    Case("absent class", dict(N=7, C=5), dict(y=Labels("N", "C", absent=True, dtype="int32")), why="no label names it"),
    Case("unsigned labels", dict(N=11, C=7), dict(y=Labels("N", "C", dtype="uint8")), why="narrow, unsigned labels"),
    Case("large scores", dict(N=7, C=5), dict(z=Large("N C"), y=Labels("N", "C", low="z")), group="large scores"),
    Case("one-hot, practice", dict(N=5, C=3), dict(y=OneHot()), group="one-hot", public=True),
    Case("one-hot", dict(N=7, C=5), dict(y=OneHot(dtype="uint8")), group="one-hot"),
    Case("one-hot, square", dict(N=5, C=5), dict(y=OneHot()), group="one-hot", why="only the axes tell labels apart"),
    Case("one-hot, one example", dict(N=1, C=3), dict(y=OneHot(dtype="int32")), group="one-hot"),
)
PENALTY = (
    sized(PRACTICE, dict(D=2, H=3, C=5)),
    sized(GENERIC, dict(D=5, H=7, C=3)),
    sized(SQUARE, dict(D=5, H=5, C=5)),
    Case("λ = 0", dict(D=3, H=2, C=5), dict(reg=Fixed(0)), still=("penalty", "dW", "dw")),
    Case("λ = 0.0", dict(D=3, H=2, C=5), dict(reg=Fixed(0.0)), still=("penalty", "dW", "dw")),
    Case("integer λ", dict(D=1, H=1, C=2), dict(reg=Fixed(3)), why="weights with axes of length 1 to lose"),
    Case("large λ", dict(D=3, H=5, C=2), dict(reg=Fixed(3e3))),
)
PARAMS = Together(dict(W=Normal("D H"), c=Normal("H", shift=0.5), w=Normal("H C"), b=Normal("C", shift=0.5)))
NETWORK = (
    sized(PRACTICE, dict(N=5, D=2, H=7, C=3)),
    sized(GENERIC, dict(N=7, D=5, H=11, C=3)),
    sized(SQUARE, dict(N=5, D=5, H=5, C=5)),
    sized(SINGLE, dict(N=1, D=5, H=7, C=3)),
    Case("λ = 0", dict(N=7, D=3, H=5, C=2), dict(reg=Fixed(0.0))),
    Case("integer λ", dict(N=5, D=1, H=2, C=7), dict(reg=Fixed(3), y=Labels("N", "C", dtype="int32"))),
    Case("large λ", dict(N=3, D=2, H=7, C=5), dict(reg=Fixed(3e3))),
    Case("absent class", dict(N=7, D=3, H=2, C=5), dict(y=Labels("N", "C", absent=True, dtype="int16"))),
    Case("unsigned labels", dict(N=11, D=2, H=5, C=3), dict(y=Labels("N", "C", dtype="uint8"))),
    Case("large inputs", dict(N=7, D=3, H=2, C=5), dict(X=Normal("N D", scale=3e3)), group="large inputs"),
    Case("one-hot", dict(N=5, D=3, H=7, C=2), dict(y=OneHot()), group="one-hot"),
)
STEPPED = (
    sized(PRACTICE, dict(D=2, H=7, C=3)),
    sized(GENERIC, dict(D=5, H=11, C=3)),
    sized(SQUARE, dict(D=5, H=5, C=5)),
    Case("learning rate 1", dict(D=3, H=2, C=5), dict(learning_rate=Fixed(1))),
    Case("small steps", dict(D=1, H=2, C=5), dict(learning_rate=Fixed(1e-3))),
)
TRAINED = (
    sized(PRACTICE, dict(N=5, D=2, H=7, C=3, T=4)),
    sized(GENERIC, dict(N=7, D=5, H=11, C=3, T=2)),
    sized(SQUARE, dict(N=5, D=5, H=5, C=5, T=5)),
    sized(SINGLE, dict(N=1, D=5, H=7, C=3, T=3)),
    Case("no steps", dict(N=5, D=3, H=2, C=7, T=0), why="equal parameters and no losses"),
    Case("one step", dict(N=5, D=1, H=2, C=7, T=1), dict(reg=Fixed(0))),
    Case(
        "many steps",
        dict(N=11, D=3, H=5, C=2, T=20),
        dict(learning_rate=Fixed(0.03), y=Labels("N", "C", dtype="int32")),
    ),
    Case("integer λ", dict(N=7, D=3, H=5, C=2, T=3), dict(reg=Fixed(1), learning_rate=Fixed(0.2))),
)


def away_from_kinks(d):
    """Whether every u is at least 0.02 from 0, and both signs occur: no mask is all ones or decided by rounding."""
    u = d["X"] @ d["params"]["W"] + d["params"]["c"]
    return bool(np.min(np.abs(u)) >= 0.02 and np.min(u) < 0 < np.max(u))


TASKS = (
    Task(
        softmax_loss,
        mistakes=softmax.softmax_loss,
        draws=dict(z=Normal("N C", scale=1.5), y=Labels("N", "C")),
        returns={"loss": "", "dz": "N C"},
        cases=(example(dict(N=2, C=2), z=[[5, 5], [4, 4]], y=[0, 0]), *SCORES),
        slope=Slope("softmax_loss", ("z", "y"), "loss", {"z": "dz"}),
        cost=Cost("relu_forward", ("z",), ("z",), dict(N=10, C=100), dict(N=20, C=200)),
        checks={
            Shape("loss"): 0.5,
            Shape("dz"): 0.5,
            Value("loss", proves=("MLP-4", "MLP-6")): 1.5,
            Gradient("dz", proves=("MLP-8",)): 2.5,
            Value("loss", "one-hot", ("MLP-7",), claim="the loss is the same for one-hot labels"): 0.5,
            Gradient("dz", "one-hot", ("MLP-7",), claim="dz is the same for one-hot labels"): 0.5,
            Value("loss", "large scores", claim="the loss is finite and right for scores of ±1e4"): 0.5,
            Gradient("dz", "large scores", claim="dz is finite and right for scores of ±1e4"): 0.5,
            Numeric(): 1,
        },
    ),
    Task(
        l2_penalty,
        mistakes=penalty.l2_penalty,
        draws=dict(W=Normal("D H"), w=Normal("H C"), reg=Fixed(0.3)),
        returns={"penalty": "", "dW": "D H", "dw": "H C"},
        cases=(example(dict(D=2, H=3, C=2), W=HANDOUT["W"], w=HANDOUT["w"], reg=2), *PENALTY),
        slope=Slope("l2_penalty", ("W", "w", "reg"), "penalty", {"W": "dW", "w": "dw"}),
        checks={
            Shape("penalty"): 0.25,
            Shape("dW"): 0.25,
            Shape("dw"): 0.25,
            Value("penalty", proves=("MLP-5",)): 1,
            Gradient("dW", proves=("MLP-5", "MLP-12")): 0.75,
            Gradient("dw", proves=("MLP-5", "MLP-10")): 0.75,
            Numeric(): 0.75,
        },
    ),
    Task(
        two_layer_loss,
        mistakes=two_layer.two_layer_loss,
        draws=dict(params=PARAMS, X=Normal("N D", shift=0.3), y=Labels("N", "C"), reg=Fixed(0.3)),
        returns={"loss": "", "grads": "like params"},
        cases=(example(HANDOUT_SIZES, params=HANDOUT, X=HANDOUT_X, y=HANDOUT_Y, reg=2), *NETWORK),
        slope=Slope("two_layer_loss", ("params", "X", "y", "reg"), "loss", {"params": "grads"}),
        cost=Cost(
            "affine_forward",
            ("X", "params.W", "params.c"),
            ("params",),
            dict(N=8, D=125, H=8, C=5),
            dict(N=16, D=250, H=16, C=5),
        ),
        guard=away_from_kinks,
        checks={
            Shape("loss"): 0.5,
            Shape("grads"): 0.5,
            Value("loss", proves=("MLP-1", "MLP-2", "MLP-3", "MLP-4", "MLP-5", "MLP-6")): 1.5,
            Gradient("grads", proves=("MLP-8", "MLP-9", "MLP-10", "MLP-11", "MLP-12", "MLP-13", "MLP-18")): 5,
            Gradient("grads", "one-hot", ("MLP-7",), claim="grads are the same for one-hot labels"): 0.5,
            Value("loss", "large inputs", claim="the loss is finite and right for scores of ±1e4"): 0.5,
            Gradient("grads", "large inputs", claim="grads are finite and right for scores of ±1e4"): 0.5,
            Numeric(): 2,
        },
    ),
    Task(
        sgd_step,
        mistakes=two_layer.sgd_step,
        draws=dict(
            params=PARAMS,
            # Another order of the keys: a parameter belongs to its gradient by name.
            grads=Together(dict(b=Normal("C"), w=Normal("H C"), c=Normal("H"), W=Normal("D H"))),
            learning_rate=Fixed(0.1),
        ),
        returns={"stepped": "like params"},
        cases=(
            example(
                HANDOUT_SIZES,
                params=HANDOUT,
                grads=dict(W=[[1, 0, 2], [0, -1, 1]], c=[-1, 0, 2], w=[[3, 0], [1, -1], [0, 2]], b=[1, -3]),
                learning_rate=2,
            ),
            *STEPPED,
        ),
        checks={Shape("stepped"): 0.5, Value("stepped", proves=("MLP-20",)): 1.5, Unchanged(): 1},
    ),
    Task(
        train,
        mistakes=two_layer.train,
        draws=dict(
            params=PARAMS,
            X=Normal("N D", shift=0.3),
            y=Labels("N", "C"),
            reg=Fixed(0.3),
            learning_rate=Fixed(0.1),
            steps=Size("T"),
        ),
        returns={"trained": "like params", "losses": "T"},
        cases=(
            example(dict(HANDOUT_SIZES, T=1), params=HANDOUT, X=HANDOUT_X, y=HANDOUT_Y, reg=2, learning_rate=1),
            *TRAINED,
        ),
        guard=away_from_kinks,
        checks={
            Shape("trained"): 0.5,
            Shape("losses"): 0.5,
            Value("trained", proves=("MLP-20",)): 2,
            Value("losses", proves=("MLP-20",)): 1.5,
            Unchanged(): 1,
        },
    ),
)
