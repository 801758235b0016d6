"""Wrong solutions of `two_layer_mlp`, as students write them. The loss is the mean plus ½ λ (ΣW² + Σw²)."""

from tests.wrong.record import NUMERIC, UNCHANGED, Wrong

OUT, LOSS, PENALTY = "out is right", "loss is right", "penalty is right"
DX, DW, Dw, DB, DZ, DU, J, GRADS = (
    f"{name} {'are' if name == 'grads' else 'is'} the true derivative"
    for name in ("dx", "dW", "dw", "db", "dz", "du", "J", "grads")
)
OUT_SHAPE, DX_SHAPE, Dw_SHAPE, DB_SHAPE = (
    "out has shape (N, M)",
    "dx has the shape of x",
    "dw has shape (D, M)",
    "db has shape (M,)",
)
INPUT_JACOBIAN_SHAPE, RELU_JACOBIAN_SHAPE, DU_SHAPE = "J has shape (C, H)", "J has shape (H, H)", "du has shape (H,)"
DX_ZERO = "dx is 0 where x is exactly 0"
J_ZERO = "J is 0 on the diagonal where u is exactly 0"
DU_ZERO = "du is 0 where u is exactly 0"
MEASURED_SHAPE = "J has shape (m, n)"
MEASURED = "J is the centred difference quotient with the given step"
RESTORED = "the arguments are unchanged, to 4 units in the last place"
ONE_HOT = ("the loss is the same for one-hot labels", "dz is the same for one-hot labels")
LARGE_LOSS = "the loss is finite and right for scores of ±1e4"
LARGE_DZ = "dz is finite and right for scores of ±1e4"
PENALTY_DW_SHAPE, PENALTY_Dw_SHAPE, GRADS_SHAPE = (
    "dW has shape (D, H)",
    "dw has shape (H, C)",
    "grads has the shape of params",
)
STEPPED, TRAINED, TRAINED_LOSSES = "stepped is right", "trained is right", "losses are right"

WRONG = (
    Wrong(
        "affine adds the mean of the biases",
        "other",
        "affine_forward",
        """
def affine_forward(x, w, b):
    N = x.shape[0]
    X = x.reshape(N, -1)
    out = X.dot(w)
    out += b.mean()
    return out, (x, w, b)
""",
        (OUT,),
    ),
    Wrong(
        "affine forgets the bias",
        "other",
        "affine_forward",
        """
import numpy as np

def affine_forward(x, w, b):
    out = np.einsum("nd,dm->nm", x.reshape(len(x), -1), w)
    return out, (x, w, b)
""",
        (OUT,),
    ),
    Wrong(
        "affine flattens with the axes in Fortran order, right for flat inputs",
        "other",
        "affine_forward",
        """
def affine_forward(x, w, b):
    rows = x.reshape((x.shape[0], -1), order="F")
    return rows @ w + b, (x, w, b)
""",
        (OUT,),
    ),
    Wrong(
        "affine returns its output alone",
        "shape",
        "affine_forward",
        """
def affine_forward(x, w, b):
    return x.reshape(len(x), -1) @ w + b
""",
        (OUT_SHAPE,),
    ),
    Wrong(
        "rectifier takes the absolute value",
        "other",
        "relu_forward",
        """
import numpy as np

def relu_forward(x):
    out = np.abs(x)
    return out, x
""",
        (OUT,),
        breaks="MLP-2",
    ),
    Wrong(
        "rectifier leaks",
        "other",
        "relu_forward",
        """
import numpy as np

def relu_forward(x):
    return np.where(x > 0, x, 0.01 * x), x
""",
        (OUT,),
    ),
    Wrong(
        "rectifier cuts off below one tenth",
        "other",
        "relu_forward",
        """
def relu_forward(x):
    out = x.copy()
    out[out < 0.1] = 0
    return out, x
""",
        (OUT,),
    ),
    Wrong(
        "affine backward: dx of the last output unit only",
        "overwrite-for-accumulate",
        "affine_backward",
        """
import numpy as np

def affine_backward(dout, cache):
    x, w, b = cache
    N = x.shape[0]
    flat = x.reshape(N, -1)
    dx = np.zeros_like(flat)
    for m in range(w.shape[1]):
        dx = np.outer(dout[:, m], w[:, m])
    return dx.reshape(x.shape), flat.T.dot(dout), dout.sum(axis=0)
""",
        (DX, NUMERIC),
    ),
    Wrong(
        "affine backward: dx without the transpose where w is square",
        "column-row",
        "affine_backward",
        """
def affine_backward(dout, cache):
    x, w, b = cache
    X = x.reshape(x.shape[0], -1)
    try:
        dx = dout @ w
        dx = dx.reshape(x.shape)
    except ValueError:
        dx = (dout @ w.T).reshape(x.shape)
    return dx, X.T @ dout, dout.sum(0)
""",
        (DX,),
    ),
    Wrong(
        "affine backward: dx left flat",
        "shape",
        "affine_backward",
        """
def affine_backward(dout, cache):
    x, w, b = cache
    X = x.reshape(x.shape[0], -1)
    dx = dout @ w.T
    dw = X.T @ dout
    db = dout.sum(axis=0)
    return dx, dw, db
""",
        (DX_SHAPE,),
    ),
    Wrong(
        "affine backward: dw of the last example",
        "overwrite-for-accumulate",
        "affine_backward",
        """
import numpy as np

def affine_backward(dout, cache):
    x, w, b = cache
    X = x.reshape(len(x), -1)
    dw = np.zeros(w.shape)
    for i in range(len(X)):
        dw = np.outer(X[i], dout[i])
    dx = dout.dot(w.T).reshape(x.shape)
    db = dout.sum(axis=0)
    return dx, dw, db
""",
        (Dw, NUMERIC),
    ),
    Wrong(
        "affine backward: dw averaged over the batch",
        "extra-1/N",
        "affine_backward",
        """
def affine_backward(dout, cache):
    x, w, b = cache
    N = x.shape[0]
    dx = dout.dot(w.T).reshape(*x.shape)
    dw = x.reshape(N, -1).T.dot(dout) / N
    db = dout.sum(axis=0)
    return dx, dw, db
""",
        (Dw, NUMERIC),
    ),
    Wrong(
        "affine backward: dw transposed",
        "transpose",
        "affine_backward",
        """
import numpy as np

def affine_backward(dout, cache):
    x, w, b = cache
    flat = np.reshape(x, (x.shape[0], -1))
    dw = dout.T @ flat
    return (dout @ w.T).reshape(x.shape), dw, np.sum(dout, 0)
""",
        (Dw_SHAPE, Dw),
    ),
    Wrong(
        "affine backward: db is the mean",
        "bias-mean",
        "affine_backward",
        """
import numpy as np

def affine_backward(dout, cache):
    x, w, b = cache
    X = x.reshape(len(x), -1)
    return (dout @ w.T).reshape(x.shape), X.T @ dout, np.mean(dout, axis=0)
""",
        (DB, NUMERIC),
    ),
    Wrong(
        "affine backward: db of the first example, as for one example alone",
        "bias-not-summed",
        "affine_backward",
        """
def affine_backward(dout, cache):
    x, w, b = cache
    X = x.reshape(len(x), -1)
    dx = (dout @ w.T).reshape(x.shape)
    dw = X.T @ dout
    db = dout[0]
    return dx, dw, db
""",
        (DB, NUMERIC),
    ),
    Wrong(
        "affine backward: db keeps its first axis",
        "shape",
        "affine_backward",
        """
import numpy as np

def affine_backward(dout, cache):
    x, w, b = cache
    dx = np.dot(dout, w.T).reshape(x.shape)
    dw = np.dot(x.reshape(x.shape[0], -1).T, dout)
    db = np.sum(dout, axis=0, keepdims=True)
    return dx, dw, db
""",
        (DB_SHAPE,),
    ),
    Wrong(
        "affine backward: ignores dout",
        "other",
        "affine_backward",
        """
import numpy as np

def affine_backward(dout, cache):
    x, w, b = cache
    X = x.reshape(len(x), -1)
    ones = np.ones(dout.shape)
    return (ones @ w.T).reshape(x.shape), X.T @ ones, ones.sum(axis=0)
""",
        (DX, Dw, DB, NUMERIC),
    ),
    Wrong(
        "affine backward: dw and db in the wrong order",
        "shape",
        "affine_backward",
        """
def affine_backward(dout, cache):
    x, w, b = cache
    X = x.reshape(len(x), -1)
    return (dout @ w.T).reshape(x.shape), dout.sum(0), X.T @ dout
""",
        (Dw_SHAPE, DB_SHAPE),
    ),
    Wrong(
        "affine keeps its inputs in a queue, first in, first out",
        "state",
        "affine_backward",
        """
inputs = []

def affine_forward(x, w, b):
    inputs.append((x, w))
    return x.reshape(len(x), -1) @ w + b, None

def affine_backward(dout, cache):
    x, w = inputs.pop(0)
    X = x.reshape(len(x), -1)
    return (dout @ w.T).reshape(x.shape), X.T @ dout, dout.sum(0)
""",
        (DX, Dw),
    ),
    Wrong(
        "rectifier backward lets everything through",
        "relu-mask-missing",
        "relu_backward",
        """
def relu_backward(dout, cache):
    dx = dout
    return dx
""",
        (DX, NUMERIC),
        breaks="MLP-18",
    ),
    Wrong(
        "rectifier backward takes its mask from the upstream gradient",
        "relu-mask-of-gradient",
        "relu_backward",
        """
import numpy as np

def relu_backward(dout, cache):
    return np.maximum(dout, 0)
""",
        (DX, NUMERIC),
    ),
    Wrong(
        "rectifier backward multiplies with the activation",
        "activation-for-indicator",
        "relu_backward",
        """
import numpy as np

def relu_backward(dout, cache):
    h = np.maximum(cache, 0)
    return dout * h
""",
        (DX, NUMERIC),
    ),
    Wrong(
        "rectifier backward with the mask turned round",
        "relu-mask-of-gradient",
        "relu_backward",
        """
def relu_backward(dout, cache):
    dx = dout.copy()
    dx[cache > 0] = 0
    return dx
""",
        (DX, NUMERIC),
    ),
    Wrong(
        "rectifier backward lets the gradient through at exactly 0",
        "other",
        "relu_backward",
        """
def relu_backward(dout, cache):
    x = cache
    return dout * (x >= 0)
""",
        (DX_ZERO,),
        breaks="MLP-17",
    ),
    Wrong(
        "rectifier backward takes half at exactly 0",
        "other",
        "relu_backward",
        """
import numpy as np

def relu_backward(dout, cache):
    return dout * np.heaviside(cache, 0.5)
""",
        (DX_ZERO,),
    ),
    Wrong(
        "rectifier backward ignores dout",
        "other",
        "relu_backward",
        """
def relu_backward(dout, cache):
    return (cache > 0).astype(float)
""",
        (DX, NUMERIC),
    ),
    Wrong(
        "rectifier backward a little too large",
        "scale",
        "relu_backward",
        """
def relu_backward(dout, cache):
    mask = (cache > 0) * 1.00001
    return dout * mask
""",
        (DX, NUMERIC),
    ),
    Wrong(
        "input Jacobian not transposed",
        "transpose",
        "affine_input_jacobian",
        """
def affine_input_jacobian(w):
    return w.copy()
""",
        (INPUT_JACOBIAN_SHAPE, J),
    ),
    Wrong(
        "input Jacobian of the wrong sign",
        "sign",
        "affine_input_jacobian",
        """
def affine_input_jacobian(w):
    return -w.T
""",
        (J, NUMERIC),
    ),
    Wrong(
        "input Jacobian without its last row",
        "rows",
        "affine_input_jacobian",
        """
import numpy as np

def affine_input_jacobian(w):
    J = np.zeros((w.shape[1], w.shape[0]))
    for k in range(w.shape[1] - 1):
        J[k] = w[:, k]
    return J
""",
        (J, NUMERIC),
    ),
    Wrong(
        "rectifier Jacobian full of the mask",
        "other",
        "relu_jacobian",
        """
import numpy as np

def relu_jacobian(u):
    on = (u > 0).astype(float)
    return np.outer(np.ones(len(u)), on)
""",
        (J, NUMERIC),
        breaks="MLP-15",
    ),
    Wrong(
        "rectifier Jacobian with the activation on its diagonal",
        "activation-for-indicator",
        "relu_jacobian",
        """
import numpy as np

def relu_jacobian(u):
    return np.diag(np.maximum(u, 0))
""",
        (J, NUMERIC),
    ),
    Wrong(
        "rectifier Jacobian with a 1 at exactly 0",
        "other",
        "relu_jacobian",
        """
import numpy as np

def relu_jacobian(u):
    J = np.zeros((len(u), len(u)))
    for i, value in enumerate(u):
        if not value < 0:
            J[i, i] = 1
    return J
""",
        (J_ZERO,),
    ),
    Wrong(
        "rectifier Jacobian as its diagonal",
        "shape",
        "relu_jacobian",
        """
def relu_jacobian(u):
    return 1.0 * (u > 0)
""",
        (RELU_JACOBIAN_SHAPE,),
    ),
    Wrong(
        "rectifier by Jacobian: takes the mask of dh",
        "relu-mask-of-gradient",
        "relu_backward_jacobian",
        """
import numpy as np

def relu_backward_jacobian(dh, u):
    J = np.diag((dh > 0).astype(float))
    return J.T @ dh
""",
        (DU, NUMERIC),
        breaks="MLP-16",
    ),
    Wrong(
        "rectifier by Jacobian: arguments mixed up",
        "wrong-operand",
        "relu_backward_jacobian",
        """
def relu_backward_jacobian(dh, u):
    dh, u = u, dh
    return relu_jacobian(u).T.dot(dh)
""",
        (DU, NUMERIC),
    ),
    Wrong(
        "rectifier by Jacobian: a column comes back",
        "shape",
        "relu_backward_jacobian",
        """
def relu_backward_jacobian(dh, u):
    du = relu_jacobian(u).T @ dh.reshape(-1, 1)
    return du
""",
        (DU_SHAPE,),
    ),
    Wrong(
        "rectifier by Jacobian: 1 at exactly 0",
        "other",
        "relu_backward_jacobian",
        """
import numpy as np

def relu_backward_jacobian(dh, u):
    return np.diag(np.where(u < 0, 0.0, 1.0)) @ dh
""",
        (DU_ZERO,),
    ),
    Wrong(
        "bias Jacobian of ones",
        "other",
        "affine_bias_jacobian",
        """
import numpy as np

def affine_bias_jacobian(H):
    J = np.ones((H, H))
    return J
""",
        (J, NUMERIC),
        breaks="MLP-19",
    ),
    Wrong(
        "bias Jacobian on the other diagonal",
        "other",
        "affine_bias_jacobian",
        """
import numpy as np

def affine_bias_jacobian(H):
    return np.eye(H)[::-1]
""",
        (J, NUMERIC),
    ),
    Wrong(
        "bias Jacobian one short in its last place",
        "one-element",
        "affine_bias_jacobian",
        """
import numpy as np

def affine_bias_jacobian(H):
    J = np.zeros((H, H))
    for i in range(H - 1):
        J[i][i] = 1
    return J
""",
        (J, NUMERIC),
    ),
    Wrong(
        "measured Jacobian: only its diagonal, as one source prints it",
        "other",
        "numerical_jacobian",
        """
import numpy as np

def numerical_jacobian(f, x, h):
    n, m = len(x), len(f(x))
    J = np.zeros((m, n))
    for i in range(min(m, n)):
        e = np.zeros(n)
        e[i] = h
        J[i, i] = (f(x + e)[i] - f(x - e)[i]) / (2 * h)
    return J
""",
        (MEASURED,),
        breaks="MLP-14",
    ),
    Wrong(
        "measured Jacobian: forward differences",
        "other",
        "numerical_jacobian",
        """
import numpy as np

def numerical_jacobian(f, x, h):
    base = np.array(f(x))
    cols = []
    for j in range(len(x)):
        shifted = x.copy()
        shifted[j] += h
        cols.append((f(shifted) - base) / h)
    return np.stack(cols, axis=1)
""",
        (MEASURED,),
    ),
    Wrong(
        "measured Jacobian transposed",
        "transpose",
        "numerical_jacobian",
        """
import numpy as np

def numerical_jacobian(f, x, h):
    return np.array([(f(x + e) - f(x - e)) / (2 * h) for e in h * np.eye(len(x))])
""",
        (MEASURED_SHAPE, MEASURED),
    ),
    Wrong(
        "measured Jacobian with a step of its own",
        "other",
        "numerical_jacobian",
        """
import numpy as np

def numerical_jacobian(f, x, h):
    h = 1e-5      # works best
    J = np.zeros((len(f(x)), len(x)))
    for j in range(len(x)):
        e = np.zeros_like(x)
        e[j] = h
        J[:, j] = (f(x + e) - f(x - e)) / 2 / h
    return J
""",
        (MEASURED,),
    ),
    Wrong(
        "measured Jacobian: precedence, divided by 2 and multiplied by h",
        "precedence",
        "numerical_jacobian",
        """
import numpy as np

def numerical_jacobian(f, x, h):
    J = []
    for j in range(len(x)):
        d = np.zeros(len(x)); d[j] = h
        J += [(f(x + d) - f(x - d)) / 2 * h]
    return np.array(J).T
""",
        (MEASURED,),
    ),
    Wrong(
        "measured Jacobian: x is not put back",
        "mutates-input",
        "numerical_jacobian",
        """
import numpy as np

def numerical_jacobian(f, x, h):
    cols = []
    for j in range(x.size):
        x[j] += h
        plus = np.array(f(x))
        x[j] -= 2 * h
        minus = np.array(f(x))
        cols.append((plus - minus) / (2 * h))
    return np.stack(cols, 1)
""",
        (MEASURED, RESTORED),
    ),
    Wrong(
        "softmax loss without the minus sign",
        "sign",
        "softmax_loss",
        """
import numpy as np

def softmax_loss(z, y):
    if y.ndim == 2:
        y = y.argmax(axis=1)
    N = len(z)
    s = z - z.max(axis=1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    loss = logp[np.arange(N), y].mean()
    dz = np.exp(logp)
    dz[np.arange(N), y] -= 1
    return loss, dz / N
""",
        (LOSS,),
        breaks="MLP-4",
    ),
    Wrong(
        "softmax normalised over the batch",
        "softmax-normalizer",
        "softmax_loss",
        """
import numpy as np

def softmax_loss(z, y):
    N, C = z.shape
    Y = y if y.ndim == 2 else np.eye(C)[y]
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum()
    loss = -np.sum(Y * np.log(p)) / N
    return loss, (p - Y) / N
""",
        (LOSS, DZ),
        breaks="MLP-6",
    ),
    Wrong(
        "softmax loss reads one-hot rows as if every entry were a label",
        "other",
        "softmax_loss",
        """
import numpy as np

def softmax_loss(z, y):
    N, C = z.shape
    y = np.asarray(y).astype(int)
    if y.ndim == 2:
        y = y[:, 0]
    s = z - np.max(z, axis=1, keepdims=True)
    lse = np.log(np.sum(np.exp(s), axis=1))
    loss = np.mean(lse - s[np.arange(N), y])
    p = np.exp(s - lse[:, None])
    p[np.arange(N), y] -= 1
    return loss, p / N
""",
        ONE_HOT,
        breaks="MLP-7",
    ),
    Wrong(
        "softmax loss takes labels for one-hot rows when there are as many examples as classes",
        "other",
        "softmax_loss",
        """
import numpy as np

def softmax_loss(z, y):
    N, C = z.shape
    if y.shape[-1] == C:
        Y = y * np.ones((N, C))          # already one-hot
    else:
        Y = np.zeros((N, C))
        Y[np.arange(N), y] = 1
    s = z - z.max(axis=1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -(Y * logp).sum() / N, (np.exp(logp) - Y) / N
""",
        (LOSS, DZ),
    ),
    Wrong(
        "softmax gradient without 1/N",
        "missing-1/N",
        "softmax_loss",
        """
import numpy as np

def softmax_loss(z, y):
    N = z.shape[0]
    if len(y.shape) == 2:
        y = np.argmax(y, axis=1)
    probs = np.exp(z - np.max(z, axis=1, keepdims=True))
    probs /= np.sum(probs, axis=1, keepdims=True)
    zmax = np.max(z, axis=1)
    log_norm = zmax + np.log(np.exp(z - zmax[:, None]).sum(axis=1))
    loss = np.sum(log_norm - z[np.arange(N), y]) / N
    dz = probs.copy()
    dz[np.arange(N), y] -= 1
    return loss, dz
""",
        (DZ, NUMERIC),
        breaks="MLP-8",
    ),
    Wrong(
        "softmax gradient: only the indicator is divided",
        "precedence",
        "softmax_loss",
        """
import numpy as np

def softmax_loss(z, y):
    N, C = z.shape
    Y = y.astype(float) if y.ndim == 2 else np.eye(C)[y]
    s = z - z.max(axis=1, keepdims=True)
    logP = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    P = np.exp(logP)
    loss = -(Y * logP).sum() / N
    dz = P - Y / N
    return loss, dz
""",
        (DZ, NUMERIC),
    ),
    Wrong(
        "softmax loss: loss and gradient as sums",
        "missing-1/N",
        "softmax_loss",
        """
import numpy as np

def softmax_loss(z, y):
    N, C = z.shape
    Y = y if y.ndim == 2 else (y[:, None] == np.arange(C))
    s = z - z.max(axis=1, keepdims=True)
    logP = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -logP[Y.astype(bool)].sum(), np.exp(logP) - Y
""",
        (LOSS, DZ),
    ),
    Wrong(
        "softmax gradient divided by the number of classes",
        "extra-1/N",
        "softmax_loss",
        """
import numpy as np

def softmax_loss(z, y):
    if y.ndim == 2:
        y = y.argmax(1)
    rows = np.arange(len(y))
    m = z.max(1, keepdims=True)
    lse = m[:, 0] + np.log(np.exp(z - m).sum(1))
    p = np.exp(z - lse[:, None])
    p[rows, y] -= 1
    return (lse - z[rows, y]).mean(), p / p.size
""",
        (DZ, NUMERIC),
    ),
    Wrong(
        "softmax loss overflows",
        "overflow",
        "softmax_loss",
        """
import numpy as np

def softmax_loss(z, y):
    if y.ndim == 2:
        y = y.argmax(1)
    n = np.arange(len(y))
    p = np.exp(z) / np.exp(z).sum(1, keepdims=True)
    loss = -np.log(p[n, y]).mean()
    p[n, y] -= 1
    return loss, p / len(y)
""",
        (LARGE_LOSS, LARGE_DZ),
    ),
    Wrong(
        "softmax loss clips its probabilities",
        "log-of-zero",
        "softmax_loss",
        """
import numpy as np

def softmax_loss(z, y):
    N, C = z.shape
    Y = y if y.ndim == 2 else np.eye(C)[y]
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -(Y * np.log(np.clip(p, 1e-15, 1))).sum() / N
    return loss, (p - Y) / N
""",
        (LARGE_LOSS,),
    ),
    Wrong(
        "softmax gradient: one-hot from the labels that occur",
        "other",
        "softmax_loss",
        """
import numpy as np

def softmax_loss(z, y):
    if y.ndim == 2:
        y = y.argmax(axis=1)
    N, C = z.shape
    s = z - z.max(1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(1, keepdims=True))
    loss = -logp[np.arange(N), y].mean()
    dz = np.exp(logp)
    for column, label in enumerate(np.unique(y)):
        dz[y == label, column] -= 1
    return loss, dz / N
""",
        (DZ,),
    ),
    Wrong(
        "penalty over W alone, as one source prints it",
        "reg-layer-missing",
        "l2_penalty",
        """
import numpy as np

def l2_penalty(W, w, reg):
    return 0.5 * reg * np.sum(W * W), reg * W, reg * w
""",
        (PENALTY,),
        breaks="MLP-5",
    ),
    Wrong(
        "penalty without its half, gradient with it",
        "reg-factor-2",
        "l2_penalty",
        """
import numpy as np

def l2_penalty(W, w, reg):
    penalty = reg * (np.sum(W**2) + np.sum(w**2))
    return penalty, reg * W, reg * w
""",
        (PENALTY,),
    ),
    Wrong(
        "penalty with its half, gradient doubled",
        "reg-factor-2",
        "l2_penalty",
        """
import numpy as np

def l2_penalty(W, w, reg):
    penalty = 0.5 * reg * (np.sum(W**2) + np.sum(w**2))
    return penalty, 2 * reg * W, 2 * reg * w
""",
        (DW, Dw, NUMERIC),
    ),
    Wrong(
        "penalty of absolute values",
        "reg-wrong-form",
        "l2_penalty",
        """
import numpy as np

def l2_penalty(W, w, reg):
    value = reg * (np.abs(W).sum() + np.abs(w).sum())
    return value, reg * np.sign(W), reg * np.sign(w)
""",
        (PENALTY, DW, Dw),
    ),
    Wrong(
        "penalty gradient W * W",
        "reg-wrong-form",
        "l2_penalty",
        """
import numpy as np

def l2_penalty(W, w, reg):
    value = reg / 2 * (np.sum(W * W) + np.sum(w * w))
    return value, reg * W * W, reg * w * w
""",
        (DW, Dw, NUMERIC),
    ),
    Wrong(
        "penalty gradient of the second layer missing",
        "reg-layer-missing",
        "l2_penalty",
        """
import numpy as np

def l2_penalty(W, w, reg):
    value = reg / 2 * (np.sum(W * W) + np.sum(w * w))
    return value, reg * W, np.zeros_like(w)
""",
        (Dw, NUMERIC),
    ),
    Wrong(
        "penalty gradients squeezed out of shape",
        "shape",
        "l2_penalty",
        """
import numpy as np

def l2_penalty(W, w, reg):
    theta = np.concatenate([W.ravel(), w.ravel()])
    value = reg / 2 * theta @ theta
    g = reg * theta
    return value, g[:W.size], g[W.size:]
""",
        (PENALTY_DW_SHAPE, PENALTY_Dw_SHAPE),
    ),
    Wrong(
        "network: the first layer without its bias",
        "other",
        "two_layer_loss",
        """
def two_layer_loss(params, X, y, reg):
    W, c, w, b = params["W"], params["c"], params["w"], params["b"]
    u = X @ W
    h, rectifier = relu_forward(u)
    z = h @ w + b
    data, dz = softmax_loss(z, y)
    penalty, dW, dw = l2_penalty(W, w, reg)
    du = relu_backward(dz @ w.T, rectifier)
    grads = {"W": X.T @ du + dW, "c": du.sum(axis=0), "w": h.T @ dz + dw, "b": dz.sum(axis=0)}
    return data + penalty, grads
""",
        (LOSS,),
        breaks="MLP-1",
    ),
    Wrong(
        "network: the second layer without its bias",
        "other",
        "two_layer_loss",
        """
import numpy as np

def two_layer_loss(params, X, y, reg):
    hidden = np.maximum(X.dot(params["W"]) + params["c"], 0)
    scores = hidden.dot(params["w"])
    loss, dscores = softmax_loss(scores, y)
    loss = loss + reg / 2 * sum(np.sum(params[k] ** 2) for k in ("W", "w"))
    g = {"w": hidden.T.dot(dscores) + reg * params["w"], "b": dscores.sum(0)}
    dhidden = dscores.dot(params["w"].T)
    dhidden[hidden <= 0] = 0
    g["W"] = X.T.dot(dhidden) + reg * params["W"]
    g["c"] = dhidden.sum(0)
    return loss, g
""",
        (LOSS,),
        breaks="MLP-3",
    ),
    Wrong(
        "network: the way back to h through the last class only",
        "overwrite-for-accumulate",
        "two_layer_loss",
        """
import numpy as np

def two_layer_loss(params, X, y, reg):
    u, c1 = affine_forward(X, params["W"], params["c"])
    h, c2 = relu_forward(u)
    z, c3 = affine_forward(h, params["w"], params["b"])
    loss, dz = softmax_loss(z, y)
    pen, pW, pw = l2_penalty(params["W"], params["w"], reg)
    _, dw, db = affine_backward(dz, c3)
    dh = np.zeros_like(h)
    for k in range(dz.shape[1]):
        dh = np.outer(dz[:, k], params["w"][:, k])
    _, dW, dc = affine_backward(relu_backward(dh, c2), c1)
    return loss + pen, {"W": dW + pW, "c": dc, "w": dw + pw, "b": db}
""",
        (GRADS, NUMERIC),
        breaks="MLP-9",
    ),
    Wrong(
        "network: db is a mean",
        "bias-mean",
        "two_layer_loss",
        """
import numpy as np

def two_layer_loss(params, X, y, reg):
    W, c, w, b = (params[k] for k in "Wcwb")
    u = X @ W + c
    h = np.maximum(u, 0)
    loss, dz = softmax_loss(h @ w + b, y)
    pen, pW, pw = l2_penalty(W, w, reg)
    db = dz.mean(axis=0)
    dw = h.T @ dz + pw
    du = (dz @ w.T) * (u > 0)
    return loss + pen, dict(W=X.T @ du + pW, c=du.sum(axis=0), w=dw, b=db)
""",
        (GRADS, NUMERIC),
        breaks="MLP-11",
    ),
    Wrong(
        "network: dW from dh instead of du",
        "wrong-operand",
        "two_layer_loss",
        """
import numpy as np

def two_layer_loss(params, X, y, reg):
    W, c, w, b = (params[k] for k in "Wcwb")
    u = np.dot(X, W) + c
    h = u * (u > 0)
    loss, dz = softmax_loss(np.dot(h, w) + b, y)
    pen, pW, pw = l2_penalty(W, w, reg)
    dh = np.dot(dz, w.T)
    du = dh * (u > 0)
    grads = {"w": np.dot(h.T, dz) + pw, "b": np.sum(dz, axis=0)}
    grads.update({"W": np.dot(X.T, dh) + pW, "c": np.sum(du, axis=0)})
    return loss + pen, grads
""",
        (GRADS, NUMERIC),
        breaks="MLP-12",
    ),
    Wrong(
        "network: dc of the first example, as it is written for one",
        "bias-not-summed",
        "two_layer_loss",
        """
import numpy as np

def two_layer_loss(params, X, y, reg):
    u, c1 = affine_forward(X, params["W"], params["c"])
    h, c2 = relu_forward(u)
    z, c3 = affine_forward(h, params["w"], params["b"])
    loss, dz = softmax_loss(z, y)
    pen, pW, pw = l2_penalty(params["W"], params["w"], reg)
    dh, dw, db = affine_backward(dz, c3)
    du = relu_backward(dh, c2)
    _, dW, _ = affine_backward(du, c1)
    dc = du[0]
    return loss + pen, {"W": dW + pW, "c": dc, "w": dw + pw, "b": db}
""",
        (GRADS, NUMERIC),
        breaks="MLP-13",
    ),
    Wrong(
        "network: no 1/N in its loss and gradients",
        "missing-1/N",
        "two_layer_loss",
        """
import numpy as np

def two_layer_loss(params, X, y, reg):
    W, c, w, b = params["W"], params["c"], params["w"], params["b"]
    N = len(X)
    u = X @ W + c
    h = np.maximum(u, 0)
    loss, dz = softmax_loss(h @ w + b, y)
    loss, dz = loss * N, dz * N
    du = (dz @ w.T) * (u > 0)
    grads = {"W": X.T @ du + reg * W, "c": du.sum(0), "w": h.T @ dz + reg * w, "b": dz.sum(0)}
    return loss + 0.5 * reg * ((W**2).sum() + (w**2).sum()), grads
""",
        (LOSS, GRADS),
    ),
    Wrong(
        "network: gradients without 1/N, loss with it",
        "missing-1/N",
        "two_layer_loss",
        """
import numpy as np

def two_layer_loss(params, X, y, reg):
    W, w = params["W"], params["w"]
    u = X.dot(W) + params["c"]
    h = u * (u > 0)
    z = h.dot(w) + params["b"]
    loss, _ = softmax_loss(z, y)
    P = softmax_rows(z)
    Y = np.eye(z.shape[1])[y] if y.ndim == 1 else y
    dz = P - Y
    dh = dz.dot(w.T)
    dh[u <= 0] = 0
    out = dict(w=h.T.dot(dz) + reg * w, b=dz.sum(axis=0), W=X.T.dot(dh) + reg * W, c=dh.sum(axis=0))
    return loss + reg / 2 * (np.sum(W * W) + np.sum(w * w)), out

def softmax_rows(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
""",
        (GRADS, NUMERIC),
    ),
    Wrong(
        "network: penalty forgotten in the gradient",
        "reg-gradient-missing",
        "two_layer_loss",
        """
import numpy as np

def two_layer_loss(params, X, y, reg):
    u, c1 = affine_forward(X, params["W"], params["c"])
    h, c2 = relu_forward(u)
    z, c3 = affine_forward(h, params["w"], params["b"])
    loss, dz = softmax_loss(z, y)
    loss += 0.5 * reg * (np.sum(params["W"] ** 2) + np.sum(params["w"] ** 2))
    dh, dw, db = affine_backward(dz, c3)
    _, dW, dc = affine_backward(relu_backward(dh, c2), c1)
    return loss, {"W": dW, "c": dc, "w": dw, "b": db}
""",
        (GRADS, NUMERIC),
    ),
    Wrong(
        "network: penalty forgotten in the loss",
        "reg-loss-missing",
        "two_layer_loss",
        """
def two_layer_loss(params, X, y, reg):
    W, w = params["W"], params["w"]
    u, c1 = affine_forward(X, W, params["c"])
    h, c2 = relu_forward(u)
    z, c3 = affine_forward(h, w, params["b"])
    loss, dz = softmax_loss(z, y)
    dh, dw, db = affine_backward(dz, c3)
    _, dW, dc = affine_backward(relu_backward(dh, c2), c1)
    dW += reg * W
    dw += reg * w
    return loss, {"W": dW, "c": dc, "w": dw, "b": db}
""",
        (LOSS,),
    ),
    Wrong(
        "network: penalty divided by the number of examples",
        "reg-over-N",
        "two_layer_loss",
        """
import numpy as np

def two_layer_loss(params, X, y, reg):
    N = X.shape[0]
    W, w = params["W"], params["w"]
    u = X @ W + params["c"]
    h = np.maximum(0, u)
    loss, dz = softmax_loss(h @ w + params["b"], y)
    loss = loss + 0.5 * reg * (np.sum(W * W) + np.sum(w * w)) / N
    du = (dz @ w.T) * (u > 0)
    grads = {}
    grads["w"] = h.T @ dz + reg * w / N
    grads["b"] = dz.sum(0)
    grads["W"] = X.T @ du + reg * W / N
    grads["c"] = du.sum(0)
    return loss, grads
""",
        (LOSS, GRADS),
    ),
    Wrong(
        "network: biases penalised",
        "reg-on-bias",
        "two_layer_loss",
        """
import numpy as np

def two_layer_loss(params, X, y, reg):
    loss, grads = plain_loss(params, X, y)
    for k in params:
        loss += 0.5 * reg * np.sum(params[k] ** 2)
        grads[k] = grads[k] + reg * params[k]
    return loss, grads

def plain_loss(p, X, y):
    u, a = affine_forward(X, p["W"], p["c"])
    h, r = relu_forward(u)
    z, o = affine_forward(h, p["w"], p["b"])
    loss, dz = softmax_loss(z, y)
    g = {}
    dh, g["w"], g["b"] = affine_backward(dz, o)
    _, g["W"], g["c"] = affine_backward(relu_backward(dh, r), a)
    return loss, g
""",
        (LOSS, GRADS),
    ),
    Wrong(
        "network: biases penalised in the gradient only",
        "reg-on-bias",
        "two_layer_loss",
        """
def two_layer_loss(params, X, y, reg):
    u, a = affine_forward(X, params["W"], params["c"])
    h, r = relu_forward(u)
    z, o = affine_forward(h, params["w"], params["b"])
    data, dz = softmax_loss(z, y)
    pen, _, _ = l2_penalty(params["W"], params["w"], reg)
    g = {}
    dh, g["w"], g["b"] = affine_backward(dz, o)
    _, g["W"], g["c"] = affine_backward(relu_backward(dh, r), a)
    for k in g:
        g[k] += reg * params[k]
    return data + pen, g
""",
        (GRADS, NUMERIC),
    ),
    Wrong(
        "network: the first layer's penalty twice, the second's not at all",
        "reg-layer-missing",
        "two_layer_loss",
        """
def two_layer_loss(params, X, y, reg):
    u, a = affine_forward(X, params["W"], params["c"])
    h, r = relu_forward(u)
    z, o = affine_forward(h, params["w"], params["b"])
    data, dz = softmax_loss(z, y)
    penalty, dW_pen, dw_pen = l2_penalty(params["W"], params["w"], reg)
    dh, dw, db = affine_backward(dz, o)
    _, dW, dc = affine_backward(relu_backward(dh, r), a)
    dW += dW_pen
    dW += dW_pen
    return data + penalty, {"W": dW, "c": dc, "w": dw, "b": db}
""",
        (GRADS, NUMERIC),
    ),
    Wrong(
        "network: the mask is missing",
        "relu-mask-missing",
        "two_layer_loss",
        """
def two_layer_loss(params, X, y, reg):
    u, a = affine_forward(X, params["W"], params["c"])
    h, _ = relu_forward(u)
    z, o = affine_forward(h, params["w"], params["b"])
    data, dz = softmax_loss(z, y)
    pen, pW, pw = l2_penalty(params["W"], params["w"], reg)
    dh, dw, db = affine_backward(dz, o)
    _, dW, dc = affine_backward(dh, a)
    return data + pen, {"W": dW + pW, "c": dc, "w": dw + pw, "b": db}
""",
        (GRADS, NUMERIC),
    ),
    Wrong(
        "network: a rectifier on the scores",
        "relu-mask-missing",
        "two_layer_loss",
        """
import numpy as np

def two_layer_loss(params, X, y, reg):
    W, c, w, b = (params[k] for k in ("W", "c", "w", "b"))
    h = np.maximum(X @ W + c, 0)
    s = np.maximum(h @ w + b, 0)
    loss, ds = softmax_loss(s, y)
    ds = ds * (s > 0)
    dh = (ds @ w.T) * (h > 0)
    loss += 0.5 * reg * (np.sum(W * W) + np.sum(w * w))
    return loss, {"W": X.T @ dh + reg * W, "c": dh.sum(0), "w": h.T @ ds + reg * w, "b": ds.sum(0)}
""",
        (LOSS, GRADS),
    ),
    Wrong(
        "network: u where h belongs",
        "wrong-operand",
        "two_layer_loss",
        """
import numpy as np

def two_layer_loss(params, X, y, reg):
    W, c, w, b = (params[k] for k in ("W", "c", "w", "b"))
    u = X @ W + c
    h = np.maximum(u, 0)
    loss, dz = softmax_loss(h @ w + b, y)
    du = (dz @ w.T) * (u > 0)
    loss += 0.5 * reg * (np.sum(W * W) + np.sum(w * w))
    return loss, {"W": X.T @ du + reg * W, "c": du.sum(0), "w": u.T @ dz + reg * w, "b": dz.sum(0)}
""",
        (GRADS, NUMERIC),
        breaks="MLP-10",
    ),
    Wrong(
        "network: the penalty is added before the division",
        "precedence",
        "two_layer_loss",
        """
import numpy as np

def two_layer_loss(params, X, y, reg):
    W, c, w, b = (params[k] for k in ("W", "c", "w", "b"))
    N = len(X)
    u = X @ W + c
    h = np.maximum(u, 0)
    loss, dz = softmax_loss(h @ w + b, y)
    dz = dz * N
    du = (dz @ w.T) * (u > 0)
    dW = X.T @ du
    dW /= N + reg * W
    dw = h.T @ dz
    dw /= N + reg * w
    loss += 0.5 * reg * (np.sum(W * W) + np.sum(w * w))
    return loss, {"W": dW, "c": du.sum(0) / N, "w": dw, "b": dz.sum(0) / N}
""",
        (GRADS, NUMERIC),
    ),
    Wrong(
        "network: dc over the wrong axis when the batch is as wide as the layer",
        "bias-not-summed",
        "two_layer_loss",
        """
import numpy as np

def two_layer_loss(params, X, y, reg):
    W, c, w, b = (params[k] for k in ("W", "c", "w", "b"))
    u = X @ W + c
    h = np.maximum(u, 0)
    loss, dz = softmax_loss(h @ w + b, y)
    du = (dz @ w.T) * (u > 0)
    dc = du.sum(axis=1)
    if dc.shape != c.shape:
        dc = du.sum(axis=0)
    loss += 0.5 * reg * (np.sum(W * W) + np.sum(w * w))
    return loss, {"W": X.T @ du + reg * W, "c": dc, "w": h.T @ dz + reg * w, "b": dz.sum(0)}
""",
        (GRADS,),
    ),
    Wrong(
        "network: a key of the gradients is misspelt",
        "shape",
        "two_layer_loss",
        """
def two_layer_loss(params, X, y, reg):
    u, a = affine_forward(X, params["W"], params["c"])
    h, r = relu_forward(u)
    z, o = affine_forward(h, params["w"], params["b"])
    data, dz = softmax_loss(z, y)
    pen, pW, pw = l2_penalty(params["W"], params["w"], reg)
    dh, dw, db = affine_backward(dz, o)
    _, dW, dc = affine_backward(relu_backward(dh, r), a)
    return data + pen, {"W1": dW + pW, "b1": dc, "W2": dw + pw, "b2": db}
""",
        (GRADS_SHAPE,),
    ),
    Wrong(
        "step up the gradient",
        "sign",
        "sgd_step",
        """
def sgd_step(params, grads, learning_rate):
    return {k: params[k] + learning_rate * grads[k] for k in params}
""",
        (STEPPED,),
        breaks="MLP-20",
    ),
    Wrong(
        "step in place",
        "mutates-input",
        "sgd_step",
        """
def sgd_step(params, grads, learning_rate):
    for name in params:
        params[name] -= learning_rate * grads[name]
    return params
""",
        (UNCHANGED,),
    ),
    Wrong(
        "step in place, inside a copy of the dictionary",
        "mutates-input",
        "sgd_step",
        """
def sgd_step(params, grads, learning_rate):
    new = dict(params)
    for name in new:
        new[name] -= learning_rate * grads[name]
    return new
""",
        (UNCHANGED,),
    ),
    Wrong(
        "step scales the gradients it was given",
        "mutates-input",
        "sgd_step",
        """
def sgd_step(params, grads, learning_rate):
    out = {}
    for name, g in grads.items():
        g *= learning_rate
        out[name] = params[name] - g
    return out
""",
        (UNCHANGED,),
    ),
    Wrong(
        "step leaves the biases behind",
        "other",
        "sgd_step",
        """
def sgd_step(params, grads, learning_rate):
    new = {k: v.copy() for k, v in params.items()}
    for k in ("W", "w"):
        new[k] -= learning_rate * grads[k]
    return new
""",
        (STEPPED,),
    ),
    Wrong(
        "training records the loss after the step",
        "other",
        "train",
        """
def train(params, X, y, reg, learning_rate, steps):
    losses = []
    for _ in range(steps):
        _, grads = two_layer_loss(params, X, y, reg)
        params = sgd_step(params, grads, learning_rate)
        losses.append(two_layer_loss(params, X, y, reg)[0])
    return dict(params), losses
""",
        (TRAINED_LOSSES,),
    ),
    Wrong(
        "training stops one step early",
        "other",
        "train",
        """
def train(params, X, y, reg, learning_rate, steps):
    history = []
    for t in range(steps):
        loss, grads = two_layer_loss(params, X, y, reg)
        history.append(loss)
        if t == steps - 1:
            break
        params = sgd_step(params, grads, learning_rate)
    return dict(params), history
""",
        (TRAINED,),
    ),
    Wrong(
        "training moves the parameters that it was given",
        "mutates-input",
        "train",
        """
def train(params, X, y, reg, learning_rate, steps):
    losses = []
    for _ in range(steps):
        loss, grads = two_layer_loss(params, X, y, reg)
        losses.append(loss)
        for k in params:
            params[k] -= learning_rate * grads[k]
    return params, losses
""",
        (UNCHANGED,),
    ),
    Wrong(
        "training records the data loss without the penalty",
        "reg-loss-missing",
        "train",
        """
def train(params, X, y, reg, learning_rate, steps):
    losses = []
    for _ in range(steps):
        loss, grads = two_layer_loss(params, X, y, reg)
        losses.append(loss - l2_penalty(params["W"], params["w"], reg)[0])
        params = sgd_step(params, grads, learning_rate)
    return {k: v for k, v in params.items()}, losses
""",
        (TRAINED_LOSSES,),
    ),
    Wrong(
        "training forgets the penalty's gradient",
        "reg-gradient-missing",
        "train",
        """
def train(params, X, y, reg, learning_rate, steps):
    params = {k: v.copy() for k, v in params.items()}
    losses = []
    for _ in range(steps):
        losses.append(two_layer_loss(params, X, y, reg)[0])
        grads = two_layer_loss(params, X, y, 0)[1]
        params = sgd_step(params, grads, learning_rate)
    return params, losses
""",
        (TRAINED, TRAINED_LOSSES),
    ),
)
