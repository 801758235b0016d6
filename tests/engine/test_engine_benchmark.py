"""The benchmark's restated rules accept what is right and reject what they should, and it runs every task it names."""

from dataclasses import replace

import numpy as np
import pytest

from tests.benchmarks.checkers import corpus, libraries, ours, rules, runs
from tests.benchmarks.checkers.growth import exponent
from tests.benchmarks.checkers.problems import Problem

ASKED = {each.task.name: each for each in corpus.asked()}
CHECKERS = [rules.CS231nFull(1e-4), rules.CS231nSparse(), rules.Autograd()]
SMOOTH = (
    "affine_backward",
    "softmax_loss",
    "backprop",
    "layernorm_backward",
    "rnn_step_backward",
    "lstm_step_backward",
)


def problem(name, functions=None):
    each = ASKED[name]
    return Problem(each.task, each.ahead, each.small(runs.SEED), functions or each.right)


def larger(each, factor):
    """The right functions, with every gradient times a factor."""

    def changed(*args):
        value = each.right[each.task.name](*args)
        kept = [name == each.task.slope.out for name in each.task.returns]
        parts = value if len(kept) > 1 else (value,)
        grown = [p if k else _times(factor, p) for p, k in zip(parts, kept, strict=True)]
        return tuple(grown) if len(kept) > 1 else grown[0]

    return {**each.right, each.task.name: changed}


def _times(factor, part):
    return [factor * each for each in part] if isinstance(part, list) else factor * np.asarray(part)


@pytest.mark.parametrize("checker", CHECKERS, ids=lambda checker: checker.name)
@pytest.mark.parametrize("name", SMOOTH)
def test_a_rule_accepts_the_right_gradient_and_no_gradient_a_tenth_too_large(name, checker):
    assert checker(problem(name))
    assert not checker(problem(name, larger(ASKED[name], 1.1)))


def test_a_coarse_rule_lets_a_small_factor_through_that_ours_sees():
    each = ASKED["lstm_step_backward"]
    wrong = larger(each, 1 + 1e-7)
    assert all(checker(problem(each.task.name, wrong)) for checker in CHECKERS)
    paper = ours.paper_of(each.assignment, each.task, runs.SEED, runs.small(each))
    assert not ours.accepts(ours.exam_of(each.assignment, each.task, paper), wrong)


def test_the_calls_are_those_that_the_rules_publish():
    counted = problem("affine_backward")
    rules.every_coordinate(counted)
    assert counted.calls["forward"] == 2 * counted.n
    counted.calls.clear()
    rules.Autograd()(counted)
    assert dict(counted.calls) == {"forward": 3, "backward": 1}


@pytest.mark.parametrize("cases", [runs.small, runs.battery], ids=lambda cases: cases.__name__)
def test_ours_accepts_every_right_task(cases):
    for each in ASKED.values():
        paper = ours.paper_of(each.assignment, each.task, runs.SEED, cases(each))
        exam = ours.exam_of(each.assignment, each.task, paper)
        assert exam.tasks[0][1], f"{each.task.name}: nothing is checked"
        assert ours.accepts(exam, each.right), each.task.name


def test_every_backward_pass_of_the_thirteen_layers_takes_part():
    assert set(ASKED) == set(corpus.SMALL)
    assert sum(len(each.mutants) for each in ASKED.values()) >= 300


def test_a_line_counts_only_what_right_code_passes():
    class Never:
        name, slow = "rejects everything", False

        def __call__(self, problem):
            return False

    each = replace(ASKED["relu_backward"], mutants=ASKED["relu_backward"].mutants[:2])
    never, _ = runs.compare([each], [Never()], runs.small)
    assert never.alarms == never.cases == 1
    assert never.killed.total() == 0


def test_the_exponent_of_a_power_is_found():
    assert exponent([10, 100, 1000], [3e-3, 3e-1, 30]) == pytest.approx(2)


def test_a_library_that_is_missing_is_named_and_left_out(monkeypatch):
    monkeypatch.setattr(libraries, "installed", lambda name: None)
    assert libraries.checkers() == ([], ["torch", "jax"])
    monkeypatch.undo()
    assert libraries.installed("no_such_library") is None
