"""The three assignments as they stand: the reference earns everything, and what the handouts teach is graded."""

import os
import re
from pathlib import Path

import pytest

from tests.cs231n.judging import declared, judged

NAMES = ("cs231n_a1", "cs231n_a2", "cs231n_a3")
SEEDS = [b"declared %d" % seed for seed in range(10 if os.environ.get("GRADER_WHOLE") else 2)]
YEARS = {"cs231n_a1": ("2021", "2025"), "cs231n_a2": ("2021", "2025"), "cs231n_a3": ("2016", "2021")}

# The student-written rows of the course's three assignments, written down from its own stubs.
ASKED = {
    "cs231n_a1": """svm_loss_naive svm_loss_vectorized softmax_loss_naive softmax_loss_vectorized affine_forward
        affine_backward relu_forward relu_backward svm_loss softmax_loss TwoLayerNet.loss""",
    "cs231n_a2": """affine_forward affine_backward relu_forward relu_backward TwoLayerNet.loss FullyConnectedNet.loss
        sgd sgd_momentum rmsprop adam batchnorm_forward batchnorm_backward batchnorm_backward_alt layernorm_forward
        layernorm_backward dropout_forward dropout_backward conv_forward_naive conv_backward_naive
        max_pool_forward_naive max_pool_backward_naive ThreeLayerConvNet.loss spatial_batchnorm_forward
        spatial_batchnorm_backward spatial_groupnorm_forward spatial_groupnorm_backward""",
    "cs231n_a3": """rnn_step_forward rnn_step_backward rnn_forward rnn_backward word_embedding_forward
        word_embedding_backward lstm_step_forward lstm_step_backward lstm_forward lstm_backward CaptioningRNN.loss
        scaled_dot_product_attention_forward scaled_dot_product_attention_backward multi_head_attention_forward
        multi_head_attention_backward""",
}
PROFILES = {
    ("cs231n_a1", "2016"): 5,
    ("cs231n_a1", "2021"): 11,
    ("cs231n_a1", "2025"): 9,
    ("cs231n_a2", "2016"): 22,
    ("cs231n_a2", "2018"): 26,
    ("cs231n_a2", "2021"): 25,
    ("cs231n_a3", "2018"): 11,
    ("cs231n_a3", "2025"): 0,
}


@pytest.mark.parametrize("seed", SEEDS, ids=str)
@pytest.mark.parametrize("name", NAMES)
def test_the_reference_earns_every_point_and_every_check_passes(name, seed):
    for profile in ("auto", *YEARS[name]):
        report = judged(name, {}, (), profile, seed=seed)
        rows = [(task.name, row.name, row.verdict) for task in report.tasks for row in task.rows]
        assert [row for row in rows if row[2].status != "pass"] == []
        assert report.score == report.max_score > 0


@pytest.mark.parametrize("name", NAMES)
def test_the_tasks_are_the_rows_that_students_write(name):
    assert list(declared(name).homes) == ASKED[name].split()


@pytest.mark.parametrize(("name", "profile"), PROFILES)
def test_a_year_asks_for_so_many_tasks(name, profile):
    report = judged(name, {}, (), profile)
    assert len(report.tasks) == PROFILES[name, profile]


@pytest.mark.parametrize("name", NAMES)
def test_the_equations_are_those_of_the_handout_and_named_after_the_functions(name):
    assignment = declared(name)
    taught = re.findall(r"\*\*\[(CS:[\w.]+)\]\*\*", Path(assignment.handout).read_text("utf-8"))
    assert len(taught) == len(set(taught))
    assert set(taught) == set(assignment.equations) == {f"CS:{task}" for task in assignment.homes}
    for task in assignment.tasks:
        assert task.equations == (f"CS:{task.name}",)


@pytest.mark.parametrize("name", NAMES)
def test_every_task_has_a_public_example_and_practice_and_a_hidden_slope(name):
    for task in declared(name).tasks:
        assert [case.name for case in task.cases[:2]] == ["example", "practice"], task.name
        assert all(case.public for case in task.cases[:2]), task.name
        if task.slope:
            assert any(case.slope and not case.public for case in task.cases), task.name
