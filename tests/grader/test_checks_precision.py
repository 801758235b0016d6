"""Right code in single precision, in whole or in part, is warned and loses nothing; wrong factors near 1 lose."""

import os

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assignments.deep_mlp import ASSIGNMENT as DEEP
from assignments.softmax_classifier import ASSIGNMENT as SOFTMAX
from assignments.two_layer_mlp import ASSIGNMENT as MLP
from grader import trees
from grader.answerers import InProcess
from grader.checks import Gradient, Numeric, Shape, Value
from grader.grade import grade, prepare
from grader.sandbox.worker.named import NAMED
from tests.engine.layers import ASSIGNMENT as LAYERS
from tests.grader.test_checks import DW, DX, NUMERIC, statuses, verdicts
from tests.grader.toy import RIGHT

WHOLE = bool(os.environ.get("GRADER_WHOLE"))
SEEDS = [b"precision %d" % seed for seed in range(5 if WHOLE else 1)]
FEW = ("svm_loss_vectorized", "batchnorm_backward", "conv_backward_naive", "rnn_step_backward", "lstm_backward")
DERIVED = tuple(task.name for task in MLP.tasks if task.name != "numerical_jacobian")  # a quotient has few digits
SETS = [(SOFTMAX, ()), (MLP, DERIVED), (DEEP, ()), (LAYERS, () if WHOLE else FEW)]


def single(value):
    return value if callable(value) else trees.each(value, np.float32)


def cast(which):
    """A function that turns the arguments at some places into float32, and leaves the others as they are."""

    def wrap(function):
        def cast_first(*args):
            return function(*(single(arg) if which(n, len(args)) else arg for n, arg in enumerate(args)))

        return cast_first

    return wrap


def buffered(function):
    """A function that keeps its results in float32 and multiplies them in float64."""

    def kept(value):
        return tuple(map(kept, value)) if isinstance(value, tuple) else trees.each(value, halved)

    def halved(value):
        return np.float64(1 / 3) * np.float32(3 * value)

    return lambda *args: kept(function(*args))


MIXED = {
    "all": cast(lambda n, count: True),
    "first": cast(lambda n, count: n == 0),
    "last": cast(lambda n, count: n == count - 1),
    "buffered": buffered,
}


@pytest.mark.parametrize("seed", SEEDS, ids=str)
@pytest.mark.parametrize(("assignment", "only"), SETS, ids=lambda value: getattr(value, "name", ""))
@pytest.mark.parametrize("mixed", MIXED)
def test_right_code_in_single_or_mixed_precision_loses_nothing(mixed, assignment, only, seed):
    functions = {task.name: MIXED[mixed](task.reference) for task in assignment.tasks}
    exam = prepare(assignment, seed, only)
    lost, warned = [], 0
    for (_, checks), task in zip(exam.tasks, grade(exam, InProcess(functions, NAMED)).tasks, strict=True):
        for check, row in zip(checks, task.rows, strict=True):
            warned += row.verdict.status == "warn"
            if isinstance(check, Shape | Value | Gradient | Numeric) and not row.verdict.earns:
                lost.append((task.name, row.name, row.verdict))
    assert not lost
    assert warned > 5


@given(st.integers(5, 11), st.sampled_from([-1, 1]), st.sampled_from([0, 1]), st.integers(0, 3))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_a_wrong_factor_is_wrong_however_near_one(digits, sign, which, seed):
    factor = 1 + sign * 10.0**-digits

    def wrong(dy, x, w):
        gradients = [dy @ w.T, x.T @ dy]
        gradients[which] = gradients[which] * factor
        return tuple(gradients)

    found = statuses(verdicts(product_gradient=wrong), "product_gradient")
    assert found[(DX, DW)[which]] == "fail"
    assert found[(DW, DX)[which]] == "pass"


@pytest.mark.parametrize("task", ["affine_backward", "relu_backward", "softmax_loss", "two_layer_loss"])
def test_a_wrong_factor_is_wrong_in_an_assignment(task):
    reference = {task.name: task.reference for task in MLP.tasks}
    exam = prepare(MLP, SEEDS[0], [task])
    for factor in (1 + 1e-5, 1 - 1e-7):
        wrong = {**reference, task: lambda *args, f=factor: trees.each(reference[task](*args), lambda x: x * f)}
        rows = grade(exam, InProcess(wrong, NAMED)).tasks[0].rows
        assert {row.verdict.status for row in rows if "derivative" in row.name} == {"fail"}


@pytest.mark.parametrize("h", [1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8])
def test_difference_quotients_are_no_right_code_in_single_precision(h):
    def differences(dy, x, w):
        dw = np.zeros_like(w)
        for place in np.ndindex(w.shape):
            step = np.zeros_like(w)
            step[place] = h
            dw[place] = np.sum(dy * (np.tanh(x @ (w + step)) - np.tanh(x @ (w - step)))) / (2 * h)
        # The slope of tanh, made that of the product again: as inexact as any difference quotient.
        return dy @ w.T, dw + (x.T @ dy - x.T @ (dy * (1 - np.tanh(x @ w) ** 2)))

    assert verdicts(product_gradient=differences)["product_gradient", DW].status == "fail"


@pytest.mark.parametrize("places", [4, 5, 6, 7, 8, 10])
def test_what_is_rounded_to_decimals_is_no_single_precision(places):
    for rounded in (
        lambda dy, x, w: (dy @ w.T, np.round(x.T @ dy, places)),
        lambda dy, x, w: (dy @ w.T, sum(np.round(np.outer(a, b), places) for a, b in zip(x, dy, strict=True))),
    ):
        assert verdicts(product_gradient=rounded)["product_gradient", DW].status == "fail"


def test_what_hardly_depends_on_its_inputs_is_no_single_precision():
    def smooth_step(dy, x, w):
        return dy @ w.T * (np.abs(w).max() / (np.abs(w).max() + 1e-7)), x.T @ dy

    assert verdicts(product_gradient=smooth_step)["product_gradient", DX].status == "fail"


def sum_in_single(dy, x, w):
    dw = np.zeros(w.shape, dtype=np.float32)
    for row, upstream in zip(x, dy, strict=True):
        dw += np.outer(row, upstream).astype(np.float32)
    return dy @ w.T, dw * np.pi / np.pi


def test_a_buffer_in_single_precision_is_warned():
    found = verdicts(product_gradient=sum_in_single)
    assert found["product_gradient", DW].sentence == (
        "dw has the right values in single precision (float32); compute in float64"
    )
    assert statuses(found, "product_gradient")[DX] == "pass"
    assert found["product_gradient", NUMERIC].earns


def test_a_mixed_forward_pass_costs_a_right_backward_nothing_and_helps_no_wrong_one():
    def mixed(x, w):
        return (np.float32(x) @ np.float32(w)) * np.pi / np.pi

    assert verdicts(product=mixed)["product", "y is right"].status == "warn"
    assert verdicts(product=mixed)["product_gradient", NUMERIC].status == "warn"
    wrong = verdicts(product=mixed, product_gradient=lambda dy, x, w: (dy @ w.T, 1.001 * x.T @ dy))
    assert not wrong["product_gradient", NUMERIC].earns
    assert not wrong["product_gradient", DW].earns


@pytest.mark.parametrize("factor", [2, 1.5, 1.01, 0])
def test_a_wrong_gradient_earns_nothing_under_a_forward_in_single_precision(factor):
    found = verdicts(
        product=lambda x, w: np.float32(x) @ np.float32(w),
        product_gradient=lambda dy, x, w: (dy @ w.T, factor * x.T @ dy),
    )
    assert found["product_gradient", NUMERIC].status in ("fail", "blocked")
    assert RIGHT


def test_what_is_wrong_by_more_than_rounding_is_wrong_in_single_precision_too():
    found = verdicts(product_gradient=lambda dy, x, w: (dy @ w.T, np.float32(x.T @ dy * (1 + 1e-4))))
    assert found["product_gradient", DW].status == "fail"
