"""The declared assignments as they stand: the reference earns everything, and what is promised is asked."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from grader.answerers import InProcess
from grader.grade import grade, prepare
from grader.sandbox.worker.named import NAMED

COURSE = Path(__file__).resolve().parents[2] / "assignments"
POINTS = {"softmax_classifier": 50, "two_layer_mlp": 60, "deep_mlp": 60}
FOREIGN = {"deep_mlp": {"MLP-17"}}

# The functions of each assignment, and the equations that one of the checks of each must prove.
ASKED = {
    "softmax_classifier": {
        "scores": "AS-1",
        "softmax": "AS-2",
        "cross_entropy": "AS-3",
        "scores_gradient": "AS-4",
        "scores_weight_jacobian": "AS-5",
        "weight_gradient_one": "AS-6",
        "weight_gradient_loop": "AS-7",
        "weight_gradient": "AS-8",
        "scores_bias_jacobian": "AS-9",
        "bias_gradient": "AS-10",
        "softmax_jacobian": "AS-12",
        "input_gradient": "AS-11",
        "softmax_classifier_loss": "AS-1 AS-2 AS-3 AS-4 AS-8 AS-10",
    },
    "two_layer_mlp": {
        "affine_forward": "MLP-1 MLP-3",
        "affine_backward": "MLP-9 MLP-10 MLP-11 MLP-12 MLP-13",
        "relu_forward": "MLP-2",
        "relu_backward": "MLP-17 MLP-18",
        "affine_input_jacobian": "MLP-9",
        "relu_jacobian": "MLP-15",
        "relu_backward_jacobian": "MLP-16",
        "affine_bias_jacobian": "MLP-19",
        "numerical_jacobian": "MLP-14",
        "softmax_loss": "MLP-4 MLP-6 MLP-7 MLP-8",
        "l2_penalty": "MLP-5",
        "two_layer_loss": "MLP-5 MLP-8 MLP-10 MLP-12",
        "sgd_step": "MLP-20",
        "train": "MLP-20",
    },
    "deep_mlp": {
        "activation": "DEEP-1",
        "activation_derivative": "MLP-17",
        "forward": "DEEP-1",
        "half_squared_error": "DEEP-1",
        "weight_jacobian": "DEEP-3",
        "gradient_by_index": "DEEP-4 DEEP-5 DEEP-6",
        "gradient_unrolled": "DEEP-7",
        "output_delta": "DEEP-8",
        "hidden_delta": "DEEP-9 DEEP-13",
        "weight_gradient": "DEEP-10",
        "bias_gradient": "DEEP-11",
        "layer_jacobian": "DEEP-12",
        "weight_to_preactivation_jacobian": "DEEP-16",
        "backprop": "DEEP-8 DEEP-9 DEEP-10 DEEP-11 DEEP-14",
        "softmax_output_delta": "DEEP-8",
        "backprop_batch": "DEEP-10 DEEP-11",
        "backprop_batch_rows": "DEEP-15",
        "update": "DEEP-2",
    },
}
PREFIX = {"softmax_classifier": "AS", "two_layer_mlp": "MLP", "deep_mlp": "DEEP"}
COUNT = {"softmax_classifier": 12, "two_layer_mlp": 20, "deep_mlp": 16}


def declared(name):
    return import_module(f"assignments.{name}").ASSIGNMENT


@pytest.mark.parametrize("seed", [b"1", b"2", b"3", b"4", b"5"])
@pytest.mark.parametrize("name", POINTS)
def test_the_reference_earns_every_point_and_every_check_passes(name, seed):
    assignment = declared(name)
    answerer = InProcess({task.name: task.reference for task in assignment.tasks}, NAMED)
    report = grade(prepare(assignment, seed), answerer)
    rows = [(task.name, row.name, row.verdict) for task in report.tasks for row in task.rows]
    assert [row for row in rows if row[2].status != "pass"] == []
    assert report.score == report.max_score == POINTS[name]


@pytest.mark.parametrize("name", POINTS)
def test_points_are_positive_and_add_up_to_the_stated_total(name):
    assignment = declared(name)
    assert assignment.points == POINTS[name]
    assert sum(points for task in assignment.tasks for points in task.checks.values()) == POINTS[name]
    assert all(points > 0 for task in assignment.tasks for points in task.checks.values())


@pytest.mark.parametrize("name", POINTS)
def test_every_function_is_asked_and_proves_its_equations(name):
    tasks = {task.name: task for task in declared(name).tasks}
    assert tasks.keys() == ASKED[name].keys()
    missing = {
        function: lacking
        for function, identifiers in ASKED[name].items()
        if (lacking := set(identifiers.split()) - set(tasks[function].equations))
    }
    assert missing == {}


@pytest.mark.parametrize("name", POINTS)
def test_the_equations_are_those_of_the_handout_and_none_is_left_out(name):
    taught = set(re.findall(r"\*\*\[([A-Z]+-\d+)\]\*\*", (COURSE / name / "handout.md").read_text("utf-8")))
    all_of_them = {f"{PREFIX[name]}-{number}" for number in range(1, COUNT[name] + 1)} | FOREIGN.get(name, set())
    assert declared(name).equations.keys() == taught == all_of_them


@pytest.mark.parametrize("name", POINTS)
def test_every_task_starts_with_the_worked_example_and_small_whole_numbers(name):
    for task in declared(name).tasks:
        assert task.cases[0].name == "example", task.name
        assert task.cases[0].public, task.name
        assert len([case for case in task.cases if case.public]) >= 2, task.name


@pytest.mark.parametrize("name", POINTS)
def test_shapes_values_and_slopes_are_separate_checks(name):
    for task in declared(name).tasks:
        kinds = {(type(check).__name__, output) for check in task.checks for output in check.outputs()}
        for output in task.returns:
            if output != "cache":
                assert ("Shape", output) in kinds, (task.name, output)
                assert {("Value", output), ("Gradient", output)} & kinds, (task.name, output)
        numeric = [check for check in task.checks if type(check).__name__ == "Numeric"]
        assert bool(numeric) == (task.slope is not None), task.name
