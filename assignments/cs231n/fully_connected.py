"""The net with any number of hidden layers, by the constructors of all years."""

import numpy as np

from assignments.cs231n.claims import of_a_net
from assignments.cs231n.draws import Classes, NetParams, Rows
from assignments.cs231n.years import DROPPED
from grader.battery import Fixed, Made, Normal
from grader.checks import Gradient, Seeded, Value
from grader.model import Case, Convention, Slope, Task
from grader.tolerance import REORDERING, UNIT_ROUNDOFF
from reference.fc_net import _hidden_forward, fully_connected_net_loss

NAME, TAUGHT = "FullyConnectedNet.loss", ("CS:FullyConnectedNet.loss",)
PRIMES = "distinct primes: a transpose or a wrong axis shows"
BATCH, LAYER = dict(norm=Fixed("batchnorm")), dict(norm=Fixed("layernorm"))
SCORES = dict(group="scores", returns={"scores": "N C"})


def net(N, *widths, **more):
    """The sizes of a net: the first width is that of an input, the last the number of classes."""
    return dict(N=N, widths=widths, **more)


def dropping(keep, seed, **more):
    """Dropout that keeps this share, with a seed or without one."""
    return dict(keep=Fixed(keep), seed=Fixed(seed), **more)


def unlabelled(**draws):
    """No labels: the scores are asked for."""
    return dict(y=Fixed(None), **draws)


PLAIN = (
    Case("example", net(2, 2, 3, 2), public=True),
    Case("practice", net(5, 2, 4, 3, 6), public=True, slope=True),
    Case("generic", net(7, 5, 11, 3, 2), slope=True, why=PRIMES),
    Case("square", net(4, 4, 4, 4, 4), why="mistakes that run where all products fit"),
    Case("one example", net(1, 3, 5, 4), why="squeezed axes, and branches on the batch size"),
    Case("one hidden layer", net(5, 3, 7, 2), why="L = 2: the first layer is next to the last"),
    Case("four hidden layers", net(3, 2, 5, 3, 6, 4, 3), why="the layers are counted, not written out"),
    Case("one unit", net(5, 3, 4, 1, 5, 2), why="a layer of one unit: axes of length 1 to lose"),
    Case("images", net(3, 6, 5, 2, d1=2, d2=3), dict(X=Normal("N d1 d2")), why="X has several axes"),
    Case("λ = 0", net(5, 3, 4, 6, 2), dict(reg=Fixed(0.0)), why="the data term alone"),
    Case("integer λ", net(5, 2, 3, 6, 4), dict(reg=Fixed(3))),
    Case("large λ", net(3, 2, 5, 4, 3), dict(reg=Fixed(3e3)), why="large gradients: clipping shows"),
    Case("absent class", net(7, 3, 4, 5), dict(y=Classes(absent=True, dtype="int32"))),
    Case("unsigned labels", net(11, 2, 5, 3), dict(y=Classes(dtype="uint8"))),
)
BATCHED = (
    Case("batch normalisation", net(7, 5, 4, 6, 3), BATCH, group="normalised", still=("grads",)),
    Case(
        "batch normalisation, λ = 0",
        net(5, 2, 4, 3),
        dict(**BATCH, reg=Fixed(0.0)),
        group="normalised",
        still=("grads",),
    ),
)
LAYERED = (Case("layer normalisation", net(5, 3, 7, 4, 2), LAYER, group="normalised"),)
SCORED = (
    Case("scores, practice", net(3, 2, 5, 4), unlabelled(), public=True, **SCORES),
    Case("scores", net(5, 3, 7, 4, 2), unlabelled(), why="without labels the scores come", **SCORES),
    Case("scores, dropout", net(5, 3, 7, 4), unlabelled(**dropping(0.3, None)), **SCORES),
    Case("scores, batch normalisation", net(5, 3, 4, 2), unlabelled(**BATCH), **SCORES),
)
DROPPED_OUT = (
    Case("dropout", net(5, 3, 17, 2), dropping(0.6, 11), group="dropout"),
    Case("dropout, two layers", net(4, 3, 11, 13, 2), dropping(0.8, 5, reg=Fixed(0.2)), group="dropout"),
)


def modular(normal, drop):
    """What a net is made with; `normal` and `drop` write down normalisation and dropout as a year does."""

    def construct(rng, sizes, drawn):
        first, *hidden, last = sizes["widths"]
        made = dict(hidden_dims=hidden, input_dim=first, num_classes=last, reg=drawn["reg"], dtype="float64")
        made |= normal(drawn["norm"]) if drawn["norm"] else {}
        made |= drop(drawn["keep"]) if drawn["keep"] != 1 else {}
        return made | ({} if drawn["seed"] is None else dict(seed=drawn["seed"]))

    return construct


AS_OF_2021 = modular(lambda norm: dict(normalization=norm), lambda keep: dict(dropout_keep_ratio=keep))
AS_OF_2018 = modular(lambda norm: dict(normalization=norm), lambda keep: dict(dropout=keep))
AS_OF_2016 = modular(lambda norm: dict(use_batchnorm=True), lambda keep: dict(dropout=1 - keep))


def of_2018(construct, params, X, y):
    """The loss of a net whose `dropout` is the share that is kept."""
    names = {"dropout": "dropout_keep_ratio"}
    return fully_connected_net_loss({names.get(name, name): value for name, value in construct.items()}, params, X, y)


def of_2016(construct, params, X, y):
    """The loss of a net whose `dropout` is the share that is dropped, and that knows batch normalisation alone."""
    made = {name: value for name, value in construct.items() if name not in ("dropout", "use_batchnorm")}
    made["dropout_keep_ratio"] = 1 - construct.get("dropout", 0)
    made["normalization"] = "batchnorm" if construct.get("use_batchnorm") else None
    return fully_connected_net_loss(made, params, X, y)


def undropped(d):
    """The loss without dropout."""
    if d["y"] is None:
        return 0.0
    made = dict(hidden_dims=d["construct"]["hidden_dims"], reg=d["reg"], normalization=d["norm"])
    return float(fully_connected_net_loss(made, d["params"], d["X"], d["y"])[0])


def off_the_kinks(d):
    """Whether nothing that enters a ReLU is within 0.01 of 0."""
    hidden, h, least = d["construct"]["hidden_dims"], d["X"], np.inf
    made, mode = dict(normalization=d["norm"]), "test" if d["y"] is None else "train"
    for k in range(1, len(hidden) + 1):
        h, (_, _, before, _) = _hidden_forward(made, d["params"], k, h, mode)
        least = min(least, np.min(np.abs(before)))
    return bool(least >= 0.01)


def cancelled(d):
    """Rounding of what cancels: the gradient of a bias before a normalisation is 0, as a difference of others."""
    return 10 * REORDERING * UNIT_ROUNDOFF * (1.0 if d["norm"] else 0.0)


DRAWS = dict(
    reg=Fixed(0.7),
    norm=Fixed(None),
    keep=Fixed(1),
    seed=Fixed(None),
    construct=AS_OF_2021,
    params=NetParams(),
    X=Rows(),
    y=Classes(),
    plain=Made(undropped),
)


def year(name, says, construct, reference, years, cases):
    """The constructor of other years."""
    return Convention(
        name, says, dict(reference=reference, draws={**DRAWS, "construct": construct}, cases=cases), years
    )


OLD = (*PLAIN, *BATCHED, *SCORED, *DROPPED_OUT)
TASK = Task(
    fully_connected_net_loss,
    name=NAME,
    draws=DRAWS,
    returns={"loss": "", "grads": "like params"},
    cases=(*PLAIN, *BATCHED, *LAYERED, *SCORED, *DROPPED_OUT),
    slope=Slope(NAME, ("construct", "params", "X", "y"), "loss", {"params": "grads"}),
    guard=off_the_kinks,
    rounding=cancelled,
    checks={
        **of_a_net(NAME),
        Value("loss", "normalised", TAUGHT): 1,
        Gradient("grads", "normalised", TAUGHT): 2,
        Seeded("loss", "plain", "dropout", TAUGHT): 1.5,
    },
    homes=("fc_net",),
    conventions=(
        Convention("as of 2021", "the constructor that has dropout_keep_ratio", years=("2021", "2025")),
        year(
            "as of 2018",
            "the constructor whose dropout is the share that is kept",
            AS_OF_2018,
            of_2018,
            ("2018", "2019"),
            (*PLAIN, *BATCHED, *LAYERED, *SCORED, *DROPPED_OUT),
        ),
        year(
            "up to 2017",
            "the constructor that has use_batchnorm, and whose dropout is the share that is dropped",
            AS_OF_2016,
            of_2016,
            DROPPED,
            OLD,
        ),
    ),
)
