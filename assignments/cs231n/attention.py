"""Attention with gradients by hand, which the course leaves to autograd: names and signatures are our own."""

from dataclasses import dataclass

import numpy as np

from assignments.cs231n.claims import gradients, values
from assignments.cs231n.draws import Upstream
from assignments.cs231n.years import BEYOND
from grader.battery import Fixed, Normal, Size, Together, shape_of
from grader.checks import Value
from grader.model import Case, Slope, Task
from grader.tolerance import UNIT_ROUNDOFF
from reference.attention import (
    multi_head_attention_backward,
    multi_head_attention_forward,
    scaled_dot_product_attention_backward,
    scaled_dot_product_attention_forward,
)

PRIMES, SQUARE = "sizes that differ: a transpose or a wrong axis shows", "mistakes that run where all products fit"


@dataclass(frozen=True)
class Visible:
    """Which keys a query may look at: one at least, and where there are several not all. `causal`: none that follow."""

    shape: str = "S T"
    causal: bool = False

    def __call__(self, rng, sizes, drawn):
        shape = shape_of(self.shape, sizes)
        if self.causal:
            return np.tril(np.ones(shape, dtype=bool))
        mask = rng.uniform(size=shape) < 0.5
        free = rng.integers(shape[-1], size=shape[:-1])
        np.put_along_axis(mask, free[..., None], True, axis=-1)
        np.put_along_axis(mask, (free[..., None] + 1) % shape[-1], shape[-1] == 1, axis=-1)
        return mask


def masked(shape="S T", causal=False):
    """A mask instead of none."""
    return dict(mask=Visible(shape, causal))


STACKED = dict(Q=Normal("N h S E"), K=Normal("N h T E"), V=Normal("N h T M"))
DOTTED = (
    Case("example", dict(N=1, S=1, T=2, E=1, M=2), public=True),
    Case("practice", dict(N=2, S=3, T=4, E=2, M=3), public=True, slope=True),
    Case("generic", dict(N=2, S=3, T=7, E=5, M=11), slope=True, why=PRIMES),
    Case("square", dict(N=4, S=4, T=4, E=4, M=4), why=SQUARE),
    Case("one example", dict(N=1, S=2, T=5, E=3, M=4), why="axes of length 1 to lose"),
    Case("one key", dict(N=3, S=2, T=1, E=5, M=4), why="a softmax of one number", still=("dQ", "dK")),
    Case("heads", dict(N=2, h=3, S=4, T=5, E=2, M=7), STACKED, why="any number of axes may stand in front"),
    Case("mask", dict(N=3, S=4, T=6, E=2, M=5), masked(), why="some keys are out of sight"),
    Case("causal mask", dict(N=2, S=5, T=5, E=3, M=4), masked(causal=True), why="no key that follows is in sight"),
    Case("mask for each example", dict(N=3, S=2, T=4, E=5, M=6), masked("N S T")),
    Case("large values", dict(N=2, S=3, T=4, E=2, M=5), dict(V=Normal("N T M", shift=9)), why="clipping shows"),
    Case("sharp", dict(N=2, S=3, T=4, E=2, M=5), dict(Q=Normal("N S E", scale=3)), why="weights far from even"),
)
HUGE = dict(Q=Normal("N S E", scale=1e2), K=Normal("N T E", scale=1e2))
LARGE = Case("scores of ±1e4", dict(N=2, S=3, T=4, E=5, M=2), HUGE, group="large scores")
DOT_DRAWS = dict(Q=Normal("N S E"), K=Normal("N T E"), V=Normal("N T M", shift=0.3), mask=Fixed(None))
HEADED = (
    Case("example", dict(N=1, S=1, T=2, E=2, h=1), public=True),
    Case("practice", dict(N=2, S=3, T=5, E=4, h=2), public=True, slope=True),
    Case("generic", dict(N=2, S=5, T=7, E=6, h=3), slope=True, why=PRIMES),
    Case("square", dict(N=4, S=4, T=4, E=4, h=2), why=SQUARE),
    Case("one example", dict(N=1, S=3, T=5, E=4, h=2), why="axes of length 1 to lose"),
    Case("one head", dict(N=3, S=2, T=5, E=4, h=1), why="nothing is cut"),
    Case("one column", dict(N=3, S=2, T=4, E=1, h=1), why="E = 1: axes of length 1 to lose"),
    Case("heads of one column", dict(N=2, S=4, T=3, E=5, h=5)),
    Case("mask", dict(N=2, S=3, T=5, E=6, h=2), masked(), why="some keys are out of sight"),
    Case("causal mask", dict(N=2, S=4, T=4, E=6, h=3), masked(causal=True)),
)
WEIGHTS = Together(
    {f"{kind}{place}": Normal("E E", scale=0.6) if kind == "W" else Normal("E") for place in "qkvo" for kind in "Wb"}
)
HEAD_DRAWS = dict(
    query=Normal("N S E"),
    key=Normal("N T E", shift=0.2),
    value=Normal("N T E", shift=0.3),
    params=WEIGHTS,
    num_heads=Size("h"),
    mask=Fixed(None),
)
OWN = dict(homes=("attention",), years=BEYOND)


def cancelled(d):
    """Rounding of what cancels: b_k moves all scores of a query alike, so its gradient is 0, a sum of large terms."""
    ends = [1 + np.max(np.abs(d[name])) for name in ("dout", "value", "key", "query")]
    widest = max(1 + np.max(np.abs(array)) for array in d["params"].values())
    return UNIT_ROUNDOFF * float(np.prod(ends) * widest**4)


def cancelled_products(d):
    """Rounding of what cancels: a softmax over one key is 1, and the gradient of its score 0, a difference of terms."""
    S, E = d["Q"].shape[-2:]
    terms = d["V"].shape[-1] * np.max(np.abs(d["dout"])) * np.max(np.abs(d["V"]))
    return 8 * UNIT_ROUNDOFF * float(terms * S * max(np.max(np.abs(d["Q"])), np.max(np.abs(d["K"]))) / np.sqrt(E))


def pushed(cases, forward):
    """The cases of a backward pass: one more, whose upstream gradient is large."""
    draws = dict(dout=Upstream(forward, shift=40))
    return (*cases, Case("large", cases[2].sizes, draws, why="large gradients: clipping shows"))


TASKS = (
    Task(
        scaled_dot_product_attention_forward,
        draws=DOT_DRAWS,
        returns={"out": "N S M", "cache": ""},
        cases=(*DOTTED, LARGE),
        checks={
            **values("out", of="scaled_dot_product_attention_forward"),
            Value("out", "large scores", claim="out is finite and right for scores of ±1e4"): 0.5,
        },
        **OWN,
    ),
    Task(
        scaled_dot_product_attention_backward,
        forward=scaled_dot_product_attention_forward,
        draws=dict(**DOT_DRAWS, dout=Upstream(scaled_dot_product_attention_forward)),
        returns={"dQ": "like Q", "dK": "like K", "dV": "like V"},
        cases=pushed(DOTTED, scaled_dot_product_attention_forward),
        slope=Slope(
            "scaled_dot_product_attention_forward",
            tuple(DOT_DRAWS),
            "out",
            {"Q": "dQ", "K": "dK", "V": "dV"},
            against="dout",
        ),
        rounding=cancelled_products,
        checks=gradients("dQ", "dK", "dV", of="scaled_dot_product_attention_backward"),
        **OWN,
    ),
    Task(
        multi_head_attention_forward,
        draws=HEAD_DRAWS,
        returns={"out": "N S E", "cache": ""},
        cases=HEADED,
        checks=values("out", of="multi_head_attention_forward"),
        **OWN,
    ),
    Task(
        multi_head_attention_backward,
        forward=multi_head_attention_forward,
        draws=dict(**HEAD_DRAWS, dout=Upstream(multi_head_attention_forward)),
        returns={"dquery": "N S E", "dkey": "N T E", "dvalue": "N T E", "grads": "like params"},
        cases=pushed(HEADED, multi_head_attention_forward),
        slope=Slope(
            "multi_head_attention_forward",
            tuple(HEAD_DRAWS),
            "out",
            {"query": "dquery", "key": "dkey", "value": "dvalue", "params": "grads"},
            against="dout",
        ),
        rounding=cancelled,
        checks=gradients("dquery", "dkey", "dvalue", "grads", of="multi_head_attention_backward"),
        **OWN,
    ),
)
