"""Dropout: what is random is judged by what it did, what is not by its values."""

from assignments.cs231n.claims import gradients, values
from assignments.cs231n.years import DROPPED, KEPT
from grader.battery import AwayFromZero, Fixed, Normal, Together
from grader.checks import Thinned, ThinnedAlike, Unchanged
from grader.model import Case, Convention, Slope, Task
from reference.dropout import dropout_backward, dropout_forward


def param(mode, p, **more):
    """A dict of settings, with p the probability that a unit is kept (as of 2018; before, that it is dropped)."""
    return Together(dict(mode=Fixed(mode), p=Fixed(p), **{name: Fixed(value) for name, value in more.items()}))


def train(p, seed):
    """Training with a seed, as the numeric check of a course asks for it."""
    return dict(dropout_param=param("train", p, seed=seed))


TESTING = (
    Case("example", dict(N=3, H=2), public=True),
    Case("practice", dict(N=5, H=3), public=True, slope=True),
    Case("generic", dict(N=7, H=5), slope=True, why="while testing nothing is dropped or scaled"),
    Case("square", dict(N=5, H=5), dict(dropout_param=param("test", 0.7))),
    Case("one example", dict(N=1, H=5), dict(dropout_param=param("test", 0.7))),
)
TRAINING = (
    Case("p = 0.7", dict(N=101, H=53), train(0.7, 5), group="training", why="large: the share that is kept shows"),
    Case("p = 0.3", dict(N=101, H=53), train(0.3, 7), group="training", why="0.3 and 0.7, not 0.5: p is kept"),
    Case("p = 0.3, another seed", dict(N=101, H=53), train(0.3, 11), group="training", why="other units are kept"),
    Case("p = 0.3, the same seed", dict(N=101, H=53), train(0.3, 7), group="training", why="the same units are kept"),
    Case("p = 0.9, square", dict(N=61, H=61), train(0.9, 3), group="training"),
    Case(
        "three axes",
        dict(N=29, d=7, H=31),
        dict(**train(0.7, 2), x=AwayFromZero("N d H")),
        group="training",
        why="x has any shape",
    ),
    Case(
        "without a seed",
        dict(N=101, H=53),
        dict(dropout_param=param("train", 0.3)),
        group="training",
        why="the seed may be left out",
    ),
    Case("one long row", dict(N=1, H=4999), train(0.7, 13), group="training", why="N = 1"),
)
THREE = dict(x=AwayFromZero("N d H"), dout=Normal("N d H"))
PULLED = (
    *TRAINING[:5],
    Case("three axes", dict(N=29, d=7, H=31), dict(**train(0.7, 2), **THREE), group="training", why="x has any shape"),
    *TRAINING[6:],
    Case(
        "large", dict(N=7, H=5), dict(**train(0.7, 2), dout=Normal("N H", shift=40)), group="training", why="clipping"
    ),
)
DRAWS = dict(x=AwayFromZero("N H"), dropout_param=param("test", 0.3))


def forward_claims(dropped):
    """What dropout does while testing and while training."""
    thinned = Thinned("out", "x", "dropout_param.p", "dropout_param.seed", group="training", dropped=dropped)
    return {**values("out", of="dropout_forward"), thinned: 2, Unchanged("training", warns=True): 0}


def backward_claims(dropped):
    """What its backward pass does: the same mask, the same scale."""
    alike = ThinnedAlike("dx", "dout", "dropout_param.p", group="training", dropped=dropped)
    return {**gradients("dx", of="dropout_backward"), alike: 2, Unchanged("training", warns=True): 0}


def shares(claims):
    """Both meanings of p: forward and backward keep to one of them."""
    dropped = dict(checks=claims(True))
    return (
        Convention("keep", "dropout's p as the share that is kept", years=KEPT, axis="dropout"),
        Convention("drop", "dropout's p as the share that is dropped", dropped, DROPPED, "dropout"),
    )


TASKS = (
    Task(
        dropout_forward,
        draws=DRAWS,
        returns={"out": "like x", "cache": ""},
        cases=(*TESTING, *TRAINING),
        checks=forward_claims(dropped=False),
        conventions=shares(forward_claims),
        homes=("layers",),
    ),
    Task(
        dropout_backward,
        forward=dropout_forward,
        draws=dict(**DRAWS, dout=Normal("N H")),
        returns={"dx": "like x"},
        cases=(*TESTING, *PULLED),
        slope=Slope("dropout_forward", ("x", "dropout_param"), "out", {"x": "dx"}, against="dout"),
        checks=backward_claims(dropped=False),
        conventions=shares(backward_claims),
        homes=("layers",),
    ),
)
