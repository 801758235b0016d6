"""Forward and backward are judged apart: four situations, every task with a gradient, three seeds, all told apart.

Both right; only the forward pass wrong; only the backward pass wrong; a backward pass that is the true derivative of a
wrong forward pass. The expectations are the rule of the result document, written out.
"""

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest

from grader.answerers import InProcess
from grader.checks import Gradient, Numeric, Value
from grader.grade import grade, prepare
from grader.model import exact
from tests.engine.correct.handed_in import ASSIGNMENTS, declared
from tests.engine.situations import SCALE, bent, larger, pairs, slope_of_bent
from tests.named import NAMED

SEEDS = [b"situation %d" % seed for seed in range(3)]
PAIRS = [pair for name in ASSIGNMENTS for pair in pairs(declared(name))]
PARAMS = [pytest.param(pair, id=pair.name) for pair in PAIRS]
SITUATIONS = {
    "both right": (False, "right"),
    "only forward wrong": (True, "right"),
    "only backward wrong": (False, "wrong"),
    "backward right for a wrong forward": (True, "consistent"),
}
TALLY = Counter()


def reports(pair, functions, seed):
    """The rows of the gradient's task and of the forward pass's, each with its check."""
    assignment = declared(pair.assignment)
    whole = {task.name: task.reference for task in assignment.tasks} | functions
    names = list(dict.fromkeys((pair.backward.name, pair.ahead.name)))
    found = {task.name: task for task in grade(prepare(assignment, seed, names), InProcess(whole, NAMED)).tasks}
    return tuple(list(zip(task.checks, found[task.name].rows, strict=True)) for task in (pair.backward, pair.ahead))


def of(rows, *kinds):
    """The ungrouped rows of these kinds of check; what is asked at large scores or kinks alone has its own."""
    return [row for check, row in rows if isinstance(check, kinds) and not check.group]


def statuses(rows, *kinds):
    return {row.verdict.status for row in of(rows, *kinds)}


def proposals(rows):
    return {row.name: row.verdict.evidence.get("proposed_score") for _, row in rows}


def told(pair, situation, seed):
    """Whether everything is as the rule says, and what is not."""
    backward, ahead = reports(pair, pair.functions(*SITUATIONS[situation]), seed)
    gradients = of(backward, Gradient, Numeric)
    full = all(row.score == row.max_score for row in gradients)
    none = all(row.score == 0 for row in gradients)
    review = any(row.verdict.needs_review for _, row in backward)
    proposed = [proposals(backward)[row.name] for row in gradients]
    moved = statuses(ahead, Value) - {"pass"}
    claims = {
        "both right": {
            "all pass": {row.verdict.status for _, row in (*backward, *ahead)} == {"pass"},
        },
        "only forward wrong": {
            "the forward pass fails": moved == {"fail"},
            "the gradients pass": statuses(backward, Gradient) == {"pass"},
            "the numeric check warns": statuses(backward, Numeric) == {"warn"},
            "full points, nothing to review": full and not review,
        },
        "only backward wrong": {
            "the forward pass passes": not moved,
            "the gradients fail": statuses(backward, Gradient) == {"fail"},
            "the numeric check fails": statuses(backward, Numeric) == {"fail"},
            "no points, none proposed": none and set(proposed) == {None} and not review,
        },
        "backward right for a wrong forward": {
            "the forward pass fails": moved == {"fail"},
            "the gradients fail": statuses(backward, Gradient, Numeric) == {"fail"},
            "half the points are proposed": all(
                points is not None and exact(points) == row.max_score / 2
                for points, row in zip(proposed, gradients, strict=True)
            ),
            "none is given, and a human is asked": none and review,
        },
    }[situation]
    return [claim for claim, holds in claims.items() if not holds]


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("pair", PARAMS)
def test_situation_is_told(pair, situation):
    for seed in SEEDS:
        TALLY[situation, "asked"] += 1
        broken = told(pair, situation, seed)
        TALLY[situation, "told"] += not broken
        assert not broken, f"{seed.decode()}: {broken}"


def test_count_of_situations_told():
    for situation in SITUATIONS:
        print(f"\n{situation}: {TALLY[situation, 'told']} of {TALLY[situation, 'asked']} told", end="")
        assert TALLY[situation, "told"] == TALLY[situation, "asked"]
    print(f" ({len(PAIRS)} tasks, {len(SEEDS)} seeds)")


def test_every_task_with_a_gradient_takes_part():
    for name in ASSIGNMENTS:
        sloped = {task.name for task in declared(name).tasks if task.slope}
        assert sloped == {pair.backward.name for pair in PAIRS if pair.assignment == name}
    assert {pair.kind for pair in PAIRS} == {"cached", "together", "apart"}
    assert len(PAIRS) >= 45


@pytest.mark.parametrize("pair", PARAMS)
def test_a_wrong_forward_pass_and_another_derivative_earn_nothing(pair):
    backward, _ = reports(pair, pair.functions(True, "wrong"), SEEDS[0])
    assert statuses(backward, Gradient) == {"fail"}
    assert statuses(backward, Numeric) == {"blocked"}
    assert set(proposals(backward).values()) == {None}
    assert all(row.score == Fraction(0) for row in of(backward, Gradient, Numeric))


@pytest.mark.parametrize("pair", [param for param in PARAMS if param.values[0].kind != "apart"])
def test_gradients_of_zero_for_a_forward_pass_that_never_moves_are_not_even_proposed(pair):
    made = pair.functions(True, "consistent")
    frozen = {name: still(made[name], name == pair.backward.name, pair) for name in made}
    backward, _ = reports(pair, frozen, SEEDS[0])
    assert set(proposals(backward).values()) == {None}
    assert all(row.score == Fraction(0) for row in of(backward, Gradient, Numeric))


def still(function, gradient, pair):
    """The function with every number of its results made constant: 0 for gradients, 1 for the forward pass."""

    def constant(*args):
        values = function(*args)
        parts = values if isinstance(values, tuple) else (values,)
        names = pair.backward.returns if gradient else pair.ahead.returns
        fixed = [
            part
            if name == "cache"
            else like(part, 1.0 if name == pair.backward.slope.out else 0.0 if gradient else 1.0)
            for name, part in zip(names, parts, strict=True)
        ]
        return tuple(fixed) if isinstance(values, tuple) else fixed[0]

    return constant


def like(value, constant):
    if isinstance(value, dict):
        return {key: like(part, constant) for key, part in value.items()}
    return np.full(np.shape(value), constant)


def test_the_perturbations_have_the_derivatives_that_they_claim():
    o, h = np.linspace(-7, 7, 41), 1e-6
    assert np.allclose((bent(o + h) - bent(o - h)) / (2 * h), slope_of_bent(o), atol=1e-8)
    assert bent(0.0) == 0
    assert SCALE != 1
    assert np.all(slope_of_bent(o) != 1)
    assert larger((1.0, np.ones(2)), ("a", "b"))[1].tolist() == [1.1, 1.1]
