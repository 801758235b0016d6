"""Wrong solutions of the engine's own layers lose points, at every seed; what is bad manners alone is said and is free.

Two seeds in the usual run, ten with GRADER_WHOLE=1.
"""

import os
from collections import Counter

import pytest

from grader.answerers import InProcess
from grader.grade import grade, prepare
from tests.engine.correct.handed_in import declared
from tests.engine.layers import ASSIGNMENT
from tests.engine.wrong import batchnorm, classifiers, dropout, images, layernorm, networks, optimizers, sequences
from tests.engine.wrong.kinds import CATEGORIES, LAYERS, PURPOSELESS
from tests.named import NAMED

MODULES = (classifiers, batchnorm, layernorm, dropout, images, sequences, optimizers, networks)
ALL = [(module, wrong) for module in MODULES for wrong in module.WRONG]
PARAMS = [pytest.param(module, wrong, id=wrong.name) for module, wrong in ALL]
SEEDS = [b"engine %d" % seed for seed in range(10 if os.environ.get("GRADER_WHOLE") else 2)]
REFERENCE = {task.name: task.reference for task in ASSIGNMENT.tasks}


def asked(module, wrong):
    """The assignment that asks for the function of an entry: the engine's own layers, where none is named."""
    return declared(module.ASSIGNMENTS[wrong.function]) if hasattr(module, "ASSIGNMENTS") else ASSIGNMENT


def student(module, source="", assignment=ASSIGNMENT):
    """The functions of a module of this data, with one of them written over; the rest are the reference's."""
    written = {}
    exec(compile(module.RIGHT, f"<{module.__name__}>", "exec"), written)
    exec(compile(source, "<wrong>", "exec"), written)
    return {task.name: written.get(task.name, task.reference) for task in assignment.tasks}


@pytest.fixture(scope="session")
def judge():
    """Grade one wrong solution at one seed, once."""
    made = {}

    def judged(module, wrong, seed):
        key = wrong.name, seed
        if key not in made:
            assignment = asked(module, wrong)
            exam = prepare(assignment, seed, [wrong.function])
            answerer = InProcess(student(module, wrong.source, assignment), NAMED)
            made[key] = grade(exam, answerer, explain=False).tasks[0]
        return made[key]

    return judged


@pytest.mark.parametrize("seed", SEEDS, ids=str)
def test_the_references_have_full_marks(seed):
    report = grade(prepare(ASSIGNMENT, seed), InProcess(REFERENCE, {}))
    assert {row.verdict.status for task in report.tasks for row in task.rows} == {"pass"}
    assert report.score == report.max_score


@pytest.mark.parametrize("seed", SEEDS, ids=str)
@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_the_modules_that_are_written_over_are_right(module, seed):
    for assignment in {id(each): each for each in (asked(module, wrong) for wrong in module.WRONG)}.values():
        report = grade(prepare(assignment, seed), InProcess(student(module, assignment=assignment), NAMED))
        failing = [
            (task.name, row.name, row.verdict) for task in report.tasks for row in task.rows if not row.verdict.earns
        ]
        assert not failing


ONE_PASS = batchnorm.normalising("pass", var="(x ** 2).mean(axis=0) - x.mean(axis=0) ** 2")


@pytest.mark.parametrize("seed", SEEDS, ids=str)
def test_a_variance_whose_digits_cancel_is_right(seed):
    exam = prepare(ASSIGNMENT, seed, ["batchnorm_forward", "batchnorm_backward"])
    report = grade(exam, InProcess(student(batchnorm, ONE_PASS), {}))
    assert {row.verdict.status for task in report.tasks for row in task.rows} == {"pass"}


@pytest.mark.parametrize(("module", "wrong"), PARAMS)
def test_wrong_solution_is_caught_by_the_checks_that_were_named(judge, module, wrong):
    for seed in SEEDS:
        rows = {row.name: row.verdict.status for row in judge(module, wrong, seed).rows}
        missing = [name for name in wrong.caught_by if name not in rows]
        assert not missing, f"no such check: {missing}; there are {list(rows)}"
        silent = [name for name in wrong.caught_by if rows[name] in ("pass", "error")]
        assert not silent, f"not caught by {silent}; the verdicts are {rows}"


def killed(task, wrong):
    """Whether points were lost; of bad manners, whether a word was said and none was lost."""
    if wrong.warns:
        return task.score == task.max_score and any(row.verdict.status != "pass" for row in task.rows)
    return task.score < task.max_score


def test_every_wrong_solution_loses_points(judge):
    total, dead, survivors = Counter(), Counter(), []
    for module, wrong in ALL:
        category = f"{wrong.category} (said, not paid)" if wrong.warns else wrong.category
        for seed in SEEDS:
            total[category] += 1
            dead[category] += killed(judge(module, wrong, seed), wrong)
            if not killed(judge(module, wrong, seed), wrong):
                survivors.append((wrong.name, seed))
    lines = [f"{category}: killed {dead[category]} of {total[category]}" for category in sorted(total)]
    print(
        "\n" + "\n".join(lines), f"all: killed {dead.total()} of {total.total()} ({len(ALL)} wrong solutions)", sep="\n"
    )
    assert not survivors


def test_every_layer_has_every_category_and_loses_none(judge):
    """The thirteen layers of the acceptance, each in every category in which a mistake of it makes sense."""
    tally, dead = Counter(), Counter()
    for module, wrong in ALL:
        for layer in (layer for layer, functions in LAYERS.items() if wrong.function in functions):
            tally[layer, wrong.category] += len(SEEDS)
            dead[layer, wrong.category] += sum(killed(judge(module, wrong, seed), wrong) for seed in SEEDS)
    for layer in LAYERS:
        parts = (f"{name} {dead[layer, name]}/{tally[layer, name]}" for name in CATEGORIES if tally[layer, name])
        print(f"\n{layer}: killed " + ", ".join(parts), end="")
    print(f"\nthirteen layers: killed {dead.total()} of {tally.total()} at {len(SEEDS)} seeds")
    missing = {(layer, name) for layer in LAYERS for name in CATEGORIES if not tally[layer, name]} - set(PURPOSELESS)
    assert not missing
    assert dead == tally


def test_the_corpus_is_large_and_its_entries_differ():
    assert len({wrong.name for _, wrong in ALL}) == len(ALL) >= 550
    assert len({wrong.source for _, wrong in ALL}) == len(ALL)
    assert all(wrong.caught_by for _, wrong in ALL)
