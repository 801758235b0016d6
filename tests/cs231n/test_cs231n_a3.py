"""Mistakes of the third assignment that its own notebooks let through, and what attention asks."""

import pytest

from reference.captioning import captioning_loss
from tests.cs231n.judging import judged, statuses, written


def lost(functions, only, profile="auto"):
    report = judged("cs231n_a3", functions, only, profile)
    return report.max_score - report.score


EMBED = """
def word_embedding_backward(dout, cache):
    x, V = cache
    dW = np.zeros((V, dout.shape[-1]))
    {add}
    return dW

def word_embedding_forward(x, W):
    return W[x], (x, W.shape[0])
"""


@pytest.mark.parametrize(
    ("add", "right"),
    [("np.add.at(dW, x, dout)", True), ("dW[x] += dout", False), ("dW[x] = dout", False)],
)
def test_words_that_repeat_are_added_up(add, right):
    assert (lost(written(EMBED.format(add=add)), ["word_embedding_backward"]) == 0) == right


LSTM = """
def lstm_step_backward(dnext_h, dnext_c, cache):
    x, prev_h, prev_c, Wx, Wh, i, f, o, g, tc = cache
    dc = {dc}
    da = np.hstack([dc * g * i * (1 - i), dc * prev_c * f * (1 - f), dnext_h * tc * o * (1 - o), dc * i * (1 - g ** 2)])
    return da @ Wx.T, da @ Wh.T, dc * f, x.T @ da, prev_h.T @ da, da.sum(axis=0)
"""


@pytest.mark.parametrize(
    ("dc", "right"),
    [("dnext_c + dnext_h * o * (1 - tc ** 2)", True), ("dnext_h * o * (1 - tc ** 2)", False), ("dnext_c", False)],
)
def test_a_cell_has_two_paths(dc, right):
    assert (lost(written(LSTM.format(dc=dc)), ["lstm_step_backward"]) == 0) == right


def test_dout_of_the_sequence_that_is_overwritten_is_only_warned_of():
    source = """
def rnn_backward(dh, cache):
    dx, dWx, dWh, db = [], 0, 0, 0
    for t in reversed(range(dh.shape[1])):
        x, prev_h, Wx, Wh, h = cache[t]
        da = dh[:, t] * (1 - h * h)
        dx.append(da @ Wx.T)
        dWx, dWh, db = dWx + x.T @ da, dWh + prev_h.T @ da, db + da.sum(axis=0)
        dh0 = da @ Wh.T
        if t:
            dh[:, t - 1] += dh0
    return np.stack(dx[::-1], axis=1), dh0, dWx, dWh, db
"""
    report = judged("cs231n_a3", written(source), ["rnn_backward"])
    assert report.score == report.max_score
    assert "warn" in statuses(report, "rnn_backward").values()


NET = "CaptioningRNN.loss"


def test_null_is_looked_up():
    def first_word_is_null(construct, params, features, captions):
        words = {**construct["word_to_idx"], "<NULL>": 0}
        return captioning_loss({**construct, "word_to_idx": words}, params, features, captions)

    assert lost({NET: first_word_is_null}, [NET]) > 0


def test_both_cells_are_asked_for():
    def plain_alone(construct, params, features, captions):
        if construct["cell_type"] == "lstm":
            raise NotImplementedError("no LSTM yet")
        return captioning_loss(construct, params, features, captions)

    found = statuses(judged("cs231n_a3", {NET: plain_alone}, [NET]), NET)
    assert found["loss is right"] == found["grads are the true derivative"] == "pass"
    assert found["loss is right (LSTM)"] == found["grads are the true derivative (LSTM)"] == "absent"


@pytest.mark.parametrize(
    ("scale", "right"),
    [("np.sqrt(K.shape[-1])", True), ("1", False), ("np.sqrt(K.shape[-2])", False), ("np.sqrt(V.shape[-1])", False)],
)
def test_attention_is_scaled_by_the_root_of_the_width(scale, right):
    source = f"""
def scaled_dot_product_attention_forward(Q, K, V, mask):
    Z = Q @ np.swapaxes(K, -1, -2) / {scale}
    if mask is not None:
        Z = np.where(mask, Z, -1e30)
    E = np.exp(Z - Z.max(axis=-1, keepdims=True))
    A = E / E.sum(axis=-1, keepdims=True)
    return A @ V, (Q, K, V, A)
"""
    assert (lost(written(source), ["scaled_dot_product_attention_forward"]) == 0) == right


@pytest.mark.parametrize(("inner", "right"), [("dA - np.sum(dA * A, axis=-1, keepdims=True)", True), ("dA", False)])
def test_attention_goes_back_through_the_whole_row_of_its_softmax(inner, right):
    source = f"""
def scaled_dot_product_attention_backward(dout, cache):
    Q, K, V, A = cache
    dA = dout @ np.swapaxes(V, -1, -2)
    dZ = A * ({inner}) / np.sqrt(Q.shape[-1])
    return dZ @ K, np.swapaxes(dZ, -1, -2) @ Q, np.swapaxes(A, -1, -2) @ dout
"""
    assert (lost(written(source), ["scaled_dot_product_attention_backward"]) == 0) == right


def test_attention_to_one_key_may_round():
    source = """
def scaled_dot_product_attention_backward(dout, cache):
    Q, K, V, A = cache
    A = A * (1 + 2e-16)
    dA, J = dout @ np.swapaxes(V, -1, -2), A[..., None] * np.eye(A.shape[-1]) - A[..., None] * A[..., None, :]
    dZ = np.einsum("...t,...tu->...u", dA, J) / np.sqrt(Q.shape[-1])
    return dZ @ K, np.swapaxes(dZ, -1, -2) @ Q, np.swapaxes(A, -1, -2) @ dout
"""
    assert lost(written(source), ["scaled_dot_product_attention_backward"]) == 0
    assert lost(written(source.replace("2e-16", "1e-12")), ["scaled_dot_product_attention_backward"]) > 0


def test_attention_is_asked_in_no_year_and_missed_by_none():
    assert not any("attention" in task.name for task in judged("cs231n_a3", {}, (), "2018").tasks)
    without = dict.fromkeys(("scaled_dot_product_attention_forward", "scaled_dot_product_attention_backward"))
    report = judged("cs231n_a3", without, (), year="2018")
    assert {task.name for task in report.tasks if "attention" in task.name} == {
        "multi_head_attention_forward",
        "multi_head_attention_backward",
    }


def test_nothing_is_asked_of_a_gradient_that_is_none():
    found = statuses(judged("cs231n_a3", {"rnn_backward": lambda dh, cache: None}, ["rnn_backward"]), "rnn_backward")
    assert set(found.values()) == {"absent"}
