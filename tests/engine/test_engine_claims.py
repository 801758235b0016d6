"""The claimed error of a measured slope bounds the true one. Truth: the references in extended precision.

A sample of the layers in the usual run, 1,000 slopes with GRADER_WHOLE=1.
"""

import copy
import os

import numpy as np
import pytest

from assignments.deep_mlp import ASSIGNMENT as DEEP
from assignments.softmax_classifier import ASSIGNMENT as SOFTMAX
from assignments.two_layer_mlp import ASSIGNMENT as MLP
from grader import numerics, tolerance, trees
from grader.answerers import InProcess
from grader.checks.answers import parse
from grader.checks.claim import claim
from grader.checks.slope import declared, directions, measure
from grader.grade import prepare
from grader.posing import runner
from grader.questions import Returned
from grader.sandbox.worker.named import NAMED
from tests.engine.layers import ASSIGNMENT as LAYERS

RUNS = 1000 if os.environ.get("GRADER_WHOLE") else 90


def slopes():
    """Slopes of every declared gradient, with all seeds that are needed, each with the reference in 80 bits."""
    for seed in range(10_000):
        for assignment in (LAYERS, SOFTMAX, MLP, DEEP):
            answerer = InProcess({task.name: task.reference for task in assignment.tasks}, NAMED)
            tasks = [task.name for task in assignment.tasks if task.slope]
            chosen = [tasks[(seed + 7 * turn) % len(tasks)] for turn in range(4)]
            for name in dict.fromkeys(chosen):
                ((paper, _),) = prepare(assignment, b"claims %d" % seed, [name]).tasks
                for case in [case for case in paper.cases if case.slope][-1:]:
                    yield assignment.task(name), paper, case, answerer


def measured(paper, case, answerer):
    measuring = measure(paper, case, lambda slope: True)
    question = next(measuring)
    try:
        while True:
            question = measuring.send(answerer.ask(question))
    except StopIteration as done:
        return done.value[0]


def truth(task, paper, case):
    """The slope along the same direction by the reference's gradients in extended precision."""
    extended = trees.each(copy.deepcopy(dict(case.inputs)), np.longdouble)
    outputs = runner(task)(extended)
    value = tuple(outputs.values()) if paper.several else next(iter(outputs.values()))
    found = parse(paper, case, Returned(value))
    exact = claim(paper, case, found)
    assert exact is not None
    return exact.value


@pytest.mark.skipif(not tolerance.EXTENDED, reason="needs extended precision")
def test_the_claimed_error_bounds_the_true_one(capsys):
    ratios, relative, open_ones = [], [], 0
    for task, paper, case, answerer in slopes():
        slope = measured(paper, case, answerer)
        if not slope.converged:
            open_ones += 1
            continue
        ratios.append(abs(slope.value - truth(task, paper, case)) / slope.error)
        relative.append(slope.error / abs(slope.value))
        if len(ratios) >= RUNS:
            break
    ratios = np.array(ratios)
    with capsys.disabled():
        print(
            f"\n  claimed errors, {len(ratios)} slopes: within 1 × {np.mean(ratios <= 1):.2%}, within 10 × "
            f"{np.mean(ratios <= numerics.CLAIM_FACTOR):.2%}, worst {ratios.max():.3g} ×; claims: median "
            f"{np.median(relative):.1e} of the slope, largest {np.max(relative):.1e}; {open_ones} did not converge"
        )
    assert np.mean(ratios <= numerics.CLAIM_FACTOR) >= 0.999
    assert np.mean(ratios <= 1) > 0.9
    assert open_ones <= len(ratios) / 20


@pytest.mark.skipif(not tolerance.EXTENDED, reason="needs extended precision")
def test_the_truth_is_the_slope_of_the_forward_pass_in_extended_precision():
    for (task, paper, case, _), _ in zip(slopes(), range(12), strict=False):
        slope = declared(paper)
        if slope.examples or slope.claim != "gradient":
            continue
        forward = {t.name: t for a in (LAYERS, SOFTMAX, MLP, DEEP) for t in a.tasks}[slope.forward]
        ways, h = directions(paper, case), np.longdouble(2) ** -20

        def total(step, task=task, case=case, slope=slope, forward=forward, ways=ways):
            inputs = trees.each(copy.deepcopy(dict(case.inputs)), np.longdouble)
            for path, way in ways.items():
                inputs = trees.put(inputs, path, moved(trees.dig(inputs, path), way, step))
            value = forward.reference(*(trees.dig(inputs, path) for path in slope.args))
            named = dict(zip(forward.returns, value, strict=True)) if len(forward.returns) > 1 else None
            parts = [
                (trees.dig(named, out) if named else value) * (inputs[weight] if weight else 1)
                for out, weight in slope.weighted
            ]
            return sum(np.sum(part) for part in parts)

        difference = (total(h) - total(-h)) / (2 * h)
        assert float(difference) == pytest.approx(truth(task, paper, case), rel=1e-7)


def moved(value, way, step):
    if isinstance(value, dict):
        return {key: moved(value[key], way[key], step) for key in value}
    if isinstance(value, list):
        return [moved(part, along, step) for part, along in zip(value, way, strict=True)]
    return value + step * way


def test_a_claim_that_is_too_small_is_seen():
    ladder = numerics.Ladder(*wrong_ladder())
    slope = numerics.extrapolate(ladder)
    assert abs(slope.value - 1.0) > numerics.CLAIM_FACTOR * slope.error


def wrong_ladder():
    """A function with slope 1 at 0 and with slope 2 wherever it is asked: smooth as far as any ladder sees."""
    hs = numerics.steps(5)
    return hs, [2 * h for h in hs], [-2 * h for h in hs], 0.0, [1.0] * len(hs)
