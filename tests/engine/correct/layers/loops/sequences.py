# unit by unit; a = pre-activation
import math
import numpy as np


def sig(v):
    return 1 / (1 + math.exp(-v)) if v >= 0 else math.exp(v) / (1 + math.exp(v))


def preactivation(x, h, Wx, Wh, b):
    N, K = len(x), len(b)
    a = np.zeros((N, K))
    for n in range(N):
        for k in range(K):
            a[n, k] = b[k]
            for d in range(len(Wx)):
                a[n, k] += x[n, d] * Wx[d, k]
            for j in range(len(Wh)):
                a[n, k] += h[n, j] * Wh[j, k]
    return a


def pull_affine(da, x, h, Wx, Wh):
    dx, dh = np.zeros(x.shape), np.zeros(h.shape)
    dWx, dWh, db = np.zeros(Wx.shape), np.zeros(Wh.shape), np.zeros(da.shape[1])
    for n in range(da.shape[0]):
        for k in range(da.shape[1]):
            db[k] += da[n, k]
            for d in range(x.shape[1]):
                dx[n, d] += da[n, k] * Wx[d, k]
                dWx[d, k] += da[n, k] * x[n, d]
            for j in range(h.shape[1]):
                dh[n, j] += da[n, k] * Wh[j, k]
                dWh[j, k] += da[n, k] * h[n, j]
    return dx, dh, dWx, dWh, db


def rnn_step_forward(x, prev_h, Wx, Wh, b):
    a = preactivation(x, prev_h, Wx, Wh, b)
    next_h = np.zeros(a.shape)
    for i in np.ndindex(a.shape):
        next_h[i] = math.tanh(a[i])
    return next_h, (x, prev_h, Wx, Wh, next_h)


def rnn_step_backward(dnext_h, cache):
    x, prev_h, Wx, Wh, h = cache
    da = np.zeros(h.shape)
    for i in np.ndindex(h.shape):
        da[i] = dnext_h[i] * (1 - h[i] * h[i])
    return pull_affine(da, x, prev_h, Wx, Wh)


def rnn_forward(x, h0, Wx, Wh, b):
    N, T, D = x.shape
    h = np.zeros((N, T, h0.shape[1]))
    caches = []
    for t in range(T):
        h[:, t], c = rnn_step_forward(x[:, t], h0 if t == 0 else h[:, t - 1], Wx, Wh, b)
        caches.append(c)
    return h, caches


def rnn_backward(dh, cache):
    N, T, H = dh.shape
    D = cache[0][2].shape[0]
    dx, dWx, dWh, db = np.zeros((N, T, D)), np.zeros((D, H)), np.zeros((H, H)), np.zeros(H)
    later = np.zeros((N, H))
    for t in range(T - 1, -1, -1):
        dxt, later, gx, gh, gb = rnn_step_backward(dh[:, t] + later, cache[t])
        dx[:, t] = dxt
        dWx += gx
        dWh += gh
        db += gb
    return dx, later, dWx, dWh, db


def lstm_step_forward(x, prev_h, prev_c, Wx, Wh, b):
    N, H = prev_h.shape
    a = preactivation(x, prev_h, Wx, Wh, b)
    gates = np.zeros((4, N, H))
    c, h = np.zeros((N, H)), np.zeros((N, H))
    for n in range(N):
        for k in range(H):
            i, f, o = sig(a[n, k]), sig(a[n, H + k]), sig(a[n, 2 * H + k])
            g = math.tanh(a[n, 3 * H + k])
            c[n, k] = f * prev_c[n, k] + i * g
            h[n, k] = o * math.tanh(c[n, k])
            gates[:, n, k] = i, f, o, g
    return h, c, (x, prev_h, prev_c, Wx, Wh, gates, c)


def lstm_step_backward(dnext_h, dnext_c, cache):
    x, prev_h, prev_c, Wx, Wh, gates, c = cache
    N, H = prev_h.shape
    da, dprev_c = np.zeros((N, 4 * H)), np.zeros((N, H))
    for n in range(N):
        for k in range(H):
            i, f, o, g = gates[:, n, k]
            tc = math.tanh(c[n, k])
            dc = dnext_c[n, k] + dnext_h[n, k] * o * (1 - tc ** 2)
            da[n, k] = dc * g * i * (1 - i)
            da[n, H + k] = dc * prev_c[n, k] * f * (1 - f)
            da[n, 2 * H + k] = dnext_h[n, k] * tc * o * (1 - o)
            da[n, 3 * H + k] = dc * i * (1 - g ** 2)
            dprev_c[n, k] = dc * f
    dx, dh, dWx, dWh, db = pull_affine(da, x, prev_h, Wx, Wh)
    return dx, dh, dprev_c, dWx, dWh, db


def lstm_forward(x, h0, Wx, Wh, b):
    N, T, D = x.shape
    H = h0.shape[1]
    out, caches = np.zeros((N, T, H)), []
    h, c = h0, np.zeros((N, H))
    for t in range(T):
        h, c, k = lstm_step_forward(x[:, t], h, c, Wx, Wh, b)
        out[:, t] = h
        caches.append(k)
    return out, caches


def lstm_backward(dh, cache):
    N, T, H = dh.shape
    D = cache[0][0].shape[1]
    dx, dWx, dWh, db = np.zeros((N, T, D)), np.zeros((D, 4 * H)), np.zeros((H, 4 * H)), np.zeros(4 * H)
    back_h, back_c = np.zeros((N, H)), np.zeros((N, H))
    for t in range(T - 1, -1, -1):
        dx[:, t], back_h, back_c, gx, gh, gb = lstm_step_backward(dh[:, t] + back_h, back_c, cache[t])
        dWx, dWh, db = dWx + gx, dWh + gh, db + gb
    return dx, back_h, dWx, dWh, db


def word_embedding_forward(x, W):
    out = np.zeros((x.shape[0], x.shape[1], W.shape[1]))
    for n in range(x.shape[0]):
        for t in range(x.shape[1]):
            for d in range(W.shape[1]):
                out[n, t, d] = W[x[n, t], d]
    return out, (x, W.shape)


def word_embedding_backward(dout, cache):
    x, shape = cache
    dW = np.zeros(shape)
    for v in range(shape[0]):
        for n in range(x.shape[0]):
            for t in range(x.shape[1]):
                if x[n, t] == v:
                    dW[v] += dout[n, t]
    return dW


def temporal_affine_forward(x, w, b):
    N, T, D = x.shape
    out = np.zeros((N, T, len(b)))
    for n in range(N):
        for t in range(T):
            for m in range(len(b)):
                out[n, t, m] = sum(x[n, t, d] * w[d, m] for d in range(D)) + b[m]
    return out, (x, w)


def temporal_affine_backward(dout, cache):
    x, w = cache
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), np.zeros(w.shape[1])
    for n in range(x.shape[0]):
        for t in range(x.shape[1]):
            for m in range(w.shape[1]):
                db[m] += dout[n, t, m]
                for d in range(w.shape[0]):
                    dx[n, t, d] += dout[n, t, m] * w[d, m]
                    dw[d, m] += dout[n, t, m] * x[n, t, d]
    return dx, dw, db


def temporal_softmax_loss(x, y, mask, verbose=False):
    N, T, V = x.shape
    loss, dx = 0.0, np.zeros(x.shape)
    for n in range(N):
        for t in range(T):
            if not mask[n, t]:
                continue
            top = max(x[n, t])
            e = [math.exp(s - top) for s in x[n, t]]
            loss += (math.log(sum(e)) - x[n, t, y[n, t]] + top) / N
            for v in range(V):
                dx[n, t, v] = (e[v] / sum(e) - (v == y[n, t])) / N
    if verbose:
        print(loss)
    return loss, dx
