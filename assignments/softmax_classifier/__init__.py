"""One affine layer under softmax cross-entropy; the loss is the SUM over the examples.

Adding a gradient: write it in `reference/`, declare it below, run `make release`. The stub, the notebook, the
rubric and the tests follow from these two places; the derivation goes into `handout.md`.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np

from assignments.cases import PRACTICE, example
from assignments.mistakes import affine, classifier
from assignments.mistakes import softmax as slips
from grader.battery import Labels, Large, Made, Normal, Size
from grader.checks import Gradient, Numeric, Shape, Speed, Value
from grader.model import Assignment, Case, Cost, Slope, Task
from reference.scores import (
    bias_gradient,
    input_gradient,
    scores,
    scores_bias_jacobian,
    scores_weight_jacobian,
    weight_gradient,
    weight_gradient_loop,
    weight_gradient_one,
)
from reference.softmax import cross_entropy, scores_gradient, softmax, softmax_jacobian
from reference.softmax_classifier import softmax_classifier_loss

EQUATIONS = {
    "AS-1": "F = X W + b",
    "AS-2": "p_ij = exp(f_ij) / Σ_k exp(f_ik)",
    "AS-3": "L = Σ_i −log p_i,y_i",
    "AS-4": "the gradient of the loss with respect to the scores",
    "AS-5": "the Jacobian of one example's scores with respect to the weights",
    "AS-6": "the weight gradient of one example",
    "AS-7": "the weight gradient as an explicit sum over examples",
    "AS-8": "the weight gradient as one product of matrices",
    "AS-9": "the Jacobian of the scores with respect to the biases",
    "AS-10": "the bias gradient over a batch",
    "AS-11": "the gradient with respect to the inputs",
    "AS-12": "the Jacobian of softmax",
}
LATEX = {
    "AS-1": r"F = X W + b",
    "AS-2": r"p_{ij} = \frac{\exp(f_{ij})}{\sum_k \exp(f_{ik})}",
    "AS-3": r"L = \sum_i -\log p_{i,y_i}",
}
LETTERS = {"N": "example", "D": "feature", "K": "class"}

GENERIC = Case("generic", dict(N=7, D=5, K=3), slope=True, why="distinct primes: a transpose or a wrong axis shows")
SQUARE = Case("square", dict(N=5, D=5, K=5), why="mistakes that run only where every product fits")
SINGLE = Case("one example", dict(N=1, D=5, K=3), why="N = 1: squeezed axes and branches on the batch size")
WIDE = Case("wide", dict(N=2, D=11, K=13), why="fewer examples than classes")
ABSENT = Case(
    "absent class", dict(N=7, D=3, K=5), dict(y=Labels(absent=True, dtype="int32")), why="a class that never occurs"
)
UNSIGNED = Case("unsigned labels", dict(N=11, D=2, K=7), dict(y=Labels(dtype="uint8")), why="narrow, unsigned labels")
LARGE = Case("large scores", dict(N=7, D=3, K=5), dict(F=Large("N K")), group="large scores")
UNDERFLOW = replace(LARGE, draws=dict(LARGE.draws, y=Labels(low="F")), why="a true class whose probability underflows")
FEATURE = Case("one feature", dict(N=3, D=1, K=2), why="D = 1: dW has a row of its own, and an axis to lose")
COMMON = (PRACTICE, GENERIC, SQUARE, SINGLE, WIDE)
LABELLED = (*COMMON, ABSENT, UNSIGNED)

X, W, B = Normal("N D", shift=0.3), Normal("D K"), Normal("K", shift=0.5)
F, Y, DF = Normal("N K", scale=1.5), Labels("N", "K"), Normal("N K")
SMALL = dict(N=2, D=2, K=3)
FEW, MANY = dict(N=8, D=150, K=8), dict(N=16, D=300, K=16)
FEW_SCORES, MANY_SCORES = dict(N=10, K=100), dict(N=20, K=200)
FEW_BIASES, MANY_BIASES = dict(N=10, D=20, K=250), dict(N=10, D=20, K=1000)
LAYER = ("X", "W", "b")

ASSIGNMENT = Assignment(
    name="softmax_classifier",
    title="Backpropagation through a softmax classifier",
    points=50,
    equations=EQUATIONS,
    latex=LATEX,
    letters=LETTERS,
    handout=str(Path(__file__).with_name("handout.md")),
    tasks=(
        Task(
            scores,
            mistakes=affine.forward,
            draws=dict(X=X, W=W, b=B),
            returns={"F": "N K"},
            cases=(example(SMALL, X=[[1, 2], [0, -1]], W=[[1, 0, 2], [-1, 1, 0]], b=[1, 0, -2]), *COMMON),
            checks={Shape("F"): 1, Value("F", proves=("AS-1",)): 2},
        ),
        Task(
            softmax,
            mistakes=slips.softmax,
            draws=dict(F=F),
            returns={"P": "N K"},
            cases=(example(SMALL, F=[[0, 0, 0], [0, 1, 0]]), *COMMON, LARGE),
            checks={
                Shape("P"): 0.5,
                Value("P", proves=("AS-2",)): 1.5,
                Value("P", "large scores", ("AS-2",), claim="P is finite and right for scores of ±1e4"): 1,
            },
        ),
        Task(
            cross_entropy,
            mistakes=slips.cross_entropy,
            draws=dict(F=F, y=Y),
            returns={"loss": ""},
            cases=(example(SMALL, F=[[0, 0, 0], [0, 1, 0]], y=[2, 1]), *LABELLED, UNDERFLOW),
            checks={
                Shape("loss"): 0.5,
                Value("loss", proves=("AS-3",)): 1.5,
                Value("loss", "large scores", ("AS-3",), claim="the loss is finite and right for scores of ±1e4"): 1,
            },
        ),
        Task(
            scores_gradient,
            mistakes=slips.summed_gradient,
            draws=dict(F=F, y=Y),
            returns={"dF": "N K"},
            cases=(example(SMALL, F=[[0, 0, 0], [0, 1, 0]], y=[2, 1]), *LABELLED, UNDERFLOW),
            slope=Slope("cross_entropy", ("F", "y"), "loss", {"F": "dF"}),
            cost=Cost("cross_entropy", ("F", "y"), ("F",), FEW_SCORES, MANY_SCORES),
            checks={
                Shape("dF"): 0.5,
                Gradient("dF", proves=("AS-4",)): 2.5,
                Gradient("dF", "large scores", claim="dF is finite and right for scores of ±1e4"): 0.5,
                Numeric(): 0.5,
            },
        ),
        Task(
            scores_weight_jacobian,
            mistakes=affine.weight_jacobian,
            draws=dict(
                x=Normal("D", shift=0.3),
                K=Size("K"),
                X=Made(lambda d: d["x"][None, :]),
                W=W,
                b=B,
                c=Normal("1 K"),
            ),
            returns={"J": "K D K"},
            cases=(
                example(dict(D=2, K=2), x=[3, -1], W=[[1, 0], [2, 1]], b=[0, 1], c=[[1, 2]]),
                Case("practice", dict(D=5, K=3), public=True, slope=True),
                Case("generic", dict(D=7, K=5), slope=True),
                Case("square", dict(D=5, K=5)),
                Case(
                    "one class",
                    dict(D=3, K=1),
                    dict(x=Normal("D", shift=9e3)),
                    why="large: clipping shows",
                ),
                Case("one feature", dict(D=1, K=3), why="D = 1: an axis to lose"),
            ),
            slope=Slope("scores", ("X", "W", "b"), "F", {"W": "J"}, against="c", claim="jacobian"),
            checks={Shape("J"): 1, Gradient("J", proves=("AS-5",)): 2, Numeric(): 0.5},
        ),
        Task(
            weight_gradient_one,
            mistakes=affine.weights_of_one,
            draws=dict(
                x=Normal("D", shift=0.3),
                df=Normal("K"),
                X=Made(lambda d: d["x"][None, :]),
                c=Made(lambda d: d["df"][None, :]),
                W=W,
                b=B,
            ),
            returns={"dW": "D K"},
            cases=(
                example(dict(D=2, K=3), x=[3, -1], df=[1, 0, -2], W=[[1, 0, 2], [-1, 1, 0]], b=[1, 0, -2]),
                Case("practice", dict(D=5, K=3), public=True, slope=True),
                Case("generic", dict(D=7, K=5), slope=True),
                Case("square", dict(D=5, K=5)),
                Case("one class", dict(D=3, K=1), dict(x=Normal("D", shift=9e3)), why="large: clipping shows"),
                Case("one feature", dict(D=1, K=3)),
            ),
            slope=Slope("scores", ("X", "W", "b"), "F", {"W": "dW"}, against="c"),
            cost=Cost("scores", LAYER, ("W",), dict(D=125, K=40), dict(D=500, K=40)),
            checks={Shape("dW"): 1, Gradient("dW", proves=("AS-6",)): 2, Numeric(): 0.5},
        ),
        Task(
            weight_gradient_loop,
            mistakes=lambda slip, X, dF: affine.weights(slip, X, dF),
            draws=dict(X=X, dF=DF, W=W, b=B),
            returns={"dW": "D K"},
            cases=(example(SMALL, X=[[1, 2], [0, -1]], dF=[[1, 0, -1], [2, -2, 0]]), *COMMON, FEATURE),
            slope=Slope("scores", ("X", "W", "b"), "F", {"W": "dW"}, against="dF"),
            checks={Shape("dW"): 1, Gradient("dW", proves=("AS-7",)): 2, Numeric(): 1},
        ),
        Task(
            weight_gradient,
            mistakes=lambda slip, X, dF: affine.weights(slip, X, dF),
            draws=dict(X=X, dF=DF, W=W, b=B),
            returns={"dW": "D K"},
            cases=(
                example(SMALL, X=[[1, 2], [0, -1]], dF=[[1, 0, -1], [2, -2, 0]]),
                *COMMON,
                FEATURE,
                Case("tall", dict(N=50_000, D=3, K=2), group="tall", timed=True, why="a loop over examples takes long"),
            ),
            slope=Slope("scores", ("X", "W", "b"), "F", {"W": "dW"}, against="dF"),
            cost=Cost("scores", LAYER, ("W",), FEW, MANY),
            # A sum of N terms in any order errs by at most N·u·Σ|terms| (Higham, §4.2); N is large in the tall case.
            rounding=lambda d: len(d["X"]) * 2.0**-53 * float(np.max(np.abs(d["X"]).T @ np.abs(d["dF"]))),
            checks={
                Shape("dW"): 1,
                Gradient("dW", proves=("AS-8",)): 2,
                Numeric(): 1,
                Speed("dW"): 1,
            },
        ),
        Task(
            scores_bias_jacobian,
            mistakes=affine.bias_jacobian,
            draws=dict(K=Size("K"), X=Normal("1 D"), W=W, b=B, c=Normal("1 K")),
            returns={"J": "K K"},
            cases=(
                example(dict(D=1, K=2), X=[[1]], W=[[1, 0]], b=[0, 1], c=[[1, 2]]),
                Case("practice", dict(D=2, K=3), public=True, slope=True),
                Case("generic", dict(D=3, K=5), slope=True),
                Case("one class", dict(D=3, K=1)),
            ),
            slope=Slope("scores", ("X", "W", "b"), "F", {"b": "J"}, against="c", claim="jacobian"),
            checks={Shape("J"): 0.5, Gradient("J", proves=("AS-9",)): 1, Numeric(): 0.5},
        ),
        Task(
            bias_gradient,
            mistakes=lambda slip, dF: affine.biases(slip, dF, affine.DIVIDED),
            draws=dict(dF=DF, X=X, W=W, b=B),
            returns={"db": "K"},
            cases=(
                example(SMALL, dF=[[1, 0, -1], [2, -2, 0]]),
                *COMMON,
                Case("one class", dict(N=3, D=2, K=1), why="K = 1: db keeps its axis"),
            ),
            slope=Slope("scores", ("X", "W", "b"), "F", {"b": "db"}, against="dF"),
            cost=Cost("scores", LAYER, ("b",), FEW_BIASES, MANY_BIASES),
            checks={Shape("db"): 1, Gradient("db", proves=("AS-10",)): 2, Numeric(): 1},
        ),
        Task(
            softmax_jacobian,
            mistakes=slips.softmax_jacobian,
            draws=dict(f=Normal("K", scale=1.5), F=Made(lambda d: d["f"][None, :]), c=Normal("1 K")),
            returns={"J": "K K"},
            cases=(
                example(dict(K=2), f=[0, 0], c=[[1, 2]]),
                Case("practice", dict(K=3), public=True, slope=True),
                Case("generic", dict(K=7), slope=True),
                Case("large scores", dict(K=5), dict(f=Large("K")), group="large scores", still=("J",)),
            ),
            slope=Slope("softmax", ("F",), "P", {"F": "J"}, against="c", claim="jacobian"),
            checks={
                Shape("J"): 1,
                Gradient("J", proves=("AS-12",)): 2,
                Gradient("J", "large scores", claim="J is finite and right for scores of ±1e4"): 0.5,
                Numeric(): 0.5,
            },
        ),
        Task(
            input_gradient,
            mistakes=lambda slip, dF, W: affine.inputs(slip, dF, W),
            draws=dict(dF=DF, W=W, X=X, b=B),
            returns={"dX": "N D"},
            cases=(example(SMALL, dF=[[1, 0, -1], [2, -2, 0]], W=[[1, 0, 2], [-1, 1, 0]]), *COMMON),
            slope=Slope("scores", ("X", "W", "b"), "F", {"X": "dX"}, against="dF"),
            cost=Cost("scores", LAYER, ("X",), FEW, MANY),
            checks={Shape("dX"): 1, Gradient("dX", proves=("AS-11",)): 2, Numeric(): 1},
        ),
        Task(
            softmax_classifier_loss,
            mistakes=classifier.softmax_classifier_loss,
            draws=dict(W=W, b=B, X=X, y=Y),
            returns={"loss": "", "dW": "D K", "db": "K"},
            cases=(
                example(SMALL, X=[[1, 2], [0, -1]], W=[[1, 0, 2], [-1, 1, 0]], b=[1, 0, -2], y=[2, 1]),
                *LABELLED,
                Case(
                    "one feature",
                    dict(N=17, D=1, K=2),
                    dict(
                        W=Normal("D K", scale=2e-3),
                        X=Normal("N D", shift=300),
                        y=Made(lambda d: np.full(len(d["X"]), np.argmin(d["b"]))),
                    ),
                    why="an axis of length 1 to lose; equal labels, large gradients: clipping shows",
                ),
                Case("large inputs", dict(N=7, D=3, K=5), dict(X=Normal("N D", scale=3e3)), group="large inputs"),
            ),
            slope=Slope("softmax_classifier_loss", ("W", "b", "X", "y"), "loss", {"W": "dW", "b": "db"}),
            cost=Cost("scores", LAYER, ("W", "b"), FEW, MANY),
            checks={
                Shape("loss"): 0.5,
                Shape("dW"): 0.5,
                Shape("db"): 0.5,
                Value("loss", proves=("AS-1", "AS-2", "AS-3")): 1,
                Gradient("dW", proves=("AS-4", "AS-8")): 1.5,
                Gradient("db", proves=("AS-4", "AS-10")): 1.5,
                Value("loss", "large inputs", claim="the loss is finite and right for scores of ±1e4"): 0.5,
                Numeric(): 1,
            },
        ),
    ),
)
