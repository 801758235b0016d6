"""Hinge and softmax losses: of scores, and of a linear classifier with its penalty."""

from functools import wraps

import numpy as np

from assignments.cases import example
from assignments.cs231n.claims import SOFTENED, gradients, values
from assignments.cs231n.draws import EachOnce, NearMargins, OnTheMargin
from assignments.cs231n.years import MODULAR_A1, WITH_SVM
from grader.battery import Fixed, Labels, Made, Normal
from grader.checks import Gradient, Value
from grader.model import Case, Convention, Slope, Task
from reference.linear_softmax import softmax_loss, softmax_loss_naive, softmax_loss_vectorized
from reference.svm import svm_loss, svm_loss_naive, svm_loss_vectorized

PRIMES = "distinct primes: a transpose or a wrong axis shows"
OFF, NEAR = 0.02, 0.004
"""How far margins keep from 0, where the hinge has no slope; and in the cases that go near it."""


def margins_off_zero(scores, y, off=OFF):
    """Whether no margin is near 0, and some are broken."""
    rows = np.arange(len(y))
    margins = scores - scores[rows, y][:, None] + 1
    margins[rows, y] = -1
    return bool(np.min(np.abs(margins)) > off and np.max(margins) > 0)


ABSENT = dict(y=Labels("N", "C", absent=True, dtype="int32"))
SCORES = (
    example(dict(N=2, C=3), x=[[3, 1, 5], [2, 0, 2]], y=[0, 1]),
    Case("practice", dict(N=5, C=3), public=True, slope=True),
    Case("generic", dict(N=7, C=5), slope=True, why=PRIMES),
    Case("square", dict(N=5, C=5), why="mistakes that run only where all sizes are equal"),
    Case("one example", dict(N=1, C=5), why="squeezed axes, and branches on the batch size"),
    Case("wide", dict(N=2, C=13), why="fewer examples than classes"),
    Case("each class once", dict(N=5, C=5), dict(y=EachOnce()), why="no label is repeated"),
    Case("absent class", dict(N=7, C=5), ABSENT, why="no label names it"),
    Case("last class absent", dict(N=7, C=5, B=4), dict(y=Labels("N", "B")), why="labels do not count the classes"),
    Case("unsigned labels", dict(N=11, C=3), dict(y=Labels("N", "C", dtype="uint8"))),
    Case("near the margin", dict(N=5, C=3), dict(x=NearMargins("N C"), off=Fixed(NEAR)), why="a mask from 0.01 on"),
    Case("narrow", dict(N=7, C=3), dict(x=Normal("N C", scale=0.2)), why="every margin is broken"),
)
ON_MARGIN = Case("margins of 0", dict(N=3, C=7), dict(x=OnTheMargin("N C")), between=True, why="any part of the slope")
HUGE = Case("scores × 1000", dict(N=7, C=5), dict(x=Normal("N C", scale=1e3)), why="clipped margins")
CLASSIFIED = (
    example(dict(N=2, D=2, C=3), W=[[1, 0, 2], [0, 1, 1]], X=[[1, 2], [2, 0]], y=[0, 1], reg=1),
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
    Case("one input", dict(N=5, D=1, C=3), why="D = 1: axes of length 1 to lose"),
    Case(
        "near the margin",
        dict(N=5, D=5, C=3),
        dict(W=NearMargins("D C"), X=Made(lambda d: np.eye(len(d["y"]), len(d["W"]))), off=Fixed(NEAR)),
        why="a mask from 0.01 on",
    ),
    Case("large penalty", dict(N=3, D=2, C=5), dict(reg=Fixed(3e3)), why="large gradients: clipping shows"),
)
LARGE = Case("scores × 1000", dict(N=7, D=3, C=5), dict(X=Normal("N D", scale=1e3)), group="large scores")
LINEAR = dict(
    y=Labels("N", "C"), W=Normal("D C", scale=0.7), X=Normal("N D", shift=0.3), reg=Fixed(0.3), off=Fixed(OFF)
)
WEIGHED = Case(
    "margins of 0",
    dict(N=5, D=5, C=3),
    dict(W=OnTheMargin("D C"), X=lambda rng, sizes, drawn: np.eye(sizes["N"])),
    between=True,
    why="any part of the slope",
)
RETURNS = {"loss": "", "dW": "D C"}


def halved(classifier):
    """The same classifier with ½ λ Σ W² for λ Σ W²."""

    @wraps(classifier)
    def half(W, X, y, reg):
        return classifier(W, X, y, reg / 2)

    return half


def penalties(classifier, whole, half):
    """The two ways to write the penalty, with the years that fix one of them."""
    return (
        Convention("λ", "the penalty λ Σ W²: (1, 2) times λ in loss and gradient", years=whole),
        Convention(
            "½λ",
            "the penalty ½ λ Σ W²: (½, 1) times λ in loss and gradient",
            dict(reference=halved(classifier)),
            half,
        ),
    )


def large(output, warns):
    """The claims at scores a thousand times as large; exponentials that overflow there are only warned of."""
    group = "large scores"
    return {Value("loss", group, warns=warns): 0.5, Gradient(output, group, warns=warns): 0.5}


def classifier(reference, home, whole, half=(), *kinked, warns=False, **more):
    """A loss of a linear classifier, its gradient, and both at scores a thousand times as large.

    With `warns` it has exponentials and a logarithm, in which a student may have put an ε.
    """
    name, nearly = reference.__name__, SOFTENED if warns else 0.0
    return Task(
        reference,
        draws=LINEAR,
        returns=RETURNS,
        cases=(*CLASSIFIED, LARGE, *kinked),
        slope=Slope(name, ("W", "X", "y", "reg"), "loss", {"W": "dW"}),
        checks={**values("loss", of=name, nearly=nearly), **gradients("dW", of=name), **large("dW", warns)},
        conventions=penalties(reference, whole, half),
        homes=(home,),
        **more,
    )


def hinge(reference):
    """A linear SVM: its starter fixes the penalty, without ½ as of 2017."""
    whole = tuple(year for year in WITH_SVM if year > "2016")
    off = dict(guard=lambda d: margins_off_zero(d["X"] @ d["W"], d["y"], d["off"]))
    return classifier(reference, "linear_svm", whole, ("2016",), WEIGHED, years=WITH_SVM, **off)


SCORE_DRAWS = dict(y=Labels("N", "C"), x=Normal("N C", scale=1.5), off=Fixed(OFF))
SVM_LOSS = Task(
    svm_loss,
    draws=SCORE_DRAWS,
    returns={"loss": "", "dx": "N C"},
    cases=(*SCORES, HUGE, ON_MARGIN),
    slope=Slope("svm_loss", ("x", "y"), "loss", {"x": "dx"}),
    guard=lambda d: margins_off_zero(d["x"], d["y"], d["off"]),
    checks={**values("loss", of="svm_loss"), **gradients("dx", of="svm_loss")},
    homes=("layers",),
    years=MODULAR_A1,
)
SOFTMAX_LOSS = Task(
    softmax_loss,
    draws=SCORE_DRAWS,
    returns={"loss": "", "dx": "N C"},
    cases=(*SCORES, Case(HUGE.name, HUGE.sizes, HUGE.draws, group="large scores")),
    slope=Slope("softmax_loss", ("x", "y"), "loss", {"x": "dx"}),
    checks={
        **values("loss", of="softmax_loss", nearly=SOFTENED),
        **gradients("dx", of="softmax_loss"),
        **large("dx", warns=True),
    },
    homes=("layers",),
    years=MODULAR_A1,
)
CLASSIFIERS = (
    *(hinge(reference) for reference in (svm_loss_naive, svm_loss_vectorized)),
    *(
        classifier(reference, "softmax", whole=("2025",), warns=True)
        for reference in (softmax_loss_naive, softmax_loss_vectorized)
    ),
)
TASKS = (SVM_LOSS, SOFTMAX_LOSS, *CLASSIFIERS)
