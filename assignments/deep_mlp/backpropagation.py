"""Whole nets backwards: one example, a batch in columns, a batch in rows; a softmax output; the update."""

from assignments.cases import Layer, example
from assignments.deep_mlp.families import (
    HANDOUT,
    NET,
    SIGMOID,
    TANH,
    away_from_kinks,
    family,
    identity,
    relu,
    residual,
)
from assignments.mistakes import deep, softmax
from grader.battery import Array, Columns, Fixed, Large, Made, Normal, Weights
from grader.checks import Gradient, Numeric, Shape, Unchanged, Value
from grader.model import Case, Cost, Slope, Task
from reference.deep_deltas import softmax_output_delta
from reference.deep_mlp import backprop, backprop_batch, backprop_batch_rows, update

BATCH = family(
    dict(widths=(2, 3, 2), N=4),
    dict(widths=(3, 5, 7, 2), N=11),
    dict(widths=(4, 4, 4, 4), N=4),
    relu(dict(widths=(3, 4, 2), N=3)),
    relu(dict(widths=(2, 3, 2), N=1), "relu, one example"),
    identity(dict(widths=(2, 3, 5, 1), N=3), b=Columns(scale=40)),
    Case("one layer", dict(widths=(3, 2), N=5), dict(sigma=SIGMOID)),
    Case("one example", dict(widths=(2, 5, 3), N=1), why="N = 1: squeezed axes and branches on the batch size"),
    Case("width one", dict(widths=(1, 1, 1), N=5)),
    Case("five layers", dict(widths=(2, 3, 4, 5, 3, 2), N=7), dict(sigma=SIGMOID)),
)
HANDOUT_NET = example(dict(widths=(2, 1, 2, 1)), **HANDOUT, h0=[[1], [2]], t=[[3]], sigma="relu")
ONE_LAYER = dict(W=([[1, 1]],), b=([[-1]],), sigma="relu")

TASKS = (
    Task(
        backprop,
        mistakes=deep.backprop,
        draws=dict(sigma=TANH, W=Weights(), b=Columns(), h0=Layer(0), t=Layer(-1), c=residual("h0", "t")),
        returns={"dW": "like W", "db": "like b"},
        cases=(HANDOUT_NET, *NET),
        slope=Slope("forward", ("W", "b", "h0", "sigma"), "hs.-1", {"W": "dW", "b": "db"}, against="c"),
        cost=Cost(
            "forward", ("W", "b", "h0", "sigma"), ("W", "b"), dict(widths=(150, 40, 10)), dict(widths=(300, 80, 10))
        ),
        guard=away_from_kinks,
        checks={
            Shape("dW", proves=("DEEP-14",)): 0.5,
            Shape("db", proves=("DEEP-14",)): 0.5,
            Gradient("dW", proves=("DEEP-8", "DEEP-9", "DEEP-10")): 3,
            Gradient("db", proves=("DEEP-8", "DEEP-9", "DEEP-11")): 2,
            Numeric(): 1,
        },
    ),
    Task(
        softmax_output_delta,
        mistakes=softmax.softmax_output_delta,
        draws=dict(zL=Normal("n 1", scale=1.5), y=Made(lambda d: len(d["zL"]) // 2)),
        returns={"D": "n 1"},
        cases=(
            example(dict(n=2), zL=[[0], [0]], y=0),
            Case("practice", dict(n=3), public=True),
            Case("generic", dict(n=7)),
            Case("first class", dict(n=5), dict(y=Fixed(0))),
            Case("last class", dict(n=5), dict(y=Made(lambda d: len(d["zL"]) - 1))),
            Case("large scores", dict(n=7), dict(zL=Large("n 1")), group="large scores"),
            Case(
                "large scores, true class low",
                dict(n=3),
                dict(zL=Array([[1e4], [-1e4], [9999]])),
                group="large scores",
            ),
        ),
        checks={
            Shape("D"): 0.5,
            Gradient("D", proves=("DEEP-8",)): 1.5,
            Gradient("D", "large scores", claim="D is finite and right for scores of ±1e4"): 0.5,
        },
    ),
    Task(
        backprop_batch,
        mistakes=deep.backprop_batch,
        draws=dict(sigma=TANH, W=Weights(), b=Columns(), H0=Layer(0, "N"), T=Layer(-1, "N"), c=residual("H0", "T")),
        returns={"dW": "like W", "db": "like b"},
        cases=(
            example(dict(widths=(2, 1), N=2), **ONE_LAYER, H0=[[1, 3], [2, 0]], T=[[1, 0]]),
            *BATCH,
        ),
        slope=Slope("forward", ("W", "b", "H0", "sigma"), "hs.-1", {"W": "dW", "b": "db"}, "c", examples=("H0",)),
        guard=away_from_kinks,
        checks={
            Shape("dW"): 0.5,
            Shape("db"): 0.5,
            Gradient("dW", proves=("DEEP-10",)): 2,
            Gradient("db", proves=("DEEP-11",)): 1.25,
            Numeric(): 0.5,
        },
    ),
    Task(
        backprop_batch_rows,
        mistakes=deep.backprop_batch_rows,
        draws=dict(
            sigma=TANH,
            W=Weights(),
            b=Columns(),
            X=Layer(0, "N", rows=True),
            T=Layer(-1, "N", rows=True),
            H0=Made(lambda d: d["X"].T.copy()),
            targets=Made(lambda d: d["T"].T.copy()),
            c=residual("H0", "targets"),
        ),
        returns={"dW": "like W", "db": "like b"},
        cases=(
            example(dict(widths=(2, 1), N=2), **ONE_LAYER, X=[[1, 2], [3, 0]], T=[[1], [0]]),
            *BATCH,
        ),
        slope=Slope("forward", ("W", "b", "H0", "sigma"), "hs.-1", {"W": "dW", "b": "db"}, "c", examples=("H0",)),
        guard=away_from_kinks,
        checks={
            Shape("dW"): 0.5,
            Shape("db"): 0.5,
            Gradient("dW", proves=("DEEP-15",)): 2,
            Gradient("db", proves=("DEEP-15",)): 1.25,
            Numeric(): 0.5,
        },
    ),
    Task(
        update,
        mistakes=deep.update,
        draws=dict(W=Weights(), b=Columns(), dW=Weights(), db=Columns(), learning_rate=Fixed(0.1)),
        returns={"new_W": "like W", "new_b": "like b"},
        cases=(
            example(dict(widths=(2, 1)), W=([[1, 1]],), b=([[-1]],), dW=([[4, 8]],), db=([[4]],), learning_rate=2),
            *family(
                dict(widths=(2, 3, 2)),
                dict(widths=(3, 5, 7, 2)),
                dict(widths=(4, 4, 4)),
                Case("small steps", dict(widths=(3, 5, 2, 3)), dict(learning_rate=Fixed(1e-3))),
                Case("width one", dict(widths=(1, 1, 1)), dict(learning_rate=Fixed(1))),
                sigma=None,
            ),
        ),
        checks={
            Shape("new_W"): 0.5,
            Shape("new_b"): 0.5,
            Value("new_W", proves=("DEEP-2",)): 1,
            Value("new_b", proves=("DEEP-2",)): 0.5,
            Unchanged(): 0.5,
        },
    ),
)
