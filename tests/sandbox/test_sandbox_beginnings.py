"""Stubs that begin with zeros and arguments, and the shortest answers that look like them."""

from __future__ import annotations

import ast

import pytest

from grader.sandbox.worker.beginnings import is_beginning

STUBS = {
    "zero and zeros": "def f(W, X):\n    loss = 0.0\n    dW = np.zeros_like(W)\n    pass\n    return loss, dW",
    "zeros by shape": "def f(W, X):\n    loss = 0.0\n    dW = np.zeros(W.shape)\n    return loss, dW",
    "empty dict": "def f(self, X, y=None):\n    scores = None\n    if y is None:\n        return scores\n"
    "    loss, grads = 0, {}\n    return loss, grads",
    "next_w and config": "def f(w, dw, config=None):\n    if config is None: config = {}\n"
    "    config.setdefault('learning_rate', 1e-2)\n    v = config.get('velocity', np.zeros_like(w))\n"
    "    next_w = None\n    pass\n    config['velocity'] = v\n    return next_w, config",
    "cast of None": "def f(x, param):\n    p, mode = param['p'], param['mode']\n    mask = None\n    out = None\n"
    "    if mode == 'train':\n        pass\n    cache = (param, mask)\n    out = out.astype(x.dtype, copy=False)\n"
    "    return out, cache",
    "one branch is given": "def f(dout, cache):\n    param, mask = cache\n    mode = param['mode']\n    dx = None\n"
    "    if mode == 'train':\n        pass\n    elif mode == 'test':\n        dx = dout\n    return dx",
    "work that leads nowhere": "def f(W, X):\n    dW = np.zeros(W.shape)\n    s = X.dot(W)\n    return 0.0, dW",
    "raises for a wrong mode": "def f(x, param):\n    out, cache = None, None\n    if param['mode'] != 'train':\n"
    "        raise ValueError('mode')\n    param['running_mean'] = x\n    return out, cache",
}
ANSWERS = {
    "in place, then named": "def f(w, dw, config=None):\n    if config is None: config = {}\n    next_w = None\n"
    "    w += dw\n    next_w = w\n    return next_w, config",
    "in place by out=": "def f(w, dw, config=None):\n    next_w = None\n    np.add(w, dw, out=w)\n    next_w = w\n"
    "    return next_w, config",
    "zeros filled by index": "def f(W):\n    dW = np.zeros_like(W)\n    dW[0] = 1\n    return 0.0, dW",
    "zeros filled by a function": "def f(x, W):\n    dW = np.zeros_like(W)\n    np.add.at(dW, x, 1)\n    return dW",
    "zeros filled by a view": "def f(W):\n    dW = np.zeros_like(W)\n    v = dW.T\n    v += 1\n    return dW",
    "zeros filled inside": "def f(W):\n    d = np.zeros_like(W)\n    def g():\n        d[0] = 1\n    g()\n    return d",
    "zeros grown": "def f(W):\n    dW = np.zeros_like(W)\n    dW += W\n    return dW",
    "grads filled": "def f(self):\n    loss, grads = 0, {}\n    grads['W'] = 1\n    return loss, grads",
    "grads updated": "def f(self):\n    loss, grads = 0, {}\n    grads.update(W=1)\n    return loss, grads",
    "a loss but no gradient": "def f(W, X):\n    loss = X.sum()\n    dW = np.zeros(W.shape)\n    return loss, dW",
    "argument changed in place": "def f(dout, cache):\n    dx = None\n    dout[cache < 0] = 0\n    dx = dout\n"
    "    return dx",
    "argument alone": "def f(x):\n    return x, x",
    "product": "def f(dout, cache):\n    dx = None\n    if cache: dx = dout * cache\n    return dx",
    "cast of a product": "def f(x, p):\n    out = None\n    out = x * p\n    out = out.astype(int)\n    return out, p",
    "written into by another name": "def f(W):\n    dW = np.zeros_like(W)\n    g = dW\n    g += 1\n    return dW",
    "by a third name": "def f(W):\n    dW = np.zeros_like(W)\n    g = dW\n    h = g\n    h[0] = 1\n    return 0.0, dW",
    "argument written into": "def f(x):\n    out = None\n    np.maximum(x, 0, x)\n    out = x\n    return out",
    "no return": "def f(x):\n    x[0] = 1",
    "loop variable": "def f(x):\n    dx = None\n    for dx in x: pass\n    return dx",
}


def function(source):
    (statement,) = ast.parse(source).body
    return statement


@pytest.mark.parametrize("source", STUBS.values(), ids=STUBS)
def test_stubs(source):
    assert is_beginning(function(source), ())


@pytest.mark.parametrize("source", ANSWERS.values(), ids=ANSWERS)
def test_answers(source):
    assert not is_beginning(function(source), ())


def test_a_place_that_the_stub_fills_in_is_no_work():
    given = function(ANSWERS["a loss but no gradient"])
    assert is_beginning(given, (0,))
    assert not is_beginning(given, (1,))
    assert not is_beginning(function("def f(W):\n    return W.sum(), W * 2"), (0,))
