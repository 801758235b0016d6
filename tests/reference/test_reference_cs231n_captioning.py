"""The net that writes captions against both oracles, with either cell."""

import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.captioning import CaptioningRNN, captioning_loss
from tests.reference.oracles import assert_agree
from tests.reference.pullback import assert_pulls_back, drawn, seeds

NAMES = ("W_proj", "b_proj", "W_embed", "Wx", "Wh", "b", "W_vocab", "b_vocab")


def sigmoid(x):
    return 1 / (1 + anp.exp(-x))


def stated(values, features, captions, cell, null):
    """The loss word by word, in autograd's words."""
    W_proj, b_proj, W_embed, Wx, Wh, b, W_vocab, b_vocab = values
    h, c, total = anp.dot(features, W_proj) + b_proj, 0, 0
    one_hot = np.eye(len(W_embed))
    for t in range(captions.shape[1] - 1):
        a = anp.dot(anp.dot(one_hot[captions[:, t]], W_embed), Wx) + anp.dot(h, Wh) + b
        if cell == "rnn":
            h = anp.tanh(a)
        else:
            H = Wh.shape[0]
            i, f, o, g = (a[:, k * H : (k + 1) * H] for k in range(4))
            c = sigmoid(f) * c + sigmoid(i) * anp.tanh(g)
            h = sigmoid(o) * anp.tanh(c)
        s = anp.dot(h, W_vocab) + b_vocab
        out = captions[:, t + 1]
        logp = anp.sum(one_hot[out] * s, axis=1) - anp.log(anp.sum(anp.exp(s), axis=1))
        total = total - anp.sum((out != null) * logp)
    return total / len(captions)


def problem(size, cell, seed):
    (N, T, F, D, H, V), rng = size, np.random.default_rng(seed)
    G = H if cell == "rnn" else 4 * H
    shapes = ((F, H), (H,), (V, D), (D, G), (H, G), (G,), (H, V), (V,))
    values = [rng.standard_normal(shape) for shape in shapes]
    null = int(rng.integers(V))
    words = {"<NULL>": null, **{f"word {n}": n for n in range(V) if n != null}}
    return values, rng.standard_normal((N, F)), rng.integers(0, V, (N, T + 1)), words


@pytest.mark.parametrize("cell", ["rnn", "lstm"])
@drawn
@given(st.tuples(*[st.integers(1, 3)] * 5, st.integers(2, 4)), seeds)
def test_captioning_agrees_with_both_oracles(cell, size, seed):
    values, features, captions, words = problem(size, cell, seed)
    made = {"word_to_idx": words, "cell_type": cell}
    grads = captioning_loss(made, dict(zip(NAMES, values, strict=True)), features, captions)[1]
    assert_pulls_back(
        lambda *moved: [captioning_loss(made, dict(zip(NAMES, moved, strict=True)), features, captions)[0]],
        lambda *moved: [stated(moved, features, captions, cell, words["<NULL>"])],
        values,
        [1.0],
        [grads[name] for name in NAMES],
    )


@pytest.mark.parametrize("cell", ["rnn", "lstm"])
def test_the_class_of_the_template_says_what_the_function_says(cell):
    values, features, captions, words = problem((3, 4, 2, 5, 3, 6), cell, 7)
    net = CaptioningRNN(words, input_dim=2, wordvec_dim=5, hidden_dim=3, cell_type=cell, dtype=np.float64)
    assert [net.params[name].shape for name in NAMES] == [value.shape for value in values]
    net.params = dict(zip(NAMES, values, strict=True))
    made = {"word_to_idx": words, "cell_type": cell}
    assert_agree(net.loss(features, captions)[0], captioning_loss(made, net.params, features, captions)[0])


def test_another_cell_is_refused():
    with pytest.raises(ValueError, match="cell_type is 'gru'; expected 'rnn' or 'lstm'"):
        CaptioningRNN({"<NULL>": 0}, cell_type="gru")
