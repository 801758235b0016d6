"""Mistakes under the convention that a submission was judged by, and none under another."""

import numpy as np
import pytest

from grader.diagnosis.symbols import symbols
from grader.posing import write
from tests.cs231n.judging import declared, judged, written
from tests.diagnosis.students import certain, diagnoses


def rows(name, source, task, profile="auto"):
    report = judged(name, written(source), [task], profile)
    return report.tasks[0].rows


SOFTMAX = """
def softmax_loss_vectorized(W, X, y, reg):
    N = len(X)
    S = X @ W
    S = S - S.max(axis=1, keepdims=True)
    P = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True)
    loss = -np.log(P[np.arange(N), y]).mean() + {penalty} * reg * np.sum(W * W)
    P[np.arange(N), y] -= 1
    return loss, X.T @ P / N + {gradient} * reg * W
"""
PENALTIES = [(1.0, 0.0, "reg-gradient-missing"), (0.5, 0.0, "reg-gradient-missing"), (0.5, 2.0, "reg-factor-2")]


@pytest.mark.parametrize(("penalty", "gradient", "name"), PENALTIES)
def test_the_slip_has_the_penalty_of_the_loss_that_was_written(penalty, gradient, name):
    source = SOFTMAX.format(penalty=penalty, gradient=gradient)
    assert certain(rows("cs231n_a1", source, "softmax_loss_vectorized")) == {name}


@pytest.mark.parametrize(("penalty", "gradient"), [(1.0, 2.0), (0.5, 1.0)])
def test_either_penalty_that_its_gradient_goes_with_has_no_name(penalty, gradient):
    source = SOFTMAX.format(penalty=penalty, gradient=gradient)
    assert diagnoses(rows("cs231n_a1", source, "softmax_loss_vectorized")) == []


DROPOUT = """
def dropout_forward(x, dropout_param):
    p, mode = dropout_param["p"], dropout_param["mode"]
    if mode == "test":
        return x, (mode, None)
    rng = np.random.RandomState(dropout_param.get("seed"))
    mask = (rng.rand(*x.shape) {kept}) / {scale}
    return x * mask, (mode, mask)
"""
SCALES = [
    ("2016", ">= p", "p", "expected 1/(1 − p)"),
    ("2016", "< p", "p", "taken for the probability of keeping"),
    ("2019", "< p", "1.0", "expected 1/p"),
    ("2019", ">= p", "(1 - p)", "taken for the probability of dropping"),
]


@pytest.mark.parametrize(("profile", "kept", "scale", "said"), SCALES)
def test_dropout_is_told_what_its_year_expects(profile, kept, scale, said):
    found = rows("cs231n_a2", DROPOUT.format(kept=kept, scale=scale), "dropout_forward", profile)
    told = [each for each in diagnoses(found) if each.id == "dropout-scale"]
    assert told
    assert said in told[0].message


def test_an_entry_of_a_list_is_called_by_the_list():
    """What separates cases by a width of a net says which: "where 1 > 1" says nothing."""
    task = declared("cs231n_a2").task("FullyConnectedNet.loss")
    case = next(case for case in write(task, b"names").ordinary if case.name == "generic")
    assert symbols(case)["hidden_dims.1"] == 3
    assert not any(name.isdigit() for name in symbols(case))


ADAM = """
def adam(w, dw, config=None):
    usual = dict(learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, m=0 * w, v=0 * w, t=0)
    c = dict(usual, **(config or dict()))
    c["t"] += 1
    c["m"] = c["beta1"] * c["m"] + (1 - c["beta1"]) * dw
    c["v"] = c["beta2"] * c["v"] + (1 - c["beta2"]) * dw**2
    m, v = c["m"] / ({mean}), c["v"] / ({square})
    return w - c["learning_rate"] * m / (np.sqrt(v) + c["epsilon"]), c
"""
MEAN, SQUARE = "1 - c['beta1'] ** c['t']", "1 - c['beta2'] ** c['t']"


@pytest.mark.parametrize(
    ("mean", "square"),
    [
        (MEAN, "1 - c['beta2']"),
        ("1 - c['beta1']", SQUARE),
        (MEAN, "1"),
        ("1", SQUARE),
        (MEAN, "1 + c['beta2'] ** c['t']"),
        ("1 - c['beta1'] * c['t']", SQUARE),
        ("c['beta1'] ** c['t']", SQUARE),
    ],
)
def test_of_two_moments_one_may_be_corrected_wrongly(mean, square):
    assert certain(rows("cs231n_a2", ADAM.format(mean=mean, square=square), "adam")) == {"adam-bias-correction"}


def test_both_moments_corrected_have_no_name():
    assert diagnoses(rows("cs231n_a2", ADAM.format(mean=MEAN, square=SQUARE), "adam")) == []


def penalised(net, taken):
    """A net whose loss is penalised for the layers that `taken` chooses; its gradients are right."""
    right = declared(net[0]).task(net[1]).reference

    def loss(construct, params, X, y):
        answer = right(construct, params, X, y)
        if y is None:
            return answer
        each = [np.sum(params[name] ** 2) for name in sorted(params) if name.startswith("W")]
        return answer[0] + 0.5 * construct.get("reg", 0) * (sum(taken(each)) - sum(each)), answer[1]

    return judged(net[0], {net[1]: loss}, [net[1]]).tasks[0].rows


NETS = [
    ("cs231n_a1", "TwoLayerNet.loss"),
    ("cs231n_a2", "FullyConnectedNet.loss"),
    ("cs231n_a2", "ThreeLayerConvNet.loss"),
]
TAKEN = {
    "the first for the last": lambda each: [*each[:-1], each[0]],
    "the last for the first": lambda each: [each[-1], *each[1:]],
    "the second for the first": lambda each: [each[1], *each[1:]],
    "the first for every one": lambda each: each[:1] * len(each),
}


@pytest.mark.parametrize("net", NETS, ids=lambda net: net[1])
@pytest.mark.parametrize("taken", TAKEN.values(), ids=TAKEN)
def test_a_layer_penalised_for_another_is_a_layer_missing(net, taken):
    found = diagnoses(penalised(net, taken))
    assert {(each.id, each.confidence, each.alternatives) for each in found} == {
        ("reg-layer-missing", "likely", ("reg-loss-missing",))
    }


@pytest.mark.parametrize("net", NETS, ids=lambda net: net[1])
def test_layers_each_penalised_once_have_no_name(net):
    assert diagnoses(penalised(net, list)) == []
