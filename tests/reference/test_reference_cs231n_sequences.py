"""Recurrent networks, word vectors, layers over time and attention, against both oracles."""

import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.attention import (
    multi_head_attention_backward,
    multi_head_attention_forward,
    scaled_dot_product_attention_backward,
    scaled_dot_product_attention_forward,
)
from reference.embedding import word_embedding_backward, word_embedding_forward
from reference.lstm import lstm_backward, lstm_forward, lstm_step_backward, lstm_step_forward, sigmoid
from reference.rnn import rnn_backward, rnn_forward, rnn_step_backward, rnn_step_forward
from reference.temporal import temporal_affine_backward, temporal_affine_forward, temporal_softmax_loss
from tests.reference.oracles import assert_agree
from tests.reference.pullback import assert_pulls_back, drawn, seeds

n = st.integers(1, 3)
PARAMETERS = ("Wq", "bq", "Wk", "bk", "Wv", "bv", "Wo", "bo")


def drawing(seed):
    rng = np.random.default_rng(seed)
    return lambda *shape: rng.standard_normal(shape)


def plain_rnn_step(x, h, Wx, Wh, b):
    return anp.tanh(anp.dot(x, Wx) + anp.dot(h, Wh) + b)


def plain_lstm_step(x, h, c, Wx, Wh, b):
    a, H = anp.dot(x, Wx) + anp.dot(h, Wh) + b, h.shape[1]
    i, f, o = [1 / (1 + anp.exp(-a[:, k * H : (k + 1) * H])) for k in range(3)]
    c = f * c + i * anp.tanh(a[:, 3 * H :])
    return o * anp.tanh(c), c


def plain_rnn(x, h, Wx, Wh, b):
    hs = []
    for t in range(x.shape[1]):
        h = plain_rnn_step(x[:, t], h, Wx, Wh, b)
        hs.append(h)
    return anp.transpose(anp.array(hs), (1, 0, 2))


def plain_lstm(x, h, Wx, Wh, b):
    hs, c = [], np.zeros(h.shape)
    for t in range(x.shape[1]):
        h, c = plain_lstm_step(x[:, t], h, c, Wx, Wh, b)
        hs.append(h)
    return anp.transpose(anp.array(hs), (1, 0, 2))


@drawn
@given(n, n, n, seeds)
def test_a_step_of_the_rnn_agrees_with_both_oracles(N, D, H, seed):
    draw = drawing(seed)
    args, dout = [draw(N, D), draw(N, H), draw(D, H), draw(H, H), draw(H)], draw(N, H)
    gradients = rnn_step_backward(dout, rnn_step_forward(*args)[1])
    assert_pulls_back(
        lambda *args: [rnn_step_forward(*args)[0]], lambda *args: [plain_rnn_step(*args)], args, [dout], gradients
    )


@drawn
@given(n, st.integers(1, 4), n, n, seeds)
def test_a_sequence_of_the_rnn_agrees_with_both_oracles(N, T, D, H, seed):
    draw = drawing(seed)
    args, dout = [draw(N, T, D), draw(N, H), draw(D, H), draw(H, H), draw(H)], draw(N, T, H)
    gradients = rnn_backward(dout, rnn_forward(*args)[1])
    assert_pulls_back(lambda *args: [rnn_forward(*args)[0]], lambda *args: [plain_rnn(*args)], args, [dout], gradients)


@drawn
@given(n, n, n, seeds)
def test_a_step_of_the_lstm_agrees_with_both_oracles(N, D, H, seed):
    draw = drawing(seed)
    args = [draw(N, D), draw(N, H), draw(N, H), draw(D, 4 * H), draw(H, 4 * H), draw(4 * H)]
    douts = [draw(N, H), draw(N, H)]
    gradients = lstm_step_backward(*douts, lstm_step_forward(*args)[2])
    assert_pulls_back(lambda *args: lstm_step_forward(*args)[:2], plain_lstm_step, args, douts, gradients)


@drawn
@given(n, st.integers(1, 4), n, n, seeds)
def test_a_sequence_of_the_lstm_agrees_with_both_oracles(N, T, D, H, seed):
    draw = drawing(seed)
    args, dout = [draw(N, T, D), draw(N, H), draw(D, 4 * H), draw(H, 4 * H), draw(4 * H)], draw(N, T, H)
    gradients = lstm_backward(dout, lstm_forward(*args)[1])
    assert_pulls_back(
        lambda *args: [lstm_forward(*args)[0]], lambda *args: [plain_lstm(*args)], args, [dout], gradients
    )


@drawn
@given(n, st.integers(1, 4), st.integers(1, 4), n, st.sampled_from(["uint8", "int32", "int64", "uint64"]), seeds)
def test_word_vectors_agree_with_both_oracles_repeated_and_absent_words_included(N, T, V, D, kind, seed):
    draw, rng = drawing(seed), np.random.default_rng(seed)
    W, dout = draw(V, D), draw(N, T, D)
    x = rng.integers(0, max(1, V - 1), (N, T)).astype(kind)
    out, cache = word_embedding_forward(x, W)
    assert not np.shares_memory(out, W)
    assert_pulls_back(
        lambda W: [word_embedding_forward(x, W)[0]],
        lambda W: [anp.array([[W[int(word)] for word in row] for row in x])],
        [W],
        [dout],
        [word_embedding_backward(dout, cache)],
    )


@drawn
@given(n, n, n, n, seeds)
def test_an_affine_layer_over_time_agrees_with_both_oracles(N, T, D, M, seed):
    draw = drawing(seed)
    args, dout = [draw(N, T, D), draw(D, M), draw(M)], draw(N, T, M)
    gradients = temporal_affine_backward(dout, temporal_affine_forward(*args)[1])
    assert_pulls_back(
        lambda *args: [temporal_affine_forward(*args)[0]],
        lambda x, w, b: [anp.dot(x, w) + b],
        args,
        [dout],
        gradients,
    )


@drawn
@given(n, st.integers(1, 4), st.integers(1, 4), st.sampled_from(["bool", "int64", "float64"]), seeds)
def test_the_softmax_loss_over_time_agrees_with_both_oracles(N, T, V, kind, seed):
    rng = np.random.default_rng(seed)
    x, y, mask = rng.standard_normal((N, T, V)), rng.integers(0, V, (N, T)), rng.random((N, T)) < 0.6
    n, t = np.indices((N, T))

    def plain(x):
        return [anp.sum(mask * (anp.log(anp.sum(anp.exp(x), axis=2)) - x[n, t, y])) / N]

    _, dx = temporal_softmax_loss(x, y.astype("uint8"), mask.astype(kind))
    assert_pulls_back(lambda x: [temporal_softmax_loss(x, y, mask, verbose=True)[0]], plain, [x], [1.0], [dx])


def test_the_softmax_loss_over_time_is_summed_over_steps_and_averaged_over_sequences():
    x, y = np.zeros((5, 7, 10)), np.zeros((5, 7), dtype=int)
    assert_agree(temporal_softmax_loss(x, y, np.ones((5, 7), dtype=bool))[0], 7 * np.log(10))
    assert temporal_softmax_loss(x, y, np.zeros((5, 7), dtype=bool))[0] == 0


def test_large_scores_and_pre_activations_stay_finite_and_exact():
    large = np.array([[[1e4, -1e4, 0.0]]])
    with np.errstate(all="raise", under="ignore"):
        loss, dx = temporal_softmax_loss(large, np.array([[1]]), np.ones((1, 1), dtype=bool))
        out, cache = scaled_dot_product_attention_forward(large, large, large)
        gradients = scaled_dot_product_attention_backward(large, cache)
        gate = sigmoid(large)
    assert_agree(loss, 2e4)
    assert_agree(dx, [[[1, -1, 0]]])
    assert_agree(gate, [[[1, 0, 0.5]]])
    assert_agree(out, large)
    assert_agree(gradients[2], large)


def mask_of(rng, kind, shape):
    """Draw a mask in which every query keeps a key, or none at all."""
    if kind == "none":
        return None
    if kind == "causal":
        return np.tril(np.ones(shape[-2:], dtype=bool))
    mask = rng.random(shape) < 0.5
    mask[..., rng.integers(shape[-1])] = True
    return mask


def plain_attention(Q, K, V, mask):
    S = anp.matmul(Q, anp.swapaxes(K, -1, -2)) / np.sqrt(Q.shape[-1])
    E = anp.exp(S) * (1.0 if mask is None else mask)
    return anp.matmul(E / anp.sum(E, axis=-1, keepdims=True), V)


kinds = st.sampled_from(["none", "causal", "drawn"])


@drawn
@given(st.lists(n, max_size=2), n, n, n, n, kinds, seeds)
def test_attention_agrees_with_both_oracles(front, S, T, E, M, kind, seed):
    draw, mask = drawing(seed), mask_of(np.random.default_rng(seed), kind, (*front, S, T))
    args, dout = [draw(*front, S, E), draw(*front, T, E), draw(*front, T, M)], draw(*front, S, M)
    gradients = scaled_dot_product_attention_backward(dout, scaled_dot_product_attention_forward(*args, mask)[1])
    assert_pulls_back(
        lambda *args: [scaled_dot_product_attention_forward(*args, mask)[0]],
        lambda *args: [plain_attention(*args, mask)],
        args,
        [dout],
        gradients,
    )


def plain_heads(query, key, value, params, heads, mask):
    params = dict(zip(PARAMETERS, params, strict=True))
    Q, K, V = [anp.dot(x, params[f"W{k}"]) + params[f"b{k}"] for x, k in ((query, "q"), (key, "k"), (value, "v"))]
    width = Q.shape[2] // heads
    blocks = [slice(k * width, (k + 1) * width) for k in range(heads)]
    each = [plain_attention(Q[..., block], K[..., block], V[..., block], mask) for block in blocks]
    return anp.dot(anp.concatenate(each, axis=2), params["Wo"]) + params["bo"]


@drawn
@given(n, n, n, n, st.integers(1, 2), kinds, seeds)
def test_multi_head_attention_agrees_with_both_oracles(N, S, T, heads, width, kind, seed):
    draw, E, mask = drawing(seed), heads * width, mask_of(np.random.default_rng(seed), kind, (S, T))
    params = {name: draw(E, E) if name[0] == "W" else draw(E) for name in PARAMETERS}
    inputs, dout = [draw(N, S, E), draw(N, T, E), draw(N, T, E)], draw(N, S, E)
    *gradients, grads = multi_head_attention_backward(
        dout, multi_head_attention_forward(*inputs, params, heads, mask)[1]
    )
    assert grads.keys() == params.keys()

    def forward(query, key, value, *flat):
        flat = dict(zip(PARAMETERS, flat, strict=True))
        return [multi_head_attention_forward(query, key, value, flat, heads, mask)[0]]

    assert_pulls_back(
        forward,
        lambda query, key, value, *flat: [plain_heads(query, key, value, flat, heads, mask)],
        [*inputs, *[params[name] for name in PARAMETERS]],
        [dout],
        [*gradients, *[grads[name] for name in PARAMETERS]],
    )


def test_a_mask_of_each_example_reaches_all_of_its_heads():
    draw, rng = drawing(1), np.random.default_rng(1)
    params = {name: draw(4, 4) if name[0] == "W" else draw(4) for name in PARAMETERS}
    inputs, mask = [draw(2, 3, 4), draw(2, 5, 4), draw(2, 5, 4)], mask_of(rng, "drawn", (2, 1, 3, 5))
    out, _ = multi_head_attention_forward(*inputs, params, 2, mask)
    for i in range(2):
        one = [x[i : i + 1] for x in inputs]
        assert_agree(out[i : i + 1], multi_head_attention_forward(*one, params, 2, mask[i, 0])[0])


def test_a_query_without_any_key_is_refused_in_one_line():
    mask = np.array([[True, False], [False, False]])
    with pytest.raises(ValueError, match=r"^mask has a row without True; expected at least one key for every query$"):
        scaled_dot_product_attention_forward(np.ones((2, 3)), np.ones((2, 3)), np.ones((2, 3)), mask)
