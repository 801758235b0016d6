"""Wrong solutions that were written after the rules, from the handouts alone; their names before the first run.

(assignment, function, names that are right, source). Their author knew the rules: a figure from here is an upper bound.
"""

FRESH = [
    (
        "softmax_classifier",
        "scores_gradient",
        "sign",
        """
def scores_gradient(F, y):
    P = softmax(F)
    out = -P
    for i, label in enumerate(y):
        out[i, label] += 1
    return out
""",
    ),
    (
        "softmax_classifier",
        "scores_gradient",
        "extra-1/N",
        """
def scores_gradient(F, y):
    n = F.shape[0]
    P = softmax(F).copy()
    P[np.arange(n), y] -= 1.0
    P *= 1.0 / n
    return P
""",
    ),
    (
        "softmax_classifier",
        "scores_gradient",
        "softmax-normalizer",
        """
def scores_gradient(F, y):
    e = np.exp(F - F.max(axis=1, keepdims=True))
    P = e / e.sum(axis=0, keepdims=True)
    P[range(len(y)), y] -= 1
    return P
""",
    ),
    (
        "softmax_classifier",
        "softmax",
        "softmax-normalizer",
        """
def softmax(F):
    e = np.exp(F - F.max(axis=1, keepdims=True))
    return e / np.linalg.norm(e, axis=1, keepdims=True)
""",
    ),
    (
        "softmax_classifier",
        "softmax",
        "softmax-shift overflow",
        """
def softmax(F):
    t = np.exp(F)
    return t / np.sum(t, axis=1)[:, np.newaxis]
""",
    ),
    (
        "softmax_classifier",
        "cross_entropy",
        "extra-1/N",
        """
def cross_entropy(F, y):
    m = F.max(axis=1)
    lse = m + np.log(np.exp(F - m[:, None]).sum(axis=1))
    return np.average(lse - F[np.arange(F.shape[0]), y])
""",
    ),
    (
        "softmax_classifier",
        "cross_entropy",
        "sign",
        """
def cross_entropy(F, y):
    P = softmax(F)
    total = 0.0
    for i in range(len(y)):
        s = F[i] - F[i].max()
        total += s[y[i]] - np.log(np.exp(s).sum())
    return total
""",
    ),
    (
        "softmax_classifier",
        "weight_gradient",
        "extra-1/N",
        """
def weight_gradient(X, dF):
    return np.einsum("nd,nk->dk", X, dF) / X.shape[0]
""",
    ),
    (
        "softmax_classifier",
        "weight_gradient_loop",
        "overwrite-for-accumulate",
        """
def weight_gradient_loop(X, dF):
    dW = np.zeros((X.shape[1], dF.shape[1]))
    for i in range(X.shape[0]):
        for j in range(dF.shape[1]):
            dW[:, j] = X[i] * dF[i, j]
    return dW
""",
    ),
    (
        "softmax_classifier",
        "weight_gradient_loop",
        "rows",
        """
def weight_gradient_loop(X, dF):
    dW = np.zeros((X.shape[1], dF.shape[1]))
    for i in range(X.shape[0] - 1):
        dW += np.outer(X[i], dF[i])
    return dW
""",
    ),
    (
        "softmax_classifier",
        "bias_gradient",
        "bias-mean",
        """
def bias_gradient(dF):
    return np.ones(len(dF)) @ dF / len(dF)
""",
    ),
    (
        "softmax_classifier",
        "bias_gradient",
        "bias-not-summed shape",
        """
def bias_gradient(dF):
    return np.ones((1, dF.shape[0])).dot(dF)
""",
    ),
    (
        "softmax_classifier",
        "input_gradient",
        "transpose column-row",
        """
def input_gradient(dF, W):
    return W @ dF.T
""",
    ),
    (
        "softmax_classifier",
        "softmax_jacobian",
        "softmax-jacobian-diagonal",
        """
def softmax_jacobian(f):
    p = np.exp(f - f.max())
    p = p / p.sum()
    J = np.zeros((len(p), len(p)))
    for k in range(len(p)):
        J[k, k] = p[k] * (1 - p[k])
    return J
""",
    ),
    (
        "softmax_classifier",
        "softmax_jacobian",
        "sign",
        """
def softmax_jacobian(f):
    p = softmax(f.reshape(1, -1)).ravel()
    J = np.outer(p, p)
    J[np.diag_indices(len(p))] -= p
    return J
""",
    ),
    (
        "softmax_classifier",
        "scores_weight_jacobian",
        "missing-indicator",
        """
def scores_weight_jacobian(x, K):
    J = np.zeros((K, len(x), K))
    for k in range(K):
        for j in range(K):
            J[k, :, j] = x
    return J
""",
    ),
    (
        "softmax_classifier",
        "softmax_classifier_loss",
        "missing-indicator",
        """
def softmax_classifier_loss(W, b, X, y):
    F = X @ W + b
    P = softmax(F)
    return cross_entropy(F, y), X.T @ P, P.sum(0)
""",
    ),
    (
        "softmax_classifier",
        "softmax_classifier_loss",
        "bias-mean",
        """
def softmax_classifier_loss(W, b, X, y):
    F = scores(X, W, b)
    G = scores_gradient(F, y)
    return cross_entropy(F, y), X.T @ G, G.mean(0)
""",
    ),
    (
        "softmax_classifier",
        "softmax_classifier_loss",
        "sign",
        """
def softmax_classifier_loss(W, b, X, y):
    F = scores(X, W, b)
    G = -scores_gradient(F, y)
    return cross_entropy(F, y), X.T @ G, G.sum(0)
""",
    ),
    (
        "two_layer_mlp",
        "affine_backward",
        "bias-not-summed",
        """
def affine_backward(dout, cache):
    dx, dw, db = right_affine_backward(dout, cache)
    return dx, dw, dout[0]
""",
    ),
    (
        "two_layer_mlp",
        "affine_backward",
        "extra-1/N",
        """
def affine_backward(dout, cache):
    dx, dw, db = right_affine_backward(dout, cache)
    N = dout.shape[0]
    return dx, dw / N, db / N
""",
    ),
    (
        "two_layer_mlp",
        "affine_backward",
        "sign",
        """
def affine_backward(dout, cache):
    dx, dw, db = right_affine_backward(dout, cache)
    return dx, -dw, db
""",
    ),
    (
        "two_layer_mlp",
        "relu_backward",
        "relu-mask-of-gradient",
        """
def relu_backward(dout, cache):
    dx = np.array(dout, copy=True)
    dx[dx <= 0] = 0
    return dx
""",
    ),
    (
        "two_layer_mlp",
        "relu_backward",
        "activation-for-indicator",
        """
def relu_backward(dout, cache):
    return dout * np.where(INPUT(cache) > 0, INPUT(cache), 0)
""",
    ),
    (
        "two_layer_mlp",
        "softmax_loss",
        "missing-1/N",
        """
def softmax_loss(z, y):
    loss, dz = right_softmax_loss(z, y)
    return loss, dz * z.shape[0]
""",
    ),
    (
        "two_layer_mlp",
        "softmax_loss",
        "precedence",
        """
def softmax_loss(z, y):
    loss, dz = right_softmax_loss(z, y)
    Y = np.eye(z.shape[1])[y] if np.ndim(y) == 1 else y
    P = dz * len(z) + Y
    return loss, P - Y / len(z)
""",
    ),
    (
        "two_layer_mlp",
        "l2_penalty",
        "reg-factor-2",
        """
def l2_penalty(W, w, reg):
    return reg * ((W * W).sum() + (w * w).sum()), reg * W, reg * w
""",
    ),
    (
        "two_layer_mlp",
        "l2_penalty",
        "reg-wrong-form",
        """
def l2_penalty(W, w, reg):
    return 0.5 * reg * (np.linalg.norm(W) + np.linalg.norm(w)), reg * W, reg * w
""",
    ),
    (
        "two_layer_mlp",
        "l2_penalty",
        "reg-factor-2",
        """
def l2_penalty(W, w, reg):
    return 0.5 * reg * ((W * W).sum() + (w * w).sum()), 0.5 * reg * W, 0.5 * reg * w
""",
    ),
    (
        "two_layer_mlp",
        "two_layer_loss",
        "reg-over-N",
        """
def two_layer_loss(params, X, y, reg):
    loss, grads = right_two_layer_loss(params, X, y, 0.0)
    n = len(X)
    for k in ("W", "w"):
        loss += 0.5 * reg / n * (params[k] ** 2).sum()
        grads[k] = grads[k] + reg * params[k] / n
    return loss, grads
""",
    ),
    (
        "two_layer_mlp",
        "two_layer_loss",
        "reg-on-bias",
        """
def two_layer_loss(params, X, y, reg):
    loss, grads = right_two_layer_loss(params, X, y, 0.0)
    for k, p in params.items():
        loss += 0.5 * reg * (p * p).sum()
        grads[k] = grads[k] + reg * p
    return loss, grads
""",
    ),
    (
        "two_layer_mlp",
        "two_layer_loss",
        "bias-mean",
        """
def two_layer_loss(params, X, y, reg):
    loss, grads = right_two_layer_loss(params, X, y, reg)
    n = X.shape[0]
    return loss, {**grads, "b": grads["b"] / n, "c": grads["c"] / n}
""",
    ),
    (
        "two_layer_mlp",
        "two_layer_loss",
        "reg-layer-missing reg-gradient-missing",
        """
def two_layer_loss(params, X, y, reg):
    loss, grads = right_two_layer_loss(params, X, y, reg)
    return loss, {**grads, "w": grads["w"] - reg * params["w"]}
""",
    ),
    (
        "two_layer_mlp",
        "two_layer_loss",
        "softmax-normalizer",
        """
def two_layer_loss(params, X, y, reg):
    h = np.maximum(X @ params["W"] + params["c"], 0)
    z = h @ params["w"] + params["b"]
    e = np.exp(z - z.max())
    P = e / e.sum()
    Y = np.eye(z.shape[1])[y] if np.ndim(y) == 1 else y
    n = len(X)
    loss = -np.log((P * Y).sum(1)).mean() + reg / 2 * sum((params[k] ** 2).sum() for k in "Ww")
    G = (P - Y) / n
    du = (G @ params["w"].T) * (h > 0)
    return loss, {"W": X.T @ du + reg * params["W"], "c": du.sum(0),
                  "w": h.T @ G + reg * params["w"], "b": G.sum(0)}
""",
    ),
    (
        "two_layer_mlp",
        "sgd_step",
        "sign",
        """
def sgd_step(params, grads, learning_rate):
    return {k: np.add(params[k], learning_rate * grads[k]) for k in params}
""",
    ),
    (
        "two_layer_mlp",
        "train",
        "sign",
        """
def train(params, X, y, reg, learning_rate, steps):
    losses = []
    for _ in range(steps):
        loss, grads = right_two_layer_loss(params, X, y, reg)
        losses.append(loss)
        params = {k: params[k] + learning_rate * grads[k] for k in params}
    return params, losses
""",
    ),
    (
        "two_layer_mlp",
        "numerical_jacobian",
        "transpose",
        """
def numerical_jacobian(f, x, h):
    rows = []
    for i in range(x.size):
        e = np.zeros_like(x)
        e[i] = h
        rows.append((f(x + e) - f(x - e)) / (2 * h))
    return np.stack(rows)
""",
    ),
    (
        "deep_mlp",
        "hidden_delta",
        "relu-mask-missing",
        """
def hidden_delta(W_next, D_next, z, sigma):
    return np.dot(W_next.T, D_next)
""",
    ),
    (
        "deep_mlp",
        "hidden_delta",
        "hadamard-precedence",
        """
def hidden_delta(W_next, D_next, z, sigma):
    s = activation_derivative(sigma, z)
    return W_next.T @ (s * D_next) if len(W_next) == len(z) else (W_next.T @ D_next) * s
""",
    ),
    (
        "deep_mlp",
        "output_delta",
        "activation-for-indicator",
        """
def output_delta(dC, zL, sigma):
    return np.multiply(activation(sigma, zL), dC)
""",
    ),
    (
        "deep_mlp",
        "weight_gradient",
        "transpose column-row",
        """
def weight_gradient(D, h_prev):
    return np.outer(h_prev, D)
""",
    ),
    (
        "deep_mlp",
        "backprop",
        "wrong-operand",
        """
def backprop(W, b, h0, t, sigma):
    zs, hs = forward(W, b, h0, sigma)
    D = (hs[-1] - t) * activation_derivative(sigma, zs[-1])
    dW, db = [], []
    for l in range(len(W) - 1, -1, -1):
        below = zs[l - 1] if l > 0 else h0
        dW.insert(0, D @ below.T)
        db.insert(0, D)
        if l > 0:
            D = (W[l].T @ D) * activation_derivative(sigma, zs[l - 1])
    return dW, db
""",
    ),
    (
        "deep_mlp",
        "backprop",
        "sign",
        """
def backprop(W, b, h0, t, sigma):
    zs, hs = forward(W, b, h0, sigma)
    D = (t - hs[-1]) * activation_derivative(sigma, zs[-1])
    dW, db = [D @ hs[-2].T], [D]
    for l in range(len(W) - 1, 0, -1):
        D = (W[l].T @ D) * activation_derivative(sigma, zs[l - 1])
        dW.insert(0, D @ hs[l - 1].T)
        db.insert(0, D)
    return dW, db
""",
    ),
    (
        "deep_mlp",
        "backprop_batch",
        "extra-1/N",
        """
def backprop_batch(W, b, H0, T, sigma):
    dW, db = right_backprop_batch(W, b, H0, T, sigma)
    return [g / H0.shape[1] for g in dW], [g / H0.shape[1] for g in db]
""",
    ),
    (
        "deep_mlp",
        "backprop_batch",
        "bias-mean",
        """
def backprop_batch(W, b, H0, T, sigma):
    dW, db = right_backprop_batch(W, b, H0, T, sigma)
    return dW, [g / H0.shape[1] for g in db]
""",
    ),
    (
        "deep_mlp",
        "update",
        "sign",
        """
def update(W, b, dW, db, learning_rate):
    return [w + learning_rate * g for w, g in zip(W, dW)], [c + learning_rate * g for c, g in zip(b, db)]
""",
    ),
    (
        "deep_mlp",
        "half_squared_error",
        "sign",
        """
def half_squared_error(h, t):
    d = t - h
    return float(0.5 * (d * d).sum()), d
""",
    ),
    (
        "deep_mlp",
        "activation_derivative",
        "wrong-operand",
        """
def activation_derivative(sigma, z):
    if sigma == "sigmoid":
        return z * (1 - z)
    if sigma == "tanh":
        return 1 - z ** 2
    return right_activation_derivative(sigma, z)
""",
    ),
    (
        "layers",
        "batchnorm_backward",
        "bn-variance-path",
        """
def batchnorm_backward(dout, cache):
    dx, dgamma, dbeta = right_batchnorm_backward(dout, cache)
    x, gamma, eps = BN(cache)
    mu, var = x.mean(0), x.var(0)
    s = np.sqrt(var + eps)
    g = dout * gamma
    return (g - g.mean(0)) / s, dgamma, dbeta
""",
    ),
    (
        "layers",
        "max_pool_backward_naive",
        "overwrite-for-accumulate",
        """
def max_pool_backward_naive(dout, cache):
    x, p = cache
    dx = np.zeros_like(x)
    for n in range(dout.shape[0]):
        for c in range(dout.shape[1]):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    a, b = i * p["stride"], j * p["stride"]
                    w = x[n, c, a:a + p["pool_height"], b:b + p["pool_width"]]
                    u, v = np.unravel_index(w.argmax(), w.shape)
                    dx[n, c, a + u, b + v] = dout[n, c, i, j]
    return dx
""",
    ),
    (
        "layers",
        "word_embedding_backward",
        "index-add",
        """
def word_embedding_backward(dout, cache):
    x, shape = cache
    dW = np.zeros(shape)
    dW[x.ravel()] += dout.reshape(-1, dout.shape[2])
    return dW
""",
    ),
    (
        "layers",
        "adam",
        "adam-bias-correction",
        """
def adam(w, dw, config=None):
    config = {} if config is None else config
    lr, b1 = config.setdefault("learning_rate", 1e-3), config.setdefault("beta1", 0.9)
    b2 = config.setdefault("beta2", 0.999)
    eps = config.setdefault("epsilon", 1e-8)
    config["t"] = config.get("t", 0) + 1
    config["m"] = b1 * config.get("m", np.zeros_like(w)) + (1 - b1) * dw
    config["v"] = b2 * config.get("v", np.zeros_like(w)) + (1 - b2) * dw ** 2
    return w - lr * config["m"] / (np.sqrt(config["v"]) + eps), config
""",
    ),
    (
        "layers",
        "rmsprop",
        "rmsprop-root",
        """
def rmsprop(w, dw, config=None):
    config = {} if config is None else config
    lr, eps = config.setdefault("learning_rate", 1e-2), config.setdefault("epsilon", 1e-8)
    d = config.setdefault("decay_rate", 0.99)
    config["cache"] = d * config.get("cache", np.zeros_like(w)) + (1 - d) * dw * dw
    return w - lr * dw / (config["cache"] + eps), config
""",
    ),
    (
        "layers",
        "svm_loss",
        "svm-true-class",
        """
def svm_loss(x, y):
    loss, dx = right_svm_loss(x, y)
    n = len(x)
    dx = dx.copy()
    dx[np.arange(n), y] = -1.0 / n
    return loss, dx
""",
    ),
    (
        "layers",
        "svm_loss_vectorized",
        "reg-factor-2",
        """
def svm_loss_vectorized(W, X, y, reg):
    loss, dW = right_svm_loss_vectorized(W, X, y, reg)
    return loss, dW - reg * W
""",
    ),
    (
        "layers",
        "svm_loss_naive",
        "reg-gradient-missing",
        """
def svm_loss_naive(W, X, y, reg):
    loss, dW = right_svm_loss_naive(W, X, y, 0.0)
    return loss + reg * np.sum(W ** 2), dW
""",
    ),
    (
        "layers",
        "conv_backward_naive",
        "bias-mean",
        """
def conv_backward_naive(dout, cache):
    dx, dw, db = right_conv_backward_naive(dout, cache)
    return dx, dw, dout.mean(axis=(0, 2, 3))
""",
    ),
    (
        "layers",
        "rnn_step_backward",
        "relu-mask-missing",
        """
def rnn_step_backward(dnext_h, cache):
    right = right_rnn_step_backward
    x, prev_h, Wx, Wh, h = cache
    return dnext_h @ Wx.T, dnext_h @ Wh.T, x.T @ dnext_h, prev_h.T @ dnext_h, dnext_h.sum(0)

def rnn_step_forward(x, prev_h, Wx, Wh, b):
    h = np.tanh(x @ Wx + prev_h @ Wh + b)
    return h, (x, prev_h, Wx, Wh, h)
""",
    ),
    (
        "layers",
        "temporal_softmax_loss",
        "temporal-mean",
        """
def temporal_softmax_loss(x, y, mask, verbose=False):
    loss, dx = right_temporal_softmax_loss(x, y, mask)
    return loss / x.shape[1], dx / x.shape[1]
""",
    ),
    (
        "layers",
        "layernorm_forward",
        "norm-axis",
        """
def layernorm_forward(x, gamma, beta, ln_param):
    z = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + ln_param.get("eps", 1e-5))
    return gamma * z + beta, None
""",
    ),
    (
        "layers",
        "layernorm_forward",
        "eps-placement",
        """
def layernorm_forward(x, gamma, beta, ln_param):
    z = (x - x.mean(1, keepdims=True)) / (x.std(1, keepdims=True) + ln_param.get("eps", 1e-5))
    return gamma * z + beta, None
""",
    ),
]
