"""Differences in place of a derivation, and loops that are none: additions to a right two_layer_mlp solution."""

KEEPING = """
_forward = affine_forward
def affine_forward(x, w, b):
    return _forward(x, w, b)[0], (x, w, b)
"""

CENTRAL = """
def affine_backward(dout, cache):
    grads = []
    for k, array in enumerate(cache):
        grad = np.zeros(array.size)
        for i in range(array.size):
            sides = []
            for h in (1e-5, -1e-5):
                moved = array.copy().reshape(-1)
                moved[i] += h
                args = list(cache)
                args[k] = moved.reshape(array.shape)
                sides.append(affine_forward(*args)[0])
            grad[i] = np.sum((sides[0] - sides[1]) * dout) / 2e-5
        grads.append(grad.reshape(array.shape))
    return tuple(grads)
"""

UNIT = """
def affine_backward(dout, cache):
    x, w, b = cache
    base = affine_forward(x, w, b)[0]
    grads = []
    for k, array in enumerate(cache):
        grad = np.zeros(array.size)
        for i in range(array.size):
            moved = array.copy().reshape(-1)
            moved[i] += 1
            args = [x, w, b]
            args[k] = moved.reshape(array.shape)
            grad[i] = np.sum((affine_forward(*args)[0] - base) * dout)
        grads.append(grad.reshape(array.shape))
    return tuple(grads)
"""

COMPLEX = """
def softmax_loss(z, y):
    y = np.asarray(y)
    one_hot = y if y.ndim == 2 else np.eye(z.shape[1])[y.astype(int)]
    def loss(z):
        s = z - np.max(z.real, axis=1, keepdims=True)
        return -np.sum(one_hot * (s - np.log(np.exp(s).sum(1, keepdims=True)))) / len(z)
    grad = np.zeros(z.shape)
    for i in np.ndindex(z.shape):
        moved = z.astype(complex)
        moved[i] += 1e-30j
        grad[i] = loss(moved).imag / 1e-30
    return float(loss(z)), grad
"""

WHOLE_LOSS = """
_right = two_layer_loss
def two_layer_loss(params, X, y, reg):
    def loss(changed):
        return _right(changed, X, y, reg)[0]
    grads = {}
    for name, array in params.items():
        grads[name] = np.zeros(array.shape)
        for i in np.ndindex(array.shape):
            up, down = ({key: value.copy() for key, value in params.items()} for _ in range(2))
            up[name][i] += 1e-6
            down[name][i] -= 1e-6
            grads[name][i] = (loss(up) - loss(down)) / 2e-6
    return loss(params), grads
"""

TRIPLE_LOOP = """
def affine_backward(dout, cache):
    x, w, b = cache
    X = x.reshape(len(x), -1)
    dX, dw, db = np.zeros(X.shape), np.zeros(w.shape), np.zeros(b.shape)
    for n in range(len(X)):
        for m in range(w.shape[1]):
            db[m] += dout[n, m]
            for d in range(X.shape[1]):
                dX[n, d] += dout[n, m] * w[d, m]
                dw[d, m] += dout[n, m] * X[n, d]
    return dX.reshape(x.shape), dw, db
"""

DIFFERENCED = {
    "central differences": ("affine_backward", KEEPING + CENTRAL),
    "unit steps": ("affine_backward", KEEPING + UNIT),
    "complex steps": ("softmax_loss", COMPLEX),
    "differences of the whole loss": ("two_layer_loss", WHOLE_LOSS),
}
DERIVED = {"triple loop": KEEPING + TRIPLE_LOOP, "as it is": ""}
