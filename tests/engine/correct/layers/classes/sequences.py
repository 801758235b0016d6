import numpy as np


class Gate:
    """An activation that remembers its output."""

    def __init__(self, kind):
        self.kind = kind

    def __call__(self, a):
        if self.kind == "tanh":
            self.y = np.tanh(a)
        else:
            e = np.exp(-np.abs(a))
            self.y = np.where(a >= 0, 1.0, e) / (1.0 + e)
        return self.y

    def back(self, dy):
        return dy * (1 - self.y ** 2 if self.kind == "tanh" else self.y * (1 - self.y))


class Sum:
    def __init__(self, Wx, Wh, b):
        self.Wx, self.Wh, self.b = Wx, Wh, b

    def __call__(self, x, h):
        self.x, self.h = x, h
        return x @ self.Wx + h @ self.Wh + self.b

    def back(self, da):
        self.dWx, self.dWh, self.db = self.x.T @ da, self.h.T @ da, np.sum(da, axis=0)
        return da @ self.Wx.T, da @ self.Wh.T


class RNNCell:
    def __init__(self, *weights):
        self.sum, self.gate = Sum(*weights), Gate("tanh")

    def step(self, x, h):
        return self.gate(self.sum(x, h))

    def back(self, dh):
        return self.sum.back(self.gate.back(dh))


class LSTMCell:
    def __init__(self, *weights):
        self.sum = Sum(*weights)
        self.gates = [Gate("sigmoid"), Gate("sigmoid"), Gate("sigmoid"), Gate("tanh")]
        self.out = Gate("tanh")

    def step(self, x, h, c):
        self.c = c
        i, f, o, g = (gate(a) for gate, a in zip(self.gates, np.split(self.sum(x, h), 4, axis=1)))
        new = f * c + i * g
        return o * self.out(new), new

    def back(self, dh, dc):
        i, f, o, g = (gate.y for gate in self.gates)
        dc = dc + self.out.back(dh * o)
        inner = (dc * g, dc * self.c, dh * self.out.y, dc * i)
        dx, dprev_h = self.sum.back(np.concatenate([q.back(d) for q, d in zip(self.gates, inner)], axis=1))
        return dx, dprev_h, dc * f


def shared(cells):
    return tuple(sum(getattr(cell.sum, name) for cell in cells) for name in ("dWx", "dWh", "db"))


def rnn_step_forward(x, prev_h, Wx, Wh, b):
    cell = RNNCell(Wx, Wh, b)
    return cell.step(x, prev_h), cell


def rnn_step_backward(dnext_h, cache):
    return (*cache.back(dnext_h), *shared([cache]))


def rnn_forward(x, h0, Wx, Wh, b):
    cells, h, hs = [], h0, []
    for t in range(x.shape[1]):
        cells.append(RNNCell(Wx, Wh, b))
        h = cells[-1].step(x[:, t], h)
        hs.append(h)
    return np.stack(hs, axis=1), cells


def rnn_backward(dh, cache):
    def walk():
        carried = 0
        for t, cell in reversed(list(enumerate(cache))):
            dx, carried = cell.back(dh[:, t] + carried)
            yield dx, carried
    dxs, carries = zip(*walk())
    return np.stack(dxs[::-1], axis=1), carries[-1], *shared(cache)


def lstm_step_forward(x, prev_h, prev_c, Wx, Wh, b):
    cell = LSTMCell(Wx, Wh, b)
    return (*cell.step(x, prev_h, prev_c), cell)


def lstm_step_backward(dnext_h, dnext_c, cache):
    return (*cache.back(dnext_h, dnext_c), *shared([cache]))


def lstm_forward(x, h0, Wx, Wh, b):
    cells, h, c = [], h0, np.zeros_like(h0)
    out = np.zeros(x.shape[:2] + h0.shape[1:])
    for t in range(x.shape[1]):
        cells.append(LSTMCell(Wx, Wh, b))
        h, c = cells[t].step(x[:, t], h, c)
        out[:, t] = h
    return out, cells


def lstm_backward(dh, cache):
    dhn, dcn = np.zeros_like(dh[:, 0]), np.zeros_like(dh[:, 0])
    dx = []
    for cell in cache[::-1]:
        t = len(cache) - 1 - len(dx)
        d, dhn, dcn = cell.back(dh[:, t] + dhn, dcn)
        dx.append(d)
    return np.stack(dx, axis=1)[:, ::-1], dhn, *shared(cache)


class Table:
    def __init__(self, W):
        self.W = W

    def look_up(self, x):
        self.x = x
        return self.W[x, :]

    def back(self, dout):
        dW = np.zeros(self.W.shape)
        np.add.at(dW, self.x.ravel(), dout.reshape(-1, dout.shape[-1]))
        return dW


def word_embedding_forward(x, W):
    table = Table(W)
    return table.look_up(x), table


def word_embedding_backward(dout, cache):
    return cache.back(dout)


class TimeAffine:
    def __init__(self, x, w, b):
        self.shape, self.w = x.shape, w
        self.flat = x.reshape(-1, x.shape[-1])
        self.out = (self.flat @ w + b).reshape(*x.shape[:2], w.shape[1])

    def back(self, dout):
        d = dout.reshape(-1, dout.shape[-1])
        return (d @ self.w.T).reshape(self.shape), self.flat.T @ d, d.sum(axis=0)


def temporal_affine_forward(x, w, b):
    layer = TimeAffine(x, w, b)
    return layer.out, layer


def temporal_affine_backward(dout, cache):
    return cache.back(dout)


def temporal_softmax_loss(x, y, mask, verbose=False):
    N, T, V = x.shape
    flat, labels, counts = x.reshape(N * T, V), y.reshape(N * T), mask.reshape(N * T)
    probs = np.exp(flat - np.max(flat, axis=1, keepdims=True))
    total = np.sum(probs, axis=1, keepdims=True)
    rows = np.arange(N * T)
    logs = flat[rows, labels] - flat.max(axis=1) - np.log(total[:, 0])
    dflat = probs / total
    dflat[rows, labels] -= 1
    dflat = dflat / N * counts[:, None]
    return -np.sum(counts * logs) / N, dflat.reshape(N, T, V)
