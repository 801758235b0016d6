"""Wrong recurrent steps and sequences, word vectors, and layers that treat every step alike."""

from tests.engine.wrong.record import DB, DH0, DPREV_C, DPREV_H, DW, DWH, DWX, DX, LOSS, NUMERIC, OUT, Dw, Wrong

H, NEXT_H, NEXT_C = "h is right", "next_h is right", "next_c is right"
DB_SHAPE, DX_SHAPE = "db has shape (H,)", "dx has shape (N, D)"
LARGE_LOSS, LARGE_DX = "loss is right (large scores)", "dx is the true derivative (large scores)"

RIGHT = """
import numpy as np

def rnn_step_forward(x, prev_h, Wx, Wh, b):
    next_h = np.tanh(np.dot(x, Wx) + np.dot(prev_h, Wh) + b)
    return next_h, (x, prev_h, Wx, Wh, b, next_h)

def rnn_step_backward(dnext_h, cache):
    x, prev_h, Wx, Wh, b, h = cache
    dtanh = dnext_h * (1 - h ** 2)
    return dtanh.dot(Wx.T), dtanh.dot(Wh.T), x.T.dot(dtanh), prev_h.T.dot(dtanh), dtanh.sum(axis=0)

def rnn_forward(x, h0, Wx, Wh, b):
    N, T, D = x.shape
    h = np.zeros((N, T, h0.shape[1]))
    cache, prev = [], h0
    for t in range(T):
        prev, c = rnn_step_forward(x[:, t, :], prev, Wx, Wh, b)
        h[:, t, :] = prev
        cache.append(c)
    return h, cache

def rnn_backward(dh, cache):
    N, T, H = dh.shape
    D = cache[0][0].shape[1]
    dx, dprev = np.zeros((N, T, D)), np.zeros((N, H))
    dWx, dWh, db = np.zeros((D, H)), np.zeros((H, H)), np.zeros(H)
    for t in range(T - 1, -1, -1):
        dx[:, t], dprev, a, b, c = rnn_step_backward(dh[:, t] + dprev, cache[t])
        dWx += a
        dWh += b
        db += c
    return dx, dprev, dWx, dWh, db

def sigmoid(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))

def lstm_step_forward(x, prev_h, prev_c, Wx, Wh, b):
    H = prev_h.shape[1]
    a = x.dot(Wx) + prev_h.dot(Wh) + b
    i, f, o = sigmoid(a[:, :H]), sigmoid(a[:, H : 2 * H]), sigmoid(a[:, 2 * H : 3 * H])
    g = np.tanh(a[:, 3 * H :])
    c = f * prev_c + i * g
    h = o * np.tanh(c)
    return h, c, (i, f, o, g, c, x, prev_h, prev_c, Wx, Wh)

def lstm_step_backward(dnext_h, dnext_c, cache):
    i, f, o, g, c, x, prev_h, prev_c, Wx, Wh = cache
    tc = np.tanh(c)
    dc = dnext_c + dnext_h * o * (1 - tc ** 2)
    da = np.hstack((dc * g * i * (1 - i), dc * prev_c * f * (1 - f), dnext_h * tc * o * (1 - o), dc * i * (1 - g ** 2)))
    return da @ Wx.T, da @ Wh.T, dc * f, x.T @ da, prev_h.T @ da, da.sum(axis=0)

def lstm_forward(x, h0, Wx, Wh, b):
    h, c, hs, caches = h0, np.zeros(h0.shape), [], []
    for t in range(x.shape[1]):
        h, c, k = lstm_step_forward(x[:, t], h, c, Wx, Wh, b)
        hs.append(h)
        caches.append(k)
    return np.array(hs).transpose(1, 0, 2), caches

def lstm_backward(dh, cache):
    N, T, H = dh.shape
    dprev_h = dprev_c = np.zeros((N, H))
    dx, total = [None] * T, None
    for t in reversed(range(T)):
        dx[t], dprev_h, dprev_c, *rest = lstm_step_backward(dh[:, t] + dprev_h, dprev_c, cache[t])
        total = rest if total is None else [p + q for p, q in zip(total, rest)]
    return np.array(dx).transpose(1, 0, 2), dprev_h, total[0], total[1], total[2]

def word_embedding_forward(x, W):
    N, T = x.shape
    return np.array([[W[x[n, t]] for t in range(T)] for n in range(N)]), (x, W)

def word_embedding_backward(dout, cache):
    x, W = cache
    dW = np.zeros_like(W)
    for n in range(x.shape[0]):
        for t in range(x.shape[1]):
            dW[x[n, t]] += dout[n, t]
    return dW

def temporal_affine_forward(x, w, b):
    return np.einsum("ntd,dm->ntm", x, w) + b, (x, w, b)

def temporal_affine_backward(dout, cache):
    x, w, b = cache
    return np.einsum("ntm,dm->ntd", dout, w), np.einsum("ntd,ntm->dm", x, dout), dout.sum(axis=(0, 1))

def temporal_softmax_loss(x, y, mask, verbose=False):
    N, T, V = x.shape
    loss, dx = 0.0, np.zeros_like(x)
    for n in range(N):
        for t in range(T):
            if mask[n, t]:
                s = x[n, t] - x[n, t].max()
                z = np.exp(s).sum()
                loss += np.log(z) - s[y[n, t]]
                dx[n, t] = np.exp(s) / z
                dx[n, t, y[n, t]] -= 1
    return loss / N, dx / N
"""


def indented(body):
    return "".join(f"    {line}\n" for line in body.strip().splitlines())


def entry(function, opening, said):
    def made(name, category, mistake, body, caught_by, warns=False):
        return Wrong(
            f"{said}: {name}", category, mistake, function, opening.strip() + "\n" + indented(body), caught_by, warns
        )

    return made


step = entry("rnn_step_forward", "def rnn_step_forward(x, prev_h, Wx, Wh, b):", "rnn step")
step_back = entry(
    "rnn_step_backward",
    """
def rnn_step_backward(dnext_h, cache):
    x, prev_h, Wx, Wh, b, h = cache
    N, D = x.shape
    H = h.shape[1]
""",
    "rnn step backward",
)
run = entry(
    "rnn_forward",
    """
def rnn_forward(x, h0, Wx, Wh, b):
    N, T, D = x.shape
    H = h0.shape[1]
""",
    "rnn",
)
run_back = entry(
    "rnn_backward",
    """
def rnn_backward(dh, cache):
    N, T, H = dh.shape
    D = cache[0][0].shape[1]
    dx, dprev = np.zeros((N, T, D)), np.zeros((N, H))
    dWx, dWh, db = np.zeros((D, H)), np.zeros((H, H)), np.zeros(H)
""",
    "rnn backward",
)
RNN = (
    step(
        "no bias",
        "value",
        "other",
        """
next_h = np.tanh(x @ Wx + prev_h @ Wh)
return next_h, (x, prev_h, Wx, Wh, b, next_h)
""",
        (NEXT_H,),
    ),
    step(
        "logistic for tanh",
        "value",
        "other",
        """
next_h = 1 / (1 + np.exp(-(x @ Wx + prev_h @ Wh + b)))
return next_h, (x, prev_h, Wx, Wh, b, next_h)
""",
        (NEXT_H,),
    ),
    step(
        "W_h is turned",
        "value",
        "transpose",
        """
next_h = np.tanh(x @ Wx + prev_h @ Wh.T + b)
return next_h, (x, prev_h, Wx, Wh, b, next_h)
""",
        (NEXT_H,),
    ),
    step(
        "the sum is cut at 5",
        "conditional",
        "other",
        """
next_h = np.tanh(np.clip(x @ Wx + prev_h @ Wh + b, -5, 5))
return next_h, (x, prev_h, Wx, Wh, b, next_h)
""",
        (NEXT_H,),
    ),
    step_back(
        "no slope of tanh",
        "value",
        "relu-mask-missing",
        """
d = dnext_h
return d @ Wx.T, d @ Wh.T, x.T @ d, prev_h.T @ d, d.sum(0)
""",
        (DX, DPREV_H, DWX, DWH, DB, NUMERIC),
    ),
    step_back(
        "1 - h for 1 - h squared",
        "value",
        "other",
        """
d = dnext_h * (1 - h)
return d @ Wx.T, d @ Wh.T, x.T @ d, prev_h.T @ d, d.sum(0)
""",
        (DX, DPREV_H, DWX, DWH, DB, NUMERIC),
    ),
    step_back(
        "the slope of the logistic function",
        "value",
        "other",
        """
d = dnext_h * h * (1 - h)
return d @ Wx.T, d @ Wh.T, x.T @ d, prev_h.T @ d, d.sum(0)
""",
        (DX, DPREV_H, DWX, DWH, DB, NUMERIC),
    ),
    step_back(
        "tanh is applied once more",
        "value",
        "other",
        """
d = dnext_h * (1 - np.tanh(h) ** 2)
return d @ Wx.T, d @ Wh.T, x.T @ d, prev_h.T @ d, d.sum(0)
""",
        (DX, DPREV_H, DWX, DWH, DB, NUMERIC),
    ),
    step_back(
        "W_h is not turned, which runs as it is square",
        "value",
        "transpose",
        """
d = dnext_h * (1 - h * h)
return d @ Wx.T, d @ Wh, x.T @ d, prev_h.T @ d, d.sum(0)
""",
        (DPREV_H, NUMERIC),
    ),
    step_back(
        "dWh from the new state",
        "value",
        "wrong-operand",
        """
d = dnext_h * (1 - h * h)
return d @ Wx.T, d @ Wh.T, x.T @ d, h.T @ d, d.sum(0)
""",
        (DWH, NUMERIC),
    ),
    step_back(
        "dWh turned",
        "value",
        "transpose",
        """
d = dnext_h * (1 - h * h)
return d @ Wx.T, d @ Wh.T, x.T @ d, d.T @ prev_h, d.sum(0)
""",
        (DWH, NUMERIC),
    ),
    step_back(
        "dWx turned where that fits",
        "square",
        "transpose",
        """
d = dnext_h * (1 - h * h)
dWx = d.T @ x if D == H else x.T @ d
return d @ Wx.T, d @ Wh.T, dWx, prev_h.T @ d, d.sum(0)
""",
        (DWX,),
    ),
    step_back(
        "W_x not turned where that fits",
        "square",
        "transpose",
        """
d = dnext_h * (1 - h * h)
dx = d @ Wx if D == H else d @ Wx.T
return dx, d @ Wh.T, x.T @ d, prev_h.T @ d, d.sum(0)
""",
        (DX,),
    ),
    step_back(
        "db is summed over units in square batches",
        "square",
        "bias-not-summed",
        """
d = dnext_h * (1 - h * h)
return d @ Wx.T, d @ Wh.T, x.T @ d, prev_h.T @ d, d.sum(axis=1 if N == H else 0)
""",
        (DB,),
    ),
    step_back(
        "db is a mean",
        "value",
        "bias-mean",
        """
d = dnext_h * (1 - h * h)
return d @ Wx.T, d @ Wh.T, x.T @ d, prev_h.T @ d, d.mean(0)
""",
        (DB, NUMERIC),
    ),
    step_back(
        "db is left as the upstream of each example",
        "value",
        "bias-not-summed",
        """
d = dnext_h * (1 - h * h)
return d @ Wx.T, d @ Wh.T, x.T @ d, prev_h.T @ d, d
""",
        (DB_SHAPE,),
    ),
    step_back(
        "dprev_h takes the direct path as well",
        "value",
        "other",
        """
d = dnext_h * (1 - h * h)
return d @ Wx.T, d @ Wh.T + dnext_h, x.T @ d, prev_h.T @ d, d.sum(0)
""",
        (DPREV_H, NUMERIC),
    ),
    step_back(
        "saturated units count as linear ones",
        "conditional",
        "other",
        """
slope = np.where(np.abs(h) > 0.9999, 1.0, 1 - h * h)
d = dnext_h * slope
return d @ Wx.T, d @ Wh.T, x.T @ d, prev_h.T @ d, d.sum(0)
""",
        (DX, DB),
    ),
    step_back(
        "one example is taken apart",
        "conditional",
        "shape",
        """
d = dnext_h * (1 - h * h)
dx = d @ Wx.T
return dx[0] if N == 1 else dx, d @ Wh.T, x.T @ d, prev_h.T @ d, d.sum(0)
""",
        (DX_SHAPE,),
    ),
    step_back(
        "clipped at 5, as for long sequences",
        "conditional",
        "other",
        """
d = dnext_h * (1 - h * h)
return tuple(np.clip(g, -5, 5) for g in (d @ Wx.T, d @ Wh.T, x.T @ d, prev_h.T @ d, d.sum(0)))
""",
        (DB,),
    ),
    step_back(
        "the last example does not train W_x",
        "rare",
        "rows",
        """
d = dnext_h * (1 - h * h)
k = max(N - 1, 1)
return d @ Wx.T, d @ Wh.T, x[:k].T @ d[:k], prev_h.T @ d, d.sum(0)
""",
        (DWX, NUMERIC),
    ),
    step_back(
        "the first bias lacks its slope",
        "rare",
        "one-element",
        """
d = dnext_h * (1 - h * h)
db = d.sum(0)
db[0] = dnext_h[:, 0].sum()
return d @ Wx.T, d @ Wh.T, x.T @ d, prev_h.T @ d, db
""",
        (DB, NUMERIC),
    ),
    step_back(
        "a slope of 1 - h^2 + 1e-7",
        "tiny",
        "other",
        """
d = dnext_h * (1 - h * h + 1e-7)
return d @ Wx.T, d @ Wh.T, x.T @ d, prev_h.T @ d, d.sum(0)
""",
        (DX, DB),
    ),
    step_back(
        "the state rounded to five places",
        "tiny",
        "other",
        """
d = dnext_h * (1 - np.round(h, 5) ** 2)
return d @ Wx.T, d @ Wh.T, x.T @ d, prev_h.T @ d, d.sum(0)
""",
        (DX, DB, NUMERIC),
    ),
    step_back(
        "gradients of weights pile up from call to call",
        "behaviour",
        "state",
        """
d = dnext_h * (1 - h * h)
g = GRADS.setdefault(Wh.shape, np.zeros_like(Wh))
g += prev_h.T @ d
return d @ Wx.T, d @ Wh.T, x.T @ d, g.copy(), d.sum(0)
""",
        (DWH,),
    ),
    step_back(
        "the upstream gradient is overwritten",
        "behaviour",
        "mutates-input",
        """
dnext_h *= 1 - h * h
return dnext_h @ Wx.T, dnext_h @ Wh.T, x.T @ dnext_h, prev_h.T @ dnext_h, dnext_h.sum(0)
""",
        (DX,),
        warns=True,
    ),
    run(
        "always starts from zero",
        "value",
        "other",
        """
return _rnn(x, 0 * h0, Wx, Wh, b)
""",
        (H,),
    ),
    run(
        "every step starts from h0",
        "value",
        "rnn-carry",
        """
h, cache = np.zeros((N, T, H)), []
for t in range(T):
    h[:, t], c = rnn_step_forward(x[:, t], h0, Wx, Wh, b)
    cache.append(c)
return h, cache
""",
        (H,),
    ),
    run(
        "reads the sequence backwards",
        "value",
        "other",
        """
h, cache = _rnn(x[:, ::-1], h0, Wx, Wh, b)
return h[:, ::-1], cache
""",
        (H,),
    ),
    run_back(
        "nothing is carried from later steps",
        "value",
        "rnn-carry",
        """
for t in reversed(range(T)):
    dx[:, t], dprev, a, c, e = rnn_step_backward(dh[:, t], cache[t])
    dWx += a; dWh += c; db += e
return dx, dprev, dWx, dWh, db
""",
        (DX, DWX, DWH, DB, DH0, NUMERIC),
    ),
    run_back(
        "the carry replaces the upstream gradient",
        "value",
        "rnn-carry",
        """
dprev = dh[:, -1]
for t in reversed(range(T)):
    dx[:, t], dprev, a, c, e = rnn_step_backward(dprev, cache[t])
    dWx += a; dWh += c; db += e
return dx, dprev, dWx, dWh, db
""",
        (DX, DWX, DWH, DB, DH0, NUMERIC),
    ),
    run_back(
        "weights take the first step alone",
        "value",
        "rnn-sum-over-time",
        """
for t in reversed(range(T)):
    dx[:, t], dprev, dWx, dWh, db = rnn_step_backward(dh[:, t] + dprev, cache[t])
return dx, dprev, dWx, dWh, db
""",
        (DWX, DWH, DB, NUMERIC),
    ),
    run_back(
        "a mean over the steps",
        "value",
        "rnn-sum-over-time",
        """
for t in reversed(range(T)):
    dx[:, t], dprev, a, c, e = rnn_step_backward(dh[:, t] + dprev, cache[t])
    dWx += a / T; dWh += c / T; db += e / T
return dx, dprev, dWx, dWh, db
""",
        (DWX, DWH, DB, NUMERIC),
    ),
    run_back(
        "goes forwards in time",
        "value",
        "rnn-carry",
        """
for t in range(T):
    dx[:, t], dprev, a, c, e = rnn_step_backward(dh[:, t] + dprev, cache[t])
    dWx += a; dWh += c; db += e
return dx, dprev, dWx, dWh, db
""",
        (DX, DH0, NUMERIC),
    ),
    run_back(
        "the carry is doubled at the start",
        "rare",
        "other",
        """
for t in reversed(range(T)):
    dx[:, t], dprev, a, c, e = rnn_step_backward(dh[:, t] + dprev, cache[t])
    dWx += a; dWh += c; db += e
return dx, dprev + dh[:, 0], dWx, dWh, db
""",
        (DH0, NUMERIC),
    ),
    run_back(
        "the first step does not train the biases",
        "rare",
        "rnn-sum-over-time",
        """
for t in reversed(range(T)):
    dx[:, t], dprev, a, c, e = rnn_step_backward(dh[:, t] + dprev, cache[t])
    dWx += a; dWh += c
    if t or T == 1:
        db += e
return dx, dprev, dWx, dWh, db
""",
        (DB, NUMERIC),
    ),
    run_back(
        "looks back ten steps at most",
        "conditional",
        "rnn-carry",
        """
for t in reversed(range(T)):
    dx[:, t], dprev, a, c, e = rnn_step_backward(dh[:, t] + dprev, cache[t])
    dWx += a; dWh += c; db += e
    if (T - t) % 10 == 0:
        dprev = 0 * dprev
return dx, dprev, dWx, dWh, db
""",
        (DX,),
    ),
    run_back(
        "one step is no sequence",
        "conditional",
        "other",
        """
if T == 1:
    return np.zeros((N, T, D)), *rnn_step_backward(dh[:, 0], cache[0])[1:]
for t in reversed(range(T)):
    dx[:, t], dprev, a, c, e = rnn_step_backward(dh[:, t] + dprev, cache[t])
    dWx += a; dWh += c; db += e
return dx, dprev, dWx, dWh, db
""",
        (DX,),
    ),
    run_back(
        "carries into dh itself",
        "behaviour",
        "mutates-input",
        """
for t in reversed(range(T)):
    dx[:, t], dprev, a, c, e = rnn_step_backward(dh[:, t], cache[t])
    dWx += a; dWh += c; db += e
    if t:
        dh[:, t - 1] += dprev
return dx, dprev, dWx, dWh, db
""",
        (DX,),
        warns=True,
    ),
    run_back(
        "the list of caches is used up",
        "behaviour",
        "mutates-input",
        """
for t in reversed(range(T)):
    dx[:, t], dprev, a, c, e = rnn_step_backward(dh[:, t] + dprev, cache.pop())
    dWx += a; dWh += c; db += e
return dx, dprev, dWx, dWh, db
""",
        (DX,),
        warns=True,
    ),
)
RIGHT += """
_rnn = rnn_forward
GRADS = {}
"""

cell = entry(
    "lstm_step_forward",
    """
def lstm_step_forward(x, prev_h, prev_c, Wx, Wh, b):
    H = prev_h.shape[1]
    a = x @ Wx + prev_h @ Wh + b
    A = [a[:, k * H:(k + 1) * H] for k in range(4)]
    i, f, o, g = sigmoid(A[0]), sigmoid(A[1]), sigmoid(A[2]), np.tanh(A[3])
""",
    "lstm step",
)
cell_back = entry(
    "lstm_step_backward",
    """
def lstm_step_backward(dnext_h, dnext_c, cache):
    i, f, o, g, c, x, prev_h, prev_c, Wx, Wh = cache
    N, H = c.shape
    th = np.tanh(c)
    dc = dnext_c + dnext_h * o * (1 - th * th)
    di, df, do, dg = dc * g, dc * prev_c, dnext_h * th, dc * i
    da = lambda: np.concatenate([di * i * (1 - i), df * f * (1 - f), do * o * (1 - o), dg * (1 - g * g)], axis=1)
    give = lambda A, dpc: (A @ Wx.T, A @ Wh.T, dpc, x.T @ A, prev_h.T @ A, A.sum(0))
""",
    "lstm step backward",
)
line_back = entry(
    "lstm_backward",
    """
def lstm_backward(dh, cache):
    N, T, H = dh.shape
    D = cache[0][5].shape[1]
    dx = np.zeros((N, T, D))
    dph, dpc = np.zeros((N, H)), np.zeros((N, H))
    dWx, dWh, db = np.zeros((D, 4 * H)), np.zeros((H, 4 * H)), np.zeros(4 * H)
""",
    "lstm backward",
)
ALL = (DX, DPREV_H, DWX, DWH, DB, NUMERIC)
LSTM = (
    cell(
        "gates in the order i, f, g, o",
        "value",
        "other",
        """
g, o = np.tanh(A[2]), sigmoid(A[3])
c = f * prev_c + i * g
return o * np.tanh(c), c, (i, f, o, g, c, x, prev_h, prev_c, Wx, Wh)
""",
        (NEXT_H, NEXT_C),
    ),
    cell(
        "forget and input change places",
        "value",
        "other",
        """
c = i * prev_c + f * g
return o * np.tanh(c), c, (i, f, o, g, c, x, prev_h, prev_c, Wx, Wh)
""",
        (NEXT_H, NEXT_C),
    ),
    cell(
        "the cell is shown without tanh",
        "value",
        "other",
        """
c = f * prev_c + i * g
return o * c, c, (i, f, o, g, c, x, prev_h, prev_c, Wx, Wh)
""",
        (NEXT_H,),
    ),
    cell(
        "the candidate is a gate, too",
        "value",
        "other",
        """
g = sigmoid(A[3])
c = f * prev_c + i * g
return o * np.tanh(c), c, (i, f, o, g, c, x, prev_h, prev_c, Wx, Wh)
""",
        (NEXT_H, NEXT_C),
    ),
    cell(
        "the new cell forgets the old one",
        "value",
        "other",
        """
c = i * g
return o * np.tanh(c), c, (i, f, o, g, c, x, prev_h, prev_c, Wx, Wh)
""",
        (NEXT_H, NEXT_C),
    ),
    cell_back(
        "the path through the state is forgotten",
        "value",
        "lstm-cell-path",
        """
dc = dnext_c
di, df, dg = dc * g, dc * prev_c, dc * i
return give(da(), dc * f)
""",
        (*ALL, DPREV_C),
    ),
    cell_back(
        "the cell's own gradient is forgotten",
        "value",
        "lstm-cell-path",
        """
dc = dnext_h * o * (1 - th * th)
di, df, dg = dc * g, dc * prev_c, dc * i
return give(da(), dc * f)
""",
        (*ALL, DPREV_C),
    ),
    cell_back(
        "dprev_c from the given dnext_c alone",
        "value",
        "lstm-cell-path",
        """
return give(da(), dnext_c * f)
""",
        (DPREV_C, NUMERIC),
    ),
    cell_back(
        "no slope of tanh on the way to the cell",
        "value",
        "lstm-cell-path",
        """
dc = dnext_c + dnext_h * o
di, df, dg = dc * g, dc * prev_c, dc * i
return give(da(), dc * f)
""",
        (*ALL, DPREV_C),
    ),
    cell_back(
        "the slope of tanh at the squashed cell",
        "value",
        "other",
        """
dc = dnext_c + dnext_h * o * (1 - np.tanh(th) ** 2)
di, df, dg = dc * g, dc * prev_c, dc * i
return give(da(), dc * f)
""",
        (*ALL, DPREV_C),
    ),
    cell_back(
        "the slope of tanh at the cell, not its tanh",
        "value",
        "other",
        """
dc = dnext_c + dnext_h * o * (1 - c ** 2)
di, df, dg = dc * g, dc * prev_c, dc * i
return give(da(), dc * f)
""",
        (*ALL, DPREV_C),
    ),
    cell_back(
        "o misses the tanh",
        "value",
        "other",
        """
do = dnext_h * c
return give(da(), dc * f)
""",
        ALL,
    ),
    cell_back(
        "the gates are not differentiated",
        "value",
        "relu-mask-missing",
        """
return give(np.hstack([di, df, do, dg]), dc * f)
""",
        ALL,
    ),
    cell_back(
        "the candidate with a gate's slope",
        "value",
        "other",
        """
A = np.hstack([di * i * (1 - i), df * f * (1 - f), do * o * (1 - o), dg * g * (1 - g)])
return give(A, dc * f)
""",
        ALL,
    ),
    cell_back(
        "the slope of the candidate lacks its square",
        "value",
        "other",
        """
A = np.hstack([di * i * (1 - i), df * f * (1 - f), do * o * (1 - o), dg * (1 - g)])
return give(A, dc * f)
""",
        ALL,
    ),
    cell_back(
        "gates are laid out i, f, g, o",
        "value",
        "other",
        """
A = np.hstack([di * i * (1 - i), df * f * (1 - f), dg * (1 - g * g), do * o * (1 - o)])
return give(A, dc * f)
""",
        ALL,
    ),
    cell_back(
        "dprev_c through the input gate",
        "value",
        "wrong-operand",
        """
return give(da(), dc * i)
""",
        (DPREV_C, NUMERIC),
    ),
    cell_back(
        "the forget gate reads the new cell",
        "value",
        "wrong-operand",
        """
df = dc * c
return give(da(), dc * f)
""",
        ALL,
    ),
    cell_back(
        "input gate and candidate are mixed up",
        "value",
        "wrong-operand",
        """
di, dg = dc * i, dc * g
return give(da(), dc * f)
""",
        ALL,
    ),
    cell_back(
        "dWh from the cell",
        "value",
        "wrong-operand",
        """
A = da()
return A @ Wx.T, A @ Wh.T, dc * f, x.T @ A, prev_c.T @ A, A.sum(0)
""",
        (DWH, NUMERIC),
    ),
    cell_back(
        "db over the batch's mean",
        "value",
        "bias-mean",
        """
A = da()
return A @ Wx.T, A @ Wh.T, dc * f, x.T @ A, prev_h.T @ A, A.mean(0)
""",
        (DB, NUMERIC),
    ),
    cell_back(
        "dprev_h holds dnext_h",
        "value",
        "other",
        """
dx, dp, *rest = give(da(), dc * f)
return dx, dp + dnext_h, *rest
""",
        (DPREV_H, NUMERIC),
    ),
    cell_back(
        "W_h turned in blocks where sizes are equal",
        "square",
        "transpose",
        """
dx, dp, *rest = give(da(), dc * f)
if N == H == x.shape[1]:
    A = da()
    dp = sum(A[:, k * H:(k + 1) * H] @ Wh[:, k * H:(k + 1) * H] for k in range(4))
return dx, dp, *rest
""",
        (DPREV_H,),
    ),
    cell_back(
        "W_x for W_h where sizes are equal",
        "square",
        "wrong-operand",
        """
dx, dp, *rest = give(da(), dc * f)
return (da() @ Wh.T if Wx.shape == Wh.shape else dx), dp, *rest
""",
        (DX,),
    ),
    cell_back(
        "no upstream gradient of the state: nothing at all",
        "conditional",
        "other",
        """
if not dnext_h.any():
    dc = 0 * dc
return give(da(), dc * f)
""",
        (DPREV_C,),
    ),
    cell_back(
        "no upstream gradient of the cell: the cell is skipped",
        "conditional",
        "other",
        """
if not dnext_c.any():
    return give(da(), 0 * dc)
return give(da(), dc * f)
""",
        (DPREV_C,),
    ),
    cell_back(
        "one unit loses its axis",
        "conditional",
        "shape",
        """
dx, dp, dpc, *rest = give(da(), dc * f)
return dx, dp, dpc.squeeze(), *rest
""",
        ("dprev_c has shape (N, H)",),
    ),
    cell_back(
        "saturated gates are skipped",
        "conditional",
        "other",
        """
A = da()
A[np.abs(A) < 1e-4] = 0
return give(A, dc * f)
""",
        (DWX,),
    ),
    cell_back(
        "clipped at 5",
        "conditional",
        "other",
        """
return tuple(np.clip(v, -5, 5) for v in give(da(), dc * f))
""",
        (DB,),
    ),
    cell_back(
        "the last unit of the output gate",
        "rare",
        "columns",
        """
A = da()
A[:, 3 * H - 1] = do[:, -1]
return give(A, dc * f)
""",
        ALL,
    ),
    cell_back(
        "the first example's cell",
        "rare",
        "rows",
        """
dpc = dc * f
dpc[0] = dnext_c[0]
return give(da(), dpc)
""",
        (DPREV_C, NUMERIC),
    ),
    cell_back(
        "slopes from rounded gates",
        "tiny",
        "other",
        """
i = np.round(i, 6)
return give(da(), dc * f)
""",
        (DB,),
    ),
    cell_back(
        "gates are kept inside 1e-5 and 1 - 1e-5",
        "conditional",
        "other",
        """
i, f, o = (np.clip(q, 1e-3, 1 - 1e-3) for q in (i, f, o))
return give(da(), dc * f)
""",
        (DB,),
    ),
    cell_back(
        "a factor of 1 + 1e-5 on the cell",
        "tiny",
        "scale",
        """
return give(da(), dc * f * (1 + 1e-5))
""",
        (DPREV_C, NUMERIC),
    ),
    cell_back(
        "the gates are overwritten by their slopes",
        "behaviour",
        "mutates-input",
        """
result = give(da(), dc * f)
i *= 1 - i
f *= 1 - f
return result
""",
        (DX,),
        warns=True,
    ),
    cell_back(
        "dnext_c takes in the other path",
        "behaviour",
        "mutates-input",
        """
dnext_c += dnext_h * o * (1 - th * th)
return give(da(), dc * f)
""",
        (DX,),
        warns=True,
    ),
    line_back(
        "the cell is not carried",
        "value",
        "lstm-cell-path",
        """
for t in reversed(range(T)):
    dx[:, t], dph, _, a, c, e = lstm_step_backward(dh[:, t] + dph, dpc, cache[t])
    dWx += a; dWh += c; db += e
return dx, dph, dWx, dWh, db
""",
        (DX, DWX, DWH, DB, DH0, NUMERIC),
    ),
    line_back(
        "the state is not carried",
        "value",
        "rnn-carry",
        """
for t in reversed(range(T)):
    dx[:, t], dph, dpc, a, c, e = lstm_step_backward(dh[:, t], dpc, cache[t])
    dWx += a; dWh += c; db += e
return dx, dph, dWx, dWh, db
""",
        (DX, DWX, DWH, DB, DH0, NUMERIC),
    ),
    line_back(
        "weights of one step",
        "value",
        "rnn-sum-over-time",
        """
for t in reversed(range(T)):
    dx[:, t], dph, dpc, dWx, dWh, db = lstm_step_backward(dh[:, t] + dph, dpc, cache[t])
return dx, dph, dWx, dWh, db
""",
        (DWX, DWH, DB, NUMERIC),
    ),
    line_back(
        "state and cell are carried into each other",
        "value",
        "wrong-operand",
        """
for t in reversed(range(T)):
    dx[:, t], dpc, dph, a, c, e = lstm_step_backward(dh[:, t] + dph, dpc, cache[t])
    dWx += a; dWh += c; db += e
return dx, dpc, dWx, dWh, db
""",
        (DX, DWX, DWH, DB, DH0, NUMERIC),
    ),
    line_back(
        "the last step is left out of W_h",
        "rare",
        "rnn-sum-over-time",
        """
for t in reversed(range(T)):
    dx[:, t], dph, dpc, a, c, e = lstm_step_backward(dh[:, t] + dph, dpc, cache[t])
    dWx += a; db += e
    if t < T - 1 or T == 1:
        dWh += c
return dx, dph, dWx, dWh, db
""",
        (DWH, NUMERIC),
    ),
)
looked_up = entry(
    "word_embedding_backward",
    """
def word_embedding_backward(dout, cache):
    x, W = cache
    N, T, D = dout.shape
    V = W.shape[0]
    dW = np.zeros(W.shape)
""",
    "word vectors backward",
)
words = entry("word_embedding_forward", "def word_embedding_forward(x, W):", "word vectors")
mapped = entry(
    "temporal_affine_backward",
    """
def temporal_affine_backward(dout, cache):
    x, w, b = cache
    N, T, D = x.shape
    M = dout.shape[2]
    X, G = x.reshape(N * T, D), dout.reshape(N * T, M)
""",
    "temporal affine backward",
)
counted = entry(
    "temporal_softmax_loss",
    """
def temporal_softmax_loss(x, y, mask, verbose=False):
    N, T, V = x.shape
    s = x - x.max(axis=2, keepdims=True)
    E = np.exp(s)
    P = E / E.sum(axis=2, keepdims=True)
    n, t = np.meshgrid(np.arange(N), np.arange(T), indexing='ij')
    logp = (s - np.log(E.sum(axis=2, keepdims=True)))[n, t, y]
    d = P.copy()
    d[n, t, y] -= 1
    m = mask[:, :, None]
""",
    "temporal softmax",
)
REST = (
    words(
        "the table is read by columns where it is square",
        "square",
        "transpose",
        """
return (W.T[x] if W.shape[0] == W.shape[1] else W[x]), (x, W)
""",
        (OUT,),
    ),
    words(
        "word 0 is padding",
        "conditional",
        "other",
        """
return W[x] * (x > 0)[:, :, None], (x, W)
""",
        (OUT,),
    ),
    looked_up(
        "repeated words count once",
        "value",
        "index-add",
        """
dW[x] += dout
return dW
""",
        (DW,),
    ),
    looked_up(
        "the last of equal words",
        "value",
        "overwrite-for-accumulate",
        """
for n in range(N):
    for t in range(T):
        dW[x[n, t]] = dout[n, t]
return dW
""",
        (DW,),
    ),
    looked_up(
        "repeats within a sequence count once",
        "conditional",
        "index-add",
        """
for n in range(N):
    dW[x[n]] += dout[n]
return dW
""",
        (DW,),
    ),
    looked_up(
        "repeats within a step count once",
        "conditional",
        "index-add",
        """
for t in range(T):
    dW[x[:, t]] += dout[:, t]
return dW
""",
        (DW,),
    ),
    looked_up(
        "a mean over the occurrences",
        "value",
        "scale",
        """
np.add.at(dW, x, dout)
k = np.bincount(x.ravel(), minlength=V)
return dW / np.maximum(k, 1)[:, None]
""",
        (DW,),
    ),
    looked_up(
        "divided by N",
        "value",
        "extra-1/N",
        """
np.add.at(dW, x, dout)
return dW / N
""",
        (DW, NUMERIC),
    ),
    looked_up(
        "rows as far as the largest word",
        "conditional",
        "shape",
        """
dW = np.zeros((int(x.max()) + 1, D))
np.add.at(dW, x, dout)
return dW
""",
        ("dW has shape (V, D)",),
    ),
    looked_up(
        "rows for the words that occur",
        "conditional",
        "shape",
        """
used, where = np.unique(x, return_inverse=True)
rows = np.zeros((len(used), D))
np.add.at(rows, where.reshape(N, T), dout)
return rows
""",
        ("dW has shape (V, D)",),
    ),
    looked_up(
        "words are counted from 1",
        "value",
        "other",
        """
np.add.at(dW, np.maximum(x.astype(int) - 1, 0), dout)
return dW
""",
        (DW, NUMERIC),
    ),
    looked_up(
        "steps and sequences change places in square batches",
        "square",
        "transpose",
        """
np.add.at(dW, x.T if N == T else x, dout)
return dW
""",
        (DW,),
    ),
    looked_up(
        "turned where the table is square",
        "square",
        "transpose",
        """
np.add.at(dW, x, dout)
return dW.T if V == D else dW
""",
        (DW,),
    ),
    looked_up(
        "word 0 learns nothing",
        "conditional",
        "rows",
        """
np.add.at(dW, x, dout)
dW[0] = 0
return dW
""",
        (DW,),
    ),
    looked_up(
        "the very last step is left out",
        "rare",
        "one-element",
        """
for k, v in enumerate(x.ravel()[:-1]):
    dW[v] += dout.reshape(-1, D)[k]
return dW
""",
        (DW,),
    ),
    looked_up(
        "the last column is doubled",
        "rare",
        "columns",
        """
np.add.at(dW, x, dout)
dW[:, -1] *= 2
return dW
""",
        (DW, NUMERIC),
    ),
    looked_up(
        "summed in half precision steps",
        "tiny",
        "float32",
        """
np.add.at(dW, x, np.round(dout, 6))
return dW
""",
        (DW,),
    ),
    looked_up(
        "one table of gradients for all calls",
        "behaviour",
        "state",
        """
table = TABLES.setdefault(W.shape, dW)
np.add.at(table, x, dout)
return table.copy()
""",
        (DW,),
    ),
    looked_up(
        "one buffer for every call",
        "behaviour",
        "shared-buffer",
        """
table = TABLES.setdefault(W.size, np.zeros(W.size)).reshape(W.shape)
table[...] = 0
np.add.at(table, x, dout)
return table
""",
        (DW,),
    ),
    mapped(
        "w is not turned where it is square",
        "square",
        "transpose",
        """
return (G @ (w if D == M else w.T)).reshape(x.shape), X.T @ G, G.sum(0)
""",
        (DX,),
    ),
    mapped(
        "steps are moved in front of sequences in square batches",
        "square",
        "transpose",
        """
X = x.swapaxes(0, 1).reshape(N * T, D) if N == T else X
return (G @ w.T).reshape(x.shape), X.T @ G, G.sum(0)
""",
        (Dw,),
    ),
    mapped(
        "the last step alone",
        "value",
        "rnn-sum-over-time",
        """
return dout @ w.T, x[:, -1].T @ dout[:, -1], dout[:, -1].sum(0)
""",
        (Dw, DB, NUMERIC),
    ),
    mapped(
        "a mean over the steps",
        "value",
        "temporal-mean",
        """
return dout @ w.T, X.T @ G / T, G.sum(0) / T
""",
        (Dw, DB, NUMERIC),
    ),
    mapped(
        "db for each step",
        "value",
        "bias-not-summed",
        """
return dout @ w.T, X.T @ G, dout.sum(axis=0)
""",
        ("db has shape (M,)",),
    ),
    mapped(
        "the first step is left out of db",
        "rare",
        "rows",
        """
return dout @ w.T, X.T @ G, (dout[:, 1:] if T > 1 else dout).sum(axis=(0, 1))
""",
        (DB, NUMERIC),
    ),
    mapped(
        "dx falls apart where N = 1",
        "conditional",
        "shape",
        """
return (G @ w.T).reshape(T, D) if N == 1 else dout @ w.T, X.T @ G, G.sum(0)
""",
        ("dx has shape (N, T, D)",),
    ),
    counted(
        "divided by N T",
        "value",
        "temporal-mean",
        """
return -(logp * mask).sum() / (N * T), d * m / (N * T)
""",
        (LOSS, DX),
    ),
    counted(
        "dx divided by N T, the loss by N",
        "value",
        "temporal-mean",
        """
return -(logp * mask).sum() / N, d * m / (N * T)
""",
        (DX, NUMERIC),
    ),
    counted(
        "divided by the steps that count",
        "value",
        "scale",
        """
return -(logp * mask).sum() / mask.sum(), d * m / mask.sum()
""",
        (LOSS, DX),
    ),
    counted(
        "dx is not masked",
        "value",
        "relu-mask-missing",
        """
return -(logp * mask).sum() / N, d / N
""",
        (DX, NUMERIC),
    ),
    counted(
        "the loss is not masked",
        "value",
        "relu-mask-missing",
        """
return -logp.sum() / N, d * m / N
""",
        (LOSS,),
    ),
    counted(
        "the mask cuts only the indicator",
        "value",
        "missing-indicator",
        """
d = P.copy()
d[n, t, y] -= mask
return -(logp * mask).sum() / N, d / N
""",
        (DX, NUMERIC),
    ),
    counted(
        "no minus at the true word",
        "value",
        "missing-indicator",
        """
return -(logp * mask).sum() / N, P * m / N
""",
        (DX, NUMERIC),
    ),
    counted(
        "not divided",
        "value",
        "missing-1/N",
        """
return -(logp * mask).sum() / N, d * m
""",
        (DX, NUMERIC),
    ),
    counted(
        "words are normalised over the steps",
        "value",
        "softmax-normalizer",
        """
Q = E / E.sum(axis=1, keepdims=True)
Q[n, t, y] -= 1
return -(logp * mask).sum() / N, Q * m / N
""",
        (DX, NUMERIC),
    ),
    counted(
        "the mask is turned in square batches",
        "square",
        "transpose",
        """
k = mask.T if N == T else mask
return -(logp * k).sum() / N, d * k[:, :, None] / N
""",
        (LOSS, DX),
    ),
    counted(
        "without a shift",
        "conditional",
        "overflow",
        """
Q = np.exp(x) / np.exp(x).sum(axis=2, keepdims=True)
loss = -(np.log(Q[n, t, y]) * mask).sum() / N
Q[n, t, y] -= 1
return loss, Q * m / N
""",
        (LARGE_LOSS, LARGE_DX),
    ),
    counted(
        "the logarithm of an underflowed probability",
        "conditional",
        "log-of-zero",
        """
return -(np.log(P[n, t, y]) * mask).sum() / N, d * m / N
""",
        (LARGE_LOSS,),
    ),
    counted(
        "a full mask is taken for none",
        "conditional",
        "other",
        """
if mask.all():
    return -logp.sum() / N, d / (N * T)
return -(logp * mask).sum() / N, d * m / N
""",
        (DX,),
    ),
    counted(
        "the last step never counts",
        "rare",
        "columns",
        """
g = d * m / N
if T > 1:
    g[:, -1] = 0
return -(logp * mask).sum() / N, g
""",
        (DX,),
    ),
    counted(
        "a small number inside the logarithm",
        "tiny",
        "log-of-zero",
        """
return -(np.log(P[n, t, y] + 1e-10) * mask).sum() / N, d * m / N
""",
        (LOSS,),
    ),
    counted(
        "scores are shifted where they are",
        "behaviour",
        "mutates-input",
        """
x -= x.max(axis=2, keepdims=True)
return -(logp * mask).sum() / N, d * m / N
""",
        (LOSS,),
        warns=True,
    ),
)
RIGHT += "\nTABLES = {}\n"
WRONG = (*RNN, *LSTM, *REST)
