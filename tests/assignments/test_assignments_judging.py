"""What the declarations lean on: losses as list or array, x shifted and restored, a batch by a column's forward."""

from importlib import import_module

import numpy as np
import pytest

from grader.answerers import InProcess
from grader.grade import grade, prepare
from grader.sandbox.worker.named import NAMED

NUMERIC = "numeric check: agrees with the slope of your own forward pass"
RESTORED = "the arguments are unchanged, to 4 units in the last place"


def statuses(name, task, **functions):
    """Grade one task with some functions of the reference exchanged: check → status."""
    assignment = import_module(f"assignments.{name}").ASSIGNMENT
    right = {task.name: task.reference for task in assignment.tasks}
    report = grade(prepare(assignment, b"judging", [task]), InProcess({**right, **functions}, NAMED))
    return {row.name: row.verdict.status for row in report.tasks[0].rows}


def training(change):
    from reference.two_layer_mlp import train

    def trained(*args):
        params, losses = train(*args)
        return params, change(losses)

    return statuses("two_layer_mlp", "train", train=trained)


@pytest.mark.parametrize("change", [np.array, tuple, list], ids=["array", "tuple", "list"])
def test_losses_may_be_a_list_or_an_array(change):
    assert set(training(change).values()) == {"pass"}


def test_one_loss_too_many_fails_the_shape_and_so_does_a_loss_where_no_step_was_taken():
    assert training(lambda losses: [*losses, 0.0])["losses has shape (T,)"] == "fail"
    assert training(lambda losses: losses or [1.0])["losses has shape (T,)"] == "fail"


def shifting(f, x, h, back):
    columns = []
    for j in range(len(x)):
        x[j] += h
        ahead = f(x)
        x[j] -= 2 * h
        columns.append((ahead - f(x)) / (2 * h))
        x[j] += back * h
    return np.stack(columns, axis=1)


def test_x_may_be_shifted_and_restored():
    found = statuses("two_layer_mlp", "numerical_jacobian", numerical_jacobian=lambda f, x, h: shifting(f, x, h, 1))
    assert set(found.values()) == {"pass"}


def test_an_x_that_stays_shifted_is_told():
    found = statuses("two_layer_mlp", "numerical_jacobian", numerical_jacobian=lambda f, x, h: shifting(f, x, h, 0))
    assert found[RESTORED] == "fail"


def forward_without_biases(W, b, h0, sigma):
    from reference.deep_forward import forward

    return forward(W, [0 * b_l for b_l in b], h0, sigma)


def batch_without_biases(W, b, H0, T, sigma):
    from reference.deep_mlp import backprop_batch

    return backprop_batch(W, [0 * b_l for b_l in b], H0, T, sigma)


@pytest.mark.parametrize("task", ["backprop", "backprop_batch", "backprop_batch_rows"])
def test_the_numeric_check_of_a_whole_net_asks_for_a_right_forward(task):
    assert statuses("deep_mlp", task, forward=forward_without_biases)[NUMERIC] == "warn"


def test_a_batch_gradient_that_fits_a_wrong_forward_does_not_pass_the_numeric_check():
    found = statuses("deep_mlp", "backprop_batch", forward=forward_without_biases, backprop_batch=batch_without_biases)
    assert found["dW is the true derivative"] == "fail"
    assert found[NUMERIC] in ("blocked", "fail")
