"""This file defines layer types that are commonly used for recurrent neural networks."""
from builtins import range
import numpy as np


def affine_forward(x, w, b):
    """Forward pass for an affine layer; copied from the second assignment."""
    out = x.reshape(x.shape[0], -1).dot(w) + b
    cache = (x, w, b)
    return out, cache


def affine_backward(dout, cache):
    x, w, b = cache
    dx = dout.dot(w.T).reshape(x.shape)
    dw = x.reshape(x.shape[0], -1).T.dot(dout)
    db = np.sum(dout, axis=0)
    return dx, dw, db


def rnn_step_forward(x, prev_h, Wx, Wh, b):
    """One timestep of a vanilla RNN with tanh."""
    next_h, cache = None, None
    # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****

    score = x @ Wx + prev_h @ Wh + b[None, :]
    # next_h = 2 / (1 + np.exp(-2 * score)) - 1   # same thing, overflows
    next_h = np.tanh(score)
    cache = {'x': x, 'prev_h': prev_h, 'Wx': Wx, 'Wh': Wh, 'score': score}

    # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    return next_h, cache


def rnn_step_backward(dnext_h, cache):
    """Backward pass of one timestep."""
    # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****

    # d tanh(s) / ds = sech(s)^2
    dscore = dnext_h / np.cosh(cache['score']) ** 2
    grads = (
        dscore @ cache['Wx'].T,
        dscore @ cache['Wh'].T,
        np.einsum('nd,nh->dh', cache['x'], dscore),
        np.einsum('nk,nh->kh', cache['prev_h'], dscore),
        np.einsum('nh->h', dscore),
    )

    # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    return grads


def rnn_forward(x, h0, Wx, Wh, b):
    """Run a vanilla RNN over a whole minibatch of sequences."""
    # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****

    states, caches = [h0], []
    for xt in x.transpose(1, 0, 2):
        state, step_cache = rnn_step_forward(xt, states[-1], Wx, Wh, b)
        states.append(state)
        caches.append(step_cache)

    # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    return np.stack(states[1:], axis=1), caches


def rnn_backward(dh, cache):
    """dh holds what the loss itself sends to every timestep, not what comes back through time."""
    # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****

    carried, dxs, totals = 0.0, [], None
    for t in reversed(range(dh.shape[1])):
        dxt, carried, *weights = rnn_step_backward(dh[:, t, :] + carried, cache[t])
        dxs.insert(0, dxt)
        totals = weights if totals is None else [total + w for total, w in zip(totals, weights)]
    dWx, dWh, db = totals

    # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    return np.stack(dxs, axis=1), carried, dWx, dWh, db


def word_embedding_forward(x, W):
    """Look up a row of W for every word."""
    N, T = x.shape
    V, D = W.shape
    out = np.take(W, x.ravel(), axis=0).reshape(N, T, D)
    return out, (x, V)


def word_embedding_backward(dout, cache):
    x, V = cache
    # one-hot instead of np.add.at: a matrix product sums up the words that come twice
    one_hot = np.eye(V)[x.ravel()]
    return one_hot.T @ dout.reshape(-1, dout.shape[-1])


def sigmoid(x):
    """
    A numerically stable version of the logistic sigmoid function.
    """
    pos_mask = (x >= 0)
    neg_mask = (x < 0)
    z = np.zeros_like(x)
    z[pos_mask] = np.exp(-x[pos_mask])
    z[neg_mask] = np.exp(x[neg_mask])
    top = np.ones_like(x)
    top[neg_mask] = z[neg_mask]
    return top / (1 + z)


def lstm_step_forward(x, prev_h, prev_c, Wx, Wh, b):
    next_h, next_c, cache = None, None, None
    # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****

    gates = x @ Wx + prev_h @ Wh + b
    ai, af, ao, ag = np.split(gates, 4, axis=1)
    gate = dict(i=sigmoid(ai), f=sigmoid(af), o=sigmoid(ao), g=np.tanh(ag))
    next_c = prev_c * gate["f"] + gate["i"] * gate["g"]
    next_h = gate["o"] * np.tanh(next_c)
    cache = dict(gate, x=x, h=prev_h, c=prev_c, Wx=Wx, Wh=Wh, nc=next_c)

    # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    return next_h, next_c, cache


def lstm_step_backward(dnext_h, dnext_c, cache):
    # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    i, f, o, g = [cache[k] for k in "ifog"]
    th = np.tanh(cache["nc"])
    dnc = dnext_c + (1 - th ** 2) * o * dnext_h
    dgates = np.concatenate([
        dnc * g * i * (1 - i),
        dnc * cache["c"] * f * (1 - f),
        dnext_h * th * o * (1 - o),
        dnc * i * (1 - g ** 2),
    ], axis=1)
    dx = dgates @ cache["Wx"].T
    dprev_h = dgates @ cache["Wh"].T
    dprev_c = dnc * f
    dWx = cache["x"].T @ dgates
    dWh = cache["h"].T @ dgates
    db = dgates.sum(axis=0)
    # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    return dx, dprev_h, dprev_c, dWx, dWh, db


def lstm_forward(x, h0, Wx, Wh, b):
    N, T, D = x.shape
    H = h0.shape[1]
    h = np.empty((N, T, H))
    cache = {"steps": {}, "T": T}
    ht, ct = h0, np.zeros((N, H))
    for t in range(T):
        ht, ct, cache["steps"][t] = lstm_step_forward(x[:, t], ht, ct, Wx, Wh, b)
        h[:, t] = ht
    return h, cache


def lstm_backward(dh, cache):
    N, T, H = dh.shape
    D = cache["steps"][0]["x"].shape[1]
    dx, dWx, dWh, db = np.zeros((N, T, D)), np.zeros((D, 4 * H)), np.zeros((H, 4 * H)), np.zeros(4 * H)
    dprev_h, dprev_c = np.zeros((N, H)), np.zeros((N, H))
    for t in range(T)[::-1]:
        step = lstm_step_backward(dh[:, t] + dprev_h, dprev_c, cache["steps"][t])
        dx[:, t] = step[0]
        dprev_h, dprev_c = step[1:3]
        dWx += step[3]; dWh += step[4]; db += step[5]
    dh0 = dprev_h
    return dx, dh0, dWx, dWh, db


def temporal_affine_forward(x, w, b):
    N, T, D = x.shape
    M = b.shape[0]
    out = x.reshape(N * T, D).dot(w).reshape(N, T, M) + b
    cache = x, w, b, out
    return out, cache


def temporal_affine_backward(dout, cache):
    x, w, b, out = cache
    N, T, D = x.shape
    M = b.shape[0]
    dx = dout.reshape(N * T, M).dot(w.T).reshape(N, T, D)
    dw = dout.reshape(N * T, M).T.dot(x.reshape(N * T, D)).T
    db = dout.sum(axis=(0, 1))
    return dx, dw, db


def temporal_softmax_loss(x, y, mask, verbose=False):
    N, T, V = x.shape
    x_flat = x.reshape(N * T, V)
    y_flat = y.reshape(N * T)
    mask_flat = mask.reshape(N * T)
    probs = np.exp(x_flat - np.max(x_flat, axis=1, keepdims=True))
    probs /= np.sum(probs, axis=1, keepdims=True)
    loss = -np.sum(mask_flat * np.log(probs[np.arange(N * T), y_flat])) / N
    dx_flat = probs.copy()
    dx_flat[np.arange(N * T), y_flat] -= 1
    dx_flat /= N
    dx_flat *= mask_flat[:, None]
    if verbose: print('dx_flat: ', dx_flat.shape)
    dx = dx_flat.reshape(N, T, V)
    return loss, dx
