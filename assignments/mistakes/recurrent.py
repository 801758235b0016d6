"""Recurrent steps and sequences: vanilla and LSTM."""

import numpy as np

from assignments.mistakes.affine import reshaped, shuffled


def affine_step(slip, x, prev_h, Wx, Wh, b):
    """x W_x + h W_h + b."""
    recurrent = slip.instead(
        lambda: prev_h @ Wh,
        ("transpose", "W_h is turned in the forward step", lambda: prev_h @ Wh.T),
        ("", "the state is left out", lambda: 0 * (prev_h @ Wh)),
    )
    inputs = slip.instead(
        lambda: x @ Wx,
        ("", "the input is left out", lambda: 0 * (x @ Wx)),
    )
    return slip.instead(
        lambda: inputs + recurrent + b,
        ("", "the bias is left out", lambda: inputs + recurrent),
        ("", "input and state parts are multiplied, not added", lambda: inputs * recurrent + b),
    )


def tanh_like(slip, a):
    """tanh, or what is taken for it."""
    return slip.instead(
        lambda: np.tanh(a),
        ("", "the logistic function stands for tanh", lambda: 1 / (1 + np.exp(-a))),
        ("", "a rectifier stands for tanh", lambda: np.maximum(a, 0)),
        ("", "tanh is left out", lambda: a),
        ("", "the sum is cut at ±5", lambda: np.tanh(np.clip(a, -5, 5))),
    )


def rnn_step_forward(slip, x, prev_h, Wx, Wh, b):
    """tanh(x W_x + h W_h + b)."""
    return tanh_like(slip, affine_step(slip, x, prev_h, Wx, Wh, b))


def rnn_slope(slip, a, dnext_h):
    """The gradient at the pre-activation."""
    h = np.tanh(a)
    return dnext_h * slip.instead(
        lambda: 1 - h**2,
        ("relu-mask-missing or none", "the slope of tanh is missing", lambda: np.ones_like(h)),
        ("", "the slope of tanh is 1 − h, without the square", lambda: 1 - h),
        ("sign or none", "the slope of tanh is 1 + h²", lambda: 1 + h**2),
        ("", "the slope of the logistic function stands for that of tanh", lambda: h * (1 - h)),
        ("", "tanh is applied once more: 1 − tanh²(h)", lambda: 1 - np.tanh(h) ** 2),
        ("activation-for-indicator", "the state h stands for the slope of tanh", lambda: h),
        ("", "the slope of tanh is 1 − a², with the sum before tanh", lambda: 1 - a**2),
        ("relu-mask-of-gradient", "the slope is taken at the gradient: 1 − dh²", lambda: 1 - dnext_h**2),
        (
            "relu-mask-of-gradient",
            "the slope is taken at the gradient: 1 − tanh²(dh)",
            lambda: 1 - np.tanh(dnext_h) ** 2,
        ),
    )


def back_to(slip, d, x, prev_h, Wx, Wh, next_h=None):
    """From the gradient at the pre-activation: (dx, dprev_h, dWx, dWh, db)."""
    dx = slip.instead(
        lambda: d @ Wx.T,
        ("transpose", "W_x is not turned in dx", lambda: d @ Wx),
        (*shuffled("W_x"), lambda: d @ reshaped(Wx)),
        ("wrong-operand", "W_h stands for W_x in dx", lambda: d @ Wh.T),
    )
    dprev_h = slip.instead(
        lambda: d @ Wh.T,
        ("transpose", "W_h is not turned in dprev_h", lambda: d @ Wh),
        (*shuffled("W_h"), lambda: d @ reshaped(Wh)),
        ("wrong-operand", "W_x stands for W_h in dprev_h", lambda: d @ Wx.T),
    )
    dWx = slip.instead(
        lambda: x.T @ d,
        ("transpose", "dWx is dᵀ x", lambda: d.T @ x),
        (*shuffled("x"), lambda: reshaped(x) @ d),
        ("wrong-operand", "the state stands for the input in dWx", lambda: prev_h.T @ d),
        ("extra-1/N", "dWx is divided by N", lambda: x.T @ d / len(x)),
        ("overwrite-for-accumulate", "dWx is that of the last example", lambda: x[-1:].T @ d[-1:]),
        ("", "the last example is left out of dWx", lambda: x[:-1].T @ d[:-1]),
    )
    dWh = slip.instead(
        lambda: prev_h.T @ d,
        ("transpose", "dWh is dᵀ h", lambda: d.T @ prev_h),
        (*shuffled("the state"), lambda: reshaped(prev_h) @ d),
        ("wrong-operand", "dWh reads the new state, not the previous one", lambda: next_h.T @ d),
        ("wrong-operand", "dWh reads the input, not the state", lambda: x.T @ d),
        ("extra-1/N", "dWh is divided by N", lambda: prev_h.T @ d / len(x)),
        ("overwrite-for-accumulate", "dWh is that of the last example", lambda: prev_h[-1:].T @ d[-1:]),
    )
    return dx, dprev_h, dWx, dWh, step_bias(slip, d)


def step_bias(slip, d):
    """Σ over the examples."""
    return slip.instead(
        lambda: d.sum(axis=0),
        ("bias-mean", "db is a mean over the examples", lambda: d.mean(axis=0)),
        ("bias-not-summed", "db is summed over the units", lambda: d.sum(axis=1)),
        ("bias-not-summed", "db is not summed", lambda: d),
        ("bias-not-summed or overwrite-for-accumulate", "db is that of the first example", lambda: d[0]),
        ("overwrite-for-accumulate or bias-not-summed", "db is that of the last example", lambda: d[-1]),
        ("bias-not-summed", "db keeps an axis of length 1", lambda: d.sum(axis=0, keepdims=True)),
    )


def rnn_step_backward(slip, x, prev_h, Wx, Wh, b, dnext_h):
    """All five gradients of a step."""
    a = x @ Wx + prev_h @ Wh + b
    d = rnn_slope(slip, a, dnext_h)
    dx, dprev_h, dWx, dWh, db = back_to(slip, d, x, prev_h, Wx, Wh, np.tanh(a))
    dprev_h = slip.instead(
        lambda: dprev_h,
        ("", "dprev_h takes dnext_h itself as well", lambda: dprev_h + dnext_h),
        ("relu-mask-missing or wrong-operand", "dprev_h forgets the slope of tanh", lambda: dnext_h @ Wh.T),
    )
    dWh, dWx, db = (
        slip.instead(
            lambda right=right: right,
            ("relu-mask-missing or wrong-operand", f"{name} forgets the slope of tanh", formula),
        )
        for name, right, formula in (
            ("dWh", dWh, lambda: prev_h.T @ dnext_h),
            ("dWx", dWx, lambda: x.T @ dnext_h),
            ("db", db, lambda: dnext_h.sum(axis=0)),
        )
    )
    return dx, dprev_h, dWx, dWh, db


def rnn_forward(slip, x, h0, Wx, Wh, b):
    """All states of a sequence."""
    order = range(x.shape[1])
    if slip("", "the sequence is read backwards"):
        order = order[::-1]
    if slip("", "it always starts from 0"):
        h0 = 0 * h0
    h, out = h0, np.zeros((*x.shape[:2], h0.shape[1]))
    stuck = slip("rnn-carry", "every step starts from h0")
    for t in order:
        h = rnn_step_forward(slip, x[:, t], h0 if stuck else h, Wx, Wh, b)
        out[:, t] = h
    return out


CARRY, SUMS = "rnn-carry", "rnn-sum-over-time"


def over_time(slip, steps, T, dh, start):
    """Run steps backwards: `steps(t, d, carried)` gives (dx_t, what is carried, the step's shares of the weights)."""
    carried = start
    xs, shares = [None] * T, []
    forwards = slip("rnn-carry or none", "time runs forwards on the way back")
    for t in range(T) if forwards else reversed(range(T)):
        xs[t], carried, share = steps(t, upstream(slip, dh[:, t], carried[0], t == T - 1), carried)
        shares.insert(0, share)
    first = slip.instead(
        lambda: carried[0],
        (CARRY, "dh0 holds dh of the first step, not what is carried out of it", lambda: dh[:, 0]),
        ("", "dh0 is 0", lambda: 0 * carried[0]),
    )
    sums = [summed(slip, parts, name) for name, parts in zip(NAMES, zip(*shares, strict=True), strict=True)]
    return np.stack(xs, axis=1), first, *sums


def upstream(slip, given, carried, last):
    """What reaches a state: from its own output, and from the step after it."""
    return slip.instead(
        lambda: given + carried,
        (CARRY, "nothing is carried from later steps", lambda: given),
        (CARRY, "the carry replaces the upstream gradient", lambda: given if last else carried),
        ("rnn-carry or sign", "the carry is subtracted", lambda: given - carried),
        (CARRY, "only the last step has an upstream gradient", lambda: last * given + carried),
        ("rnn-carry or none", "the carry counts twice", lambda: given + 2 * carried),
    )


NAMES = ("dWx", "dWh", "db")


def summed(slip, parts, name):
    """Σ over the steps."""
    return slip.instead(
        lambda: sum(parts),
        ("rnn-sum-over-time or overwrite-for-accumulate", "weights take the first step alone", lambda: parts[0]),
        ("rnn-sum-over-time or overwrite-for-accumulate", "weights take the last step alone", lambda: parts[-1]),
        ("rnn-sum-over-time or temporal-mean", "weights take a mean over the steps", lambda: sum(parts) / len(parts)),
        (SUMS, "the first step does not train the weights", lambda: sum(parts[1:], 0 * parts[0])),
        (SUMS, "the last step does not train the weights", lambda: sum(parts[:-1], 0 * parts[0])),
        ("rnn-sum-over-time or overwrite-for-accumulate", f"{name} takes the first step alone", lambda: parts[0]),
        ("rnn-sum-over-time or overwrite-for-accumulate", f"{name} takes the last step alone", lambda: parts[-1]),
        ("rnn-sum-over-time or temporal-mean", f"{name} is a mean over the steps", lambda: sum(parts) / len(parts)),
        (SUMS, f"{name} leaves the first step out", lambda: sum(parts[1:], 0 * parts[0])),
        (SUMS, f"{name} leaves the last step out", lambda: sum(parts[:-1], 0 * parts[0])),
    )


def rnn_backward(slip, x, h0, Wx, Wh, b, dh):
    """A whole sequence."""
    states = [h0]
    for t in range(x.shape[1]):
        states.append(np.tanh(x[:, t] @ Wx + states[-1] @ Wh + b))

    def step(t, d, carried):
        dx, dprev, *shares = rnn_step_backward(slip, x[:, t], states[t], Wx, Wh, b, d)
        return dx, (dprev,), shares

    return over_time(slip, step, x.shape[1], dh, (0 * h0,))


# ---- LSTM ----


def squash(a):
    """The logistic function."""
    return 1 / (1 + np.exp(-a))


def gates(slip, a):
    """(i, f, o, g) of the pre-activations."""
    i, f, o, g = np.split(a, 4, axis=1)
    i, f, o, g = slip.instead(
        lambda: (i, f, o, g),
        ("", "gates are laid out i, f, g, o", lambda: (i, f, g, o)),
        ("", "gates are laid out f, i, o, g", lambda: (f, i, o, g)),
        ("", "gates are laid out i, o, f, g", lambda: (i, o, f, g)),
    )
    candidate = slip.instead(lambda: np.tanh(g), ("", "the candidate is squashed like a gate", lambda: squash(g)))
    return squash(i), squash(f), squash(o), candidate


def lstm_step(slip, x, prev_h, prev_c, Wx, Wh, b):
    """(next_h, next_c)."""
    i, f, o, g = gates(slip, affine_step(slip, x, prev_h, Wx, Wh, b))
    c = slip.instead(
        lambda: f * prev_c + i * g,
        ("", "the new cell forgets the old one", lambda: i * g),
        ("", "forget and input gate change places", lambda: i * prev_c + f * g),
        ("", "the candidate is not gated", lambda: f * prev_c + g),
    )
    h = slip.instead(lambda: o * np.tanh(c), ("", "the cell is shown without tanh", lambda: o * c))
    return h, c


CELL = "lstm-cell-path"


def lstm_step_backward(slip, x, prev_h, prev_c, Wx, Wh, b, dnext_h, dnext_c):
    """All six gradients of a step."""
    a = x @ Wx + prev_h @ Wh + b
    i, f, o, g = gates(slip, a)
    c = f * prev_c + i * g
    s = np.tanh(c)
    through = (
        dnext_h
        * o
        * slip.instead(
            lambda: 1 - s**2,
            (
                "lstm-cell-path or relu-mask-missing",
                "the slope of tanh is missing on the way to the cell",
                lambda: np.ones_like(s),
            ),
            ("", "the slope of tanh is 1 − c², with the cell before tanh", lambda: 1 - c**2),
            ("", "the slope of tanh is taken at the squashed cell", lambda: 1 - np.tanh(s) ** 2),
            ("", "the slope of tanh is 1 − tanh, without the square", lambda: 1 - s),
        )
    )
    dc = slip.instead(
        lambda: dnext_c + through,
        (CELL, "the path through the state is forgotten", lambda: dnext_c),
        ("lstm-cell-path or none", "the cell's own gradient is forgotten", lambda: through),
        ("lstm-cell-path or sign", "the path through the state is subtracted", lambda: dnext_c - through),
        (
            "lstm-cell-path or none",
            "the output gate is missing on the way to the cell",
            lambda: dnext_c + dnext_h * (1 - s**2),
        ),
    )
    d = np.concatenate(gate_gradients(slip, i, f, o, g, c, s, prev_c, dc, dnext_h), axis=1)
    dx, dprev_h, dWx, dWh, db = back_to(slip, d, x, prev_h, Wx, Wh, o * s)
    if slip("wrong-operand", "dWh reads the cell, not the state"):
        dWh = prev_c.T @ d
    if slip("", "dprev_h is dnext_h"):
        dprev_h = dnext_h
    dprev_c = slip.instead(
        lambda: dc * f,
        (CELL, "dprev_c comes from the given dnext_c alone", lambda: dnext_c * f),
        ("lstm-cell-path or none", "dprev_c comes from the state alone", lambda: through * f),
        ("wrong-operand or lstm-cell-path", "dprev_c goes through the input gate", lambda: dc * i),
        ("lstm-cell-path or none", "dprev_c lacks the forget gate", lambda: dc),
    )
    return dx, dprev_h, dprev_c, dWx, dWh, db


def gate_gradients(slip, i, f, o, g, c, s, prev_c, dc, dnext_h):
    """At the pre-activations, in the layout of W."""
    slopes = [
        slip.instead(
            lambda k=k: k * (1 - k),
            ("relu-mask-missing or none", "the slopes of the gates are missing", lambda k=k: np.ones_like(k)),
            ("", "the slope of a gate is 1 − k, without the factor k", lambda k=k: 1 - k),
            ("", "the slope of tanh is used for the gates", lambda k=k: 1 - k**2),
        )
        for k in (i, f, o)
    ]
    curve = slip.instead(
        lambda: 1 - g**2,
        ("relu-mask-missing or none", "the slopes of the gates are missing", lambda: np.ones_like(g)),
        ("", "the candidate has a gate's slope, g (1 − g)", lambda: g * (1 - g)),
        ("", "the slope of the candidate lacks its square: 1 − g", lambda: 1 - g),
        ("relu-mask-missing or none", "the slope of the candidate is missing", lambda: np.ones_like(g)),
    )
    into_i, into_g = dc * g, dc * i
    if slip("wrong-operand or none", "input gate and candidate are mixed up: di = dc i, dg = dc g"):
        into_i, into_g = into_g, into_i
    into_f = slip.instead(
        lambda: dc * prev_c,
        ("wrong-operand", "the forget gate reads the new cell", lambda: dc * c),
    )
    into_o = slip.instead(
        lambda: dnext_h * s,
        ("", "the output gate misses the tanh: do = dh c", lambda: dnext_h * c),
        ("wrong-operand or lstm-cell-path", "the output gate reads the cell's gradient", lambda: dc * s),
    )
    di, df, do, dg = into_i * slopes[0], into_f * slopes[1], into_o * slopes[2], into_g * curve
    return slip.instead(
        lambda: (di, df, do, dg),
        ("", "the gates' gradients are laid out i, f, g, o", lambda: (di, df, dg, do)),
        ("", "the gates' gradients are laid out f, i, o, g", lambda: (df, di, do, dg)),
    )


def lstm_forward(slip, x, h0, Wx, Wh, b):
    """All states of a sequence."""
    h, c, out = h0, 0 * h0, []
    for t in range(x.shape[1]):
        start = slip("rnn-carry", "every step starts from h0")
        before = 0 * c if slip("lstm-cell-path or rnn-carry", "the cell is not carried on") else c
        h, c = lstm_step(slip, x[:, t], h0 if start else h, before, Wx, Wh, b)
        out.append(h)
    return np.stack(out, axis=1)


def lstm_backward(slip, x, h0, Wx, Wh, b, dh):
    """A whole sequence."""
    states = [(h0, 0 * h0)]
    for t in range(x.shape[1]):
        states.append(lstm_step(slip.right, x[:, t], *states[-1], Wx, Wh, b))

    def step(t, d, carried):
        cell = slip.instead(
            lambda: carried[1],
            ("lstm-cell-path or rnn-carry", "the cell's gradient is not carried", lambda: 0 * carried[1]),
            ("wrong-operand or none", "state and cell are carried into each other", lambda: carried[0]),
        )
        if slip("wrong-operand or none", "state and cell are carried into each other"):
            d = d - carried[0] + carried[1]
        dx, dprev_h, dprev_c, *shares = lstm_step_backward(slip, x[:, t], *states[t], Wx, Wh, b, d, cell)
        return dx, (dprev_h, dprev_c), shares

    return over_time(slip, step, x.shape[1], dh, (0 * h0, 0 * h0))
