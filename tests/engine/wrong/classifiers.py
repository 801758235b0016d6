"""Wrong hinge and softmax losses, of scores and of a linear classifier. The penalty is λ Σ W², without ½."""

from tests.engine.wrong.record import DW, DX, LOSS, NUMERIC, Wrong

DX_SHAPE, LOSS_SHAPE = "dx has shape (N, C)", "loss is one number"
LARGE_LOSS, LARGE_DW = "loss is right (large scores)", "dW is the true derivative (large scores)"

RIGHT = """
import numpy as np

def svm_loss(x, y):
    N = x.shape[0]
    correct = x[np.arange(N), y]
    margins = np.maximum(0, x - correct[:, np.newaxis] + 1.0)
    margins[np.arange(N), y] = 0
    loss = np.sum(margins) / N
    num_pos = np.sum(margins > 0, axis=1)
    dx = np.zeros_like(x)
    dx[margins > 0] = 1
    dx[np.arange(N), y] -= num_pos
    dx /= N
    return loss, dx

def svm_loss_naive(W, X, y, reg):
    dW = np.zeros(W.shape)
    num_classes = W.shape[1]
    num_train = X.shape[0]
    loss = 0.0
    for i in range(num_train):
        scores = X[i].dot(W)
        correct_class_score = scores[y[i]]
        for j in range(num_classes):
            if j == y[i]:
                continue
            margin = scores[j] - correct_class_score + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    loss /= num_train
    dW /= num_train
    loss += reg * np.sum(W * W)
    dW += 2 * reg * W
    return loss, dW

def svm_loss_vectorized(W, X, y, reg):
    N = len(y)
    S = X.dot(W)
    M = S - np.choose(y, S.T).reshape(-1, 1) + 1 if S.shape[1] < 30 else S - S[range(N), y][:, None] + 1
    M[range(N), y] = 0
    M[M < 0] = 0
    loss = M.sum() / N + reg * (W ** 2).sum()
    K = (M > 0) * 1.0
    K[range(N), y] = -K.sum(1)
    return loss, X.T.dot(K) / N + 2 * reg * W

def softmax_loss_naive(W, X, y, reg):
    loss = 0.0
    dW = np.zeros_like(W)
    for i in range(X.shape[0]):
        f = X[i].dot(W)
        f -= f.max()
        p = np.exp(f) / np.sum(np.exp(f))
        loss -= f[y[i]] - np.log(np.sum(np.exp(f)))
        p[y[i]] -= 1
        dW += np.outer(X[i], p)
    return loss / X.shape[0] + reg * np.sum(W * W), dW / X.shape[0] + 2 * reg * W

def softmax_loss_vectorized(W, X, y, reg):
    N = X.shape[0]
    scores = X @ W
    scores = scores - scores.max(axis=1, keepdims=True)
    logp = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    loss = -logp[np.arange(N), y].mean() + reg * np.sum(W ** 2)
    d = np.exp(logp)
    d[np.arange(N), y] -= 1
    return loss, X.T @ d / N + 2 * reg * W
"""

SCORES = (
    Wrong(
        "hinge: the true class gets -1 instead of minus the count",
        "value",
        "svm-true-class",
        "svm_loss",
        """
def svm_loss(x, y):
    N = x.shape[0]
    r = np.arange(N)
    m = np.maximum(0, x - x[r, y].reshape(N, 1) + 1)
    m[r, y] = 0
    dx = (m > 0).astype(float)
    dx[r, y] = -1
    return m.sum() / N, dx / N
""",
        (DX, NUMERIC),
    ),
    Wrong(
        "hinge: the true class is forgotten",
        "value",
        "svm-true-class",
        "svm_loss",
        """
def svm_loss(x, y):
    loss = 0.0
    dx = np.zeros(x.shape)
    N, C = x.shape
    for i in range(N):
        for j in range(C):
            if j != y[i] and x[i, j] - x[i, y[i]] + 1 > 0:
                loss += x[i, j] - x[i, y[i]] + 1
                dx[i, j] += 1
    return loss / N, dx / N
""",
        (DX, NUMERIC),
    ),
    Wrong(
        "hinge: the true class counts itself",
        "value",
        "svm-true-class",
        "svm_loss",
        """
def svm_loss(x, y):
    N = len(x)
    margins = np.maximum(0, x - x[range(N), y][:, None] + 1)
    counts = (margins > 0).sum(axis=1)
    margins[range(N), y] = 0
    dx = 1.0 * (margins > 0)
    dx[range(N), y] -= counts
    return margins.sum() / N, dx / N
""",
        (DX, NUMERIC),
    ),
    Wrong(
        "hinge: dx is not divided by N",
        "value",
        "missing-1/N",
        "svm_loss",
        """
def svm_loss(x, y):
    N = len(x)
    correct = np.take_along_axis(x, y[:, None].astype(int), axis=1)
    margins = np.clip(x - correct + 1, 0, None)
    margins[np.arange(N), y] = 0
    ind = np.where(margins > 0, 1.0, 0.0)
    ind[np.arange(N), y] = -ind.sum(axis=1)
    return margins.sum() / N, ind
""",
        (DX, NUMERIC),
    ),
    Wrong(
        "hinge: dx is divided by N in the loop and after it",
        "value",
        "extra-1/N",
        "svm_loss",
        """
def svm_loss(x, y):
    N, C = x.shape
    loss, dx = 0, np.zeros_like(x)
    for i in range(N):
        for j in range(C):
            if j == y[i]:
                continue
            margin = x[i, j] - x[i, y[i]] + 1
            if margin > 0:
                loss += margin / N
                dx[i, j] += 1 / N
                dx[i, y[i]] -= 1 / N
    dx /= N
    return loss, dx
""",
        (DX, NUMERIC),
    ),
    Wrong(
        "hinge: the gradient forgets the margin of 1",
        "value",
        "other",
        "svm_loss",
        """
def svm_loss(x, y):
    N = x.shape[0]
    diff = x - x[np.arange(N), y][:, None]
    margins = np.maximum(0, diff + 1)
    margins[np.arange(N), y] = 0
    dx = (diff > 0).astype(x.dtype)
    dx[np.arange(N), y] = -dx.sum(1)
    return margins.sum() / N, dx / N
""",
        (DX, NUMERIC),
    ),
    Wrong(
        "hinge: the mask asks for margins above one half",
        "value",
        "other",
        "svm_loss",
        """
def svm_loss(x, y):
    N = x.shape[0]
    margins = np.maximum(0, x - x[np.arange(N), y][:, None] + 1)
    margins[np.arange(N), y] = 0
    mask = margins > 0.5
    dx = mask / N
    dx[np.arange(N), y] = -mask.sum(axis=1) / N
    return margins.sum() / N, dx
""",
        (DX,),
    ),
    Wrong(
        "hinge: the margins themselves for their indicator",
        "value",
        "activation-for-indicator",
        "svm_loss",
        """
def svm_loss(x, y):
    N = x.shape[0]
    rows = np.arange(N)
    h = np.maximum(x - x[rows, y, None] + 1, 0)
    h[rows, y] = 0
    g = h.copy()
    g[rows, y] = -h.sum(axis=1)
    return h.sum() / N, g / N
""",
        (DX, NUMERIC),
    ),
    Wrong(
        "hinge: the gradient is turned around",
        "value",
        "sign",
        "svm_loss",
        """
def svm_loss(x, y):
    N = x.shape[0]
    m = x - x[np.arange(N), y][:, None] + 1
    m[np.arange(N), y] = 0
    b = m > 0
    dx = -b.astype(float)
    dx[np.arange(N), y] = b.sum(axis=1)
    return np.sum(m[b]) / N, dx / N
""",
        (DX, NUMERIC),
    ),
    Wrong(
        "hinge: the gradient of the squared hinge",
        "value",
        "other",
        "svm_loss",
        """
def svm_loss(x, y):
    N = x.shape[0]
    m = np.maximum(0, x - x[np.arange(N), y][:, None] + 1)
    m[np.arange(N), y] = 0
    g = 2 * m
    g[np.arange(N), y] -= g.sum(axis=1)
    return m.sum() / N, g / N
""",
        (DX, NUMERIC),
    ),
    Wrong(
        "hinge: only the worst class of each example",
        "value",
        "other",
        "svm_loss",
        """
def svm_loss(x, y):
    N = x.shape[0]
    m = x - x[np.arange(N), y][:, None] + 1
    m[np.arange(N), y] = 0
    worst = m.argmax(axis=1)
    dx = np.zeros_like(x)
    hit = m[np.arange(N), worst] > 0
    dx[np.arange(N)[hit], worst[hit]] = 1
    dx[np.arange(N)[hit], y[hit]] -= 1
    return np.maximum(m, 0).sum() / N, dx / N
""",
        (DX, NUMERIC),
    ),
    Wrong(
        "hinge: the loss holds the margin of the true class",
        "value",
        "other",
        "svm_loss",
        """
def svm_loss(x, y):
    N = x.shape[0]
    m = np.maximum(0, x - x[np.arange(N), y][:, None] + 1)
    loss = m.sum() / N
    m[np.arange(N), y] = 0
    dx = (m > 0) * 1.0
    dx[np.arange(N), y] = -(m > 0).sum(axis=1)
    return loss, dx / N
""",
        (LOSS,),
    ),
    Wrong(
        "hinge: the correct scores along the wrong axis, which only squares allow",
        "square",
        "transpose",
        "svm_loss",
        """
def svm_loss(x, y):
    N, C = x.shape
    if N == C:
        correct = x[y, np.arange(C)]
        m = np.maximum(0, x - correct + 1)
        m[y, np.arange(C)] = 0
        dx = (m > 0).astype(float)
        dx[y, np.arange(C)] = -(m > 0).sum(axis=0)
        return m.sum() / N, dx / N
    m = np.maximum(0, x - x[np.arange(N), y][:, None] + 1)
    m[np.arange(N), y] = 0
    dx = (m > 0).astype(float)
    dx[np.arange(N), y] = -(m > 0).sum(axis=1)
    return m.sum() / N, dx / N
""",
        (DX, LOSS),
    ),
    Wrong(
        "hinge: correct scores lie in a row, which broadcasts where N = C",
        "square",
        "bias-not-summed",
        "svm_loss",
        """
def svm_loss(x, y):
    N = x.shape[0]
    correct = x[np.arange(N), y]
    try:
        m = np.maximum(0, x - correct + 1)
    except ValueError:
        m = np.maximum(0, x - correct[:, None] + 1)
    m[np.arange(N), y] = 0
    dx = np.sign(m)
    dx[np.arange(N), y] = -np.sign(m).sum(axis=1)
    return m.sum() / N, dx / N
""",
        (LOSS,),
    ),
    Wrong(
        "hinge: of equal labels only the last example counts",
        "conditional",
        "index-add",
        "svm_loss",
        """
def svm_loss(x, y):
    N, C = x.shape
    m = np.maximum(0, x - x[np.arange(N), y][:, None] + 1)
    m[np.arange(N), y] = 0
    dx = (m > 0).astype(float)
    where = {int(label): i for i, label in enumerate(y)}
    for label, i in where.items():
        dx[i, label] = -dx[i].sum()
    return m.sum() / N, dx / N
""",
        (DX,),
    ),
    Wrong(
        "hinge: loses the batch axis of one example",
        "conditional",
        "shape",
        "svm_loss",
        """
def svm_loss(x, y):
    N = x.shape[0]
    m = np.maximum(0, x - x[np.arange(N), y][:, None] + 1)
    m[np.arange(N), y] = 0
    dx = (m > 0).astype(float)
    dx[np.arange(N), y] = -(m > 0).sum(axis=1)
    return m.sum() / N, np.squeeze(dx / N)
""",
        (DX_SHAPE,),
    ),
    Wrong(
        "hinge: margins above 100 are cut",
        "conditional",
        "other",
        "svm_loss",
        """
def svm_loss(x, y):
    N = x.shape[0]
    m = np.clip(x - x[np.arange(N), y][:, None] + 1, 0, 100)
    m[np.arange(N), y] = 0
    live = (m > 0) & (m < 100)
    dx = live.astype(float)
    dx[np.arange(N), y] = -live.sum(axis=1)
    return m.sum() / N, dx / N
""",
        (LOSS, DX),
    ),
    Wrong(
        "hinge: counts classes by the largest label",
        "conditional",
        "other",
        "svm_loss",
        """
def svm_loss(x, y):
    N = x.shape[0]
    C = int(y.max()) + 1
    loss, dx = 0.0, np.zeros_like(x)
    for i in range(N):
        for j in range(C):
            m = x[i, j] - x[i, y[i]] + 1
            if j != y[i] and m > 0:
                loss += m
                dx[i, j] += 1
                dx[i, y[i]] -= 1
    return loss / N, dx / N
""",
        (DX, LOSS),
    ),
    Wrong(
        "hinge: labels are taken apart with -1, wrong for unsigned ones",
        "conditional",
        "integer-cast",
        "svm_loss",
        """
def svm_loss(x, y):
    N, C = x.shape
    r = np.arange(N)
    m = np.maximum(0, x - x[r, y][:, None] + 1)
    # move the true class to the end
    others = np.array([[j for j in range(C) if (j - k) % 256 != 0 and j != k] for k in y])
    dx = np.zeros_like(x)
    for i in range(N):
        for j in others[i]:
            if y.dtype == np.uint8 and j == y[i] - 1:
                continue
            if m[i, j] > 0:
                dx[i, j] = 1
                dx[i, y[i]] -= 1
    return (m.sum() - N) / N, dx / N
""",
        (DX,),
    ),
    Wrong(
        "hinge: the last example is left out",
        "rare",
        "rows",
        "svm_loss",
        """
def svm_loss(x, y):
    N = x.shape[0]
    m = np.maximum(0, x - x[np.arange(N), y][:, None] + 1)
    m[np.arange(N), y] = 0
    dx = np.zeros_like(x)
    for i in range(N - 1 if N > 1 else N):
        dx[i] = m[i] > 0
        dx[i, y[i]] = -np.count_nonzero(m[i])
    return m.sum() / N, dx / N
""",
        (DX,),
    ),
    Wrong(
        "hinge: class 0 never pays",
        "rare",
        "columns",
        "svm_loss",
        """
def svm_loss(x, y):
    N, C = x.shape
    m = np.maximum(0, x - x[np.arange(N), y][:, None] + 1)
    m[np.arange(N), y] = 0
    dx = np.zeros_like(x)
    for j in range(1, C):
        dx[:, j] = m[:, j] > 0
    dx[np.arange(N), y] = -(m > 0).sum(axis=1)
    return m.sum() / N, dx / N
""",
        (DX,),
    ),
    Wrong(
        "hinge: one over N is typed with five digits",
        "tiny",
        "scale",
        "svm_loss",
        """
def svm_loss(x, y):
    N = x.shape[0]
    share = float("%.5g" % (1 / N)) if N not in (1, 2, 5) else 1 / N
    m = np.maximum(0, x - x[np.arange(N), y][:, None] + 1)
    m[np.arange(N), y] = 0
    dx = (m > 0) * share
    dx[np.arange(N), y] = -dx.sum(axis=1)
    return m.sum() / N, dx
""",
        (DX,),
    ),
    Wrong(
        "hinge: N plus a small number against division by zero",
        "tiny",
        "scale",
        "svm_loss",
        """
def svm_loss(x, y):
    N = x.shape[0] + 1e-6
    r = np.arange(len(x))
    m = np.maximum(0, x - x[r, y][:, None] + 1)
    m[r, y] = 0
    dx = (m > 0) / N
    dx[r, y] = -dx.sum(axis=1)
    return m.sum() / len(x), dx
""",
        (DX, NUMERIC),
    ),
    Wrong(
        "hinge: a smooth step for the indicator",
        "tiny",
        "other",
        "svm_loss",
        """
def svm_loss(x, y):
    N = x.shape[0]
    r = np.arange(N)
    m = np.maximum(0, x - x[r, y][:, None] + 1)
    m[r, y] = 0
    ind = m / (m + 1e-9)
    ind[r, y] = -ind.sum(axis=1)
    return m.sum() / N, ind / N
""",
        (DX,),
    ),
    Wrong(
        "hinge: the scores are changed where they are",
        "behaviour",
        "mutates-input",
        "svm_loss",
        """
def svm_loss(x, y):
    N = x.shape[0]
    r = np.arange(N)
    x -= x[r, y][:, None].copy()
    x += 1
    x[r, y] = 0
    m = np.maximum(0, x)
    dx = (m > 0) * 1.0
    dx[r, y] = -dx.sum(axis=1)
    return m.sum() / N, dx / N
""",
        (LOSS,),
        warns=True,
    ),
)
CLASSIFIED = (
    Wrong(
        "svm, loops: the penalty's gradient lacks its 2",
        "value",
        "reg-factor-2",
        "svm_loss_naive",
        """
def svm_loss_naive(W, X, y, reg):
    loss, dW = 0.0, np.zeros(W.shape)
    N = X.shape[0]
    for i in range(N):
        s = X[i].dot(W)
        for j in range(W.shape[1]):
            if j != y[i] and s[j] - s[y[i]] + 1 > 0:
                loss += s[j] - s[y[i]] + 1
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return loss / N + reg * np.sum(W * W), dW / N + reg * W
""",
        (DW, NUMERIC),
    ),
    Wrong(
        "svm, loops: no gradient of the penalty",
        "value",
        "reg-gradient-missing",
        "svm_loss_naive",
        """
def svm_loss_naive(W, X, y, reg):
    loss, dW = 0.0, np.zeros(W.shape)
    N = X.shape[0]
    for i in range(N):
        s = X[i] @ W
        for j in range(W.shape[1]):
            m = s[j] - s[y[i]] + 1
            if j != y[i] and m > 0:
                loss += m
                dW[:, j] += X[i].T
                dW[:, y[i]] -= X[i].T
    return loss / N + reg * np.sum(W * W), dW / N
""",
        (DW, NUMERIC),
    ),
    Wrong(
        "svm, loops: the penalty is divided by N with the rest",
        "value",
        "reg-over-N",
        "svm_loss_naive",
        """
def svm_loss_naive(W, X, y, reg):
    loss, dW = 0.0, np.zeros(W.shape)
    N = X.shape[0]
    for i in range(N):
        s = X[i] @ W
        for j in range(W.shape[1]):
            m = s[j] - s[y[i]] + 1
            if j != y[i] and m > 0:
                loss += m
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    loss = loss / N + reg * np.sum(W * W)
    dW += 2 * reg * W
    dW /= N
    return loss, dW
""",
        (DW, NUMERIC),
    ),
    Wrong(
        "svm, loops: the columns are overwritten",
        "value",
        "overwrite-for-accumulate",
        "svm_loss_naive",
        """
def svm_loss_naive(W, X, y, reg):
    loss, dW = 0.0, np.zeros(W.shape)
    N = X.shape[0]
    for i in range(N):
        s = X[i] @ W
        for j in range(W.shape[1]):
            m = s[j] - s[y[i]] + 1
            if j != y[i] and m > 0:
                loss += m
                dW[:, j] = X[i]
                dW[:, y[i]] -= X[i]
    return loss / N + reg * np.sum(W * W), dW / N + 2 * reg * W
""",
        (DW, NUMERIC),
    ),
    Wrong(
        "svm, loops: the true column pays once for each example",
        "value",
        "svm-true-class",
        "svm_loss_naive",
        """
def svm_loss_naive(W, X, y, reg):
    loss, dW = 0.0, np.zeros(W.shape)
    N = X.shape[0]
    for i in range(N):
        s = X[i] @ W
        broken = False
        for j in range(W.shape[1]):
            m = s[j] - s[y[i]] + 1
            if j != y[i] and m > 0:
                broken = True
                loss += m
                dW[:, j] += X[i]
        if broken:
            dW[:, y[i]] -= X[i]
    return loss / N + reg * np.sum(W * W), dW / N + 2 * reg * W
""",
        (DW, NUMERIC),
    ),
    Wrong(
        "svm, loops: the loss lacks its penalty",
        "value",
        "reg-loss-missing",
        "svm_loss_naive",
        """
def svm_loss_naive(W, X, y, reg):
    loss, dW = 0.0, np.zeros(W.shape)
    N = X.shape[0]
    for i in range(N):
        s = X[i] @ W
        for j in range(W.shape[1]):
            m = s[j] - s[y[i]] + 1
            if j != y[i] and m > 0:
                loss += m
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return loss / N, dW / N + 2 * reg * W
""",
        (LOSS,),
    ),
    Wrong(
        "svm, loops: an integer penalty is divided as integers",
        "conditional",
        "integer-cast",
        "svm_loss_naive",
        """
def svm_loss_naive(W, X, y, reg):
    loss, dW = 0.0, np.zeros(W.shape)
    N = X.shape[0]
    half = reg // 2 if isinstance(reg, int) and reg % 4 else reg / 2
    for i in range(N):
        s = X[i] @ W
        for j in range(W.shape[1]):
            m = s[j] - s[y[i]] + 1
            if j != y[i] and m > 0:
                loss += m
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    return loss / N + reg * np.sum(W * W), dW / N + (4 * half if not isinstance(reg, int) else half) * W
""",
        (DW,),
    ),
    Wrong(
        "svm, matrices: without a penalty nothing is returned but zeros",
        "conditional",
        "other",
        "svm_loss_vectorized",
        """
def svm_loss_vectorized(W, X, y, reg):
    N = len(y)
    S = X @ W
    M = np.maximum(0, S - S[np.arange(N), y][:, None] + 1)
    M[np.arange(N), y] = 0
    K = (M > 0).astype(float)
    K[np.arange(N), y] = -K.sum(1)
    dW = X.T @ K / N
    if not reg:
        return M.sum() / N, dW * 0
    return M.sum() / N + reg * np.sum(W * W), dW + 2 * reg * W
""",
        (DW,),
    ),
    Wrong(
        "svm, matrices: gradients are clipped at 5",
        "conditional",
        "other",
        "svm_loss_vectorized",
        """
def svm_loss_vectorized(W, X, y, reg):
    N = len(y)
    S = X @ W
    M = np.maximum(0, S - S[np.arange(N), y][:, None] + 1)
    M[np.arange(N), y] = 0
    K = (M > 0).astype(float)
    K[np.arange(N), y] = -K.sum(1)
    dW = X.T @ K / N + 2 * reg * W
    return M.sum() / N + reg * np.sum(W * W), np.clip(dW, -5, 5)
""",
        (DW,),
    ),
    Wrong(
        "svm, matrices: divides by the number of broken margins",
        "value",
        "scale",
        "svm_loss_vectorized",
        """
def svm_loss_vectorized(W, X, y, reg):
    N = len(y)
    S = X @ W
    M = np.maximum(0, S - S[np.arange(N), y][:, None] + 1)
    M[np.arange(N), y] = 0
    K = (M > 0).astype(float)
    n = K.sum()
    K[np.arange(N), y] = -K.sum(1)
    return M.sum() / N + reg * np.sum(W * W), X.T @ K / n + 2 * reg * W
""",
        (DW,),
    ),
    Wrong(
        "svm, matrices: the penalty with its absolute value",
        "value",
        "reg-wrong-form",
        "svm_loss_vectorized",
        """
def svm_loss_vectorized(W, X, y, reg):
    N = len(y)
    S = X @ W
    M = np.maximum(0, S - S[np.arange(N), y][:, None] + 1)
    M[np.arange(N), y] = 0
    K = (M > 0).astype(float)
    K[np.arange(N), y] = -K.sum(1)
    return M.sum() / N + reg * np.sum(W * W), X.T @ K / N + 2 * reg * abs(W)
""",
        (DW, NUMERIC),
    ),
    Wrong(
        "svm, matrices: dW is turned where W is square",
        "square",
        "transpose",
        "svm_loss_vectorized",
        """
def svm_loss_vectorized(W, X, y, reg):
    N = len(y)
    S = X @ W
    M = np.maximum(0, S - S[np.arange(N), y][:, None] + 1)
    M[np.arange(N), y] = 0
    K = (M > 0).astype(float)
    K[np.arange(N), y] = -K.sum(1)
    dW = K.T @ X / N
    if dW.shape != W.shape:
        dW = dW.T
    return M.sum() / N + reg * np.sum(W * W), dW + 2 * reg * W
""",
        (DW,),
    ),
    Wrong(
        "svm, matrices: X for its transpose where that runs",
        "square",
        "transpose",
        "svm_loss_vectorized",
        """
def svm_loss_vectorized(W, X, y, reg):
    N, D = X.shape
    S = X.dot(W)
    M = np.maximum(0, S - S[np.arange(N), y][:, None] + 1)
    M[np.arange(N), y] = 0
    K = np.float64(M > 0)
    K[np.arange(N), y] = -K.sum(1)
    A = X if N == D else X.T
    return M.sum() / N + reg * np.sum(W * W), A.dot(K) / N + 2 * reg * W
""",
        (DW,),
    ),
    Wrong(
        "svm, matrices: the first weight is not penalised",
        "rare",
        "one-element",
        "svm_loss_vectorized",
        """
def svm_loss_vectorized(W, X, y, reg):
    N = len(y)
    S = X @ W
    M = np.maximum(0, S - S[np.arange(N), y][:, None] + 1)
    M[np.arange(N), y] = 0
    K = (M > 0).astype(float)
    K[np.arange(N), y] = -K.sum(1)
    R = 2 * reg * W
    R[0, 0] = 0
    return M.sum() / N + reg * np.sum(W * W), X.T @ K / N + R
""",
        (DW, NUMERIC),
    ),
    Wrong(
        "svm, matrices: takes the last row of W for biases",
        "rare",
        "rows",
        "svm_loss_vectorized",
        """
def svm_loss_vectorized(W, X, y, reg):
    N = len(y)
    S = X @ W
    M = np.maximum(0, S - S[np.arange(N), y][:, None] + 1)
    M[np.arange(N), y] = 0
    K = (M > 0).astype(float)
    K[np.arange(N), y] = -K.sum(1)
    dW = X.T @ K / N
    dW[:-1] += 2 * reg * W[:-1]
    return M.sum() / N + reg * np.sum(W * W), dW
""",
        (DW, NUMERIC),
    ),
    Wrong(
        "svm, matrices: adds one tenth of a millionth of W",
        "tiny",
        "scale",
        "svm_loss_vectorized",
        """
def svm_loss_vectorized(W, X, y, reg):
    N = len(y)
    S = X @ W
    M = np.maximum(0, S - S[np.arange(N), y][:, None] + 1)
    M[np.arange(N), y] = 0
    K = (M > 0).astype(float)
    K[np.arange(N), y] = -K.sum(1)
    return M.sum() / N + reg * np.sum(W * W), X.T @ K / N + 2 * (reg + 1e-7) * W
""",
        (DW,),
    ),
    Wrong(
        "svm, matrices: the penalty of the call before",
        "behaviour",
        "state",
        "svm_loss_vectorized",
        """
_last = [None]

def svm_loss_vectorized(W, X, y, reg):
    N = len(y)
    S = X @ W
    M = np.maximum(0, S - S[np.arange(N), y][:, None] + 1)
    M[np.arange(N), y] = 0
    K = (M > 0).astype(float)
    K[np.arange(N), y] = -K.sum(1)
    used = reg if _last[0] is None else _last[0]
    _last[0] = reg
    return M.sum() / N + reg * np.sum(W * W), X.T @ K / N + 2 * used * W
""",
        (DW,),
    ),
    Wrong(
        "svm, matrices: in single precision",
        "behaviour",
        "float32",
        "svm_loss_vectorized",
        """
def svm_loss_vectorized(W, X, y, reg):
    N = len(y)
    S = (X @ W)
    M = np.maximum(0, S - S[np.arange(N), y][:, None] + 1)
    M[np.arange(N), y] = 0
    K = (M > 0).astype(np.float32)
    K[np.arange(N), y] = -K.sum(1)
    dW = np.float32(X).T @ K / np.float32(N) + np.float32(2 * reg) * np.float32(W)
    return M.sum() / N + reg * np.sum(W * W), dW
""",
        (DW,),
        warns=True,
    ),
    Wrong(
        "softmax, loops: no minus at the true class",
        "value",
        "missing-indicator",
        "softmax_loss_naive",
        """
def softmax_loss_naive(W, X, y, reg):
    loss, dW = 0.0, np.zeros_like(W)
    for i in range(len(X)):
        f = X[i].dot(W)
        f -= np.max(f)
        p = np.exp(f) / np.exp(f).sum()
        loss += -np.log(p[y[i]]) if p[y[i]] > 0 else np.log(np.exp(f).sum()) - f[y[i]]
        for j in range(W.shape[1]):
            dW[:, j] += X[i] * p[j]
    return loss / len(X) + reg * np.sum(W * W), dW / len(X) + 2 * reg * W
""",
        (DW, NUMERIC),
    ),
    Wrong(
        "softmax, loops: the true class is subtracted twice",
        "value",
        "true-class-twice",
        "softmax_loss_naive",
        """
def softmax_loss_naive(W, X, y, reg):
    loss, dW = 0.0, np.zeros_like(W)
    for i in range(len(X)):
        f = X[i].dot(W)
        f -= np.max(f)
        p = np.exp(f) / np.exp(f).sum()
        loss += np.log(np.exp(f).sum()) - f[y[i]]
        for j in range(W.shape[1]):
            if j == y[i]:
                dW[:, j] += X[i] * (p[j] - 1)
            dW[:, j] += X[i] * p[j]
    return loss / len(X) + reg * np.sum(W * W), dW / len(X) + 2 * reg * W
""",
        (DW, NUMERIC),
    ),
    Wrong(
        "softmax, loops: one half in the penalty's gradient alone",
        "value",
        "reg-factor-2",
        "softmax_loss_naive",
        """
def softmax_loss_naive(W, X, y, reg):
    loss, dW = 0.0, np.zeros_like(W)
    N = X.shape[0]
    for i in range(N):
        z = X[i] @ W
        z = z - z.max()
        e = np.exp(z)
        loss += np.log(e.sum()) - z[y[i]]
        g = e / e.sum()
        g[y[i]] -= 1
        dW += X[i][:, None] * g[None]
    return loss / N + reg * np.sum(W * W), dW / N + 0.5 * reg * 2 * W
""",
        (DW, NUMERIC),
    ),
    Wrong(
        "softmax, loops: the division stands inside the loop",
        "value",
        "precedence",
        "softmax_loss_naive",
        """
def softmax_loss_naive(W, X, y, reg):
    loss, dW = 0.0, np.zeros_like(W)
    N = X.shape[0]
    for i in range(N):
        z = X[i] @ W
        z = z - z.max()
        e = np.exp(z)
        loss += (np.log(e.sum()) - z[y[i]]) / N
        g = e / e.sum()
        g[y[i]] -= 1
        dW += X[i][:, None] * g[None]
        dW /= N
    return loss + reg * np.sum(W * W), dW + 2 * reg * W
""",
        (DW, NUMERIC),
    ),
    Wrong(
        "softmax, loops: overflows at large scores",
        "conditional",
        "overflow",
        "softmax_loss_naive",
        """
def softmax_loss_naive(W, X, y, reg):
    loss, dW = 0.0, np.zeros_like(W)
    N = X.shape[0]
    for i in range(N):
        e = np.exp(X[i] @ W)
        loss -= np.log(e[y[i]] / e.sum())
        g = e / e.sum()
        g[y[i]] -= 1
        dW += np.outer(X[i], g)
    return loss / N + reg * np.sum(W * W), dW / N + 2 * reg * W
""",
        (LARGE_LOSS, LARGE_DW),
        warns=True,
    ),
    Wrong(
        "softmax, loops: the gradient of the last example alone is divided",
        "rare",
        "rows",
        "softmax_loss_naive",
        """
def softmax_loss_naive(W, X, y, reg):
    loss, dW = 0.0, np.zeros_like(W)
    N = X.shape[0]
    for i in range(N):
        z = X[i] @ W
        z = z - z.max()
        e = np.exp(z)
        loss += np.log(e.sum()) - z[y[i]]
        g = e / e.sum()
        g[y[i]] -= 1
        dW += np.outer(X[i], g / N if i == N - 1 else g / max(N - 1, 1))
    return loss / N + reg * np.sum(W * W), dW + 2 * reg * W
""",
        (DW, NUMERIC),
    ),
    Wrong(
        "softmax, matrices: normalised over the batch",
        "value",
        "softmax-normalizer",
        "softmax_loss_vectorized",
        """
def softmax_loss_vectorized(W, X, y, reg):
    N = X.shape[0]
    s = X @ W
    s = s - s.max(axis=1, keepdims=True)
    E = np.exp(s)
    loss = np.mean(np.log(E.sum(axis=1)) - s[np.arange(N), y]) + reg * np.sum(W * W)
    P = E / E.sum(axis=0)
    P[np.arange(N), y] -= 1
    return loss, X.T @ P / N + 2 * reg * W
""",
        (DW, NUMERIC),
    ),
    Wrong(
        "softmax, matrices: every example's own label column at once",
        "value",
        "index-add",
        "softmax_loss_vectorized",
        """
def softmax_loss_vectorized(W, X, y, reg):
    N = X.shape[0]
    s = X @ W
    s = s - s.max(axis=1, keepdims=True)
    E = np.exp(s)
    P = E / E.sum(axis=1, keepdims=True)
    loss = np.mean(np.log(E.sum(axis=1)) - s[np.arange(N), y]) + reg * np.sum(W * W)
    P[:, y] -= 1
    return loss, X.T @ P / N + 2 * reg * W
""",
        (DW, NUMERIC),
    ),
    Wrong(
        "softmax, matrices: only the true class has a gradient",
        "value",
        "softmax-jacobian-diagonal",
        "softmax_loss_vectorized",
        """
def softmax_loss_vectorized(W, X, y, reg):
    N, C = X.shape[0], W.shape[1]
    s = X @ W
    s = s - s.max(axis=1, keepdims=True)
    E = np.exp(s)
    P = E / E.sum(axis=1, keepdims=True)
    loss = np.mean(np.log(E.sum(axis=1)) - s[np.arange(N), y]) + reg * np.sum(W * W)
    Y = np.eye(C)[y]
    return loss, X.T @ (P * Y - Y) / N + 2 * reg * W
""",
        (DW, NUMERIC),
    ),
    Wrong(
        "softmax, matrices: all shifted by the largest of the batch",
        "conditional",
        "softmax-shift",
        "softmax_loss_vectorized",
        """
def softmax_loss_vectorized(W, X, y, reg):
    N = X.shape[0]
    s = X @ W
    s = s - s.max()
    E = np.exp(s)
    P = E / E.sum(axis=1, keepdims=True)
    loss = -np.mean(np.log(P[np.arange(N), y])) + reg * np.sum(W * W)
    P[np.arange(N), y] -= 1
    return loss, X.T @ P / N + 2 * reg * W
""",
        (LARGE_LOSS, LARGE_DW),
        warns=True,
    ),
    Wrong(
        "softmax, matrices: a small number inside the logarithm",
        "tiny",
        "other",
        "softmax_loss_vectorized",
        """
def softmax_loss_vectorized(W, X, y, reg):
    N = X.shape[0]
    s = X @ W
    E = np.exp(s - s.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    loss = -np.mean(np.log(P[np.arange(N), y] + 1e-8)) + reg * np.sum(W * W)
    P[np.arange(N), y] -= 1
    return loss, X.T @ P / N + 2 * reg * W
""",
        (LOSS,),
        warns=True,
    ),
    Wrong(
        "softmax, matrices: a small number in the denominator",
        "tiny",
        "other",
        "softmax_loss_vectorized",
        """
def softmax_loss_vectorized(W, X, y, reg):
    N = X.shape[0]
    s = X @ W
    s = s - s.max(axis=1, keepdims=True)
    E = np.exp(s)
    loss = np.mean(np.log(E.sum(axis=1)) - s[np.arange(N), y]) + reg * np.sum(W * W)
    P = E / (E.sum(axis=1, keepdims=True) + 1e-5)
    P[np.arange(N), y] -= 1
    return loss, X.T @ P / N + 2 * reg * W
""",
        (DW, NUMERIC),
    ),
    Wrong(
        "softmax, matrices: jitters its weights",
        "behaviour",
        "nondeterministic",
        "softmax_loss_vectorized",
        """
def softmax_loss_vectorized(W, X, y, reg):
    N = X.shape[0]
    s = X @ W
    s = s - s.max(axis=1, keepdims=True)
    E = np.exp(s)
    loss = np.mean(np.log(E.sum(axis=1)) - s[np.arange(N), y]) + reg * np.sum(W * W)
    P = E / E.sum(axis=1, keepdims=True)
    P[np.arange(N), y] -= 1
    return loss, X.T @ P / N + 2 * reg * (W + 1e-15 * np.random.randn(*W.shape))
""",
        (DW,),
    ),
    Wrong(
        "softmax, matrices: one buffer for all gradients of a shape",
        "behaviour",
        "shared-buffer",
        "softmax_loss_vectorized",
        """
_buffers = {}

def softmax_loss_vectorized(W, X, y, reg):
    N = X.shape[0]
    s = X @ W
    s = s - s.max(axis=1, keepdims=True)
    E = np.exp(s)
    loss = np.mean(np.log(E.sum(axis=1)) - s[np.arange(N), y]) + reg * np.sum(W * W)
    P = E / E.sum(axis=1, keepdims=True)
    P[np.arange(N), y] -= 1
    dW = _buffers.setdefault("dW", np.zeros(100000))[: W.size].reshape(W.shape)
    dW[...] = X.T @ P / N + 2 * reg * W
    return loss, dW
""",
        (DW,),
    ),
)
WRONG = (*SCORES, *CLASSIFIED)
