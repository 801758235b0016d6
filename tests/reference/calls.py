"""One call of every reference function, at sizes that differ: what the rules that hold for all of them are tried on."""

from itertools import pairwise

import numpy as np

from reference import (
    activations,
    affine,
    deep_deltas,
    deep_forward,
    deep_indices,
    deep_mlp,
    jacobian,
    losses,
    relu,
    scores,
    softmax,
    softmax_classifier,
    two_layer_mlp,
)
from tests.reference.calls_cs231n import (
    attention_calls,
    captioning_calls,
    classifier_calls,
    conv_net_calls,
    image_calls,
    net_calls,
    norm_calls,
    sequence_calls,
)

N, D, H, K = 5, 3, 4, 2


def softmax_classifier_calls(draw, y):
    X, W, b, dF = draw(N, D), draw(D, K), draw(K), draw(N, K)
    yield scores.scores, (X, W, b)
    yield scores.scores_weight_jacobian, (X[0], K)
    yield scores.weight_gradient_one, (X[0], dF[0])
    yield scores.weight_gradient_loop, (X, dF)
    yield scores.weight_gradient, (X, dF)
    yield scores.scores_bias_jacobian, (K,)
    yield scores.bias_gradient, (dF,)
    yield scores.input_gradient, (dF, W)
    yield softmax.softmax, (dF,)
    yield softmax.cross_entropy, (dF, y)
    yield softmax.scores_gradient, (dF, y)
    yield softmax.softmax_jacobian, (dF[0],)
    yield softmax_classifier.softmax_classifier_loss, (W, b, X, y)


def two_layer_mlp_calls(draw, y):
    params = {"W": draw(D, H), "c": draw(H), "w": draw(H, K), "b": draw(K)}
    X = draw(N, D)
    yield affine.affine_forward, (draw(N, 2, 3), draw(6, H), draw(H))
    yield affine.affine_backward, (draw(N, H), (draw(N, 2, 3), draw(6, H)))
    yield affine.affine_input_jacobian, (params["w"],)
    yield affine.affine_bias_jacobian, (H,)
    yield relu.relu_forward, (draw(N, H),)
    yield relu.relu_backward, (draw(N, H), draw(N, H))
    yield relu.relu_jacobian, (draw(H),)
    yield relu.relu_backward_jacobian, (draw(H), draw(H))
    yield jacobian.numerical_jacobian, (np.sin, draw(D), 1e-3)
    yield losses.softmax_loss, (draw(N, K), y)
    yield losses.softmax_loss, (draw(N, K), np.eye(K, dtype="int64")[y])
    yield losses.l2_penalty, (params["W"], params["w"], 2)
    yield two_layer_mlp.two_layer_loss, (params, X, y, 0.5)
    yield two_layer_mlp.sgd_step, (params, {name: draw(*theta.shape) for name, theta in params.items()}, 0.1)
    yield two_layer_mlp.train, (params, X, y, 0.5, 0.1, 3)
    yield two_layer_mlp.train, (params, X, y, 0, 0.1, 0)


def deep_mlp_calls(draw, sigma):
    ns = (3, 4, 2, 5)
    W = [draw(n, m) for m, n in pairwise(ns)]
    b = [draw(n, 1) for n in ns[1:]]
    zs, hs = [draw(n, 1) for n in ns[1:]], [draw(n, 1) for n in ns]
    dC = draw(5, 1)
    yield activations.activation, (sigma, dC)
    yield activations.activation_derivative, (sigma, dC)
    yield deep_forward.forward, (W, b, hs[0], sigma)
    yield deep_forward.half_squared_error, (dC, hs[-1])
    yield deep_indices.weight_jacobian, (W[0],)
    yield deep_indices.gradient_by_index, (W, zs, hs, dC, sigma)
    yield deep_indices.gradient_unrolled, (W, zs, hs, dC, sigma)
    yield deep_deltas.output_delta, (dC, zs[-1], sigma)
    yield deep_deltas.hidden_delta, (W[2], dC, zs[1], sigma)
    yield deep_deltas.weight_gradient, (dC, hs[2])
    yield deep_deltas.bias_gradient, (dC,)
    yield deep_deltas.layer_jacobian, (W[2], zs[1], sigma)
    yield deep_deltas.weight_to_preactivation_jacobian, (W[2], zs[1], hs[1], sigma)
    yield deep_deltas.softmax_output_delta, (zs[-1], 3)
    yield deep_mlp.backprop, (W, b, hs[0], dC, sigma)
    yield deep_mlp.backprop_batch, (W, b, draw(3, N), draw(5, N), sigma)
    yield deep_mlp.backprop_batch_rows, (W, b, draw(N, 3), draw(N, 5), sigma)
    yield deep_mlp.update, (W, b, [draw(*w.shape) for w in W], [draw(*v.shape) for v in b], 0.1)


def every_call(kind):
    """List (function, arguments) with every float array of the given dtype."""
    rng = np.random.default_rng(7)

    def draw(*shape):
        # An irrational factor gives every longdouble digits beyond a double's.
        return (rng.standard_normal(shape) * np.sqrt(np.full(shape, 3, np.longdouble))).astype(kind)

    y = rng.integers(0, K, N)
    deep = [call for sigma in ("sigmoid", "tanh", "relu", "identity") for call in deep_mlp_calls(draw, sigma)]
    layers = [
        call
        for calls in (norm_calls, image_calls, sequence_calls, attention_calls, captioning_calls)
        for call in calls(draw)
    ]
    cs231n = [*classifier_calls(draw, y), *layers, *net_calls(draw, y), *conv_net_calls(draw, y)]
    return [*softmax_classifier_calls(draw, y), *two_layer_mlp_calls(draw, y), *deep, *cs231n]
