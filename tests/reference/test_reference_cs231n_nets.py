"""The nets of CS231n against both oracles: autograd on the net stated anew, and differences of the reference's loss."""

import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reference.cnn import ThreeLayerConvNet, three_layer_conv_net_loss
from reference.fc_net import FullyConnectedNet, TwoLayerNet, fully_connected_net_loss, two_layer_net_loss
from tests.reference.oracles import assert_agree, labels
from tests.reference.pullback import assert_pulls_back, drawn, redrawn, seeds

sizes = st.tuples(*[st.integers(1, 4)] * 4)
regs = st.sampled_from([0, 0.7, 3])
NORMS = [None, "batchnorm", "layernorm"]


def cross_entropy(s, y):
    return anp.mean(anp.log(anp.sum(anp.exp(s), axis=1)) - s[np.arange(len(y)), y])


def normalised(a, gamma, beta, axis):
    centred = a - anp.mean(a, axis=axis, keepdims=True)
    return gamma * centred / anp.sqrt(anp.mean(centred**2, axis=axis, keepdims=True) + 1e-5) + beta


def stated(params, X, y, norm, depth, reg, seen):
    """The loss of a net, in autograd's words; `seen` collects what must not be near 0, as what enters a ReLU."""
    h, penalty = anp.reshape(X, (len(X), -1)), 0
    for k in range(1, depth + 1):
        h = anp.dot(h, params[f"W{k}"]) + params[f"b{k}"]
        penalty = penalty + anp.sum(params[f"W{k}"] ** 2)
        if k < depth:
            if norm:
                # No spread below 0.3: differences of a normalisation err where a batch is nearly constant.
                seen.append(anp.std(h, axis=0 if norm == "batchnorm" else 1) / 30)
                h = normalised(h, params[f"gamma{k}"], params[f"beta{k}"], 0 if norm == "batchnorm" else 1)
            seen.append(h)
            h = anp.maximum(0, h)
    return cross_entropy(h, y) + reg / 2 * penalty


def made(widths, norm, rng):
    params = {}
    for k in range(1, len(widths)):
        params[f"W{k}"], params[f"b{k}"] = rng.standard_normal(widths[k - 1 : k + 1]), rng.standard_normal(widths[k])
        if norm and k < len(widths) - 1:
            params[f"gamma{k}"], params[f"beta{k}"] = rng.standard_normal((2, widths[k]))
    return params


def case(N, widths, norm, seed):
    """Parameters, data and labels of a net none of whose ReLUs is near its kink."""
    rng = np.random.default_rng(seed)

    def draw():
        return made(widths, norm, rng), rng.standard_normal((N, 1, widths[0])), labels(rng, N, widths[-1])

    def good(found):
        seen = []
        stated(*found, norm, len(widths) - 1, 0, seen)
        return all(np.min(np.abs(a)) > 0.01 for a in seen)

    return redrawn(draw, good)


def agree(loss, found, norm, depth, reg):
    params, X, y = found
    names = list(params)
    grads = loss(params, X, y)[1]
    assert_pulls_back(
        lambda *values: [loss(dict(zip(names, values, strict=True)), X, y)[0]],
        lambda *values: [stated(dict(zip(names, values, strict=True)), X, y, norm, depth, reg, [])],
        list(params.values()),
        [1.0],
        [grads[name] for name in names],
    )
    assert set(grads) == set(names)


@drawn
@given(sizes, regs, seeds)
def test_two_layer_net_agrees_with_both_oracles(size, reg, seed):
    N, D, H, C = size
    found = case(N, (D, H, C), None, seed)
    assume(found is not None)
    agree(lambda params, X, y: two_layer_net_loss({"reg": reg}, params, X, y), found, None, 2, reg)


@pytest.mark.parametrize("norm", NORMS)
@drawn
@given(st.integers(2, 5), st.lists(st.integers(2, 4), min_size=2, max_size=4), regs, seeds)
def test_fully_connected_net_agrees_with_both_oracles(norm, N, widths, reg, seed):
    found = case(N, tuple(widths), norm, seed)
    assume(found is not None)
    construct = {"hidden_dims": list(widths[1:-1]), "reg": reg, "normalization": norm}
    agree(lambda params, X, y: fully_connected_net_loss(construct, params, X, y), found, norm, len(widths) - 1, reg)


def conv_stated(params, X, y, reg, seen):
    """The loss of the convolutional net, in autograd's words: windows one by one."""
    W1, b1 = params["W1"], params["b1"]
    (N, _, H, W), (F, _, S, _) = X.shape, W1.shape
    p = (S - 1) // 2
    padded = np.pad(X, ((0, 0), (0, 0), (p, p), (p, p)))
    rows = [
        [anp.dot(padded[:, :, i : i + S, j : j + S].reshape(N, -1), anp.reshape(W1, (F, -1)).T) + b1 for j in range(W)]
        for i in range(H)
    ]
    a = anp.stack([anp.stack(row, axis=-1) for row in rows], axis=-2)  # (N, F, H, W)
    blocks = anp.reshape(anp.maximum(a, 0), (N, F, H // 2, 2, W // 2, 2))
    pooled = anp.max(anp.max(blocks, axis=5), axis=3)
    u = anp.dot(anp.reshape(pooled, (N, -1)), params["W2"]) + params["b2"]
    seen += [a, u, blocks]
    penalty = sum(anp.sum(params[name] ** 2) for name in ("W1", "W2", "W3"))
    return cross_entropy(anp.dot(anp.maximum(u, 0), params["W3"]) + params["b3"], y) + reg / 2 * penalty


def no_ties(a, u, blocks):
    N, F, h, _, w, _ = blocks.shape
    ranked = np.sort(blocks.swapaxes(3, 4).reshape(N, F, h, w, 4), axis=-1)
    apart = (ranked[..., -1] - ranked[..., -2] > 0.01) | (ranked[..., -1] == 0)
    return min(np.min(np.abs(a)), np.min(np.abs(u))) > 0.01 and np.all(apart)


@drawn
@given(st.tuples(*[st.integers(1, 2)] * 5), st.sampled_from([1, 3]), regs, seeds)
def test_conv_net_agrees_with_both_oracles(size, filter_size, reg, seed):
    N, C, F, h, w = size
    rng = np.random.default_rng(seed)
    shapes = {"W1": (F, C, filter_size, filter_size), "b1": (F,), "W2": (F * h * w, 3), "b2": (3,)}
    shapes |= {"W3": (3, 4), "b3": (4,)}

    def draw():
        params = {name: rng.standard_normal(shape) for name, shape in shapes.items()}
        return params, rng.standard_normal((N, C, 2 * h, 2 * w)), labels(rng, N, 4)

    def good(found):
        seen = []
        conv_stated(*found, 0, seen)
        return no_ties(*seen)

    found = redrawn(draw, good)
    assume(found is not None)
    params, X, y = found
    names = list(params)
    grads = three_layer_conv_net_loss({"reg": reg}, params, X, y)[1]
    assert_pulls_back(
        lambda *values: [three_layer_conv_net_loss({"reg": reg}, dict(zip(names, values, strict=True)), X, y)[0]],
        lambda *values: [conv_stated(dict(zip(names, values, strict=True)), X, y, reg, [])],
        list(params.values()),
        [1.0],
        [grads[name] for name in names],
    )


def test_the_conv_nets_class_says_what_the_function_says():
    rng = np.random.default_rng(4)
    net = ThreeLayerConvNet((3, 4, 6), num_filters=2, filter_size=3, hidden_dim=5, num_classes=3, reg=0.7, dtype=float)
    net.params = {name: rng.standard_normal(array.shape) for name, array in net.params.items()}
    X, y = rng.standard_normal((5, 3, 4, 6)), labels(rng, 5, 3)
    assert net.loss(X, y)[0] == three_layer_conv_net_loss({"reg": 0.7}, net.params, X, y)[0]
    assert net.loss(X).shape == (5, 3)


def test_seeded_dropout_is_differentiated_with_the_mask_that_it_drew():
    params, X, y = case(5, (3, 4, 6, 2), None, 1)
    construct = {"hidden_dims": [4, 6], "dropout_keep_ratio": 0.6, "seed": 11, "reg": 0.3}
    loss, grads = fully_connected_net_loss(construct, params, X, y)
    assert loss != fully_connected_net_loss({**construct, "dropout_keep_ratio": 1}, params, X, y)[0]
    for name, gradient in grads.items():
        way = np.random.default_rng(5).standard_normal(gradient.shape)
        ahead, behind = (
            fully_connected_net_loss(construct, {**params, name: params[name] + h * way}, X, y)[0]
            for h in (1e-5, -1e-5)
        )
        assert abs((ahead - behind) / 2e-5 - np.sum(gradient * way)) < 1e-6


def test_without_labels_scores_come_back_and_nothing_is_dropped():
    params, X, _ = case(5, (3, 4, 2), None, 2)
    scores = fully_connected_net_loss({"hidden_dims": [4], "dropout_keep_ratio": 0.5}, params, X, None)
    assert_agree(scores, np.maximum(X[:, 0] @ params["W1"] + params["b1"], 0) @ params["W2"] + params["b2"])
    assert_agree(two_layer_net_loss({}, params, X, None), scores)


def test_the_classes_of_the_template_say_what_the_functions_say():
    params, X, y = case(5, (3, 4, 2), None, 3)
    two = TwoLayerNet(input_dim=3, hidden_dim=4, num_classes=2, reg=0.7)
    many = FullyConnectedNet([4], input_dim=3, num_classes=2, reg=0.7, dtype=np.float64)
    for net in (two, many):
        assert {name: array.shape for name, array in net.params.items()} == {
            name: array.shape for name, array in params.items()
        }
        net.params.update(params)
    assert two.loss(X, y)[0] == many.loss(X, y)[0] == two_layer_net_loss({"reg": 0.7}, params, X, y)[0]
    assert np.array_equal(two.loss(X), many.loss(X))
