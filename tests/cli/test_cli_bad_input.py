"""Bad input: one clear line that says what, where and what to do, the right exit code, and the rest graded."""

import json
import zipfile

import pytest

from tests.cli.command import RIGHT, grade, run


def test_an_unknown_assignment_is_named_with_the_nearest_one():
    ran = grade(RIGHT, assignment="softmax_clasifier")
    assert ran.code == 2
    assert ran.line == "grader: no assignment 'softmax_clasifier'; did you mean softmax_classifier?"


def test_an_assignment_nothing_like_ours_lists_what_there_is():
    ran = grade(RIGHT, assignment="poetry")
    assert ran.code == 2
    assert ran.line.startswith("grader: no assignment 'poetry'; there are ")
    assert "softmax_classifier" in ran.line


def test_a_year_of_a_course_that_has_none_is_wrong_use():
    ran = grade(RIGHT, "--profile", "2018", assignment="softmax_classifier")
    assert ran.code == 2
    assert ran.line == "grader: assignment 'softmax_classifier' is the same every year; leave --profile out"


def test_a_missing_assignment_file_is_named(tmp_path):
    ran = grade(RIGHT, assignment=str(tmp_path / "mine.py"))
    assert ran.code == 2
    assert "is no file; -a takes the name of an assignment or a Python file with ASSIGNMENT" in ran.line


def test_a_file_without_an_assignment_says_so(tmp_path):
    (tmp_path / "mine.py").write_text("X = 1\n")
    ran = grade(RIGHT, assignment=str(tmp_path / "mine.py"))
    assert ran.code == 2
    assert "defines no ASSIGNMENT" in ran.line


def test_a_file_with_a_wrong_declaration_is_one_line(tmp_path):
    (tmp_path / "mine.py").write_text(
        "from grader.model import Assignment\nASSIGNMENT = Assignment('a b', '', 1, {}, ())\n"
    )
    ran = grade(RIGHT, assignment=str(tmp_path / "mine.py"))
    assert ran.code == 2
    assert "assignment 'a b' is no identifier; use letters, digits and _" in ran.line


def test_an_unknown_task_is_named_with_the_nearest_one():
    ran = grade(RIGHT, "--task", "scors")
    assert ran.code == 2
    assert ran.line == "grader: assignment 'softmax_classifier' has no task 'scors'; did you mean scores?"


def test_a_missing_path_cannot_be_graded(tmp_path):
    ran = grade(tmp_path / "nobody")
    assert ran.code in (2, 3)
    assert "nobody" in ran.line


def test_a_missing_class_folder_is_wrong_use(tmp_path):
    ran = grade("--class", tmp_path / "nobody")
    assert ran.code == 2
    assert "nobody" in ran.line


def test_a_course_without_a_course_is_wrong_use(tmp_path):
    ran = run("grade", RIGHT, "-a", "softmax_classifier", "--course", tmp_path, "--allow-unconfined")
    assert ran.code == 2
    assert ran.line.endswith("holds no course; expected the folders assignments/ and reference/")


def hand_in(folder):
    """A class: one right submission, and one of everything that cannot be graded."""
    (folder / "right.py").write_text((RIGHT / "answers.py").read_text())
    (folder / "empty").mkdir()
    (folder / "no_python").mkdir()
    (folder / "no_python" / "essay.txt").write_text("dear grader")
    (folder / "fake.zip").write_bytes(b"this is no zip")
    (folder / "essay.txt").write_text("dear grader")
    with zipfile.ZipFile(folder / "hollow.zip", "w") as hollow:
        hollow.writestr("readme.md", "nothing")


def test_what_cannot_be_graded_is_said_and_the_rest_is_graded(tmp_path):
    hand_in(tmp_path)
    ran = grade("--class", tmp_path, "--format", "json")
    assert ran.code == 3
    (document,) = json.loads(ran.out)
    assert (document["submission"], document["score"]) == ("right", 50)
    lines = ran.err.strip().splitlines()
    assert len(lines) == 5
    assert "Traceback" not in ran.err
    for name in ("empty", "no_python", "fake", "essay", "hollow"):
        assert any(name in line for line in lines), name


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("def scores(X, W, b):\n    return X @ W + b\n".encode("utf-16"), "UTF-16"),
        (bytes(range(256)), ""),
        (b"def scores(X, W, b)\n    return X @ W + b\n", "answers.py line 1"),
    ],
)
def test_a_file_that_cannot_be_read_as_python_says_why(tmp_path, content, says):
    (tmp_path / "answers.py").write_bytes(content)
    ran = grade(tmp_path, "--format", "json")
    assert ran.code == 0
    document = json.loads(ran.out)
    assert document["score"] == 0
    assert says in json.dumps(document, ensure_ascii=False)
    assert "Traceback" not in ran.err


def test_a_broken_notebook_is_said(tmp_path):
    (tmp_path / "work.ipynb").write_text('{"cells": [')
    (tmp_path / "answers.py").write_text((RIGHT / "answers.py").read_text())
    ran = grade(tmp_path, "--format", "json")
    document = json.loads(ran.out)
    assert document["score"] == 50
    assert any("work.ipynb" in message for message in document["messages"])


@pytest.mark.parametrize("alone", [True, False])
def test_a_notebook_that_is_none_cannot_be_graded_and_the_rest_is(tmp_path, alone):
    folder = tmp_path / "class"
    (folder / "ann").mkdir(parents=True)
    (folder / "ann" / "work.ipynb").write_text('{"cells": [')
    if not alone:
        (folder / "bob.py").write_text((RIGHT / "answers.py").read_text())
    ran = grade("--class", folder, "--format", "json", "-o", tmp_path / "out")
    assert ran.code == 3
    assert "ann: work.ipynb is no notebook" in ran.line
    assert [document["submission"] for document in json.loads(ran.out)] == ([] if alone else ["bob"])


def test_two_files_that_define_one_function_differently_block_its_task(tmp_path):
    (tmp_path / "one.py").write_text((RIGHT / "answers.py").read_text())
    (tmp_path / "two.py").write_text("def softmax(F):\n    return F\n")
    document = json.loads(grade(tmp_path, "--format", "json").out)
    tasks = {task["name"]: task for task in document["tasks"]}
    assert {check["status"] for check in tasks["softmax"]["checks"]} == {"blocked"}
    assert "one.py" in tasks["softmax"]["checks"][0]["message"]
    assert "two.py" in tasks["softmax"]["checks"][0]["message"]
    assert document["needs_review"]
    assert tasks["cross_entropy"]["score"] == 3
