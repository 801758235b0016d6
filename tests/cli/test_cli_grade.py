"""`grader grade`, `list` and `show` as a user meets them."""

import csv
import json
import os
import shutil
import stat
import subprocess
import sys

import pytest

from tests.cli.command import RIGHT, ROOT, grade, run


@pytest.fixture
def class_folder(tmp_path):
    folder = tmp_path / "class"
    shutil.copytree(RIGHT, folder / "ann")
    shutil.copytree(RIGHT, folder / "bob")
    with (folder / "bob" / "answers.py").open("a") as file:
        file.write("\ndef bias_gradient(dF):\n    return dF.mean(axis=0)\n")
    return folder


def test_one_submission_scores_full_marks_and_says_how_it_was_confined():
    ran = grade(RIGHT)
    assert ran.code == 0
    assert "50/50 points" in ran.out
    assert "isolation level" in ran.out
    assert ran.err == ""


def test_json_is_alone_on_standard_output_and_holds_the_document():
    document = json.loads(grade(RIGHT, "--format", "json").out)
    assert document["schema"] == "grader.result/1"
    assert document["score"] == document["max_score"] == 50
    assert list(document) == [
        *("schema", "assignment", "submission", "sha256", "grader_version", "seed_id", "audience", "environment"),
        *("isolation", "score", "max_score", "needs_review", "tasks", "messages"),
    ]


def test_the_seed_is_in_no_output(class_folder, tmp_path):
    ran = run(
        *("grade", "--class", class_folder, "-a", "softmax_classifier", "--course", ROOT),
        *("--allow-unconfined", "--seed", "open-sesame", "--format", "json", "-o", tmp_path / "out"),
    )
    written = ran.out + "".join(path.read_text() for path in (tmp_path / "out").glob("*") if path.name != "run.json")
    assert "open-sesame" not in written
    assert b"open-sesame".hex() not in written


def test_the_same_seed_gives_the_same_bytes(class_folder, tmp_path):
    for out in ("one", "two"):
        assert grade("--class", class_folder, "-o", tmp_path / out).code == 0
    for name in ("ann.json", "bob.json"):
        one, two = (json.loads((tmp_path / out / name).read_text()) for out in ("one", "two"))
        for document in (one, two):
            for task in document["tasks"]:
                for check in task["checks"]:
                    check["evidence"].pop("cpu_s", None)
                    check["evidence"].pop("budget_cpu_s", None)
        assert one == two


def test_a_class_writes_documents_and_grades_and_keeps_the_seed_to_the_owner(class_folder, tmp_path):
    out = tmp_path / "out"
    ran = grade("--class", class_folder, "-o", out)
    assert ran.code == 0
    written = ["ann.html", "ann.json", "bob.html", "bob.json", "grades.csv", "run.json"]
    assert sorted(path.name for path in out.iterdir()) == written
    rows = list(csv.DictReader((out / "grades.csv").read_text().splitlines()))
    assert [row["submission"] for row in rows] == ["ann", "bob"]
    assert rows[0]["score"] == "50"
    assert rows[1]["bias_gradient"] == "1"
    if os.name == "posix":
        assert stat.S_IMODE((out / "run.json").stat().st_mode) == 0o600


def test_what_is_finished_is_not_graded_again(class_folder, tmp_path):
    out = tmp_path / "out"
    grade("--class", class_folder, "-o", out)
    assert "2 of 2 were graded in an earlier run" in grade("--class", class_folder, "-o", out).out
    with (class_folder / "ann" / "answers.py").open("a") as file:
        file.write("# changed\n")
    assert "1 of 2 were graded in an earlier run" in grade("--class", class_folder, "-o", out).out


def test_the_class_folder_may_hold_its_results(class_folder):
    out = class_folder / "results"
    grade("--class", class_folder, "-o", out)
    assert grade("--class", class_folder, "-o", out).code == 0
    assert "results" not in (out / "grades.csv").read_text()


def test_two_processes_grade_as_one_does(class_folder):
    one = json.loads(grade("--class", class_folder, "--format", "json", "--jobs", 1).out)
    two = json.loads(grade("--class", class_folder, "--format", "json", "--jobs", 2).out)
    assert [document["score"] for document in one] == [document["score"] for document in two] == [50, one[1]["score"]]


def test_a_student_sees_no_value_of_a_hidden_case(class_folder):
    teacher = grade(class_folder / "bob", "--format", "json").out
    student = json.loads(grade(class_folder / "bob", "--format", "json", "--audience", "student").out)
    assert '"expected"' in teacher
    for task in student["tasks"]:
        for check in task["checks"]:
            if check["evidence"].get("case") not in (None, "example", "practice"):
                assert set(check["evidence"]) <= {"case"}


def test_one_task_shrinks_the_maximum():
    document = json.loads(grade(RIGHT, "--task", "scores", "--format", "json").out)
    assert (document["score"], document["max_score"]) == (3, 3)


def test_fail_under_decides_the_exit_code(class_folder):
    assert grade(class_folder / "bob", "--fail-under", 99).code == 1
    assert grade(class_folder / "bob", "--fail-under", 50).code == 0
    assert grade(class_folder / "bob").code == 0


def test_markdown_says_the_same():
    ran = grade(RIGHT, "--format", "markdown")
    assert ran.code == 0
    assert "50/50" in ran.out
    assert "\x1b" not in ran.out


def test_a_stream_that_knows_ascii_alone_gets_ascii(class_folder):
    ran = grade("--class", class_folder, encoding="ascii")
    assert ran.code == 0
    assert ran.out.isascii()
    assert "?" not in ran.out


def test_list_and_show_say_what_is_asked():
    assert "softmax_classifier" in run("list", "--course", ROOT).out
    assert "weight_gradient(X, dF)" in run("show", "softmax_classifier", "--course", ROOT).out
    shown = run("show", "softmax_classifier", "weight_gradient", "--course", ROOT).out
    assert "AS-8" in shown
    assert "50000" in shown
    example = run("show", "softmax_classifier", "weight_gradient", "--example", "--course", ROOT).out
    assert "returned" in example
    assert run("show", "softmax_classifier", "weights", "--course", ROOT).code == 2


def test_an_assignment_from_outside_the_repository_is_graded(tmp_path):
    (tmp_path / "cube.py").write_text(OUTSIDE)
    (tmp_path / "work.py").write_text(
        "def cube_gradient(dy, x):\n    return 3 * dy * x ** 2\ndef cube(x):\n    return x ** 3\n"
    )
    ran = run("grade", tmp_path / "work.py", "-a", tmp_path / "cube.py", "--allow-unconfined", "--format", "json")
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["score"] == 4


def test_a_change_in_a_file_beside_the_assignment_has_all_graded_again(tmp_path):
    home = tmp_path / "course" / "assignments"
    (home / "cubes").mkdir(parents=True)
    (tmp_path / "course" / "reference").mkdir()
    for package in (home, tmp_path / "course" / "reference"):
        (package / "__init__.py").write_text("")
    (home / "cubes" / "__init__.py").write_text(f"from assignments.cubes.cases import WHY\n{OUTSIDE}")
    (home / "cubes" / "cases.py").write_text("WHY = 1\n")
    (tmp_path / "work.py").write_text("def cube(x):\n    return x ** 3\n")
    order = [sys.executable, "-m", "grader", "grade", tmp_path / "work.py", "-a", "cubes", "--allow-unconfined"]
    order += ["--course", tmp_path / "course", "-o", tmp_path / "out"]

    def said():
        return subprocess.run(order, capture_output=True, text=True, check=True, cwd=tmp_path).stdout

    assert "earlier run" not in said()
    assert "1 of 1 were graded in an earlier run" in said()
    (home / "cubes" / "cases.py").write_text("WHY = 2\n")
    assert "earlier run" not in said()


@pytest.mark.parametrize("format_", ["text", "json", "markdown"])
def test_a_reader_who_leaves_changes_no_exit_code(class_folder, tmp_path, format_):
    order = [sys.executable, "-m", "grader", "grade", "--class", class_folder, "-a", "softmax_classifier"]
    order += ["--course", ROOT, "--allow-unconfined", "--format", format_, "-o", tmp_path / "out"]
    with subprocess.Popen(order, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as ran:
        ran.stdout.close()
        assert (ran.stderr.read(), ran.wait()) == ("", 0)
    assert (tmp_path / "out" / "grades.csv").is_file()


OUTSIDE = '''
"""y = x cubed, and its gradient."""
from grader.battery import Array, Normal
from grader.checks import Gradient, Numeric, Shape, Value
from grader.model import Assignment, Case, Slope, Task


def cube(x):
    return x**3


def cube_gradient(dy, x):
    return 3 * dy * x**2


CASES = (
    Case("example", dict(N=2), dict(x=Array([1, 2])), public=True),
    Case("generic", dict(N=7), slope=True),
)
ASSIGNMENT = Assignment(
    "cube", "Cubes", 4, {"C-1": "y = x^3", "C-2": "dx"},
    (
        Task(cube, dict(x=Normal("N")), {"y": "N"}, CASES, {Value("y", proves=("C-1",)): 1}),
        Task(
            cube_gradient, dict(dy=Normal("N"), x=Normal("N")), {"dx": "N"}, CASES,
            {Shape("dx"): 1, Gradient("dx", proves=("C-2",)): 1, Numeric(): 1},
            slope=Slope("cube", ("x",), "y", {"x": "dx"}, against="dy"),
        ),
    ),
)
'''


def test_help_shows_an_example():
    ran = subprocess.run(
        [sys.executable, "-m", "grader", "grade", "--help"], capture_output=True, text=True, check=True
    )
    assert "grader grade alice.zip -a two_layer_mlp" in ran.stdout


def test_without_leave_an_unconfined_machine_refuses(monkeypatch):
    from grader import sandbox
    from grader.sandbox import Isolation

    monkeypatch.setattr(sandbox, "measuring", lambda: lambda: Isolation(1, "student code is not confined."))
    ran = run("grade", RIGHT, "-a", "softmax_classifier", "--course", ROOT)
    assert ran.code == 4
    assert ran.line == "grader: student code is not confined. Give --allow-unconfined to grade all the same."


@pytest.mark.parametrize(("level", "review"), [(1, True), (2, False)])
def test_full_marks_on_a_machine_that_does_not_confine_are_for_review(monkeypatch, level, review):
    from grader import sandbox
    from grader.sandbox import Isolation

    monkeypatch.setattr(sandbox, "measuring", lambda: lambda: Isolation(level, "as it is."))
    document = json.loads(grade(RIGHT, "--format", "json").out)
    assert document["score"] == document["max_score"]
    assert document["needs_review"] is review


def test_without_extended_precision_the_report_says_so(monkeypatch):
    from grader.classroom import session

    monkeypatch.setattr(session, "_PLATFORM", ("this platform has no extended precision; …",))
    document = json.loads(grade(RIGHT, "--format", "json").out)
    assert any("no extended precision" in message for message in document["messages"])


def test_results_do_not_go_among_the_submissions(class_folder):
    ran = grade("--class", class_folder, "-o", class_folder)
    assert ran.code == 2
    assert ran.line.endswith(
        f"is the class folder itself; choose another for the results, such as {class_folder}/results"
    )


def test_a_class_without_students_is_said(tmp_path):
    ran = run("grade", "--class", tmp_path, "-a", "softmax_classifier", "--course", ROOT)
    assert (ran.code, ran.out) == (2, "")
    assert "holds no submissions; expected a file or a folder for each student" in ran.err
