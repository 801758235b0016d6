"""The plain recurrent network with tanh: one step, and a whole sequence."""

import numpy as np


def rnn_step_forward(x, prev_h, Wx, Wh, b):
    """Run one step in time: return (next_h, cache).

    h_t = tanh(x_t W_x + h_{t−1} W_h + b)   [CS:rnn_step_forward]

    cache holds whatever rnn_step_backward needs.

    Shapes
        x       (N, D)
        prev_h  (N, H)
        Wx      (D, H)
        Wh      (H, H)
        b       (H,)
        next_h  (N, H)

    Source: signature of CS231n's rnn_layers; Elman, "Finding Structure in Time", 1990.
    """
    # BEGIN SOLUTION
    next_h = np.tanh(x @ Wx + prev_h @ Wh + b)              # (N, H)
    return next_h, (x, prev_h, Wx, Wh, next_h)
    # END SOLUTION


def rnn_step_backward(dnext_h, cache):
    """Return (dx, dprev_h, dWx, dWh, db), the gradients of one step's five inputs.

    h_t = tanh(x_t W_x + h_{t−1} W_h + b), and dnext_h = ∂L/∂h_t   [CS:rnn_step_backward]

    Shapes
        dnext_h  (N, H)
        dx       (N, D)
        dprev_h  (N, H)
        dWx      (D, H)
        dWh      (H, H)
        db       (H,)

    Source: signature of CS231n's rnn_layers; Elman, "Finding Structure in Time", 1990.
    """
    # BEGIN SOLUTION
    # With a = x W_x + h W_h + b and tanh' = 1 − tanh²: ∂L/∂a = (1 − h_t²) ∘ dnext_h. The sum a has two affine terms,
    # and each answers as an affine layer does.
    x, prev_h, Wx, Wh, next_h = cache
    da = (1 - next_h * next_h) * dnext_h                    # (N, H)
    return da @ Wx.T, da @ Wh.T, x.T @ da, prev_h.T @ da, np.sum(da, axis=0)
    # END SOLUTION


def rnn_forward(x, h0, Wx, Wh, b):
    """Run a whole sequence from the state h0: return (h, cache).

    h_t = tanh(x_t W_x + h_{t−1} W_h + b), t = 1, …, T, with the same W_x, W_h, b at every step   [CS:rnn_forward]

    Python counts from 0: h[:, t − 1] is h_t, and h0 is not part of h.

    Shapes
        x   (N, T, D)
        h0  (N, H)
        Wx  (D, H)
        Wh  (H, H)
        b   (H,)
        h   (N, T, H)

    Source: signature of CS231n's rnn_layers; Elman, "Finding Structure in Time", 1990.
    """
    # BEGIN SOLUTION
    hs, caches, h = [], [], h0
    for t in range(x.shape[1]):
        h, cache = rnn_step_forward(x[:, t], h, Wx, Wh, b)  # (N, H)
        hs.append(h)
        caches.append(cache)
    return np.stack(hs, axis=1), caches
    # END SOLUTION


def rnn_backward(dh, cache):
    """Return (dx, dh0, dWx, dWh, db), the gradients of a whole sequence's five inputs.

    h_t = tanh(x_t W_x + h_{t−1} W_h + b), t = 1, …, T; dh[:, t − 1] is what L owes to h_t directly   [CS:rnn_backward]

    Note
        dh holds the upstream gradient of every output by itself. What h_t owes to later steps is for this function to
        add.

    Shapes
        dh   (N, T, H)
        dx   (N, T, D)
        dh0  (N, H)
        dWx  (D, H)
        dWh  (H, H)
        db   (H,)

    Source: signature of CS231n's rnn_layers; Elman, "Finding Structure in Time", 1990.
    """
    # BEGIN SOLUTION
    # h_t forks, into the output and into step t + 1, and gradients add at a fork: dh_t + (dprev_h of step t + 1).
    # One W_x serves all T steps: its gradient is the sum of the T that the steps give; likewise W_h and b.
    carried, dxs, shared = 0, [], (0, 0, 0)
    for t in reversed(range(dh.shape[1])):
        dx, carried, *step = rnn_step_backward(dh[:, t] + carried, cache[t])
        dxs.insert(0, dx)                                   # (N, D)
        shared = [total + part for total, part in zip(shared, step, strict=True)]
    return np.stack(dxs, axis=1), carried, *shared
    # END SOLUTION
