"""The two-layer net at the size of images: who sees what, what it costs, and how the cost grows."""

import copy
import time

import numpy as np
from msgspec.structs import replace

from grader.posing import pose
from tests.benchmarks.checkers import corpus, ours
from tests.benchmarks.checkers.problems import Problem
from tests.engine.wrong import networks

SEED = b"large"
ALWAYS = ("value", "rare", "tiny")
"""The categories that one large case can show."""

SIZES = (192, 768, 3072, 12288)
RUNS = 9
CASES = 3


def _net():
    (asked,) = [each for each in corpus.asked() if each.task.name == "two_layer_loss"]
    return asked


def _posed(asked, D=3072, name="large"):
    case = pose(asked.task, replace(corpus.large_net(D=D), name=name), SEED, asked.ahead)
    return replace(case, timed=False)


def detection(checkers, step):
    """A line for each checker: its word on the right net, the mutants that it kills and misses, its price."""
    asked = _net()
    case = _posed(asked)
    mutants = [wrong for wrong in networks.NET_WRONG if wrong.category in ALWAYS][::step]
    lines = []
    for checker in checkers:
        problem = Problem(asked.task, asked.ahead, case, asked.right)
        if checker.slow:
            lines.append(_out_of_reach(checker, problem))
            continue
        right, seconds = _timed(lambda check=checker, on=problem: check(on))
        forwards = problem.calls["forward"] + problem.calls["backward"]
        missed = [wrong.name for wrong in mutants if checker(_mutant(asked, case, wrong))]
        lines.append(_line(checker.name, right, mutants, missed, forwards, seconds))
    return [*lines, _ours(asked, case, mutants)]


def _mutant(asked, case, wrong):
    return Problem(asked.task, asked.ahead, case, corpus.written(networks, asked.assignment, wrong.source))


def _line(name, right, mutants, missed, calls, seconds):
    share = f"{len(mutants) - len(missed)} of {len(mutants)}" if right else "(all)"
    short = ", ".join(each.partition(": ")[2] for each in missed) if right else "–"
    return name, "accepted" if right else "REJECTED", share, short or "none", str(calls), f"{1e3 * seconds:.0f}"


def _out_of_reach(checker, problem):
    _, seconds = _timed(lambda: problem.outputs(problem.xs))
    hours = 2 * problem.n * seconds / 3600
    return checker.name, "–", "–", f"not run: {2 * problem.n:,} forward passes, {hours:.1f} h", "–", "–"


def _ours(asked, case, mutants):
    exam = _exam(asked, (case,))
    right = ours.accepts(exam, asked.right)
    _, seconds = _timed(lambda: ours.report(exam, asked.right))
    calls = ours.calls_of(exam, asked.right, asked.task, asked.ahead)
    made = [(wrong.name, corpus.written(networks, asked.assignment, wrong.source)) for wrong in mutants]
    missed = [name for name, functions in made if ours.accepts(exam, functions)]
    return _line("ours", right, mutants, missed, calls.total(), seconds)


def _exam(asked, cases):
    """At these sizes the answers are compared with the reference's, which are at hand; no slope is measured."""
    paper = ours.paper_of(asked.assignment, asked.task, SEED, cases)
    return ours.exam_of(asked.assignment, asked.task, paper, numeric=False)


def cost(checkers):
    """n at four widths; the seconds of each checker there, and the exponent of their growth."""
    asked = _net()
    lines, sizes = {}, []
    for D in SIZES:
        problem = Problem(asked.task, asked.ahead, _posed(asked, D), asked.right)
        sizes.append(problem.n)
        for name, seconds in _prices(asked, checkers, problem, D):
            lines.setdefault(name, []).append(seconds)
    found = [(name, seconds, exponent(sizes, seconds)) for name, seconds in lines.items()]
    by_name = {name: seconds for name, seconds, _ in found}
    at = SIZES.index(3072)
    for name in (FRESH, STUDENT):
        print(f"ours, warm, per case at n = {sizes[at]:,}: {by_name[PER_CASE][at] / by_name[name][at]:.2f} × {name}")
    return sizes, found


STUDENT, PER_CASE = "the submission's forward and backward pass", "ours, warm, per case"
FRESH = f"{STUDENT}, on arguments of its own"
"""No call is given the arrays of another: arguments come copied, and are not yet in the nearest cache."""


def _prices(asked, checkers, problem, D):
    for checker in checkers:
        yield checker.name, _least(lambda check=checker: check(problem))
    args = [problem.case.inputs[name] for name in asked.task.parameters]
    yield STUDENT, _least(lambda: asked.right[asked.task.name](*args))
    yield FRESH, _least(lambda: asked.right[asked.task.name](*copy.deepcopy(args)))
    several = _exam(asked, [_posed(asked, D, f"large {k}") for k in range(CASES + 1)])
    one = _exam(asked, [_posed(asked, D, "large 0")])
    more, less = (_least(lambda exam=exam: ours.report(exam, asked.right)) for exam in (several, one))
    yield "ours, one case with the protocol's calls", less
    yield PER_CASE, (more - less) / CASES


def _least(act):
    with np.errstate(all="ignore"):
        return min(_timed(act)[1] for _ in range(RUNS))


def _timed(act):
    begun = time.perf_counter()
    value = act()
    return value, time.perf_counter() - begun


def exponent(sizes, seconds):
    """p of seconds ∝ nᵖ, by least squares on logarithms."""
    return float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])
