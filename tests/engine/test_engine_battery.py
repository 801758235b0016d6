"""The cases of the engine's own layers hold every rule for choosing inputs, and so do the inputs that are drawn."""

import os

import numpy as np
import pytest

from assignments.cs231n.linear import NEAR, OFF
from grader.answerers import InProcess
from grader.battery import LEAST, MOST
from grader.grade import grade, prepare
from grader.posing import write
from tests.engine.layers import ASSIGNMENT
from tests.named import NAMED
from tests.wrong.test_wrong_gradients import ALL, bases, declared, student  # noqa: F401 - `bases` is a fixture

SEEDS = [b"battery %d" % seed for seed in range(3)]
MANY = [b"battery %d" % seed for seed in range(10 if os.environ.get("GRADER_WHOLE") else 2)]
NAMED_TASKS = {task.name: task for task in ASSIGNMENT.tasks}
GRADIENTS = [task for task in ASSIGNMENT.tasks if task.slope]


def posed(name, seed=SEEDS[0]):
    return {case.name: case for case in write(NAMED_TASKS[name], seed, forwards=NAMED_TASKS).cases}


def apart(name, seed):
    """The cases that are to keep away from kinks: all but those declared to lie at one."""
    return [case for case in posed(name, seed).values() if case.allows is None]


def test_every_backward_pass_has_a_slope_and_the_five_families():
    backward = {task.name for task in ASSIGNMENT.tasks if "backward" in task.name or "loss" in task.name}
    assert backward == {task.name for task in GRADIENTS}
    for task in GRADIENTS:
        names = {case.name for case in task.cases}
        assert {"example", "practice", "generic", "square", "one example"} <= names
        assert any(case.public and case.slope for case in task.cases)


@pytest.mark.parametrize("seed", SEEDS, ids=str)
@pytest.mark.parametrize("task", GRADIENTS, ids=lambda task: task.name)
def test_no_declared_gradient_is_zero(task, seed):
    for case in write(task, seed, forwards=NAMED_TASKS).cases:
        still = next(declared.still for declared in task.cases if declared.name == case.name)
        for place, array in case.arrays.items():
            assert np.any(array != 0) or place in still, f"{case.name}: {place}"


@pytest.mark.parametrize("seed", SEEDS, ids=str)
def test_magnitudes_cover_their_range_and_keep_away_from_kinks(seed):
    sizes = np.abs(posed("dropout_backward", seed)["p = 0.3"].inputs["x"])
    assert LEAST <= sizes.min() < 2 * LEAST
    assert MOST / 2 < sizes.max() <= MOST
    for name in ("svm_loss", "svm_loss_naive", "svm_loss_vectorized"):
        for case in apart(name, seed):
            d = case.inputs
            scores, y = (d["x"] if "x" in d else d["X"] @ d["W"]), d["y"]
            margins = scores - scores[np.arange(len(y)), y][:, None] + 1
            margins[np.arange(len(y)), y] = 1
            assert np.abs(margins).min() > (NEAR if case.name == "near the margin" else OFF)


@pytest.mark.parametrize("seed", SEEDS, ids=str)
def test_no_window_has_two_largest_pixels(seed):
    for case in apart("max_pool_backward_naive", seed):
        values = np.sort(case.inputs["x"].ravel())
        assert np.diff(values).min() >= 1 / values.size


def test_strides_rims_windows_penalties_and_modes_are_all_there():
    conv, pool = posed("conv_backward_naive").values(), posed("max_pool_backward_naive").values()
    assert {case.inputs["conv_param"]["stride"] for case in conv} >= {1, 2, 3}
    assert {case.inputs["conv_param"]["pad"] for case in conv} >= {0, 1}
    for cases, high, wide in (
        (conv, lambda d: d["w"].shape[2], lambda d: d["w"].shape[3]),
        (pool, lambda d: d["pool_param"]["pool_height"], lambda d: d["pool_param"]["pool_width"]),
    ):
        strides = [(d.get("conv_param") or d["pool_param"])["stride"] for d in (case.inputs for case in cases)]
        kinds = {
            "overlapping" if s < high(case.inputs) else "gaps" if s > high(case.inputs) else "touching"
            for s, case in zip(strides, cases, strict=True)
        }
        assert kinds == {"overlapping", "gaps", "touching"}
        assert any(high(case.inputs) != wide(case.inputs) for case in cases)
    assert {0.0, 2, 3e3} <= {case.inputs["reg"] for case in posed("svm_loss_vectorized").values()}
    settings = [case.inputs["dropout_param"] for case in posed("dropout_forward").values()]
    assert {param["mode"] for param in settings} == {"train", "test"}
    assert {0.3, 0.7} <= {param["p"] for param in settings}


def test_words_repeat_within_a_sequence_and_across_sequences():
    for name in ("generic", "square"):
        x = posed("word_embedding_backward")[name].inputs["x"]
        assert x[0, 0] == x[0, 1] == x[-1, -1]
        assert len(set(x.ravel())) < posed("word_embedding_backward")[name].inputs["W"].shape[0]


def test_what_a_call_fills_is_not_filled_when_it_is_put():
    case = posed("batchnorm_forward")["generic"]
    assert case.inputs["bn_param"] == {"mode": "train"}
    assert set(case.expected["bn_param"]) == {"running_mean", "running_var"}


@pytest.mark.parametrize("seed", MANY, ids=str)
def test_wrong_solutions_of_the_assignments_lose_points_at_every_seed(seed, bases):  # noqa: F811
    exams, survivors = {}, []
    for assignment, wrong in ALL:
        key = assignment, wrong.function
        exams[key] = exams.get(key) or prepare(declared(assignment), seed, [wrong.function])
        (task,) = grade(exams[key], InProcess(student(bases[assignment], wrong), NAMED)).tasks
        if task.score == task.max_score:
            survivors.append((assignment, wrong.name))
    print(f"\nkilled {len(ALL) - len(survivors)} of {len(ALL)} wrong solutions of the three assignments")
    assert not survivors
