"""The trees through the command line: every function judged as its manifest says, under auto and under its year."""

from __future__ import annotations

import json
import shutil

import pytest

from grader import course
from tests.cli.command import ROOT, grade
from tests.cs231n.solutions import SOLUTIONS, hand_in

THERE = course.names(course.enter(ROOT))
ASSIGNMENTS = [
    pytest.param(name, marks=[] if name in THERE else pytest.mark.skip(reason=f"there is no {name} yet"))
    for name in ("cs231n_a1", "cs231n_a2", "cs231n_a3")
]
YEARS = {
    "cs231n_a1": {"2016": "a1_2016", "2017": "a1_2017", "2021": "a1_2021", "2025": "a1_2025"},
    "cs231n_a2": {"2016": "a2_2016", "2018": "a2_2018", "2019": "a2_2018", "2021": "a2_2021", "2023": "a2_2021"},
    "cs231n_a3": {"2017": "a3_2017", "2021": "a3_2021"},
}
"""A right solution for each profile."""


def judged(task):
    """What a document says of one function, in the words of the manifests."""
    statuses = {check["status"] for check in task["checks"]}
    if statuses <= {"pass", "warn"}:
        return "warn" if "warn" in statuses else "right"
    return "absent" if statuses == {"absent"} else "wrong"


def fits(found, expected):
    """A right answer may have a word said about it that the manifest does not foresee; points it may not lose."""
    return found == expected or (found, expected) == ("warn", "right")


MANNERS = {"mutates-input", "float32"}
"""What is said of right values all the same."""


def named_though_right(document):
    """The mistakes that are named in functions with full marks."""
    right = [task for task in document["tasks"] if judged(task) in ("right", "warn")]
    return {check["diagnosis"]["id"] for task in right for check in task["checks"] if check.get("diagnosis")}


def put(name, folder, where):
    """Hand a tree in as a child of a class folder."""
    given = hand_in(name, folder)
    home = where / (name + given.suffix)
    shutil.move(given, home)
    return home


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_function_is_judged_as_its_manifest_says(assignment, tmp_path):
    (tmp_path / "class").mkdir()
    trees = {name: tree for name, tree in SOLUTIONS.items() if tree.assignment == assignment and tree.expected}
    for name in trees:
        put(name, tmp_path / name, tmp_path / "class")
    ran = grade("--class", tmp_path / "class", "-o", tmp_path / "out", assignment=assignment)
    assert ran.code == 0, ran.err
    for name, tree in trees.items():
        document = json.loads((tmp_path / "out" / f"{name}.json").read_text())
        found = {task["name"]: judged(task) for task in document["tasks"]}
        surprises = {
            function: (found.get(function), expected)
            for function, expected in tree.expected.items()
            if not fits(found.get(function), expected)
        }
        assert not surprises, (name, document["messages"])
        assert named_though_right(document) <= MANNERS, name
        assert any(line.startswith(f"--profile auto: profile {tree.year}, by ") for line in document["messages"])
        assert any("graded after porting: " in line for line in document["messages"]) == tree.ported


@pytest.mark.parametrize(
    ("assignment", "year", "name"),
    [
        pytest.param(param.values[0], year, name, marks=param.marks)
        for param in ASSIGNMENTS
        for year, name in YEARS[param.values[0]].items()
    ],
)
def test_a_right_solution_is_right_under_its_own_profile(assignment, year, name, tmp_path):
    ran = grade(hand_in(name, tmp_path), "--profile", year, "--format", "json", assignment=assignment)
    document = json.loads(ran.out)
    assert f"profile {course_year(year)}, as asked for" in document["messages"]
    expected = SOLUTIONS[name].expected
    lost = {task["name"]: judged(task) for task in document["tasks"] if task["name"] in expected}
    assert {name: found for name, found in lost.items() if not fits(found, expected[name])} == {}


def course_year(year):
    """The profile that a year stands for."""
    return {"2023": "2021"}.get(year, year)


@pytest.mark.parametrize("assignment", ASSIGNMENTS[:1])
def test_the_transposed_arrays_of_2015_are_refused_in_one_line(assignment, tmp_path):
    ran = grade(hand_in("a1_2015", tmp_path), assignment=assignment)
    assert ran.code == 3
    assert (
        "a1_2015 is of 2015, by W of shape (C, D): its arrays are transposed, W (C, D) and X (D, N)"
        in ran.out + ran.err
    )
    ran = grade(hand_in("a1_2015", tmp_path / "again"), "--profile", "2015", assignment=assignment)
    assert ran.code == 2
    assert ran.line.startswith("grader: profile 2015 cannot be graded: its arrays are transposed")
