"""Hinge and softmax losses: of scores, and of a linear classifier with its penalty."""

import numpy as np

from grader.battery import Fixed, Labels, Normal
from grader.checks import Gradient, Value
from grader.model import Case, Slope, Task
from reference.linear_softmax import softmax_loss_naive, softmax_loss_vectorized
from reference.svm import svm_loss, svm_loss_naive, svm_loss_vectorized
from tests.engine.layers.claims import gradients, values
from tests.engine.layers.draws import EachOnce, OnTheMargin

PRIMES = "distinct primes: a transpose or a wrong axis shows"
OFF = 0.02
"""How far margins keep from 0, where the hinge has no slope."""


def margins_off_zero(scores, y):
    """Whether no margin is near 0, and some are broken."""
    rows = np.arange(len(y))
    margins = scores - scores[rows, y][:, None] + 1
    margins[rows, y] = -1
    return bool(np.min(np.abs(margins)) > OFF and np.max(margins) > 0)


ABSENT = dict(y=Labels("N", "C", absent=True, dtype="int32"))
SCORES = (
    Case("example", dict(N=3, C=2), public=True),
    Case("practice", dict(N=5, C=3), public=True, slope=True),
    Case("generic", dict(N=7, C=5), slope=True, why=PRIMES),
    Case("square", dict(N=5, C=5), why="mistakes that run only where all sizes are equal"),
    Case("one example", dict(N=1, C=5), why="squeezed axes, and branches on the batch size"),
    Case("wide", dict(N=2, C=13), why="fewer examples than classes"),
    Case("each class once", dict(N=5, C=5), dict(y=EachOnce()), why="no label is repeated"),
    Case("absent class", dict(N=7, C=5), ABSENT, why="no label names it"),
    Case("last class absent", dict(N=7, C=5, B=4), dict(y=Labels("N", "B")), why="labels do not count the classes"),
    Case("unsigned labels", dict(N=11, C=3), dict(y=Labels("N", "C", dtype="uint8"))),
    Case("scores × 1000", dict(N=7, C=5), dict(x=Normal("N C", scale=1e3)), why="clipped margins"),
    Case("narrow", dict(N=7, C=3), dict(x=Normal("N C", scale=0.2)), why="every margin is broken"),
)
ON_MARGIN = Case("margins of 0", dict(N=3, C=7), dict(x=OnTheMargin("N C")), between=True, why="any part of the slope")
CLASSIFIED = (
    Case("example", dict(N=3, D=2, C=2), public=True),
    Case("practice", dict(N=5, D=2, C=3), public=True, slope=True),
    Case("generic", dict(N=7, D=5, C=3), slope=True, why=PRIMES),
    Case("square", dict(N=5, D=5, C=5), why="mistakes that run only where all sizes are equal"),
    Case("one example", dict(N=1, D=5, C=3), why="squeezed axes, and branches on the batch size"),
    Case("wide", dict(N=2, D=11, C=13), why="fewer examples than classes"),
    Case("each class once", dict(N=5, D=3, C=5), dict(y=EachOnce()), why="no label is repeated"),
    Case("absent class", dict(N=7, D=3, C=5), ABSENT, why="no label names it"),
    Case("last class absent", dict(N=7, D=3, C=5, B=4), dict(y=Labels("N", "B"))),
    Case("unsigned labels", dict(N=11, D=2, C=7), dict(y=Labels("N", "C", dtype="uint8"))),
    Case("no penalty", dict(N=7, D=3, C=5), dict(reg=Fixed(0.0)), why="the data term alone"),
    Case("integer penalty", dict(N=5, D=3, C=7), dict(reg=Fixed(2))),
    Case("large penalty", dict(N=3, D=2, C=5), dict(reg=Fixed(30.0)), why="large gradients: clipping shows"),
)
LARGE = Case("scores × 1000", dict(N=7, D=3, C=5), dict(X=Normal("N D", scale=1e3)), group="large scores")
LINEAR = dict(y=Labels("N", "C"), W=Normal("D C", scale=0.7), X=Normal("N D", shift=0.3), reg=Fixed(0.3))
WEIGHED = Case(
    "margins of 0",
    dict(N=5, D=5, C=3),
    dict(W=OnTheMargin("D C"), X=lambda rng, sizes, drawn: np.eye(sizes["N"])),
    between=True,
    why="any part of the slope",
)
RETURNS = {"loss": "", "dW": "D C"}


def classifier(reference, *kinked, **more):
    """A loss of a linear classifier, its gradient, and both at scores a thousand times as large."""
    return Task(
        reference,
        draws=LINEAR,
        returns=RETURNS,
        cases=(*CLASSIFIED, LARGE, *kinked),
        slope=Slope(reference.__name__, ("W", "X", "y", "reg"), "loss", {"W": "dW"}),
        checks={
            **values("loss"),
            **gradients("dW"),
            Value("loss", "large scores"): 0.5,
            Gradient("dW", "large scores"): 0.5,
        },
        **more,
    )


TASKS = (
    Task(
        svm_loss,
        draws=dict(y=Labels("N", "C"), x=Normal("N C", scale=1.5)),
        returns={"loss": "", "dx": "N C"},
        cases=(*SCORES, ON_MARGIN),
        slope=Slope("svm_loss", ("x", "y"), "loss", {"x": "dx"}),
        guard=lambda d: margins_off_zero(d["x"], d["y"]),
        checks={**values("loss"), **gradients("dx")},
    ),
    *(
        classifier(reference, WEIGHED, guard=lambda d: margins_off_zero(d["X"] @ d["W"], d["y"]))
        for reference in (svm_loss_naive, svm_loss_vectorized)
    ),
    *(classifier(reference) for reference in (softmax_loss_naive, softmax_loss_vectorized)),
)
