import numpy as np

# One matrix for everything: [x h 1] times [Wx; Wh; b].


def stack(x, h, Wx, Wh, b):
    A = np.hstack([x, h, np.ones((len(x), 1))])
    return A, np.vstack([Wx, Wh, b[None, :]])


def unstack(A, M, da, D):
    dA, dM = da @ M.T, A.T @ da
    return dA[:, :D], dA[:, D:-1], dM[:D], dM[D:-1], dM[-1]


def logistic(a):
    return np.exp(-np.logaddexp(0, -a))


def rnn_step_forward(x, prev_h, Wx, Wh, b):
    A, M = stack(x, prev_h, Wx, Wh, b)
    a = A @ M
    return 2 * logistic(2 * a) - 1, (A, M, a, x.shape[1])      # tanh by the logistic function


def rnn_step_backward(dnext_h, cache):
    A, M, a, D = cache
    return unstack(A, M, dnext_h / np.cosh(a) ** 2, D)         # tanh' = sech²


def rnn_forward(x, h0, Wx, Wh, b):
    h, keep = [h0], []
    for xt in np.moveaxis(x, 1, 0):
        nh, k = rnn_step_forward(xt, h[-1], Wx, Wh, b)
        h.append(nh)
        keep.append(k)
    return np.stack(h[1:], 1), keep


def rnn_backward(dh, cache):
    def from_step(t, carried):
        """What steps t, t-1, ..., 0 give, the gradient of the later ones carried in."""
        if t < 0:
            return [], carried, 0, 0, 0
        dx, dprev, a, b, c = rnn_step_backward(dh[:, t] + carried, cache[t])
        dxs, dh0, A, B, C = from_step(t - 1, dprev)
        return dxs + [dx], dh0, A + a, B + b, C + c
    dxs, *rest = from_step(dh.shape[1] - 1, np.zeros_like(dh[:, 0]))
    return (np.stack(dxs, axis=1), *rest)


def lstm_step_forward(x, prev_h, prev_c, Wx, Wh, b):
    A, M = stack(x, prev_h, Wx, Wh, b)
    H = prev_h.shape[1]
    a = A @ M
    i, f, o = (logistic(a[:, k * H:(k + 1) * H]) for k in range(3))
    g = np.tanh(a[:, 3 * H:])
    c = prev_c * f + g * i
    return np.tanh(c) * o, c, (A, M, i, f, o, g, c, prev_c, x.shape[1])


def lstm_step_backward(dnext_h, dnext_c, cache):
    A, M, i, f, o, g, c, prev_c, D = cache
    total = dnext_c + dnext_h * o / np.cosh(c) ** 2
    da = np.hstack([total * g * (i - i * i), total * prev_c * (f - f * f), dnext_h * np.tanh(c) * (o - o * o),
                    total * i * (1 + g) * (1 - g)])
    dx, dh, dWx, dWh, db = unstack(A, M, da, D)
    return dx, dh, total * f, dWx, dWh, db


def lstm_forward(x, h0, Wx, Wh, b):
    state = (h0, np.zeros(h0.shape))
    out, keep = np.empty((x.shape[0], x.shape[1], h0.shape[1])), {}
    for t in range(x.shape[1]):
        *state, keep[t] = lstm_step_forward(x[:, t], *state, Wx, Wh, b)
        out[:, t] = state[0]
    return out, keep


def lstm_backward(dh, cache):
    grads = None
    back = [np.zeros_like(dh[:, 0])] * 2
    dx = {}
    for t in sorted(cache, reverse=True):
        dx[t], *back, wx, wh, b = lstm_step_backward(dh[:, t] + back[0], back[1], cache[t])
        grads = [wx, wh, b] if grads is None else list(map(np.add, grads, (wx, wh, b)))
    return np.stack([dx[t] for t in sorted(dx)], axis=1), back[0], *grads


def word_embedding_forward(x, W):
    return np.take(W, x, axis=0), (x, W)


def word_embedding_backward(dout, cache):
    x, W = cache
    flat = dout.reshape(-1, dout.shape[2])
    columns = [np.bincount(x.ravel(), weights=flat[:, d], minlength=len(W)) for d in range(flat.shape[1])]
    return np.stack(columns, axis=1)


def temporal_affine_forward(x, w, b):
    A = np.concatenate([x, np.ones((*x.shape[:2], 1))], axis=2)
    M = np.vstack([w, b])
    return A @ M, (A, M)


def temporal_affine_backward(dout, cache):
    A, M = cache
    dM = np.matmul(A.transpose(0, 2, 1), dout).sum(axis=0)
    return (dout @ M.T)[..., :-1], dM[:-1], dM[-1]


def temporal_softmax_loss(x, y, mask, verbose=False):
    # only the steps that count are ever looked at
    n, t = np.nonzero(mask)
    s = x[n, t] - x[n, t].max(axis=1, keepdims=True)
    k = np.arange(len(n)), y[n, t]
    logp = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    g = np.exp(logp)
    g[k] -= 1
    dx = np.zeros_like(x)
    dx[n, t] = g / len(x)
    return -logp[k].sum() / len(x), dx
