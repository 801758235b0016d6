"""Fully connected nets, put together from layers: one hidden layer, or any number of them."""

import numpy as np

from reference.affine import affine_backward, affine_forward
from reference.batchnorm import batchnorm_backward, batchnorm_forward
from reference.dropout import dropout_backward, dropout_forward
from reference.layernorm import layernorm_backward, layernorm_forward
from reference.linear_softmax import softmax_loss
from reference.relu import relu_backward, relu_forward


class TwoLayerNet:
    """A net with one hidden layer: affine, ReLU, affine, softmax. `params` holds W1, b1, W2 and b2.

    `reg` is the strength λ of the penalty. What is drawn here is where training starts; it is not graded.
    """

    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = {
            "W1": weight_scale * np.random.randn(input_dim, hidden_dim),
            "b1": np.zeros(hidden_dim),
            "W2": weight_scale * np.random.randn(hidden_dim, num_classes),
            "b2": np.zeros(num_classes),
        }

    def loss(self, X, y=None):
        """Compute the loss and the gradients of all parameters: return (loss, grads), or the scores where y is None.

        s = max(0, X W1 + b1) W2 + b2,   loss = −(1/N) Σ_i log softmax(s_i)_{y_i} + ½ λ (Σ W1² + Σ W2²), with λ = reg
        [CS:TwoLayerNet.loss]

        grads has the keys of params.

        Note
            The penalty has a ½ and leaves the biases out.

        Shapes
            X       (N, d1, …, dk)    laid out flat, an example has D numbers
            y       (N,)    integer labels, 0 to C − 1, or None
            W1      (D, H)
            b1      (H,)
            W2      (H, C)
            b2      (C,)
            loss    ()
            scores  (N, C)

        Source: signature of CS231n's fc_net.
        """
        # BEGIN SOLUTION
        return two_layer_net_loss({"reg": self.reg}, self.params, X, y)
        # END SOLUTION


class FullyConnectedNet:
    """A net with any number of hidden layers: affine, normalisation, ReLU and dropout in each, then affine, softmax.

    `params` holds W1, b1 … WL, bL, and with normalisation gamma1, beta1 … of the hidden layers. `normalization` is
    None, "batchnorm" or "layernorm"; `dropout_keep_ratio` 1 is no dropout. `bn_params` has a dict of settings for each
    hidden layer; `dropout_param` is {} without dropout. What is drawn here is where training starts; it is not graded.
    """

    def __init__(
        self,
        hidden_dims,
        input_dim=3 * 32 * 32,
        num_classes=10,
        dropout_keep_ratio=1,
        normalization=None,
        reg=0.0,
        weight_scale=1e-2,
        dtype=np.float32,
        seed=None,
    ):
        self.reg, self.normalization, self.dtype = reg, normalization, dtype
        self.use_dropout, self.num_layers = dropout_keep_ratio != 1, 1 + len(hidden_dims)
        self.settings = {
            "hidden_dims": hidden_dims,
            "normalization": normalization,
            "dropout_keep_ratio": dropout_keep_ratio,
            "reg": reg,
            "seed": seed,
        }
        self.params = {}
        widths = [input_dim, *hidden_dims, num_classes]
        for k in range(1, len(widths)):
            self.params[f"W{k}"] = weight_scale * np.random.randn(widths[k - 1], widths[k])
            self.params[f"b{k}"] = np.zeros(widths[k])
            if normalization and k < self.num_layers:
                self.params[f"gamma{k}"], self.params[f"beta{k}"] = np.ones(widths[k]), np.zeros(widths[k])
        self.dropout_param = {"mode": "train", "p": dropout_keep_ratio} if self.use_dropout else {}
        if self.use_dropout and seed is not None:
            self.dropout_param["seed"] = seed
        self.bn_params = [{"mode": "train"} for _ in hidden_dims] if normalization == "batchnorm" else []
        self.params = {name: array.astype(dtype) for name, array in self.params.items()}

    def loss(self, X, y=None):
        """Compute the loss and the gradients of all parameters: return (loss, grads), or the scores where y is None.

        h_0 = X,   h_k = drop(max(0, norm_k(h_{k−1} W_k + b_k))) for k < L,   s = h_{L−1} W_L + b_L
        loss = −(1/N) Σ_i log softmax(s_i)_{y_i} + ½ λ Σ_k Σ W_k², with λ = reg   [CS:FullyConnectedNet.loss]

        norm_k is batch or layer normalisation with γ_k and β_k, or nothing; drop is dropout, or nothing. Without labels
        both behave as in testing. grads has the keys of params.

        Note
            The penalty has a ½ and is taken of the W alone: neither b, nor γ, nor β.

        Shapes
            X       (N, d1, …, dk)    laid out flat, an example has D numbers
            y       (N,)    integer labels, 0 to C − 1, or None
            loss    ()
            scores  (N, C)

        Source: signature of CS231n's fc_net.
        """
        # BEGIN SOLUTION
        return fully_connected_net_loss(self.settings, self.params, X.astype(self.dtype), y)
        # END SOLUTION


def two_layer_net_loss(construct, params, X, y):
    """Compute loss and gradients of a net with one hidden layer: return (loss, grads), or the scores where y is None.

    s = max(0, X W1 + b1) W2 + b2,   loss = −(1/N) Σ_i log softmax(s_i)_{y_i} + ½ λ (Σ W1² + Σ W2²)
    [CS:TwoLayerNet.loss]

    λ = construct["reg"], 0 where it is not given. grads has the keys of params.

    Shapes
        params["W1"]  (D, H)
        params["b1"]  (H,)
        params["W2"]  (H, C)
        params["b2"]  (C,)
        X             (N, d1, …, dk)
        y             (N,)    integer labels, 0 to C − 1, or None
        loss          ()

    Source: signature of CS231n's fc_net, as a function of what the net is made with.
    """
    # BEGIN SOLUTION
    # In reverse: the scores' gradient holds the 1/N; each affine layer passes its input's gradient on. W1 and W2 also
    # reach the loss through the penalty, whose gradient is λ W, and the two paths add. The biases have no penalty.
    reg = construct.get("reg", 0)
    a, first = affine_forward(X, params["W1"], params["b1"])      # (N, H)
    h, rectifier = relu_forward(a)                                # (N, H)
    s, second = affine_forward(h, params["W2"], params["b2"])     # (N, C)
    if y is None:
        return s
    loss, ds = softmax_loss(s, y)                                 # (N, C)
    dh, dW2, db2 = affine_backward(ds, second)
    _, dW1, db1 = affine_backward(relu_backward(dh, rectifier), first)
    penalty = reg * (np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)) / 2
    return loss + penalty, {"W1": dW1 + reg * params["W1"], "b1": db1, "W2": dW2 + reg * params["W2"], "b2": db2}
    # END SOLUTION


def fully_connected_net_loss(construct, params, X, y):
    """Compute loss and gradients of a net of L affine layers: return (loss, grads), or the scores where y is None.

    h_0 = X,   h_k = drop(max(0, norm_k(h_{k−1} W_k + b_k))) for k < L,   s = h_{L−1} W_L + b_L
    loss = −(1/N) Σ_i log softmax(s_i)_{y_i} + ½ λ Σ_k Σ W_k²   [CS:FullyConnectedNet.loss]

    construct holds what the net is made with: "hidden_dims", and optionally "reg" λ (0), "normalization" (None,
    "batchnorm" or "layernorm"), "dropout_keep_ratio" (1) and "seed". Without labels nothing is dropped, and batch
    normalisation uses its running statistics, which in a new net are 0. grads has the keys of params.

    Shapes
        params["Wk"]      (n_{k−1}, n_k)
        params["bk"]      (n_k,)
        params["gammak"]  (n_k,)    with normalisation, and betak likewise
        X                 (N, d1, …, dk)
        y                 (N,)    integer labels, 0 to C − 1, or None
        loss              ()

    Source: signature of CS231n's fc_net, as a function of what the net is made with.
    """
    # BEGIN SOLUTION
    # The layers are the same all the way up: a hidden one leaves its caches in a list, and the way back takes them from
    # the end. Each W is also penalised, so its two contributions add.
    mode, reg, depth = "test" if y is None else "train", construct.get("reg", 0), 1 + len(construct["hidden_dims"])
    h, caches, grads = X, [], {}
    for k in range(1, depth):
        h, cache = _hidden_forward(construct, params, k, h, mode)      # (N, n_k)
        caches.append(cache)
    s, last = affine_forward(h, params[f"W{depth}"], params[f"b{depth}"])      # (N, C)
    if y is None:
        return s
    loss, ds = softmax_loss(s, y)                           # (N, C)
    dh, grads[f"W{depth}"], grads[f"b{depth}"] = affine_backward(ds, last)
    for k in range(depth - 1, 0, -1):
        dh, part = _hidden_backward(construct, k, dh, caches[k - 1])
        grads.update(part)
    for k in range(1, depth + 1):
        loss = loss + reg * np.sum(params[f"W{k}"] ** 2) / 2
        grads[f"W{k}"] = grads[f"W{k}"] + reg * params[f"W{k}"]
    return loss, grads
    # END SOLUTION


def _hidden_forward(construct, params, k, h, mode):
    """Return (h_k, cache): affine, normalisation, ReLU and dropout of hidden layer k."""
    # BEGIN SOLUTION
    normalise = {"batchnorm": batchnorm_forward, "layernorm": layernorm_forward}.get(construct.get("normalization"))
    keep, seed, norm, drop = construct.get("dropout_keep_ratio", 1), construct.get("seed"), None, None
    a, affine = affine_forward(h, params[f"W{k}"], params[f"b{k}"])
    if normalise:
        a, norm = normalise(a, params[f"gamma{k}"], params[f"beta{k}"], {"mode": mode})
    out, relu = relu_forward(a)
    if keep != 1:
        out, drop = dropout_forward(out, {"mode": mode, "p": keep, "seed": seed})
    return out, (affine, norm, relu, drop)
    # END SOLUTION


def _hidden_backward(construct, k, dh, cache):
    """Return (gradient of h_{k−1}, the gradients of layer k's parameters)."""
    # BEGIN SOLUTION
    pull = {"batchnorm": batchnorm_backward, "layernorm": layernorm_backward}.get(construct.get("normalization"))
    affine, norm, relu, drop = cache
    da, grads = relu_backward(dh if drop is None else dropout_backward(dh, drop), relu), {}
    if pull:
        da, grads[f"gamma{k}"], grads[f"beta{k}"] = pull(da, norm)
    dx, grads[f"W{k}"], grads[f"b{k}"] = affine_backward(da, affine)
    return dx, grads
    # END SOLUTION
