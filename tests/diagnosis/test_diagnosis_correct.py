"""What is right is never given a name."""

import pytest

from grader.answerers import InProcess
from grader.grade import grade, prepare
from tests.diagnosis.students import COURSE, declared, diagnoses
from tests.engine.layers import ASSIGNMENT as LAYERS
from tests.named import NAMED
from tests.styles.folders import functions, styles

FOLDERS = [pytest.param(name, folder, id=f"{name}: {folder.name}") for name in COURSE for folder in styles(name)]
MANNERS = {"mutates-input"}
"""What is said of right values all the same."""


@pytest.mark.parametrize(("name", "folder"), FOLDERS)
def test_correct_styles_have_no_diagnosis(name, folder):
    student = functions(folder, set(declared(name).homes))
    report = grade(prepare(declared(name), b"right"), InProcess(student, NAMED))
    assert {told.id for task in report.tasks for told in diagnoses(task.rows)} <= MANNERS


@pytest.mark.parametrize("name", ["cs231n_a1", "cs231n_a2", "cs231n_a3"])
def test_the_references_of_cs231n_have_no_diagnosis(name):
    reference = {task.name: task.reference for task in declared(name).tasks}
    report = grade(prepare(declared(name), b"right"), InProcess(reference, {}))
    assert [told for task in report.tasks for told in diagnoses(task.rows)] == []


def test_the_references_of_all_layers_have_no_diagnosis():
    reference = {task.name: task.reference for task in LAYERS.tasks}
    report = grade(prepare(LAYERS, b"right"), InProcess(reference, {}))
    assert [told for task in report.tasks for told in diagnoses(task.rows)] == []
