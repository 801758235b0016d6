"""Wrong affine layers, rectifiers, softmax losses, two-layer nets and deep nets: what the three assignments ask.

Each entry is a right function with one of its lines exchanged, so that the line is the mistake.
"""

from tests.engine.wrong.record import DB, DW, DX, LOSS, NUMERIC, Dw, Wrong

GRADS, DX_SHAPE, DW_SHAPE = "grads are the true derivative", "dx has the shape of x", "dW has the shape of W"
GRADS_SHAPE, DB_SHAPE = "grads has the shape of params", "db has shape (M,)"
AT_ZERO, ONE_HOT = "dx is 0 where x is exactly 0", "dz is the same for one-hot labels"
DZ, LARGE = "dz is the true derivative", "dz is finite and right for scores of ±1e4"
LARGE_GRADS = "grads are finite and right for scores of ±1e4"

AFFINE = """
def affine_backward(dout, cache):
    x, w, b = cache
    N = len(x)
    X = x.reshape(N, -1)
    {before}
    dx = {dx}
    dw = {dw}
    db = {db}
    {after}
    return dx, dw, db
"""
AFFINE_LINES = dict(
    before="pass", dx="(dout @ w.T).reshape(x.shape)", dw="X.T @ dout", db="dout.sum(axis=0)", after="pass"
)
RELU = """
def relu_backward(dout, cache):
    x = cache
    {before}
    mask = {mask}
    dx = {dx}
    {after}
    return dx
"""
RELU_LINES = dict(before="pass", mask="x > 0", dx="dout * mask", after="pass")
SOFTMAX = """
def softmax_loss(z, y):
    y = {labels}
    N, C = z.shape
    rows = np.arange(N)
    {before}
    s = {shifted}
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    loss = -log_p[rows, y].mean()
    dz = {p}
    {minus}
    dz = {dz}
    {after}
    return loss, dz
"""
SOFTMAX_LINES = dict(
    labels="np.asarray(y) if np.ndim(y) == 1 else np.argmax(y, axis=1)",
    before="pass",
    shifted="z - z.max(axis=1, keepdims=True)",
    p="np.exp(log_p)",
    minus="dz[rows, y] -= 1",
    dz="dz / N",
    after="pass",
)
TWO_LAYER = """
def two_layer_loss(params, X, y, reg):
    W, c, w, b = params["W"], params["c"], params["w"], params["b"]
    {before}
    u = {u}
    h = np.maximum(u, 0)
    z = h @ w + b
    loss, dz = softmax_loss(z, y)
    {upstream}
    loss = loss + 0.5 * reg * (np.sum(W * W) + np.sum(w * w))
    dh = {dh}
    du = {du}
    grads = dict(W={dW}, c={dc}, w={dw}, b={db})
    {after}
    return loss, grads
"""
TWO_LAYER_LINES = dict(
    before="pass",
    u="X @ W + c",
    upstream="pass",
    dh="dz @ w.T",
    du="dh * (u > 0)",
    dW="X.T @ du + reg * W",
    dc="du.sum(axis=0)",
    dw="h.T @ dz + reg * w",
    db="dz.sum(axis=0)",
    after="pass",
)
BACKPROP = """
def backprop(W, b, h0, t, sigma):
    zs, hs = forward(W, b, h0, sigma)
    L = len(W)
    {before}
    D = {top}
    dW, db = [None] * L, [None] * L
    for l in range(L - 1, -1, -1):
        dW[l], db[l] = {dW}, {db}
        if l:
            D = {down}
    {after}
    return dW, db
"""
BACKPROP_LINES = dict(
    before="pass",
    top="(hs[-1] - t) * slope(sigma, zs[-1])",
    dW="D @ hs[l].T",
    db="D.copy()",
    down="(W[l].T @ D) * slope(sigma, zs[l - 1])",
    after="pass",
)
COUNTED = "COUNT[0] += 1"

RIGHT = (
    """
import numpy as np

COUNT, BUFFERS, SUM = [0], {}, {}

def affine_forward(x, w, b):
    return x.reshape(len(x), -1) @ w + b, (x, w, b)

def relu_forward(x):
    return np.maximum(x, 0), x

def forward(W, b, h0, sigma):
    zs, hs = [], [h0]
    for w, v in zip(W, b):
        zs.append(w @ hs[-1] + v)
        hs.append(act(sigma, zs[-1]))
    return zs, hs

def act(sigma, z):
    if sigma == "sigmoid":
        return 0.5 * (1 + np.tanh(0.5 * z))
    return {"tanh": np.tanh, "relu": lambda z: z * (z > 0), "identity": np.copy}[sigma](z)

def slope(sigma, z):
    if sigma == "sigmoid":
        return act(sigma, z) * act(sigma, -z)
    return {"tanh": lambda z: 1 - np.tanh(z) ** 2, "relu": lambda z: 1.0 * (z > 0), "identity": np.ones_like}[sigma](z)

def reused(name, value):
    if name not in BUFFERS or BUFFERS[name].shape != value.shape:
        BUFFERS[name] = np.empty_like(value)
    BUFFERS[name][...] = value
    return BUFFERS[name]
"""
    + AFFINE.format(**AFFINE_LINES)
    + RELU.format(**RELU_LINES)
    + SOFTMAX.format(**SOFTMAX_LINES)
    + TWO_LAYER.format(**TWO_LAYER_LINES)
    + BACKPROP.format(**BACKPROP_LINES)
)
ASSIGNMENTS = dict(
    affine_backward="two_layer_mlp",
    relu_backward="two_layer_mlp",
    softmax_loss="two_layer_mlp",
    two_layer_loss="two_layer_mlp",
    backprop="deep_mlp",
)


def maker(said, function, template, lines):
    """Entries of one function: a name, a category, a mistake, the checks that must catch it, and the lines."""

    def made(name, category, mistake, caught_by, warns=False, **change):
        text = template.format(**{**lines, **change})
        return Wrong(f"{said}: {name}", category, mistake, function, text, caught_by, warns)

    return made


affine = maker("affine backward", "affine_backward", AFFINE, AFFINE_LINES)
relu = maker("relu backward", "relu_backward", RELU, RELU_LINES)
softmax = maker("softmax loss", "softmax_loss", SOFTMAX, SOFTMAX_LINES)
net = maker("two-layer net", "two_layer_loss", TWO_LAYER, TWO_LAYER_LINES)
deep = maker("deep net", "backprop", BACKPROP, BACKPROP_LINES)

AFFINE_WRONG = (
    affine("the mean over the batch", "value", "extra-1/N", (Dw, DB, NUMERIC), dw="X.T @ dout / N", db="dout.mean(0)"),
    affine("weights without their sign", "value", "other", (DX, NUMERIC), dx="(dout @ abs(w).T).reshape(x.shape)"),
    affine("the bias takes the first example", "value", "bias-not-summed", (DB, NUMERIC), db="dout[0]"),
    affine("the layer's output for its input", "value", "wrong-operand", (Dw, NUMERIC), dw="np.sign(X).T @ dout"),
    affine("dx through the outer sum", "value", "other", (DX, NUMERIC), dx="dout.sum(1)[:, None] * np.ones(X.shape)"),
    affine(
        "no transpose where none is needed",
        "square",
        "transpose",
        (DX,),
        dx="(dout @ (w if w.shape[0] == w.shape[1] else w.T)).reshape(x.shape)",
    ),
    affine(
        "dw transposed where it fits",
        "square",
        "transpose",
        (Dw,),
        dw="dout.T @ X if X.shape[1] == dout.shape[1] else X.T @ dout",
    ),
    affine(
        "db along the other axis where it fits",
        "square",
        "column-row",
        (DB,),
        db="dout.sum(axis=1) if N == dout.shape[1] else dout.sum(axis=0)",
    ),
    affine(
        "several axes laid out the other way",
        "conditional",
        "other",
        (DX,),
        dx='(dout @ w.T).reshape(x.shape, order="F") if x.ndim > 2 else dout @ w.T',
    ),
    affine("one example is skipped", "conditional", "other", (Dw,), dw="X.T @ dout * (N > 1)"),
    affine("clipped at 5", "conditional", "other", (Dw,), dw="np.clip(X.T @ dout, -5, 5)"),
    affine("small batches are averaged", "conditional", "extra-1/N", (DB,), db="dout.sum(0) / (N if N < 4 else 1)"),
    affine("only three axes at most", "conditional", "other", (DX,), after="dx = dx * (x.ndim < 4)"),
    affine("the last example is forgotten", "rare", "rows", (DX, NUMERIC), after="dx[-1] = 0"),
    affine("one weight counts twice", "rare", "one-element", (Dw, NUMERIC), after="dw[0, 0] *= 2"),
    affine("the last bias is forgotten", "rare", "one-element", (DB, NUMERIC), after="db[-1] = 0"),
    affine("the first column is forgotten", "rare", "columns", (Dw, NUMERIC), after="dw[:, 0] = 0"),
    affine("dw × (1 + 1e-5)", "tiny", "scale", (Dw, NUMERIC), dw="X.T @ dout * (1 + 1e-5)"),
    affine("dx × (1 + 1e-7)", "tiny", "scale", (DX,), dx="(dout @ w.T).reshape(x.shape) * (1 + 1e-7)"),
    affine("db × (1 - 1e-6)", "tiny", "scale", (DB,), db="dout.sum(axis=0) * (1 - 1e-6)"),
    affine(
        "dw is added up over the calls",
        "behaviour",
        "state",
        (Dw,),
        after="dw = SUM['dw'] = dw + (SUM['dw'] if SUM.get('dw', dw).shape == dw.shape and 'dw' in SUM else 0)",
    ),
    affine("one buffer for every dx", "behaviour", "shared-buffer", (DX,), after="dx = reused('dx', dx)"),
    affine(
        "a little noise",
        "behaviour",
        "nondeterministic",
        (DX,),
        after="dx = dx * (1 + 1e-14 * np.random.rand(*dx.shape))",
    ),
    affine("writes into dout", "behaviour", "mutates-input", (DX,), True, after="dout *= 2"),
    affine("in single precision", "behaviour", "float32", (Dw,), True, dw="X.T.astype('f') @ dout.astype('f')"),
)
RELU_WRONG = (
    relu("no mask", "value", "relu-mask-missing", (DX, NUMERIC), dx="dout.copy()"),
    relu("the mask of dout", "value", "relu-mask-of-gradient", (DX, NUMERIC), mask="dout > 0"),
    relu("both masks", "value", "relu-mask-of-gradient", (DX, NUMERIC), mask="(x > 0) & (dout > 0)"),
    relu("the other half", "value", "sign", (DX, NUMERIC), mask="x < 0"),
    relu("x for its indicator", "value", "activation-for-indicator", (DX, NUMERIC), mask="np.maximum(x, 0)"),
    relu("the indicator alone", "value", "other", (DX, NUMERIC), dx="1.0 * mask"),
    relu("leaky", "value", "other", (DX, NUMERIC), mask="np.where(x > 0, 1, 0.01)"),
    relu("1 at exactly 0", "conditional", "other", (AT_ZERO,), mask="x >= 0"),
    relu("½ at exactly 0", "conditional", "other", (AT_ZERO,), mask="np.heaviside(x, 0.5)"),
    relu(
        "the mask transposed where it fits",
        "square",
        "transpose",
        (DX,),
        mask="(x > 0).T if x.ndim == 2 and x.shape[0] == x.shape[1] else x > 0",
    ),
    relu(
        "dout transposed where it fits",
        "square",
        "transpose",
        (DX,),
        dx="(dout.T if x.ndim == 2 and x.shape[0] == x.shape[1] else dout) * mask",
    ),
    relu("one axis is passed on", "conditional", "relu-mask-missing", (DX,), mask="(x > 0) if x.ndim > 1 else 1"),
    relu("three axes are passed on", "conditional", "relu-mask-missing", (DX,), mask="(x > 0) if x.ndim < 3 else 1"),
    relu("one example is passed on", "conditional", "relu-mask-missing", (DX,), mask="(x > 0) if len(x) > 1 else 1"),
    relu("a threshold at 0.02", "conditional", "other", (DX,), mask="x > 0.02"),
    relu("closed above 2", "conditional", "other", (DX,), mask="(x > 0) & (x < 2)"),
    relu("dead below -3 only", "conditional", "other", (DX, NUMERIC), mask="x > -3"),
    relu("the last row is forgotten", "rare", "rows", (DX, NUMERIC), after="dx[-1] = 0"),
    relu("one entry slips through", "rare", "one-element", (DX,), after="dx.flat[np.argmin(x)] = 1"),
    relu("the first column is not masked", "rare", "columns", (DX,), after="dx[..., 0] = dout[..., 0]"),
    relu("dx × (1 + 1e-5)", "tiny", "scale", (DX, NUMERIC), dx="dout * mask * (1 + 1e-5)"),
    relu("dx × (1 + 1e-7)", "tiny", "scale", (DX,), dx="dout * mask * (1 + 1e-7)"),
    relu("the mask of the first call", "behaviour", "state", (AT_ZERO,), mask="SUM.setdefault(x.shape, x > 0)"),
    relu("one buffer", "behaviour", "shared-buffer", (DX,), after="dx = reused('dx', dx)"),
    relu("every second call is doubled", "behaviour", "state", (DX,), after=f"{COUNTED}; dx = dx * (1 + COUNT[0] % 2)"),
    relu(
        "a little noise",
        "behaviour",
        "nondeterministic",
        (DX,),
        after="dx = dx * (1 + 1e-14 * np.random.rand(*dx.shape))",
    ),
    relu("writes into dout", "behaviour", "mutates-input", (DX,), True, dx="dout", after="dout[x <= 0] = 0"),
    relu("in single precision", "behaviour", "float32", (DX,), True, dx="(dout * mask).astype(np.float32)"),
)
SOFTMAX_WRONG = (
    softmax("not divided by N", "value", "missing-1/N", (DZ, NUMERIC), dz="dz"),
    softmax("divided by C", "value", "scale", (DZ, NUMERIC), dz="dz / C"),
    softmax("divided twice", "value", "extra-1/N", (DZ, NUMERIC), dz="dz / N / N"),
    softmax("y - p", "value", "sign", (DZ, NUMERIC), dz="-dz / N"),
    softmax("no indicator", "value", "missing-indicator", (DZ, NUMERIC), minus="pass"),
    softmax("the true class by itself", "value", "other", (DZ, NUMERIC), minus="dz[rows, y] = -1"),
    softmax("the slope of a sigmoid", "value", "other", (DZ, NUMERIC), after="dz = dz * np.exp(log_p)"),
    softmax("the logarithm of p", "value", "other", (DZ, NUMERIC), p="log_p.copy()"),
    softmax(
        "row and column in the wrong order",
        "square",
        "column-row",
        (DZ,),
        minus="dz[(y, rows) if N == C else (rows, y)] -= 1",
    ),
    softmax("transposed where it fits", "square", "transpose", (DZ,), after="dz = dz.T if N == C else dz"),
    softmax("one example has no label", "conditional", "other", (DZ,), minus="dz[rows, y] -= N > 1"),
    softmax("classes are counted from the labels", "conditional", "other", (DZ,), after="dz[:, max(y) + 1 :] = 0"),
    softmax("absent classes get nothing", "conditional", "other", (DZ,), after="dz *= np.isin(np.arange(C), y)"),
    softmax("more than ten classes", "conditional", "other", (DZ,), after="dz[:, 10:] = 0"),
    softmax(
        "a class counts once, however often it is named",
        "conditional",
        "index-add",
        (DZ,),
        minus="dz[np.unique(y, return_index=True)[1], np.unique(y)] -= 1",
    ),
    softmax(
        "one-hot rows have another scale",
        "conditional",
        "other",
        (ONE_HOT,),
        labels="np.asarray(y) if np.ndim(y) == 1 else np.argmin(y, axis=1)",
    ),
    softmax("scores are clipped", "conditional", "overflow", (LARGE,), shifted="np.clip(z, -500, 500)"),
    softmax("the last example is forgotten", "rare", "rows", (DZ, NUMERIC), after="dz[-1] = 0"),
    softmax("the first class is forgotten", "rare", "columns", (DZ, NUMERIC), after="dz[:, 0] = 0"),
    softmax("one entry is doubled", "rare", "one-element", (DZ, NUMERIC), after="dz[0, 0] *= 2"),
    softmax("dz × (1 + 1e-5)", "tiny", "scale", (DZ, NUMERIC), dz="dz / N * (1 + 1e-5)"),
    softmax("dz × (1 - 1e-7)", "tiny", "scale", (DZ,), dz="dz / N * (1 - 1e-7)"),
    softmax("an ε under the fraction", "tiny", "other", (DZ,), p="np.exp(log_p) / (1 + 1e-8)"),
    softmax("one buffer", "behaviour", "shared-buffer", (DZ,), after="dz = reused('dz', dz)"),
    softmax("divided by all examples so far", "behaviour", "state", (DZ,), before="COUNT[0] += N", dz="dz / COUNT[0]"),
    softmax(
        "a little noise",
        "behaviour",
        "nondeterministic",
        (DZ,),
        after="dz = dz * (1 + 1e-14 * np.random.rand(*dz.shape))",
    ),
    softmax(
        "writes into the scores",
        "behaviour",
        "mutates-input",
        (LOSS,),
        True,
        before="z -= z.max(axis=1, keepdims=True)",
    ),
    softmax("in single precision", "behaviour", "float32", (DZ,), True, dz="(dz / N).astype(np.float32)"),
)
NET_WRONG = (
    net("no mask", "value", "relu-mask-missing", (GRADS, NUMERIC), du="dh"),
    net("the mask before the bias", "value", "other", (GRADS, NUMERIC), du="dh * (X @ W > 0)"),
    net("the mask of the gradient", "value", "relu-mask-of-gradient", (GRADS, NUMERIC), du="dh * (dh > 0)"),
    net("no penalty on W", "value", "reg-gradient-missing", (GRADS, NUMERIC), dW="X.T @ du"),
    net("twice the penalty", "value", "reg-factor-2", (GRADS, NUMERIC), dw="h.T @ dz + 2 * reg * w"),
    net("a penalty on the biases", "value", "reg-on-bias", (GRADS, NUMERIC), dc="du.sum(axis=0) + reg * c"),
    net("u for h", "value", "wrong-operand", (GRADS, NUMERIC), dw="u.T @ dz + reg * w"),
    net("the mean for the biases", "value", "bias-mean", (GRADS, NUMERIC), db="dz.mean(axis=0)"),
    net("dh for du", "value", "relu-mask-missing", (GRADS, NUMERIC), dc="dh.sum(axis=0)"),
    net("the penalty over N", "value", "reg-over-N", (GRADS, NUMERIC), dW="X.T @ du + reg * W / len(X)"),
    net(
        "X transposed where it fits",
        "square",
        "transpose",
        (GRADS,),
        dW="(X if X.shape[0] == X.shape[1] else X.T) @ du + reg * W",
    ),
    net(
        "w as it is where it fits", "square", "transpose", (GRADS,), dh="dz @ (w if w.shape[0] == w.shape[1] else w.T)"
    ),
    net(
        "db along the other axis where it fits",
        "square",
        "column-row",
        (GRADS,),
        db="dz.sum(axis=1) if dz.shape[0] == dz.shape[1] else dz.sum(axis=0)",
    ),
    net("no penalty is read as the default", "conditional", "other", (GRADS,), before="reg = reg or 1e-3"),
    net(
        "an integer penalty is floored",
        "conditional",
        "integer-cast",
        (GRADS,),
        dW="X.T @ du + (reg // 2 * 2 if isinstance(reg, int) else reg) * W",
    ),
    net(
        "clipped at 5",
        "conditional",
        "other",
        (GRADS,),
        after="grads = {k: np.clip(v, -5, 5) for k, v in grads.items()}",
    ),
    net(
        "one example is passed on",
        "conditional",
        "relu-mask-missing",
        (GRADS,),
        du="dh * (u > 0) if len(X) > 1 else dh",
    ),
    net(
        "absent classes have no bias",
        "conditional",
        "other",
        (GRADS,),
        after="grads['b'] = grads['b'] * np.isin(np.arange(len(b)), y if np.ndim(y) == 1 else np.argmax(y, 1))",
    ),
    net("wide inputs are clipped", "conditional", "overflow", (LARGE_GRADS,), before="X = np.clip(X, -500, 500)"),
    net("one hidden unit is forgotten", "rare", "columns", (GRADS, NUMERIC), after="grads['W'][:, -1] = 0"),
    net("one weight counts twice", "rare", "one-element", (GRADS, NUMERIC), after="grads['w'][0, 0] *= 2"),
    net("the last example is forgotten", "rare", "rows", (GRADS, NUMERIC), after="grads['c'] = du[:-1].sum(axis=0)"),
    net("penalty × (1 + 1e-5)", "tiny", "scale", (GRADS,), dW="X.T @ du + reg * (1 + 1e-5) * W"),
    net("dz × (1 + 1e-7)", "tiny", "scale", (GRADS,), upstream="dz = dz * (1 + 1e-7)"),
    net(
        "gradients are added up over the calls",
        "behaviour",
        "state",
        (GRADS,),
        after="grads['b'] = SUM[b.shape] = grads['b'] + SUM.get(b.shape, 0)",
    ),
    net("one buffer for dW", "behaviour", "shared-buffer", (GRADS,), after="grads['W'] = reused('W', grads['W'])"),
    net(
        "a little noise",
        "behaviour",
        "nondeterministic",
        (GRADS,),
        after="grads['c'] = grads['c'] * (1 + 1e-14 * np.random.rand(len(c)))",
    ),
    net(
        "writes into the parameters",
        "behaviour",
        "mutates-input",
        (LOSS,),
        True,
        after="params['W'] -= 0.1 * grads['W']",
    ),
    net("adds a key to the parameters", "behaviour", "mutates-input", (LOSS,), True, after="params['h'] = h"),
    net(
        "in single precision",
        "behaviour",
        "float32",
        (GRADS,),
        True,
        after="grads = {k: v.astype('f') for k, v in grads.items()}",
    ),
)
DEEP_WRONG = (
    deep("no slope at the top", "value", "other", (DW, DB, NUMERIC), top="hs[-1] - t"),
    deep("no slope below", "value", "other", (DW, DB, NUMERIC), down="W[l].T @ D"),
    deep("the slope at h", "value", "wrong-operand", (DW, DB, NUMERIC), down="(W[l].T @ D) * slope(sigma, hs[l])"),
    deep("t - h", "value", "sign", (DW, DB, NUMERIC), top="(t - hs[-1]) * slope(sigma, zs[-1])"),
    deep("twice the error", "value", "scale", (DW, DB, NUMERIC), top="2 * (hs[-1] - t) * slope(sigma, zs[-1])"),
    deep("the mean of the error", "value", "scale", (DW, DB), top="(hs[-1] - t) * slope(sigma, zs[-1]) / len(t)"),
    deep("z for h", "value", "wrong-operand", (DW, NUMERIC), dW="D @ (zs[l - 1] if l else h0).T"),
    deep(
        "W as it is where it fits",
        "square",
        "transpose",
        (DW, DB),
        down="((W[l] if len(set(W[l].shape)) == 1 else W[l].T) @ D) * slope(sigma, zs[l - 1])",
    ),
    deep(
        "the layer below where it fits",
        "square",
        "other",
        (DW, DB),
        down="((W[l - 1] if W[l - 1].shape == W[l].shape else W[l]).T @ D) * slope(sigma, zs[l - 1])",
    ),
    deep(
        "dW transposed where it fits",
        "square",
        "transpose",
        (DW,),
        dW="hs[l] @ D.T if len(D) == len(hs[l]) else D @ hs[l].T",
    ),
    deep("the identity is clipped", "conditional", "other", (DW,), after="dW = [np.clip(g, -9, 9) for g in dW]"),
    deep("one layer has no slope", "conditional", "other", (DW, DB), before="zs = zs if L > 1 else [0 * zs[0]]"),
    deep("more than four layers are cut", "conditional", "other", (DW,), after="dW[:-4] = [0 * g for g in dW[:-4]]"),
    deep(
        "relu lets everything through",
        "conditional",
        "relu-mask-missing",
        (DW, DB),
        down="(W[l].T @ D) * (1 if sigma == 'relu' else slope(sigma, zs[l - 1]))",
    ),
    deep(
        "sigmoid by tanh's rule",
        "conditional",
        "other",
        (DW, DB),
        down="(W[l].T @ D) * (1 - hs[l] ** 2 if sigma == 'sigmoid' else slope(sigma, zs[l - 1]))",
    ),
    deep(
        "layers one unit wide are squeezed",
        "conditional",
        "shape",
        ("dW has the shape of W",),
        after="dW = [g.squeeze() if g.size == 1 else g for g in dW]",
    ),
    deep("the first bias is forgotten", "rare", "rows", (DB, NUMERIC), after="db[0] = 0 * db[0]"),
    deep("one weight counts twice", "rare", "one-element", (DW, NUMERIC), after="dW[0][0, 0] *= 2"),
    deep("the last row is forgotten", "rare", "rows", (DW, NUMERIC), after="dW[-1][-1] = 0"),
    deep("dW × (1 + 1e-5)", "tiny", "scale", (DW,), dW="D @ hs[l].T * (1 + 1e-5)"),
    deep("the top × (1 - 1e-7)", "tiny", "scale", (DW, DB), top="(hs[-1] - t) * slope(sigma, zs[-1]) * (1 - 1e-7)"),
    deep(
        "gradients are added up over the calls",
        "behaviour",
        "state",
        (DB,),
        after="db[0] = SUM[str([w.shape for w in W])] = db[0] + SUM.get(str([w.shape for w in W]), 0)",
    ),
    deep("one buffer", "behaviour", "shared-buffer", (DW,), after="dW[0] = reused('dW', dW[0])"),
    deep(
        "a little noise",
        "behaviour",
        "nondeterministic",
        (DB,),
        after="db[-1] = db[-1] * (1 + 1e-14 * np.random.rand(*db[-1].shape))",
    ),
    deep("writes into the biases", "behaviour", "mutates-input", (DW,), True, after="b[0] -= db[0]"),
    deep("in single precision", "behaviour", "float32", (DW,), True, after="dW = [g.astype(np.float32) for g in dW]"),
)
WRONG = (*AFFINE_WRONG, *RELU_WRONG, *SOFTMAX_WRONG, *NET_WRONG, *DEEP_WRONG)
