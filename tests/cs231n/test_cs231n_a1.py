"""What the first assignment leaves open, what it only warns of, and the holes of the course's own checks, closed."""

import numpy as np
import pytest

from tests.cs231n.judging import declared, judged, statuses, written

NUMERIC = "numeric check: agrees with the slope of your own forward pass"

SVM = """
def {name}(W, X, y, reg):
    N = X.shape[0]
    s = X.dot(W)
    m = np.maximum(0, s - s[np.arange(N), y][:, None] + 1)
    m[np.arange(N), y] = 0
    k = (m > 0).astype(float)
    k[np.arange(N), y] = -k.sum(axis=1)
    return m.sum() / N + {loss} * reg * np.sum(W * W), X.T.dot(k) / N + {gradient} * reg * W
"""


def svm(loss, gradient, name="svm_loss_vectorized"):
    return written(SVM.format(name=name, loss=loss, gradient=gradient))


@pytest.mark.parametrize(("loss", "gradient", "says"), [(1, 2, "the penalty λ Σ W²"), (0.5, 1, "the penalty ½ λ Σ W²")])
def test_both_penalties_are_right_where_loss_and_gradient_agree_and_the_report_says_which(loss, gradient, says):
    report = judged("cs231n_a1", svm(loss, gradient), ["svm_loss_vectorized"])
    assert report.score == report.max_score
    assert report.messages[0].startswith(f"svm_loss_vectorized: judged with {says}: (")


@pytest.mark.parametrize(("loss", "gradient"), [(1, 1), (0.5, 2)])
def test_a_penalty_whose_gradient_belongs_to_the_other_loses_the_gradient(loss, gradient):
    found = statuses(judged("cs231n_a1", svm(loss, gradient), ["svm_loss_vectorized"]), "svm_loss_vectorized")
    assert found["loss is right"] == "pass"
    assert found["dW is the true derivative"] == found[NUMERIC] == "fail"


@pytest.mark.parametrize(("loss", "gradient"), [(0, 0), (1, 0), (0, 2), (2, 4), (0.25, 0.5)])
def test_a_missing_or_other_penalty_loses_points(loss, gradient):
    report = judged("cs231n_a1", svm(loss, gradient), ["svm_loss_vectorized"])
    assert report.score < report.max_score


@pytest.mark.parametrize(("profile", "loss", "right"), [("2016", 0.5, True), ("2016", 1, False), ("2019", 1, True)])
def test_a_year_fixes_the_penalty(profile, loss, right):
    report = judged("cs231n_a1", svm(loss, 2 * loss), ["svm_loss_vectorized"], profile)
    assert (report.score == report.max_score) == right


def test_the_two_functions_of_a_classifier_may_differ_in_their_penalties():
    functions = {**svm(0.5, 1), **svm(1, 2, "svm_loss_naive")}
    report = judged("cs231n_a1", functions, ["svm_loss_naive", "svm_loss_vectorized"])
    assert report.score == report.max_score


NET = """
def net(construct, params, X, y, reg):
    assert set(construct) == {"input_size", "hidden_size", "output_size"}
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    h = np.maximum(0, X.dot(W1) + b1)
    s = h.dot(W2) + b2
    if y is None:
        return s
    e = np.exp(s - s.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[range(len(y)), y]).mean() + FACTOR * reg * (np.sum(W1 ** 2) + np.sum(W2 ** 2))
    p[range(len(y)), y] -= 1
    d = p / len(y)
    dh = d.dot(W2.T) * (h > 0)
    grads = {"W1": X.T.dot(dh) + 2 * FACTOR * reg * W1, "b1": dh.sum(0), "W2": h.T.dot(d), "b2": d.sum(0)}
    grads["W2"] += 2 * FACTOR * reg * W2
    return loss, grads
"""


def old_net(factor):
    return {"TwoLayerNet.loss": written(NET, FACTOR=factor)["net"]}


@pytest.mark.parametrize("factor", [0.5, 1])
def test_the_older_class_is_right_with_either_penalty(factor):
    report = judged("cs231n_a1", old_net(factor), ["TwoLayerNet.loss"])
    assert report.score == report.max_score
    assert "neural_net.py's class" in report.messages[0]


def test_the_older_class_keeps_to_its_year():
    for profile, factor, right in [("2016", 0.5, True), ("2016", 1, False), ("2018", 1, True), ("2021", 0.5, False)]:
        report = judged("cs231n_a1", old_net(factor), ["TwoLayerNet.loss"], profile)
        assert (report.score == report.max_score) == right, (profile, factor)


def modular(factor):
    old = old_net(factor)["TwoLayerNet.loss"]
    keys = ("input_size", "hidden_size", "output_size")

    def net(construct, params, X, y):
        return old(dict.fromkeys(keys), params, X.reshape(len(X), -1), y, construct["reg"])

    return {"TwoLayerNet.loss": net}


def test_the_half_is_mandatory_in_fc_net():
    assert judged("cs231n_a1", modular(0.5), ["TwoLayerNet.loss"]).score == 9
    found = statuses(judged("cs231n_a1", modular(1), ["TwoLayerNet.loss"]), "TwoLayerNet.loss")
    assert found["loss is right"] == found["grads are the true derivative"] == "fail"
    assert found["the scores are right where there are no labels"] == "pass"


ROW = """
def affine_backward(dout, cache):
    x, w = cache
    X = x.reshape(len(x), -1)
    return dout.dot(w.T).reshape(x.shape), X.T.dot(dout), dout.sum(axis=0, keepdims=True)
"""


def test_a_bias_gradient_that_is_a_row_is_only_warned_of():
    report = judged("cs231n_a1", written(ROW), ["affine_backward"])
    assert report.score == report.max_score
    assert statuses(report, "affine_backward")["db has shape (M,)"] == "warn"


def test_another_wrong_shape_is_not():
    column = ROW.replace("dout.sum(axis=0, keepdims=True)", "dout.sum(axis=0)[:, None]")
    assert (
        statuses(judged("cs231n_a1", written(column), ["affine_backward"]), "affine_backward")["db has shape (M,)"]
        == "fail"
    )


UNSTABLE = """
def softmax_loss(x, y):
    e = np.exp(x)
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(len(y)), y]).mean()
    p[np.arange(len(y)), y] -= 1
    return loss, p / len(y)
"""


def test_exponentials_that_overflow_at_large_scores_are_only_warned_of():
    report = judged("cs231n_a1", written(UNSTABLE), ["softmax_loss"])
    assert report.score == report.max_score
    assert statuses(report, "softmax_loss")["loss is right (large scores)"] == "warn"


def test_an_argument_that_is_overwritten_is_only_warned_of():
    relu = "def relu_backward(dout, cache):\n    dout[cache <= 0] = 0\n    return dout\n"
    report = judged("cs231n_a1", written(relu), ["relu_backward"])
    assert report.score == report.max_score
    assert "warn" in statuses(report, "relu_backward").values()


def test_a_year_asks_for_its_own_tasks():
    for profile, absent in [("2016", "affine_forward"), ("2025", "svm_loss_naive")]:
        report = judged("cs231n_a1", {}, (), profile)
        assert absent not in {task.name for task in report.tasks}
    assert {task.name for task in judged("cs231n_a1", {}, ()).tasks} == set(declared("cs231n_a1").homes)


def test_under_auto_what_other_years_ask_for_is_left_out_only_where_it_is_missing():
    there = judged("cs231n_a1", {}, (), year="2025")
    assert "svm_loss_naive" in {task.name for task in there.tasks}
    missing = judged("cs231n_a1", {"svm_loss_naive": None, "softmax_loss": None}, (), year="2025")
    names = {task.name for task in missing.tasks}
    assert "svm_loss_naive" not in names
    assert "softmax_loss" in names
    assert "not asked, as other years ask for it: svm_loss_naive" in missing.messages


def test_the_first_convention_is_tried_first_and_the_year_goes_before_it():
    calls = []

    def counted(W, X, y, reg):
        calls.append(1)
        return svm(0.5, 1)["svm_loss_vectorized"](W, X, y, reg)

    judged("cs231n_a1", {"svm_loss_vectorized": counted}, ["svm_loss_vectorized"])
    both = len(calls)
    calls.clear()
    judged("cs231n_a1", {"svm_loss_vectorized": counted}, ["svm_loss_vectorized"], year="2016")
    assert len(calls) < both


def test_nan_is_never_right():
    report = judged("cs231n_a1", {"svm_loss": lambda x, y: (np.nan, np.full(x.shape, np.nan))}, ["svm_loss"])
    assert report.score == 0
