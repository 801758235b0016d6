"""Affine layers with normalisation, ReLU and dropout between them, under softmax, with a penalty on every W_k."""

from assignments.mistakes import affine, norms, penalty, relu, softmax
from reference.dropout import dropout_backward, dropout_forward

OVER = ("precedence", "the penalty is added before the division by N")


def modular(slip, construct, params, X, y):
    """(loss, grads) of fc_net.py's nets, or the scores where y is None."""
    return loss(slip, construct, params, X, y, construct.get("reg", 0), 0.5)


def standing_alone(half):
    """(loss, grads) of neural_net.py's net, whose penalty is an argument."""

    def of(slip, construct, params, X, y, reg):
        return loss(slip, construct, params, X, y, reg, half)

    return of


def as_of_2018(slip, construct, params, X, y):
    """`dropout` is the share that is kept."""
    return modular(slip, {**construct, "dropout_keep_ratio": construct.get("dropout", 1)}, params, X, y)


def as_of_2016(slip, construct, params, X, y):
    """`dropout` is the share that is dropped, and there is batch normalisation alone."""
    made = {**construct, "dropout_keep_ratio": 1 - construct.get("dropout", 0)}
    made["normalization"] = "batchnorm" if construct.get("use_batchnorm") else None
    return modular(slip, made, params, X, y)


def loss(slip, construct, params, X, y, reg, half):
    """The layers up and down, then the penalty."""
    depth, N = sum(name.startswith("W") for name in params), len(X)
    h, kept, mode = X.reshape(N, -1), [], "test" if y is None else "train"
    for k in range(1, depth):
        out, *seen = hidden(slip.within("hidden layers"), construct, params, k, h, mode)
        kept.append((h, *seen))
        h = out
    s = affine.forward(slip.within("last layer"), h, params[f"W{depth}"], params[f"b{depth}"])
    if slip("relu-mask-missing", "a rectifier stands on the scores, too"):
        s = relu.forward(slip.right, s)
    if y is None:
        return s
    Y = softmax.labels(slip, s, y)
    ds = softmax.scores_gradient(slip, s, Y, y, mean=True)
    grads = {}
    d = pulled(slip.within("last layer"), grads, params, depth, h, kept[-1][1], ds)
    for k in range(depth - 1, 0, -1):
        d = back(slip.within("hidden layers"), construct, params, grads, k, d, kept)
    return penalised(slip, params, depth, softmax.data_loss(slip, s, Y, mean=True), grads, reg, half, N)


def hidden(slip, construct, params, k, h, mode):
    """(h_k, what enters the rectifier, the affine layer's output, dropout's cache)."""
    a = affine.forward(slip, h, params[f"W{k}"], params[f"b{k}"])
    u, drop = a, None
    if construct.get("normalization"):
        forwards = {"batchnorm": norms.batchnorm_forward, "layernorm": norms.layernorm_forward}
        u = forwards[construct["normalization"]](slip.right, a, *affinity(params, k), {"mode": mode})
    out = relu.forward(slip.everywhere, u)
    if slip("relu-mask-missing or none", "the rectifier is missing on the way forward"):
        out = u
    keep = construct.get("dropout_keep_ratio", 1)
    if keep != 1:
        out, drop = dropout_forward(out, {"mode": mode, "p": keep, "seed": construct.get("seed")})
    return out, u, a, drop


def affinity(params, k):
    """γ and β of a layer."""
    return params[f"gamma{k}"], params[f"beta{k}"]


def back(slip, construct, params, grads, k, d, kept):
    """Back through dropout, rectifier, normalisation and affine layer k; its gradients are put into `grads`."""
    h, u, a, drop = kept[k - 1]
    below = kept[k - 2][1] if k > 1 else h
    d = d if drop is None else dropout_backward(d, drop)
    d = relu.backward(slip.everywhere, d, u)
    if construct.get("normalization"):
        backwards = {"batchnorm": norms.batchnorm_backward, "layernorm": norms.layernorm_backward}
        pull = backwards[construct["normalization"]]
        d, grads[f"gamma{k}"], grads[f"beta{k}"] = pull(slip.right, a, *affinity(params, k), {}, d)
    return pulled(slip, grads, params, k, h, below, d)


def pulled(slip, grads, params, k, h, below, d):
    """Back through affine layer k, whose input h is the rectified `below`."""
    for part in (slip, slip.everywhere):
        if part("wrong-operand", "dW reads what enters the rectifier below, not what leaves it"):
            h = below
    grads[f"W{k}"], grads[f"b{k}"] = affine.weights(slip, h, d), affine.biases(slip, d)
    return affine.inputs(slip, d, params[f"W{k}"])


def penalised(slip, params, depth, data, grads, reg, half, N):
    """(loss, grads) with the penalty's shares."""
    weights = [params[f"W{k}"] for k in range(1, depth + 1)]
    added = penalty.of_layers_gradient(slip, weights, reg, half, N)
    data += penalty.of_layers_loss(slip, weights, reg, half, N)
    data += sum(penalty.of_biases(slip, params[f"b{k}"], reg, half, True) for k in range(1, depth + 1))
    if slip(*OVER):
        added = [part / N for part in added]
    for k, part in enumerate(added, 1):
        grads[f"W{k}"] = grads[f"W{k}"] + part
        grads[f"b{k}"] = grads[f"b{k}"] + penalty.of_biases(slip, params[f"b{k}"], reg, half, False)
    return data, slip.instead(
        lambda: grads,
        ("sign", "every gradient has the wrong sign", lambda: {name: -part for name, part in grads.items()}),
        ("extra-1/N", "every gradient is divided by N once more", lambda: {k: g / N for k, g in grads.items()}),
    )
