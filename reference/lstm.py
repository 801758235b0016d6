"""The long short-term memory: one step, and a whole sequence."""

import numpy as np


def sigmoid(x):
    """Apply the logistic function to every element.

    σ(x) = 1 / (1 + e^{−x}), finite at ±1e4   [CS:sigmoid]

    Shapes
        x    any
        out  like x

    Source: the course gives it away, in CS231n's rnn_layers.
    """
    # BEGIN SOLUTION
    # e^{min(x, 0)} / (1 + e^{−|x|}) equals it on both sides of 0 and has no positive exponent.
    return np.exp(np.minimum(x, 0)) / (1 + np.exp(-np.abs(x)))      # like x
    # END SOLUTION


def lstm_step_forward(x, prev_h, prev_c, Wx, Wh, b):
    """Run one step in time: return (next_h, next_c, cache).

    (a_i | a_f | a_o | a_g) = x_t W_x + h_{t−1} W_h + b, four blocks of H columns in this order;
    i = σ(a_i),  f = σ(a_f),  o = σ(a_o),  g = tanh(a_g);
    c_t = f ∘ c_{t−1} + i ∘ g,   h_t = o ∘ tanh(c_t)   [CS:lstm_step_forward]

    cache holds whatever lstm_step_backward needs.

    Shapes
        x       (N, D)
        prev_h  (N, H)
        prev_c  (N, H)
        Wx      (D, 4H)
        Wh      (H, 4H)
        b       (4H,)
        next_h  (N, H)
        next_c  (N, H)

    Source: signature of CS231n's rnn_layers; Hochreiter and Schmidhuber, "Long Short-Term Memory", 1997.
    """
    # BEGIN SOLUTION
    a_i, a_f, a_o, a_g = np.split(x @ Wx + prev_h @ Wh + b, 4, axis=1)      # (N, H) each
    i, f, o, g = sigmoid(a_i), sigmoid(a_f), sigmoid(a_o), np.tanh(a_g)
    next_c = f * prev_c + i * g                             # (N, H)
    tanh_c = np.tanh(next_c)                                # (N, H)
    return o * tanh_c, next_c, (x, prev_h, prev_c, Wx, Wh, i, f, o, g, tanh_c)
    # END SOLUTION


def lstm_step_backward(dnext_h, dnext_c, cache):
    """Return (dx, dprev_h, dprev_c, dWx, dWh, db), the gradients of one step's six inputs.

    (a_i | a_f | a_o | a_g) = x_t W_x + h_{t−1} W_h + b,   c_t = f ∘ c_{t−1} + i ∘ g,   h_t = o ∘ tanh(c_t)

    dnext_h = ∂L/∂h_t; dnext_c is what L owes to c_t otherwise than through h_t   [CS:lstm_step_backward]

    Note
        c_t is an output, and it also makes h_t.

    Shapes
        dnext_h  (N, H)
        dnext_c  (N, H)
        dx       (N, D)
        dprev_h  (N, H)
        dprev_c  (N, H)
        dWx      (D, 4H)
        dWh      (H, 4H)
        db       (4H,)

    Source: signature of CS231n's rnn_layers; Hochreiter and Schmidhuber, "Long Short-Term Memory", 1997.
    """
    # BEGIN SOLUTION
    # c_t has two paths to L, and they add: dc = dnext_c + dnext_h ∘ o ∘ (1 − tanh²(c_t)). Then, product by product,
    #     di = dc ∘ g,   df = dc ∘ c_{t−1},   do = dnext_h ∘ tanh(c_t),   dg = dc ∘ i,   dc_{t−1} = dc ∘ f,
    # through the gates by σ' = σ (1 − σ) and tanh' = 1 − tanh², and through a as through any affine sum.
    x, prev_h, prev_c, Wx, Wh, i, f, o, g, tanh_c = cache
    dc = dnext_c + dnext_h * o * (1 - tanh_c * tanh_c)      # (N, H)
    da_i, da_f = dc * g * i * (1 - i), dc * prev_c * f * (1 - f)
    da_o, da_g = dnext_h * tanh_c * o * (1 - o), dc * i * (1 - g * g)
    da = np.concatenate([da_i, da_f, da_o, da_g], axis=1)   # (N, 4H)
    return da @ Wx.T, da @ Wh.T, dc * f, x.T @ da, prev_h.T @ da, np.sum(da, axis=0)
    # END SOLUTION


def lstm_forward(x, h0, Wx, Wh, b):
    """Run a whole sequence from the state h0 and an empty cell: return (h, cache).

    (h_t, c_t) = step(x_t, h_{t−1}, c_{t−1}), t = 1, …, T, with c_0 = 0 and the same W_x, W_h, b at every step
    [CS:lstm_forward]

    Python counts from 0: h[:, t − 1] is h_t. The cells are not returned.

    Shapes
        x   (N, T, D)
        h0  (N, H)
        Wx  (D, 4H)
        Wh  (H, 4H)
        b   (4H,)
        h   (N, T, H)

    Source: signature of CS231n's rnn_layers; Hochreiter and Schmidhuber, "Long Short-Term Memory", 1997.
    """
    # BEGIN SOLUTION
    hs, caches, h, c = [], [], h0, np.zeros_like(h0)
    for t in range(x.shape[1]):
        h, c, cache = lstm_step_forward(x[:, t], h, c, Wx, Wh, b)      # (N, H), (N, H)
        hs.append(h)
        caches.append(cache)
    return np.stack(hs, axis=1), caches
    # END SOLUTION


def lstm_backward(dh, cache):
    """Return (dx, dh0, dWx, dWh, db), the gradients of a whole sequence's five inputs.

    (h_t, c_t) = step(x_t, h_{t−1}, c_{t−1}), t = 1, …, T, with c_0 = 0; dh[:, t − 1] is what L owes to h_t directly
    [CS:lstm_backward]

    Note
        Both h_t and c_t are used by step t + 1; c_T is used by nobody.

    Shapes
        dh   (N, T, H)
        dx   (N, T, D)
        dh0  (N, H)
        dWx  (D, 4H)
        dWh  (H, 4H)
        db   (4H,)

    Source: signature of CS231n's rnn_layers; Hochreiter and Schmidhuber, "Long Short-Term Memory", 1997.
    """
    # BEGIN SOLUTION
    # Backwards in time with two carried gradients. The one of h meets the upstream gradient of this step's output; the
    # one of c meets nothing, since no cell is an output. The weights' gradients are summed over the steps.
    carried_h, carried_c, dxs, shared = 0, 0, [], (0, 0, 0)
    for t in reversed(range(dh.shape[1])):
        dx, carried_h, carried_c, *step = lstm_step_backward(dh[:, t] + carried_h, carried_c, cache[t])
        dxs.insert(0, dx)                                   # (N, D)
        shared = [total + part for total, part in zip(shared, step, strict=True)]
    return np.stack(dxs, axis=1), carried_h, *shared
    # END SOLUTION
