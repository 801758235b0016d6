"""Correct code is never called wrong: more than 300 functions in many hands, inputs of 30 seeds, no false alarm.

One seed in the usual run, 30 with GRADER_WHOLE=1. In float32, and there alone, a warning is right.
"""

import ast
import os
from collections import Counter, defaultdict
from contextlib import redirect_stdout
from io import StringIO

import pytest

from grader.answerers import InProcess
from grader.grade import grade, prepare
from tests.engine.correct.handed_in import ASSIGNMENTS, SINGLE, declared, definitions, everything, functions
from tests.named import NAMED

SEEDS = [b"correct %d" % seed for seed in range(30 if os.environ.get("GRADER_WHOLE") else 1)]
VERSIONS = 5
ALL = everything()
PARAMS = [pytest.param(handed, id=handed.name) for handed in ALL]
CORE = {
    "softmax_classifier": ("scores", "softmax", "cross_entropy", "scores_gradient", "weight_gradient"),
    "two_layer_mlp": ("affine_backward", "relu_backward", "softmax_loss", "l2_penalty", "two_layer_loss"),
    "deep_mlp": ("activation_derivative", "hidden_delta", "backprop", "backprop_batch", "backprop_batch_rows"),
}


@pytest.fixture(scope="module")
def tally():
    """Checks asked and false alarms, by assignment."""
    return {"asked": Counter(), "alarms": Counter()}


def versions():
    """The texts of each function, without comments and blank lines, by assignment and name."""
    found = defaultdict(set)
    for handed in ALL:
        defined = definitions(handed.path)
        for name in handed.asked:
            found[handed.assignment, name].add(ast.dump(defined[name]))
    return found


def graded(handed, seed, only=()):
    """Every row of what a file defines, with the name of its task."""
    exam = prepare(declared(handed.assignment), seed, only or handed.asked)
    with redirect_stdout(StringIO()):
        report = grade(exam, InProcess(functions(handed), NAMED))
    return [(task.name, row) for task in report.tasks for row in task.rows]


@pytest.mark.parametrize("handed", PARAMS)
def test_no_false_alarm(handed, tally):
    right, alarms = {"pass", "warn"} if handed.student == SINGLE else {"pass"}, []
    for seed in SEEDS:
        for task, row in graded(handed, seed):
            tally["asked"][handed.assignment] += 1
            if row.verdict.status not in right:
                said = f"{row.verdict.status}: {row.verdict.sentence} {row.verdict.particulars}"
                alarms.append(f"{seed.decode()}, {task}: {row.name}: {said}")
    tally["alarms"][handed.assignment] += len(alarms)
    assert not alarms, "\n".join(alarms[:20])


def test_count_of_false_alarms(tally):
    asked, alarms = tally["asked"], tally["alarms"]
    for name in ASSIGNMENTS:
        count = sum(len(texts) for (assignment, _), texts in versions().items() if assignment == name)
        print(f"\n{name}: {count} functions, {asked[name]} checks at {len(SEEDS)} seeds, {alarms[name]} false alarms")
    total = sum(map(len, versions().values()))
    print(f"all: {total} functions, {asked.total()} checks, {alarms.total()} false alarms")
    assert not alarms.total()


def test_there_are_300_functions_that_differ():
    found = versions()
    assert sum(map(len, found.values())) >= 300
    core = [(name, function) for name, several in CORE.items() for function in several]
    layers = [("layers", task.name) for task in declared("layers").tasks]
    few = {key: len(found[key]) for key in (*layers, *core) if len(found[key]) < VERSIONS}
    assert not few, f"fewer than {VERSIONS} versions: {few}"


def test_no_version_is_a_copy_of_the_reference_or_of_another():
    for handed in ALL:
        assert handed.asked, f"{handed.name} defines nothing that is asked"
    bodies = Counter(
        (name, "\n".join(map(ast.dump, definitions(handed.path)[name].body)))
        for handed in ALL
        for name in handed.asked
        if len(definitions(handed.path)[name].body) > 1
    )
    assert not [name for (name, _), times in bodies.items() if times > 1]


def test_what_serves_a_cache_comes_with_it():
    for handed in ALL:
        for task in declared(handed.assignment).tasks:
            if task.name in handed.asked and task.forward:
                assert task.forward.__name__ in handed.asked, f"{handed.name} has {task.name} alone"


def test_the_count_would_see_an_alarm():
    """A right file in which one line is made wrong is called wrong."""
    handed = next(each for each in ALL if each.name == "layers/einsum/classifiers")
    source = handed.path.read_text(encoding="utf-8").replace("(W + W)", "W")
    written = {}
    exec(compile(source, "<one line is wrong>", "exec"), written)
    exam = prepare(declared("layers"), SEEDS[0], ["svm_loss_vectorized"])
    rows = grade(exam, InProcess({**functions(handed), **written}, NAMED)).tasks[0].rows
    assert "fail" in {row.verdict.status for row in rows}
