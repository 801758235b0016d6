"""The student's side without the course: folders are found, work is checked, and the first thing to do is named."""

import inspect
import json

import pytest

from grader import student
from grader.grade import grade
from tests.release.kit import change, fill_homes, fill_modules, fill_notebook, run_bare, template


@pytest.fixture
def folder(tmp_path):
    return template("softmax_classifier", tmp_path)


def graded(folder):
    with student.attempt(folder) as attempt:
        report = grade(attempt.exam, attempt.answerer)
        return report, student.first_step(attempt.meta, attempt.exam, report), attempt.notes


def test_a_folder_its_parent_and_a_name_lead_to_it(tmp_path, folder):
    other = template("two_layer_mlp", tmp_path)
    assert student.find_assignments(folder) == [folder]
    assert student.find_assignments(tmp_path) == [folder, other]
    assert student.find_assignments(tmp_path, "two_layer_mlp") == [other]
    assert student.find_assignments(folder, "softmax_classifier") == [folder]


def test_a_path_that_leads_nowhere_is_one_line(tmp_path, folder):
    for path, name, message in [
        (tmp_path / "none", None, "is not there; expected a folder with public.json"),
        (folder / "scores.py", None, "is no folder; expected a folder with public.json"),
        (tmp_path / "softmax_classifier" / "empty", None, "holds no public.json, nor does a folder in it"),
        (tmp_path, "two_layer_mlp", "holds no assignment 'two_layer_mlp'; there is softmax_classifier"),
    ]:
        (folder / "empty").mkdir(exist_ok=True)
        with pytest.raises(student.StudentError, match=message) as caught:
            student.find_assignments(path, name)
        assert "\n" not in str(caught.value)


def test_damaged_data_is_one_line_that_names_the_folder(folder):
    (folder / "public.json").write_text(json.dumps({"schema": "grader.public/0"}))
    with pytest.raises(student.StudentError, match=r"softmax_classifier: public\.json has schema 'grader.public/0'"):
        student.read(folder)


def test_a_template_scores_nothing_and_every_check_is_absent(assignment, tmp_path):
    report, step, _ = graded(template(assignment.name, tmp_path))
    assert report.score == 0
    assert {row.verdict.status for task in report.tasks for row in task.rows} == {"absent"}
    first = assignment.tasks[0]
    assert step.task == first.name
    assert step.remedy == f"write {first.name} in {first.module}.py or in the notebook; handout.md derives it"


def test_filled_in_modules_score_everything(assignment, tmp_path):
    folder = template(assignment.name, tmp_path)
    fill_homes(folder, assignment)
    report, step, notes = graded(folder)
    assert wrong(report) == []
    assert step is None
    assert notes == ()


def test_a_filled_in_notebook_scores_everything(assignment, tmp_path):
    folder = template(assignment.name, tmp_path)
    asked = {task.name for task in assignment.tasks}
    fill_notebook(folder, {task.name.partition(".")[0]: answer(task, asked) for task in assignment.tasks})
    report, step, _ = graded(folder)
    assert wrong(report) == []
    assert step is None


def answer(task, asked):
    """The source of a function or of a method's class, with whatever else of the reference it leans on."""
    module = inspect.getmodule(task.reference)
    owner, _, method = task.name.partition(".")
    started = getattr(getattr(module, owner), method) if method else task.reference
    needed = leaning(started, asked, {})
    return "\n\n".join(inspect.getsource(value) for value in (*needed.values(), getattr(module, owner)))


def leaning(function, asked, found):
    """The functions of the reference that one calls, and those that these call, but for what is asked by itself."""
    for name in function.__code__.co_names:
        value = function.__globals__.get(name)
        ours = inspect.isfunction(value) and value.__module__.startswith("reference.")
        if ours and name not in asked and name not in found:
            found[name] = value
            leaning(value, asked, found)
    return found


def wrong(report):
    """What is not right."""
    return [(task.name, row.name, row.verdict) for task in report.tasks for row in task.rows if not row.verdict.earns]


MISTAKES = [
    ("return X @ W + b", "return X @ W - b", "F is right", "work the first case of scores in public.json by hand"),
    ("return X @ W + b", "return (X @ W + b).T", "F has shape (N, K)", "write the shape of every factor above"),
    ("return X @ W + b", "return X @ V + b", "F has shape (N, K)", "call scores on the inputs of that case"),
    ("return np.eye(K)", "return np.ones(K)[:, None] * np.ones(K)", "J is the true derivative", "of each entry"),
]


@pytest.mark.parametrize(("right", "wrong", "claim", "remedy"), MISTAKES)
def test_what_is_wrong_comes_before_what_is_missing(folder, right, wrong, claim, remedy):
    fill_modules(folder)
    change(folder / "scores.py", right, wrong)
    softmax = folder / "softmax.py"
    softmax.write_text("def softmax(F):\n    raise NotImplementedError\n", "utf-8")
    _, step, _ = graded(folder)
    assert step.claim == claim
    assert remedy in step.remedy


def test_neither_course_nor_rich_is_imported(folder):
    fill_modules(folder)
    code = (
        "from pathlib import Path\nfrom grader import student\nfrom grader.grade import grade\n"
        "with student.attempt(Path('.')) as attempt:\n"
        "    report = grade(attempt.exam, attempt.answerer)\n"
        "    print(report.score == report.max_score, student.first_step(attempt.meta, attempt.exam, report))\n"
    )
    ran = run_bare(code, folder)
    assert (ran.returncode, ran.stdout.strip()) == (0, "True None"), ran.stderr
