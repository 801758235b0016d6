"""Every hand-written wrong solution is caught by the checks that its author named before the first run."""

from importlib import import_module

import pytest

from grader.answerers import InProcess
from grader.grade import grade, prepare
from tests.named import NAMED
from tests.styles.folders import STYLES, functions
from tests.wrong import deep_mlp, softmax_classifier, two_layer_mlp

DATA = {module.__name__.rpartition(".")[2]: module.WRONG for module in (softmax_classifier, two_layer_mlp, deep_mlp)}
ALL = [(assignment, wrong) for assignment, entries in DATA.items() for wrong in entries]
PARAMS = [pytest.param(assignment, wrong, id=f"{assignment}: {wrong.name}") for assignment, wrong in ALL]
BREAKING = [param for param in PARAMS if param.values[1].breaks]
CAUGHT = ("fail", "raised")
BASE = "vectorised"
SEED = b"wrong gradients"


@pytest.fixture(scope="session")
def exams():
    return {name: prepare(declared(name), SEED) for name in DATA}


@pytest.fixture(scope="session")
def bases():
    return {name: functions(STYLES / name / BASE, set(declared(name).homes)) for name in DATA}


@pytest.fixture(scope="session")
def reports(exams, bases):
    """Grade each wrong solution once, whole: what it keeps between calls has to show."""
    made = {}

    def report(assignment, wrong):
        key = assignment, wrong.name
        if key not in made:
            answerer = InProcess(student(bases[assignment], wrong), NAMED)
            made[key] = {task.name: task for task in grade(exams[assignment], answerer).tasks}
        return made[key]

    return report


def declared(name):
    return import_module(f"assignments.{name}").ASSIGNMENT


def student(base, wrong):
    """The functions of a student who did everything right but this."""
    written = dict(base)
    exec(compile(wrong.source, f"<{wrong.name}>", "exec"), written)
    return {name: written[name] for name in base}


@pytest.mark.parametrize(("assignment", "wrong"), PARAMS)
def test_wrong_solution_is_caught(reports, assignment, wrong):
    rows = {row.name: row.verdict for row in reports(assignment, wrong)[wrong.function].rows}
    missing = [name for name in wrong.caught_by if name not in rows]
    assert not missing, f"no such check: {missing}; there are {list(rows)}"
    silent = [name for name in wrong.caught_by if rows[name].status not in CAUGHT]
    assert wrong.caught_by
    assert not silent, f"not caught by {silent}; the verdicts are { {name: v.status for name, v in rows.items()} }"


@pytest.mark.parametrize(("assignment", "wrong"), BREAKING)
def test_a_broken_equation_is_caught_by_a_check_that_proves_it(reports, assignment, wrong):
    """Nothing but the function that holds the equation loses points."""
    task = declared(assignment).task(wrong.function)
    proving = {check.statement(task.returns) for check in task.checks if wrong.breaks in check.proves}
    assert proving & set(wrong.caught_by), f"no named check proves {wrong.breaks}"
    losing = [name for name, told in reports(assignment, wrong).items() if told.score < told.max_score]
    assert losing == [wrong.function]


def test_every_equation_has_a_solution_that_breaks_it_alone():
    for name, entries in DATA.items():
        broken = {wrong.breaks for wrong in entries if wrong.breaks}
        assert broken == set(declared(name).equations)


def test_names_of_wrong_solutions_differ():
    names = [(assignment, wrong.name) for assignment, wrong in ALL]
    assert len(set(names)) == len(names) >= 90
    assert len({(assignment, wrong.source) for assignment, wrong in ALL}) == len(names)


def test_count_of_wrong_solutions_caught(reports):
    caught = 0
    for assignment, wrong in ALL:
        rows = {row.name: row.verdict.status for row in reports(assignment, wrong)[wrong.function].rows}
        caught += all(rows.get(name) in CAUGHT for name in wrong.caught_by)
    print(f"\ncaught {caught} of {len(ALL)}")
    assert caught == len(ALL)
