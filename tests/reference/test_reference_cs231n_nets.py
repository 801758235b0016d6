"""The nets of CS231n against both oracles: autograd on the net stated anew, and differences of the reference's loss."""

import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

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
    """The loss of a net, in autograd's words; `seen` collects what stands before each ReLU."""
    h, penalty = anp.reshape(X, (len(X), -1)), 0
    for k in range(1, depth + 1):
        h = anp.dot(h, params[f"W{k}"]) + params[f"b{k}"]
        penalty = penalty + anp.sum(params[f"W{k}"] ** 2)
        if k < depth:
            if norm:
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
