"""The convolutional net with three layers."""

import numpy as np

from assignments.cs231n.claims import of_a_net
from grader.battery import Fixed, Labels, Normal, Together
from grader.model import Case, Slope, Task
from reference.cnn import three_layer_conv_net_loss
from reference.convolution import conv_forward_naive

NAME = "ThreeLayerConvNet.loss"
SCORES = dict(group="scores", returns={"scores": "N K"})
OFF = 2e-3
"""How far values keep from 0 before a ReLU, and the two largest of a pooling window from each other."""


def sizes(N, C, H, W, F, S, M, K):
    """N images of C channels, F filters of S × S, M hidden units, K classes; P numbers are left after pooling."""
    return dict(N=N, C=C, H=H, W=W, F=F, S=S, M=M, K=K, P=F * (H // 2) * (W // 2))


def construct(rng, sizes, drawn):
    """What the net is made with. Raises ValueError for filters or images of a size that the net is not made for."""
    if sizes["S"] % 2 == 0 or sizes["H"] % 2 or sizes["W"] % 2:
        raise ValueError("filters have an odd size, and images an even one")
    return dict(
        input_dim=(sizes["C"], sizes["H"], sizes["W"]),
        num_filters=sizes["F"],
        filter_size=sizes["S"],
        hidden_dim=sizes["M"],
        num_classes=sizes["K"],
        reg=drawn["reg"],
        dtype="float64",
    )


CASES = (
    Case("example", sizes(1, 1, 2, 2, 1, 1, 2, 2), public=True),
    Case("practice", sizes(2, 1, 4, 2, 2, 3, 3, 4), public=True, slope=True),
    Case("generic", sizes(2, 3, 4, 8, 5, 1, 7, 9), why="sizes that differ: a transpose or a wrong axis shows"),
    Case("square", sizes(3, 3, 4, 4, 3, 3, 3, 3), why="mistakes that run where all products fit"),
    Case("wide filters", sizes(2, 2, 2, 4, 3, 5, 3, 2), slope=True, why="a rim of 2"),
    Case("one example", sizes(1, 2, 4, 2, 3, 3, 5, 4), why="squeezed axes, and branches on the batch size"),
    Case("λ = 0", sizes(2, 2, 4, 2, 3, 3, 4, 5), dict(reg=Fixed(0.0)), why="the data term alone"),
    Case("integer λ", sizes(3, 1, 2, 4, 2, 3, 5, 4), dict(reg=Fixed(3), y=Labels("N", "K", absent=True))),
    Case("large λ", sizes(2, 2, 2, 4, 3, 3, 4, 5), dict(reg=Fixed(3e3)), why="large gradients: clipping shows"),
    Case("unsigned labels", sizes(5, 1, 2, 2, 2, 3, 4, 3), dict(y=Labels("N", "K", dtype="uint8"))),
    Case("scores, practice", sizes(2, 1, 2, 4, 3, 3, 4, 5), dict(y=Fixed(None)), public=True, **SCORES),
    Case("scores", sizes(3, 2, 4, 2, 3, 3, 5, 4), dict(y=Fixed(None)), why="without labels the scores come", **SCORES),
)


def off_the_kinks(d):
    """Whether nothing is near 0 before a ReLU, and no window has two largest values near each other."""
    params, X = d["params"], d["X"]
    rim = {"stride": 1, "pad": (params["W1"].shape[2] - 1) // 2}
    a = conv_forward_naive(X, params["W1"], params["b1"], rim)[0]
    N, F, H, W = a.shape
    windows = np.maximum(a, 0).reshape(N, F, H // 2, 2, W // 2, 2).swapaxes(3, 4).reshape(N, F, H // 2, W // 2, 4)
    ranked = np.sort(windows, axis=-1)
    u = ranked[..., -1].reshape(N, -1) @ params["W2"] + params["b2"]
    apart = (ranked[..., -1] - ranked[..., -2] > OFF) | (ranked[..., -1] == 0)
    return bool(np.min(np.abs(a)) > OFF and np.min(np.abs(u)) > OFF and np.all(apart))


TASK = Task(
    three_layer_conv_net_loss,
    name=NAME,
    draws=dict(
        reg=Fixed(0.7),
        construct=construct,
        params=Together(
            dict(
                W1=Normal("F C S S", scale=0.7),
                b1=Normal("F", shift=0.3),
                W2=Normal("P M", scale=0.5),
                b2=Normal("M", shift=0.3),
                W3=Normal("M K"),
                b3=Normal("K", shift=0.5),
            )
        ),
        X=Normal("N C H W", shift=0.2),
        y=Labels("N", "K"),
    ),
    returns={"loss": "", "grads": "like params"},
    cases=CASES,
    slope=Slope(NAME, ("construct", "params", "X", "y"), "loss", {"params": "grads"}),
    guard=off_the_kinks,
    checks=of_a_net(NAME),
    homes=("cnn",),
)
