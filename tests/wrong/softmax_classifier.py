"""Wrong solutions of `softmax_classifier`, as students write them. The loss is a sum: there is no 1/N in it."""

from tests.wrong.record import FAST, NUMERIC, Wrong

LOSS, P, F = "loss is right", "P is right", "F is right"
DW, DB, DF, DX, J = (f"{name} is the true derivative" for name in ("dW", "db", "dF", "dX", "J"))
LARGE_P = "P is finite and right for scores of ±1e4"
LARGE_LOSS = "the loss is finite and right for scores of ±1e4"
LARGE_DF = "dF is finite and right for scores of ±1e4"
LARGE_J = "J is finite and right for scores of ±1e4"

WRONG = (
    Wrong(
        "scores without the bias",
        "other",
        "scores",
        """
import numpy as np

def scores(X, W, b):
    return np.dot(X, W)
""",
        (F,),
        breaks="AS-1",
    ),
    Wrong(
        "scores turns W round whenever its second axis fits, which in the square case it does",
        "transpose",
        "scores",
        """
def scores(X, W, b):
    # W might be given as (K, D), then turn it round
    if W.shape[1] == X.shape[1]:
        W = W.T
    return X @ W + b
""",
        (F,),
    ),
    Wrong(
        "scores adds the sum of the biases to every class",
        "bias-not-summed",
        "scores",
        """
def scores(X, W, b):
    F = X.dot(W)
    for bias in b:
        F += bias
    return F
""",
        (F,),
    ),
    Wrong(
        "scores without its last column",
        "columns",
        "scores",
        """
import numpy as np

def scores(X, W, b):
    F = np.zeros((X.shape[0], W.shape[1]))
    for j in range(W.shape[1] - 1):
        F[:, j] = X @ W[:, j] + b[j]
    return F
""",
        (F,),
    ),
    Wrong(
        "softmax sums over the examples",
        "softmax-normalizer",
        "softmax",
        """
import numpy as np

def softmax(F):
    E = np.exp(F - F.max(axis=1, keepdims=True))
    return E / E.sum(axis=0, keepdims=True)
""",
        (P,),
        breaks="AS-2",
    ),
    Wrong(
        "softmax divides by the sum of the whole batch, right for one example",
        "softmax-normalizer",
        "softmax",
        """
import numpy as np

def softmax(scores):
    shifted = scores - np.max(scores, axis=1)[:, None]
    expo = np.exp(shifted)
    return expo / np.sum(expo)
""",
        (P,),
    ),
    Wrong(
        "softmax without a shift",
        "softmax-shift",
        "softmax",
        """
import numpy as np

def softmax(F):
    return np.exp(F) / np.exp(F).sum(axis=1, keepdims=True)
""",
        (LARGE_P,),
    ),
    Wrong(
        "softmax adds the maximum instead of subtracting it",
        "softmax-shift",
        "softmax",
        """
import numpy as np

def softmax(F):
    m = np.max(F, axis=1, keepdims=True)
    e = np.exp(F + m)
    return e / np.sum(e, axis=1, keepdims=True)
""",
        (LARGE_P,),
    ),
    Wrong(
        "softmax shifts by the largest score of the batch: a row far below it underflows to 0/0",
        "softmax-shift",
        "softmax",
        """
import numpy as np

def softmax(F):
    F = F - np.max(F)
    E = np.exp(F)
    return E / np.sum(E, axis=1, keepdims=True)
""",
        (LARGE_P,),
    ),
    Wrong(
        "softmax of softmax",
        "softmax-normalizer",
        "softmax",
        """
import numpy as np

def _soft(F):
    e = np.exp(F - F.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)

def softmax(F):
    probs = _soft(F)
    return _soft(probs)   # make sure they sum to one
""",
        (P,),
    ),
    Wrong(
        "softmax returns an array of (K, N)",
        "transpose",
        "softmax",
        """
import numpy as np

def softmax(F):
    e = np.exp(F.T - F.max(axis=1))
    return e / e.sum(axis=0)
""",
        ("P has shape (N, K)", P),
    ),
    Wrong(
        "loss without the minus sign",
        "sign",
        "cross_entropy",
        """
import numpy as np

def cross_entropy(F, y):
    m = F.max(axis=1, keepdims=True)
    logP = F - m - np.log(np.exp(F - m).sum(axis=1, keepdims=True))
    return np.sum(logP[np.arange(len(y)), y])
""",
        (LOSS, LARGE_LOSS),
        breaks="AS-3",
    ),
    Wrong(
        "loss averaged",
        "extra-1/N",
        "cross_entropy",
        """
import numpy as np

def cross_entropy(F, y):
    N = F.shape[0]
    F = F - F.max(axis=1, keepdims=True)
    loss = -F[np.arange(N), y] + np.log(np.exp(F).sum(axis=1))
    return loss.mean()
""",
        (LOSS,),
    ),
    Wrong(
        "loss takes the log of an underflowed probability",
        "log-of-zero",
        "cross_entropy",
        """
import numpy as np

def cross_entropy(F, y):
    P = softmax(F)
    return -np.log(P[np.arange(len(y)), y]).sum()
""",
        (LARGE_LOSS,),
    ),
    Wrong(
        "loss with a small constant inside the logarithm",
        "log-of-zero",
        "cross_entropy",
        """
import numpy as np

def cross_entropy(F, y):
    eps = 1e-12
    p = softmax(F)[np.arange(F.shape[0]), y]
    return -np.sum(np.log(p + eps))
""",
        (LOSS, LARGE_LOSS),
    ),
    Wrong(
        "loss of the last example only",
        "overwrite-for-accumulate",
        "cross_entropy",
        """
import numpy as np

def cross_entropy(F, y):
    loss = 0
    for i in range(len(y)):
        f = F[i] - F[i].max()
        loss = np.log(np.sum(np.exp(f))) - f[y[i]]
    return loss
""",
        (LOSS,),
    ),
    Wrong(
        "loss picks whole columns by label",
        "other",
        "cross_entropy",
        """
import numpy as np

def cross_entropy(F, y):
    Z = F - F.max(axis=1, keepdims=True)
    logp = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    return -logp[:, y].sum()
""",
        (LOSS,),
    ),
    Wrong(
        "loss of the class that the classifier prefers instead of the true one",
        "other",
        "cross_entropy",
        """
import numpy as np

def cross_entropy(F, y):
    p = softmax(F)
    return -np.log(p.max(axis=1)).sum()
""",
        (LOSS,),
    ),
    Wrong(
        "loss numbers the classes that occur, wrong where one is absent",
        "other",
        "cross_entropy",
        """
import numpy as np

def cross_entropy(F, y):
    classes, labels = np.unique(y, return_inverse=True)
    Z = F - F.max(axis=1, keepdims=True)
    lse = np.log(np.exp(Z).sum(axis=1))
    return float(np.sum(lse - Z[np.arange(len(labels)), labels]))
""",
        (LOSS,),
    ),
    Wrong(
        "loss counts labels from 1",
        "other",
        "cross_entropy",
        """
import numpy as np

def cross_entropy(F, y):
    total = 0.0
    for f, label in zip(F, y):
        f = f - f.max()
        total -= f[int(label) - 1] - np.log(np.exp(f).sum())
    return total
""",
        (LOSS,),
    ),
    Wrong(
        "scores gradient without the indicator",
        "missing-indicator",
        "scores_gradient",
        """
def scores_gradient(F, y):
    return softmax(F)
""",
        (DF, NUMERIC),
        breaks="AS-4",
    ),
    Wrong(
        "scores gradient with the sign turned",
        "sign",
        "scores_gradient",
        """
import numpy as np

def scores_gradient(F, y):
    Y = np.zeros_like(F)
    Y[np.arange(len(y)), y] = 1
    return Y - softmax(F)
""",
        (DF, NUMERIC),
    ),
    Wrong(
        "scores gradient divided by the number of examples",
        "extra-1/N",
        "scores_gradient",
        """
import numpy as np

def scores_gradient(F, y):
    num_train = F.shape[0]
    dscores = softmax(F)
    dscores[range(num_train), y] -= 1
    dscores /= num_train
    return dscores
""",
        (DF, NUMERIC),
    ),
    Wrong(
        "scores gradient adds the probability of the true class twice",
        "true-class-twice",
        "scores_gradient",
        """
import numpy as np

def scores_gradient(F, y):
    P = softmax(F)
    dF = np.zeros(F.shape)
    for i in range(F.shape[0]):
        for k in range(F.shape[1]):
            if k == y[i]:
                dF[i, k] += P[i, k] - 1
            dF[i, k] += P[i, k]
    return dF
""",
        (DF, NUMERIC),
    ),
    Wrong(
        "scores gradient only in the column of the true class",
        "softmax-jacobian-diagonal",
        "scores_gradient",
        """
import numpy as np

def scores_gradient(F, y):
    p = softmax(F)
    dF = np.zeros_like(p)
    rows = np.arange(len(y))
    # dL/dp = -1/p, dp/df = p(1-p)
    dF[rows, y] = -1 / p[rows, y] * p[rows, y] * (1 - p[rows, y])
    return dF
""",
        (DF, NUMERIC),
    ),
    Wrong(
        "scores gradient subtracts 1 from whole columns",
        "other",
        "scores_gradient",
        """
def scores_gradient(F, y):
    dF = softmax(F)
    dF[:, y] -= 1
    return dF
""",
        (DF, NUMERIC),
    ),
    Wrong(
        "scores gradient numbers the classes that occur, wrong where one is absent",
        "other",
        "scores_gradient",
        """
import numpy as np

def scores_gradient(F, y):
    order = sorted(set(int(label) for label in y))
    dF = softmax(F)
    for i, label in enumerate(y):
        dF[i, order.index(label)] -= 1
    return dF
""",
        (DF,),
    ),
    Wrong(
        "scores gradient treats only the first example of each label",
        "index-add",
        "scores_gradient",
        """
def scores_gradient(F, y):
    dF = softmax(F)
    labels = list(y)
    for k in set(labels):
        dF[labels.index(k), k] -= 1
    return dF
""",
        (DF, NUMERIC),
    ),
    Wrong(
        "scores gradient with its own exponential, not shifted",
        "overflow",
        "scores_gradient",
        """
import numpy as np

def scores_gradient(F, y):
    e = np.exp(F)
    dF = e / e.sum(axis=1).reshape(-1, 1)
    dF[np.arange(len(y)), y] -= 1
    return dF
""",
        (LARGE_DF,),
    ),
    Wrong(
        "scores gradient too large by a factor 1.00001",
        "scale",
        "scores_gradient",
        """
import numpy as np

def scores_gradient(F, y):
    P = softmax(F)
    P[np.arange(len(y)), y] -= 1
    return P * (1 + 1e-5)
""",
        (DF, NUMERIC),
    ),
    Wrong(
        "scores gradient filled into an array of integers",
        "integer-cast",
        "scores_gradient",
        """
import numpy as np

def scores_gradient(F, y):
    dF = np.zeros(F.shape, dtype=int)
    dF[:] = softmax(F)
    dF[np.arange(len(y)), y] -= 1
    return dF
""",
        (DF, NUMERIC),
    ),
    Wrong(
        "scores gradient all zero",
        "scale",
        "scores_gradient",
        """
import numpy as np

def scores_gradient(F, y):
    # TODO finish, at least the shape is right
    dF = np.zeros_like(F)
    return dF
""",
        (DF, NUMERIC),
    ),
    Wrong(
        "scores gradient divides 0 by 0 in the true column",
        "other",
        "scores_gradient",
        """
import numpy as np

def scores_gradient(F, y):
    P = softmax(F)
    Y = np.eye(F.shape[1])[y]
    log_slope = (P - P) / (Y - Y)
    return P - Y + log_slope
""",
        ("dF has shape (N, K)", DF, NUMERIC),
    ),
    Wrong(
        "scores gradient one row short",
        "rows",
        "scores_gradient",
        """
import numpy as np

def scores_gradient(F, y):
    N = len(F)
    dF = np.zeros(F.shape)
    P = softmax(F)
    for i in range(N - 1):
        dF[i] = P[i]
        dF[i][y[i]] -= 1
    return dF
""",
        (DF, NUMERIC),
    ),
    Wrong(
        "scores gradient ignores the labels, always class 0",
        "other",
        "scores_gradient",
        """
def scores_gradient(F, y):
    dF = softmax(F)
    dF[:, 0] -= 1.0
    return dF
""",
        (DF, NUMERIC),
    ),
    Wrong(
        "scores gradient remembers the probabilities of the first batch of a shape",
        "state",
        "scores_gradient",
        """
import numpy as np

_probabilities = {}

def scores_gradient(F, y):
    if F.shape not in _probabilities:
        _probabilities[F.shape] = softmax(F)
    dF = _probabilities[F.shape].copy()
    dF[np.arange(len(y)), y] -= 1
    return dF
""",
        (LARGE_DF,),
    ),
    Wrong(
        "weight Jacobian without the indicator: every score depends on every column",
        "missing-indicator",
        "scores_weight_jacobian",
        """
import numpy as np

def scores_weight_jacobian(x, K):
    J = np.zeros((K, len(x), K))
    J += x[None, :, None]
    return J
""",
        (J, NUMERIC),
        breaks="AS-5",
    ),
    Wrong(
        "weight Jacobian with the class index on x, as one source prints it",
        "other",
        "scores_weight_jacobian",
        """
import numpy as np

def scores_weight_jacobian(x, K):
    jac = np.zeros((K, x.shape[0], K))
    for j in range(K):
        jac[j, :, j] = x[j]
    return jac
""",
        (J, NUMERIC),
    ),
    Wrong(
        "weight Jacobian with its axes in another order",
        "transpose",
        "scores_weight_jacobian",
        """
import numpy as np

def scores_weight_jacobian(x, K):
    return np.einsum("d,kj->dkj", x, np.eye(K))
""",
        ("J has shape (K, D, K)", J),
    ),
    Wrong(
        "gradient of one example: every column gets all of df",
        "missing-indicator",
        "weight_gradient_one",
        """
import numpy as np

def weight_gradient_one(x, df):
    dW = np.zeros((x.size, df.size))
    for j in range(df.size):
        dW[:, j] = x * df.sum()
    return dW
""",
        (DW, NUMERIC),
        breaks="AS-6",
    ),
    Wrong(
        "gradient of one example as (K, D)",
        "transpose",
        "weight_gradient_one",
        """
import numpy as np

def weight_gradient_one(x, df):
    return np.outer(df, x)
""",
        ("dW has shape (D, K)", DW),
    ),
    Wrong(
        "gradient of one example, transposed only where x and df are equally long",
        "transpose",
        "weight_gradient_one",
        """
import numpy as np

def weight_gradient_one(x, df):
    dW = df[:, None] * x
    if dW.shape != (len(x), len(df)):
        dW = dW.T
    return dW
""",
        (DW,),
    ),
    Wrong(
        "gradient of one example without its last row",
        "rows",
        "weight_gradient_one",
        """
import numpy as np

def weight_gradient_one(x, df):
    D, K = len(x), len(df)
    out = np.zeros((D, K))
    for d in range(D - 1):
        for k in range(K):
            out[d, k] = x[d] * df[k]
    return out
""",
        (DW, NUMERIC),
    ),
    Wrong(
        "gradient of one example with one wrong element",
        "one-element",
        "weight_gradient_one",
        """
import numpy as np

def weight_gradient_one(x, df):
    dW = np.outer(x, df)
    dW[0, -1] = x[0]
    return dW
""",
        (DW, NUMERIC),
    ),
    Wrong(
        "loop keeps the last example only",
        "overwrite-for-accumulate",
        "weight_gradient_loop",
        """
import numpy as np

def weight_gradient_loop(X, dF):
    dW = np.zeros((X.shape[1], dF.shape[1]))
    for i in range(X.shape[0]):
        for j in range(dF.shape[1]):
            dW[:, j] = dF[i, j] * X[i]
    return dW
""",
        (DW, NUMERIC),
        breaks="AS-7",
    ),
    Wrong(
        "loop starts at the second example",
        "rows",
        "weight_gradient_loop",
        """
import numpy as np

def weight_gradient_loop(X, dF):
    dW = np.zeros((X.shape[1], dF.shape[1]))
    for n in range(1, len(X)):
        dW += np.outer(X[n], dF[n])
    return dW
""",
        (DW, NUMERIC),
    ),
    Wrong(
        "loop divides inside, once an example",
        "extra-1/N",
        "weight_gradient_loop",
        """
import numpy as np

def weight_gradient_loop(X, dF):
    N, D = X.shape
    dW = np.zeros((D, dF.shape[1]))
    for i in range(N):
        dW += np.outer(X[i], dF[i])
        dW /= N
    return dW
""",
        (DW, NUMERIC),
    ),
    Wrong(
        "loop adds to an array that outlives the call",
        "state",
        "weight_gradient_loop",
        """
import numpy as np

GRADS = {}

def weight_gradient_loop(X, dF):
    shape = (X.shape[1], dF.shape[1])
    dW = GRADS.setdefault(shape, np.zeros(shape))
    for x, g in zip(X, dF):
        dW += x[:, None] * g[None, :]
    return dW.copy()
""",
        (DW,),
    ),
    Wrong(
        "matrix form takes one example only",
        "overwrite-for-accumulate",
        "weight_gradient",
        """
import numpy as np

def weight_gradient(X, dF):
    return X[-1:].T @ dF[-1:]
""",
        (DW, NUMERIC, FAST),
        breaks="AS-8",
    ),
    Wrong(
        "matrix form transposed",
        "transpose",
        "weight_gradient",
        """
def weight_gradient(X, dF):
    return dF.T @ X
""",
        ("dW has shape (D, K)", DW),
    ),
    Wrong(
        "matrix form without the transpose wherever the product runs",
        "transpose",
        "weight_gradient",
        """
import numpy as np

def weight_gradient(X, dF):
    try:
        return np.matmul(X, dF)
    except ValueError:
        return np.matmul(X.T, dF)
""",
        (DW,),
    ),
    Wrong(
        "matrix form with a special case for one example, turned round",
        "transpose",
        "weight_gradient",
        """
import numpy as np

def weight_gradient(X, dF):
    X = np.squeeze(X)
    if X.ndim == 1:
        return np.outer(dF, X)
    return X.T.dot(dF)
""",
        ("dW has shape (D, K)", DW),
    ),
    Wrong(
        "matrix form by a loop over the examples, right but slow",
        "other",
        "weight_gradient",
        """
import numpy as np

def weight_gradient(X, dF):
    dW = np.zeros((X.shape[1], dF.shape[1]))
    for i in range(X.shape[0]):
        dW += np.outer(X[i], dF[i])
    return dW
""",
        (FAST,),
    ),
    Wrong(
        "matrix form averaged",
        "extra-1/N",
        "weight_gradient",
        """
import numpy as np

def weight_gradient(X, dF):
    return np.einsum("nd,nk->dk", X, dF) / len(X)
""",
        (DW, NUMERIC),
    ),
    Wrong(
        "bias Jacobian of ones",
        "missing-indicator",
        "scores_bias_jacobian",
        """
import numpy as np

def scores_bias_jacobian(K):
    return np.ones((K, K))
""",
        (J, NUMERIC),
        breaks="AS-9",
    ),
    Wrong(
        "bias Jacobian as its diagonal",
        "shape",
        "scores_bias_jacobian",
        """
import numpy as np

def scores_bias_jacobian(K):
    return np.ones(K)
""",
        ("J has shape (K, K)",),
    ),
    Wrong(
        "bias gradient sums over the classes",
        "bias-not-summed",
        "bias_gradient",
        """
def bias_gradient(dF):
    return dF.sum(axis=1)
""",
        ("db has shape (K,)", DB),
    ),
    Wrong(
        "bias gradient averaged",
        "bias-mean",
        "bias_gradient",
        """
import numpy as np

def bias_gradient(dF):
    return np.mean(dF, axis=0)
""",
        (DB, NUMERIC),
        breaks="AS-10",
    ),
    Wrong(
        "bias gradient as a row (1, K)",
        "shape",
        "bias_gradient",
        """
import numpy as np

def bias_gradient(dF):
    return np.sum(dF, axis=0, keepdims=True)
""",
        ("db has shape (K,)",),
    ),
    Wrong(
        "bias gradient as a column (K, 1), as one source prints it",
        "shape",
        "bias_gradient",
        """
import numpy as np

def bias_gradient(dF):
    one = np.ones((len(dF), 1))
    return dF.T @ one
""",
        ("db has shape (K,)",),
    ),
    Wrong(
        "bias gradient not summed at all",
        "bias-not-summed",
        "bias_gradient",
        """
def bias_gradient(dF):
    db = dF
    return db
""",
        ("db has shape (K,)",),
    ),
    Wrong(
        "bias gradient over the wrong axis where the batch is square",
        "bias-not-summed",
        "bias_gradient",
        """
def bias_gradient(dF):
    N, K = dF.shape
    axis = 0 if N != K else -1
    return dF.sum(axis)
""",
        (DB,),
    ),
    Wrong(
        "input gradient of the last class only",
        "overwrite-for-accumulate",
        "input_gradient",
        """
import numpy as np

def input_gradient(dF, W):
    dX = np.zeros((dF.shape[0], W.shape[0]))
    for k in range(W.shape[1]):
        dX = dF[:, k:k + 1] * W[:, k]
    return dX
""",
        (DX, NUMERIC),
        breaks="AS-11",
    ),
    Wrong(
        "input gradient without the transpose where W is square",
        "transpose",
        "input_gradient",
        """
def input_gradient(dF, W):
    if dF.shape[1] == W.shape[0]:
        return dF.dot(W)
    return dF.dot(W.T)
""",
        (DX,),
    ),
    Wrong(
        "input gradient with one example a column",
        "column-row",
        "input_gradient",
        """
def input_gradient(dF, W):
    return W @ dF.T
""",
        ("dX has shape (N, D)", DX),
    ),
    Wrong(
        "softmax Jacobian: the diagonal alone",
        "softmax-jacobian-diagonal",
        "softmax_jacobian",
        """
import numpy as np

def softmax_jacobian(f):
    p = softmax(f[np.newaxis])[0]
    return np.diag(p * (1 - p))
""",
        (J, NUMERIC),
        breaks="AS-12",
    ),
    Wrong(
        "softmax Jacobian: the off-diagonal entries have the wrong sign",
        "sign",
        "softmax_jacobian",
        """
import numpy as np

def softmax_jacobian(f):
    e = np.exp(f - f.max())
    p = e / e.sum()
    K = len(p)
    J = np.zeros((K, K))
    for k in range(K):
        for j in range(K):
            J[k, j] = p[k] * (1 - p[k]) if k == j else p[k] * p[j]
    return J
""",
        (J, NUMERIC),
    ),
    Wrong(
        "softmax Jacobian without the factor p_k",
        "other",
        "softmax_jacobian",
        """
import numpy as np

def softmax_jacobian(f):
    p = softmax(f.reshape(1, -1)).ravel()
    return np.eye(len(p)) - np.outer(p, p)
""",
        (J, NUMERIC),
    ),
    Wrong(
        "softmax Jacobian overflows",
        "overflow",
        "softmax_jacobian",
        """
import numpy as np

def softmax_jacobian(f):
    p = np.exp(f) / sum(np.exp(f))
    return np.diag(p) - np.outer(p, p)
""",
        (LARGE_J,),
    ),
    Wrong(
        "the whole loss returns its gradients in the wrong order",
        "shape",
        "softmax_classifier_loss",
        """
def softmax_classifier_loss(W, b, X, y):
    F = scores(X, W, b)
    dF = scores_gradient(F, y)
    return cross_entropy(F, y), bias_gradient(dF), weight_gradient(X, dF)
""",
        ("dW has shape (D, K)", "db has shape (K,)"),
    ),
    Wrong(
        "the whole loss returns a pair, its gradients in a dict",
        "shape",
        "softmax_classifier_loss",
        """
def softmax_classifier_loss(W, b, X, y):
    F = scores(X, W, b)
    dF = scores_gradient(F, y)
    grads = {"W": X.T @ dF, "b": dF.sum(axis=0)}
    return cross_entropy(F, y), grads
""",
        ("loss is one number", "dW has shape (D, K)", "db has shape (K,)"),
    ),
    Wrong(
        "the whole loss as a mean, gradients and all",
        "extra-1/N",
        "softmax_classifier_loss",
        """
import numpy as np

def softmax_classifier_loss(W, b, X, y):
    N = X.shape[0]
    F = X @ W + b
    F -= F.max(axis=1, keepdims=True)
    logp = F - np.log(np.exp(F).sum(axis=1, keepdims=True))
    loss = -logp[np.arange(N), y].sum() / N
    G = np.exp(logp)
    G[np.arange(N), y] -= 1
    G /= N
    return loss, X.T @ G, G.sum(axis=0)
""",
        (LOSS, DW, DB),
    ),
    Wrong(
        "the whole loss: gradients divided by N, loss not",
        "extra-1/N",
        "softmax_classifier_loss",
        """
def softmax_classifier_loss(W, b, X, y):
    F = scores(X, W, b)
    dF = scores_gradient(F, y)
    N = len(y)
    dW = weight_gradient(X, dF) / N
    db = bias_gradient(dF) / N
    return cross_entropy(F, y), dW, db
""",
        (DW, DB, NUMERIC),
    ),
    Wrong(
        "the whole loss with a penalty that nobody asked for",
        "reg-on-bias",
        "softmax_classifier_loss",
        """
import numpy as np

def softmax_classifier_loss(W, b, X, y, reg=0.1):
    F = scores(X, W, b)
    dF = scores_gradient(F, y)
    loss = cross_entropy(F, y) + 0.5 * reg * (np.sum(W * W) + np.sum(b * b))
    return loss, weight_gradient(X, dF) + reg * W, bias_gradient(dF) + reg * b
""",
        (LOSS, DW, DB),
    ),
    Wrong(
        "the whole loss differentiates itself by differences",
        "numeric-differentiation",
        "softmax_classifier_loss",
        """
import numpy as np

def softmax_classifier_loss(W, b, X, y):
    def f(W, b):
        return cross_entropy(scores(X, W, b), y)
    loss = f(W, b)
    h = 1e-5
    dW, db = np.zeros_like(W), np.zeros_like(b)
    for i in np.ndindex(W.shape):
        V = W.copy()
        V[i] += h
        dW[i] = (f(V, b) - loss) / h
    for j in range(len(b)):
        c = b.copy()
        c[j] += h
        db[j] = (f(W, c) - loss) / h
    return loss, dW, db
""",
        (DW, DB),
    ),
    Wrong(
        "the whole loss exponentiates bare scores",
        "overflow",
        "softmax_classifier_loss",
        """
import numpy as np

def softmax_classifier_loss(W, b, X, y):
    e = np.exp(X.dot(W) + b)
    P = e / e.sum(axis=1, keepdims=True)
    n = np.arange(len(y))
    loss = -np.log(P[n, y]).sum()
    P[n, y] -= 1
    return loss, X.T.dot(P), P.sum(axis=0)
""",
        (LARGE_LOSS,),
    ),
    Wrong(
        "the whole loss with noise on its gradient",
        "nondeterministic",
        "softmax_classifier_loss",
        """
import numpy as np

rng = np.random.default_rng()

def softmax_classifier_loss(W, b, X, y):
    F = scores(X, W, b)
    dF = scores_gradient(F, y)
    dW = X.T @ dF
    dW += 1e-4 * rng.standard_normal(dW.shape)   # helps to escape saddle points
    return cross_entropy(F, y), dW, dF.sum(0)
""",
        (DW, NUMERIC),
    ),
)
