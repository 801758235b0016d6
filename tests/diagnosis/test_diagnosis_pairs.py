"""Two mistakes at once in one function: one of the two is named, and none that was not made is named for certain."""

from itertools import combinations

import pytest

from tests.diagnosis.students import alike, certain, rows_of, said

NETWORK = """
import numpy as np

def two_layer_loss(params, X, y, reg):
    W, c, w, b = params["W"], params["c"], params["w"], params["b"]
    N = X.shape[0]
    u = X @ W + c
    h = np.maximum(0, u)
    z = h @ w + b
    Y = np.eye(w.shape[1])[y] if y.ndim == 1 else y
    s = z - z.max(axis=1, keepdims=True)
    P = np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)
    loss = -(Y * (s - np.log(np.exp(s).sum(axis=1, keepdims=True)))).sum() / N
    loss += {penalty}
    G = {residual}
    dw = {operand}.T @ G + {second}
    db = {upper}
    dh = G @ w.T
    du = dh * {mask}
    dW = X.T @ du + {first}
    dc = {lower}
    return loss, {{"W": dW, "c": dc, "w": dw, "b": db}}
"""
RIGHT = dict(
    penalty="0.5 * reg * ((W ** 2).sum() + (w ** 2).sum())",
    residual="(P - Y) / N",
    operand="h",
    second="reg * w",
    upper="G.sum(axis=0)",
    mask="(u > 0)",
    first="reg * W",
    lower="du.sum(axis=0)",
)
# name → which line is written otherwise, and how
MADE = {
    "missing-1/N": ("residual", "P - Y"),
    "sign": ("residual", "(Y - P) / N"),
    "missing-indicator": ("residual", "P / N"),
    "extra-1/N": ("residual", "(P - Y) / N / N"),
    "relu-mask-missing": ("mask", "1"),
    "relu-mask-of-gradient": ("mask", "(dh > 0)"),
    "activation-for-indicator": ("mask", "h"),
    "wrong-operand": ("operand", "u"),
    "bias-mean": ("upper", "G.mean(axis=0)"),
    "reg-gradient-missing": ("first", "0"),
    "reg-factor-2": ("second", "2 * reg * w"),
    "reg-on-bias": ("lower", "du.sum(axis=0) + reg * c"),
    "reg-loss-missing": ("penalty", "0"),
}
PAIRS = [pair for pair in combinations(MADE, 2) if MADE[pair[0]][0] != MADE[pair[1]][0]][::2][:30]
LEAST = 0.75


def written(*names):
    return NETWORK.format(**RIGHT | dict(MADE[name] for name in names))


@pytest.fixture(scope="module")
def told():
    return {pair: rows_of("two_layer_mlp", "two_layer_loss", written(*pair)) for pair in PAIRS}


def is_made(word, pair):
    """A penalty that one layer lacks is a missing gradient of the penalty, too."""
    layers = {"reg-layer-missing", "reg-gradient-missing"}
    return any(alike(word, name) or {word, name} == layers for name in pair)


def test_there_are_thirty_pairs():
    assert len(PAIRS) == 30


def test_one_of_two_mistakes_is_named(told):
    named = {pair: any(is_made(word, pair) for word in said(rows)) for pair, rows in told.items()}
    print(f"\nnamed one of two: {sum(named.values())} of {len(named)}")
    print("not named:", [pair for pair, right in named.items() if not right])
    assert sum(named.values()) >= LEAST * len(PAIRS)


def test_no_third_mistake_is_named_for_certain(told):
    wrong = {pair: word for pair, rows in told.items() for word in certain(rows) if not is_made(word, pair)}
    assert wrong == {}


@pytest.mark.parametrize("name", MADE)
def test_each_by_itself_is_named(name):
    names = said(rows_of("two_layer_mlp", "two_layer_loss", written(name)))
    assert any(is_made(word, (name,)) for word in names)


def test_the_network_without_a_mistake_has_no_diagnosis():
    assert said(rows_of("two_layer_mlp", "two_layer_loss", written())) == set()
