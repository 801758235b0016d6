"""Affine, ReLU, affine, softmax, with a penalty: the loss and all gradients at once; a step; training."""

from assignments.mistakes import affine, penalty, relu, softmax


def forwards(slip, X, W, c, w, b):
    """(u, h, z)."""
    u = affine.forward(slip.within("first layer"), X, W, c)
    h = relu.forward(slip, u)
    if slip("relu-mask-missing or none", "the rectifier is missing on the way forward"):
        h = u
    z = affine.forward(slip.within("second layer"), h, w, b)
    if slip("wrong-operand or relu-mask-missing", "the second layer reads u, not h"):
        z = affine.forward(slip.right, u, w, b)
    if slip("relu-mask-missing", "a rectifier stands on the scores, too"):
        z = relu.forward(slip.right, z)
    return u, h, z


def two_layer(slip, W, c, w, b, X, y, reg, half):
    """The loss, and the gradients in the order of the parameters."""
    N = len(X)
    u, h, z = forwards(slip, X, W, c, w, b)
    Y = softmax.labels(slip, z, y)
    loss = softmax.data_loss(slip, z, Y, mean=True)
    dz = softmax.scores_gradient(slip, z, Y, y, mean=True)
    dw, db, dh = upper(slip, u, h, w, dz, X)
    dW, dc = lower(slip, u, h, X, dh, w)
    P, p = penalty.shares_of_loss(slip, W, w, reg, N, half)
    RW, Rw = penalty.shares_of_gradient(slip, W, w, reg, N, half)
    if slip("precedence", "the penalty is added before the division by N"):
        RW, Rw = RW / N, Rw / N
    if slip("precedence", "the division by N binds the penalty: dW /= N + λ W, where dW is a sum"):
        dW, dw, RW, Rw = N * dW / (N + RW), N * dw / (N + Rw), 0, 0
    loss += P + p + sum(penalty.of_biases(slip, part, reg, half, True) for part in (c, b))
    dc, db = (
        d + penalty.of_biases(slip.within(name), part, reg, half, False)
        for name, d, part in (("first layer", dc, c), ("second layer", db, b))
    )
    return slip.instead(
        lambda: (loss, dW + RW, dc, dw + Rw, db),
        ("sign", "every gradient has the wrong sign", lambda: (loss, -(dW + RW), -dc, -(dw + Rw), -db)),
        (
            "extra-1/N",
            "every gradient is divided by N once more, its penalty included",
            lambda: (loss, (dW + RW) / N, dc / N, (dw + Rw) / N, db / N),
        ),
    )


def upper(slip, u, h, w, dz, X):
    """Back through the second layer: (dw, db, dh)."""
    there = slip.within("second layer")
    dw, db, dh = affine.weights(there, h, dz), affine.biases(there, dz), affine.inputs(there, dz, w)
    if slip("wrong-operand", "dw is uᵀ dz: u stands for h"):
        dw = u.T @ dz
    if slip("wrong-operand", "dw is Xᵀ dz, where that fits") and X.shape[1] == h.shape[1]:
        dw = X.T @ dz
    if slip("wrong-operand or none", "dw counts units, 1(u > 0)ᵀ dz"):
        dw = (u > 0).T @ dz
    if slip("missing-1/N or none", "1/N is applied to dw and db but not on the way down"):
        dh = dh * len(dz)
    return dw, db, dh


def lower(slip, u, h, X, dh, w):
    """Back through the rectifier and the first layer: (dW, dc)."""
    there = slip.within("first layer")
    du = relu.backward(slip, dh, u)
    dW, dc = affine.weights(there, X, du), affine.biases(there, du)
    if slip("relu-mask-missing or wrong-operand", "dW is Xᵀ dh: dh stands for du"):
        dW = X.T @ dh
    if slip("relu-mask-missing or wrong-operand", "dc sums dh: dh stands for du"):
        dc = dh.sum(axis=0)
    if slip("wrong-operand", "dW is hᵀ du, where that fits") and X.shape[1] == h.shape[1]:
        dW = h.T @ du
    return dW, dc


def two_layer_loss(slip, params, X, y, reg):
    """(loss, grads), with the penalty ½ λ."""
    W, c, w, b = (params[name] for name in ("W", "c", "w", "b"))
    loss, dW, dc, dw, db = two_layer(slip, W, c, w, b, X, y, reg, 0.5)
    return loss, {"W": dW, "c": dc, "w": dw, "b": db}


def sgd_step(slip, params, grads, learning_rate):
    """θ − η dθ."""
    if slip("sign or none", "the step goes up the gradient"):
        learning_rate = -learning_rate
    if slip("scale or none", "the learning rate is not applied"):
        learning_rate = 1
    if slip("", "the learning rate divides the gradient"):
        learning_rate = 1 / learning_rate
    return slip.instead(
        lambda: {k: v - learning_rate * grads[k] for k, v in params.items()},
        (
            "",
            "only the weights are moved, the biases stay",
            lambda: {k: v - learning_rate * grads[k] * (v.ndim > 1) for k, v in params.items()},
        ),
        (
            "",
            "only the biases are moved, the weights stay",
            lambda: {k: v - learning_rate * grads[k] * (v.ndim == 1) for k, v in params.items()},
        ),
        (
            "",
            "the step alone is returned, without the parameters",
            lambda: {k: -learning_rate * grads[k] for k in params},
        ),
        (
            "",
            "the parameters are scaled by 1 − η, weight decay for a step",
            lambda: {k: v * (1 - learning_rate * grads[k]) for k, v in params.items()},
        ),
    )


def train(slip, params, X, y, reg, learning_rate, steps):
    """(params, losses)."""
    losses = []
    count = max(steps - 1, 0) if slip("", "the last step is not made") else steps
    if slip("", "one step too many is made"):
        count += 1
    for step in range(count):
        loss, grads = two_layer_loss(slip, params, X, y, reg)
        if slip("reg-loss-missing", "the recorded loss is that of the data alone"):
            loss, _ = two_layer_loss(slip.right, params, X, y, 0)
        params = sgd_step(slip, params, grads, learning_rate * (0.95**step if slip("", "the step shrinks") else 1))
        if slip("", "the loss is recorded after the step"):
            loss, _ = two_layer_loss(slip.right, params, X, y, reg)
        losses.append(loss)
    return params, losses
