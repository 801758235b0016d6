"""The net with one hidden layer, by both of the interfaces that the course has had."""

from dataclasses import replace

import numpy as np

from assignments.cases import example
from assignments.cs231n.claims import of_a_net
from assignments.cs231n.years import MODULAR_A1, STANDING_ALONE
from grader.battery import Fixed, Labels, Normal, Together
from grader.checks import Gradient, Value
from grader.model import Case, Convention, Slope, Task
from reference.fc_net import two_layer_net_loss

NAME = "TwoLayerNet.loss"
PARAMS = Together(
    dict(W1=Normal("D H", scale=0.7), b1=Normal("H", shift=0.5), W2=Normal("H C"), b2=Normal("C", shift=0.5))
)
SCORES = dict(group="scores", returns={"scores": "N C"})
UNLABELLED = dict(y=Fixed(None))
HANDOUT = dict(W1=[[1, -1, 0], [-1, 2, -1]], b1=[1, 0, 1], W2=[[2, 0], [1, 0], [1, 1]], b2=[0, 4])
FLAT = (
    example(dict(N=2, D=2, H=3, C=2), params=HANDOUT, X=[[1, 0], [0, 2]], y=[0, 0], reg=2),
    Case("practice", dict(N=5, D=2, H=7, C=3), public=True, slope=True),
    Case("generic", dict(N=7, D=5, H=11, C=3), slope=True, why="distinct primes: a transpose or a wrong axis shows"),
    Case("square", dict(N=5, D=5, H=5, C=5), why="mistakes that run where all products fit"),
    Case("one example", dict(N=1, D=5, H=7, C=3), why="N = 1: squeezed axes and branches on the batch size"),
    Case("λ = 0", dict(N=7, D=3, H=5, C=2), dict(reg=Fixed(0.0)), why="the data term alone"),
    Case("integer λ", dict(N=5, D=1, H=2, C=7), dict(reg=Fixed(3), y=Labels("N", "C", dtype="int32"))),
    Case("large λ", dict(N=3, D=2, H=7, C=5), dict(reg=Fixed(3e3)), why="large gradients: clipping shows"),
    Case("absent class", dict(N=7, D=3, H=2, C=5), dict(y=Labels("N", "C", absent=True, dtype="int16"))),
    Case("unsigned labels", dict(N=11, D=2, H=5, C=3), dict(y=Labels("N", "C", dtype="uint8"))),
    Case("scores, practice", dict(N=3, D=2, H=5, C=7), UNLABELLED, public=True, **SCORES),
    Case("scores", dict(N=5, D=3, H=7, C=2), UNLABELLED, why="without labels the scores are returned", **SCORES),
)
LARGE = Case("large inputs", dict(N=7, D=3, H=2, C=5), dict(X=Normal("N D", scale=3e3)), group="large scores")
IMAGES = Case("images", dict(N=3, d1=2, d2=5, D=10, H=7, C=4), dict(X=Normal("N d1 d2")), why="X has several axes")


def modular(rng, sizes, drawn):
    """What the net of fc_net.py is made with."""
    return dict(input_dim=sizes["D"], hidden_dim=sizes["H"], num_classes=sizes["C"], reg=drawn["reg"])


def standing_alone(rng, sizes, drawn):
    """What the net of neural_net.py is made with: its penalty is an argument of the loss."""
    return dict(input_size=sizes["D"], hidden_size=sizes["H"], output_size=sizes["C"])


def loss_with_half(construct, params, X, y, reg):
    """The loss of neural_net.py with the penalty ½ λ Σ W²."""
    return two_layer_net_loss({"reg": reg}, params, X, y)


def loss_without_half(construct, params, X, y, reg):
    """The loss of neural_net.py with the penalty λ Σ W²."""
    return two_layer_net_loss({"reg": 2 * reg}, params, X, y)


def alone(name, says, reference, years):
    """The class of neural_net.py, with one of the two penalties."""
    args = ("construct", "params", "X", "y", "reg")
    changes = dict(
        reference=reference,
        draws={**DRAWS, "construct": standing_alone},
        slope=Slope(NAME, args, "loss", {"params": "grads"}),
        cases=(*FLAT, LARGE),
    )
    return Convention(name, f"neural_net.py's class and the penalty {says}", changes, years)


def off_the_kinks(d):
    """Whether every hidden value is at least 0.02 from 0 before its ReLU, and both signs occur."""
    u = d["X"].reshape(len(d["X"]), -1) @ d["params"]["W1"] + d["params"]["b1"]
    return bool(np.min(np.abs(u)) >= 0.02 and np.min(u) < 0 < np.max(u))


DRAWS = dict(reg=Fixed(0.7), construct=modular, params=PARAMS, X=Normal("N D", shift=0.3), y=Labels("N", "C"))
MODULAR = Task(
    two_layer_net_loss,
    name=NAME,
    draws=DRAWS,
    returns={"loss": "", "grads": "like params"},
    cases=(*FLAT, IMAGES, LARGE),
    slope=Slope(NAME, ("construct", "params", "X", "y"), "loss", {"params": "grads"}),
    guard=off_the_kinks,
    checks={
        **of_a_net(NAME),
        Value("loss", "large scores", warns=True): 0.5,
        Gradient("grads", "large scores", warns=True): 0.5,
    },
    homes=("fc_net",),
)
EITHER = replace(
    MODULAR,
    homes=("fc_net", "neural_net"),
    conventions=(
        Convention("fc_net", "fc_net.py's class and the penalty ½ λ Σ W²", years=MODULAR_A1),
        alone("neural_net, ½λ", "½ λ Σ W²", loss_with_half, ("2016",)),
        alone("neural_net, λ", "λ Σ W²", loss_without_half, STANDING_ALONE[1:]),
    ),
)
