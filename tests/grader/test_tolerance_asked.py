"""Tolerances are derived when they are asked for, and no right answer nearer than their first term asks."""

from __future__ import annotations

import numpy as np
import pytest

from assignments.deep_mlp import ASSIGNMENT as DEEP
from assignments.softmax_classifier import ASSIGNMENT as SOFTMAX
from assignments.two_layer_mlp import ASSIGNMENT as MLP
from grader.checks.at_once import at_once
from grader.posing import write
from grader.tolerance import UNIT_ROUNDOFF, Tolerances, least, tolerances

TASKS = [task for assignment in (SOFTMAX, MLP, DEEP) for task in assignment.tasks]


@pytest.fixture
def papers():
    """Papers that nobody has asked anything, whatever other tests have asked theirs."""
    return [write(task, b"asked") for task in TASKS]


def counted():
    calls = []

    def run(inputs):
        calls.append(1)
        return {"y": 3 * inputs["x"]}

    inputs = {"x": np.array([1.0, -2.0])}
    found = tolerances(run, inputs, {"y": 3 * inputs["x"]}, np.random.default_rng(0))
    return calls, found


def test_nothing_is_run_before_a_bound_is_asked_for_and_nothing_twice():
    calls, found = counted()
    assert least(found) == {"y": 100 * UNIT_ROUNDOFF * 6.0}
    assert (list(found), len(found), calls) == (["y"], 1, [])
    first = found["y"]
    made = len(calls)
    assert made >= 2
    assert (found["y"], len(calls)) == (first, made)
    assert first > least(found)["y"]


def test_a_mapping_without_a_first_term_is_its_own_least():
    assert least({"y": 1.0}) == {"y": 1.0}


def test_no_bound_is_below_its_first_term(papers):
    for paper in papers:
        for case in paper.cases:
            for bounds in (case.tolerance, case.ahead_tolerance):
                assert all(least(bounds)[place] <= bounds[place] for place in bounds), (paper.task, case.name)


def derived(bounds):
    return "_derived" in vars(bounds)


def test_what_is_exactly_right_asks_for_no_bound_and_what_is_nearly_right_does():
    (task,) = (task for task in TASKS if task.name == "affine_forward")
    paper = write(task, b"asked exactly")
    (case,) = (case for case in paper.cases if case.name == "generic")
    assert isinstance(case.tolerance, Tolerances)
    exact = case.expected["out"] if "out" in case.expected else next(iter(case.expected.values()))
    cache = (None,) * (len(paper.returns) - 1)
    assert at_once(paper, case, (exact, *cache) if cache else exact) is not None
    assert not derived(case.tolerance)
    room = next(iter(least(case.tolerance).values()))
    near = exact + 1.001 * room
    assert at_once(paper, case, (near, *cache) if cache else near) is not None
    assert derived(case.tolerance)
    far = exact + 1e6 * room
    assert at_once(paper, case, (far, *cache) if cache else far) is None
