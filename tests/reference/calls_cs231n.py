"""Calls of the reference functions of CS231n's three assignments, for the rules that hold for all functions."""

import numpy as np

from reference import (
    attention,
    batchnorm,
    captioning,
    cnn,
    convolution,
    dropout,
    embedding,
    fc_net,
    layer_sandwiches,
    layernorm,
    linear_softmax,
    lstm,
    optimizers,
    pooling,
    rnn,
    spatial_norm,
    svm,
    temporal,
)

N, D, H, T, K = 5, 3, 4, 2, 2
CONV, POOL = {"stride": 1, "pad": 1}, {"pool_height": 2, "pool_width": 3, "stride": 1}


def classifier_calls(draw, y):
    W, X = draw(D, K), draw(N, D)
    yield svm.svm_loss, (draw(N, K), y)
    for function in (svm.svm_loss_naive, svm.svm_loss_vectorized):
        yield function, (W, X, y, 0.7)
    yield linear_softmax.softmax_loss, (draw(N, K), y)
    for function in (linear_softmax.softmax_loss_naive, linear_softmax.softmax_loss_vectorized):
        yield function, (W, X, y, 0.7)
    states = {
        optimizers.sgd: {},
        optimizers.sgd_momentum: {"velocity": draw(D, K)},
        optimizers.rmsprop: {"cache": draw(D, K) ** 2},
        optimizers.adam: {"m": draw(D, K), "v": draw(D, K) ** 2, "t": 3},
    }
    for rule, state in states.items():
        yield rule, (W, draw(D, K))
        yield rule, (W, draw(D, K), state)


def both(forward, backward, args, dout):
    """Yield a call of a forward pass with one output, and a call of its backward pass on the cache that it leaves."""
    yield forward, args
    yield backward, (dout, forward(*args)[-1])


def training():
    """Make a bn_param of its own: a call writes into it."""
    return {"mode": "train"}


def norm_calls(draw):
    x, gamma, beta, dout = draw(N, D), draw(D), draw(D), draw(N, D)
    running = {"running_mean": draw(D), "running_var": draw(D) ** 2}
    yield from both(batchnorm.batchnorm_forward, batchnorm.batchnorm_backward, (x, gamma, beta, training()), dout)
    yield batchnorm.batchnorm_forward, (x, gamma, beta, {"mode": "test", **running})
    yield batchnorm.batchnorm_forward, (x, gamma, beta, {"mode": "train", **running})
    yield batchnorm.batchnorm_backward_alt, (dout, batchnorm.batchnorm_forward(x, gamma, beta, training())[1])
    yield from both(layernorm.layernorm_forward, layernorm.layernorm_backward, (x, gamma, beta, {}), dout)
    for param in ({"mode": "train", "p": 0.3, "seed": 1}, {"mode": "test", "p": 0.3}):
        yield from both(dropout.dropout_forward, dropout.dropout_backward, (x, param), dout)
    image, forward, backward = draw(2, 4, 3, 2), spatial_norm.spatial_groupnorm_forward, draw(2, 4, 3, 2)
    for channels in ((4,), (1, 4, 1, 1)):
        args = (image, draw(*channels), draw(*channels), 2, {})
        yield from both(forward, spatial_norm.spatial_groupnorm_backward, args, backward)
    forward, args = spatial_norm.spatial_batchnorm_forward, (image, draw(4), draw(4), training())
    yield from both(forward, spatial_norm.spatial_batchnorm_backward, args, draw(2, 4, 3, 2))
    yield forward, (draw(1, 1, 3, 2), draw(1), draw(1), training())  # where rearranging moves nothing


def image_calls(draw):
    x, w, b, out = draw(2, 3, 4, 5), draw(4, 3, 3, 2), draw(4), draw(2, 4, 4, 6)
    gamma, beta, s = draw(4), draw(4), layer_sandwiches
    yield from both(convolution.conv_forward_naive, convolution.conv_backward_naive, (x, w, b, CONV), out)
    yield from both(pooling.max_pool_forward_naive, pooling.max_pool_backward_naive, (x, POOL), draw(2, 3, 3, 3))
    yield from both(s.conv_relu_forward, s.conv_relu_backward, (x, w, b, CONV), out)
    yield from both(s.conv_relu_pool_forward, s.conv_relu_pool_backward, (x, w, b, CONV, POOL), draw(2, 4, 3, 4))
    yield from both(s.conv_bn_relu_forward, s.conv_bn_relu_backward, (x, w, b, gamma, beta, CONV, training()), out)
    fc, out = (draw(N, 2, 3), draw(6, 4), b), draw(N, 4)
    yield from both(s.affine_relu_forward, s.affine_relu_backward, fc, out)
    yield from both(s.affine_bn_relu_forward, s.affine_bn_relu_backward, (*fc, gamma, beta, training()), out)
    yield from both(s.affine_ln_relu_forward, s.affine_ln_relu_backward, (*fc, gamma, beta, {}), out)


def sequence_calls(draw):
    x, h, sequence, dh = draw(N, D), draw(N, H), draw(N, T, D), draw(N, T, H)
    weights = draw(D, H), draw(H, H), draw(H)
    yield from both(rnn.rnn_step_forward, rnn.rnn_step_backward, (x, h, *weights), draw(N, H))
    yield from both(rnn.rnn_forward, rnn.rnn_backward, (sequence, h, *weights), dh)
    weights = draw(D, 4 * H), draw(H, 4 * H), draw(4 * H)
    step = x, h, draw(N, H), *weights
    yield lstm.lstm_step_forward, step
    yield lstm.lstm_step_backward, (draw(N, H), draw(N, H), lstm.lstm_step_forward(*step)[2])
    yield from both(lstm.lstm_forward, lstm.lstm_backward, (sequence, h, *weights), dh)
    yield lstm.sigmoid, (h,)
    words = np.array([[0, 2, 2], [3, 0, 2]])
    forward, backward = embedding.word_embedding_forward, embedding.word_embedding_backward
    yield from both(forward, backward, (words, draw(5, D)), draw(2, 3, D))
    args = draw(N, T, D), draw(D, K), draw(K)
    yield from both(temporal.temporal_affine_forward, temporal.temporal_affine_backward, args, draw(N, T, K))
    yield temporal.temporal_softmax_loss, (draw(2, 3, 5), words, words > 0)


def net_calls(draw, y):
    two = {"W1": draw(D, H), "b1": draw(H), "W2": draw(H, K), "b2": draw(K)}
    yield fc_net.two_layer_net_loss, ({"reg": 0.5}, two, draw(N, D), y)
    yield fc_net.two_layer_net_loss, ({}, two, draw(N, D), None)
    ends = {**{f"W{k + 1}": draw(*ends) for k, ends in enumerate([(D, H), (H, 3), (3, K)])}}
    plain = {**ends, "b1": draw(H), "b2": draw(3), "b3": draw(K)}
    scaled = {**plain, "gamma1": draw(H), "beta1": draw(H), "gamma2": draw(3), "beta2": draw(3)}
    made = {"hidden_dims": [H, 3], "reg": 0.5}
    for params, more in (
        (plain, {}),
        (scaled, {"normalization": "batchnorm"}),
        (scaled, {"normalization": "layernorm", "dropout_keep_ratio": 0.8, "seed": 3}),
    ):
        yield fc_net.fully_connected_net_loss, ({**made, **more}, params, draw(N, D), y)
        yield fc_net.fully_connected_net_loss, ({**made, **more}, params, draw(N, D), None)


def conv_net_calls(draw, y):
    shapes = {"W1": (2, 3, 3, 3), "b1": (2,), "W2": (4, H), "b2": (H,), "W3": (H, K), "b3": (K,)}
    params = {name: draw(*shape) for name, shape in shapes.items()}
    yield cnn.three_layer_conv_net_loss, ({"reg": 0.5}, params, draw(N, 3, 2, 4), y)
    yield cnn.three_layer_conv_net_loss, ({}, params, draw(N, 3, 2, 4), None)


def captioning_calls(draw):
    words, captions = {"<NULL>": 2, "<START>": 0, "<END>": 1, "cat": 3}, np.array([[0, 3, 3, 1], [0, 3, 1, 2]])
    for cell, columns in (("rnn", H), ("lstm", 4 * H)):
        shapes = {"W_proj": (D, H), "b_proj": (H,), "W_embed": (4, 5), "Wx": (5, columns), "Wh": (H, columns)}
        shapes |= {"b": (columns,), "W_vocab": (H, 4), "b_vocab": (4,)}
        params = {name: draw(*shape) for name, shape in shapes.items()}
        yield captioning.captioning_loss, ({"word_to_idx": words, "cell_type": cell}, params, draw(2, D), captions)


def attention_calls(draw):
    forward, backward = attention.scaled_dot_product_attention_forward, attention.scaled_dot_product_attention_backward
    inputs, mask = (draw(N, 2, H), draw(N, 3, H), draw(N, 3, H)), np.array([[True, False, True], [True, True, True]])
    yield from both(forward, backward, inputs, draw(N, 2, H))
    yield from both(forward, backward, (*inputs, mask), draw(N, 2, H))
    params = {f"{kind}{place}": draw(H, H) if kind == "W" else draw(H) for kind in "Wb" for place in "qkvo"}
    forward, backward = attention.multi_head_attention_forward, attention.multi_head_attention_backward
    yield from both(forward, backward, (*inputs, params, 2, mask), draw(N, 2, H))
