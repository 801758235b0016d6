"""A submission of our own, graded once by nobody: what a worker does first has been done before it is forked.

Python's interpreter runs code faster that has run some times, but what one worker learns the next does not know. So
the zygote makes the calls of a small submission itself, before anything of a student's is there.
"""

from __future__ import annotations

import io
import sys
from typing import Any

import numpy as np

from .serve import Desk
from .values import Encoder, Mark
from .wire import Frame, pack

TIMES = 24
SUBMISSION = b'''\
import numpy as np
from math import exp


def forward(x, w, b):
    """Scores, and what is kept."""
    N = x.shape[0]
    scores = np.maximum(0, x.reshape(N, -1).dot(w) + b)
    shifted = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    p = shifted / np.sum(shifted, axis=1, keepdims=True)
    loss = -np.log(p[np.arange(N), np.zeros(N, dtype=int)]).mean() + 0.5 * np.sum(w * w)
    cache = (x, w, b, p)
    return loss, p, cache


def backward(dout, cache):
    x, w, b, p = cache
    dx, dw, db = np.zeros_like(x), np.zeros(w.shape), None
    for i in range(2):
        dx[i] = dout[i] @ w.T
    dw = x.T @ dout
    db = np.where(dout > 0, dout, 0).sum(axis=0)
    grads = {"w": dw, "b": db}
    return dx, grads, [dw.copy(), db * exp(0.0)]


def stub(x):
    raise NotImplementedError
'''
NAMES = ["forward", "backward", "stub"]


def rehearse() -> None:
    """Read, import and ask the submission, and leave no trace of it but what the interpreter has learned."""
    path, modules = list(sys.meta_path), set(sys.modules)
    requests, replies = io.BytesIO(), io.BytesIO()
    desk = Desk(requests, replies)
    try:
        for header, parts in _requests():
            frame = pack(header, parts)
            size = len(frame) - sum(map(len, parts))
            desk.handle(Frame(frame[16:size], frame[size:]))
    finally:
        sys.meta_path[:] = path
        for name in set(sys.modules) - modules:
            del sys.modules[name]


def _requests() -> list[tuple[dict[str, Any], list[bytes]]]:
    index = f'[["rehearsal.py", {len(SUBMISSION)}]]'.encode()
    read = {"op": "read", "nonce": 1, "index": len(index), "wanted": NAMES}
    read |= {"given": 0, "replaced": [], "beginnings": {}}
    load = {"op": "load", "nonce": 2, "path": "rehearsal.py", "names": NAMES}
    calls, parts = _calls()
    put = {"op": "put", "nonce": 3, "questions": [calls] * TIMES}
    ask = {"op": "ask", "nonce": 4, "first": True, "last": True, "timed": False, "calls": calls}
    return [(read, [index, SUBMISSION]), (load, []), (put, parts * TIMES), (ask, parts)]


def _calls() -> tuple[list[Any], list[bytes]]:
    x, w, b, dout = np.ones((2, 3)), np.full((3, 2), 0.5), np.zeros(2), np.ones((2, 2))
    arguments = [("forward", (x, w, b), [2]), ("backward", (dout, Mark("ref", (0, 2))), []), ("stub", (1.0,), [])]
    calls, parts = [], []
    for place, (name, args, keep) in enumerate(arguments):
        encoder = Encoder(lambda value: value)
        calls.append([place, name, encoder.tree(args), keep, name == "backward", encoder.size])
        parts += [part.tobytes() for part in encoder.parts]
    return calls, parts
