"""All 92 rows of the table have their test: here, among the attacks, or with what they attack."""

import ast
import json

from assignments.softmax_classifier import ASSIGNMENT
from grader.cli.exits import OURS
from grader.grade import grade, prepare
from grader.report import safe
from grader.sandbox import confine, shared
from tests.cli.command import RIGHT, run
from tests.hostile.ground import HONEST, ROOT, File, Handed
from tests.hostile.test_hostile_table import ATTACKS

ARCHIVE = "tests/submissions_reader/test_submissions_archive.py"
NOTEBOOK = "tests/sandbox/test_sandbox_notebooks.py"
LIFE = "tests/sandbox/test_sandbox_zygote_life.py"

ELSEWHERE = {
    53: ("tests/sandbox/test_sandbox_guards.py", "test_a_child_that_never_reads_holds_nobody_up"),
    73: (ARCHIVE, "test_a_bad_name_is_refused"),
    74: (ARCHIVE, "test_a_bad_name_is_refused"),
    75: (ARCHIVE, "test_a_bad_name_is_refused"),
    76: (ARCHIVE, "test_a_link_or_device_is_refused"),
    77: (ARCHIVE, "test_a_link_or_device_is_refused"),
    78: (ARCHIVE, "test_a_bomb_is_refused_by_what_comes_out_of_it"),
    79: (ARCHIVE, "test_a_member_that_lies_is_refused"),
    80: (ARCHIVE, "test_five_thousand_members_are_refused"),
    81: (ARCHIVE, "test_a_name_that_occurs_twice_is_read_neither_time"),
    82: (ARCHIVE, "test_a_broken_archive_is_said_in_one_line"),
    **dict.fromkeys(range(83, 90), (NOTEBOOK, "test_ruins_are_one_line")),
    91: (LIFE, "test_a_zygote_lost_between_submissions_is_replaced"),
}
HERE = {
    54: "test_nothing_but_nan_is_wrong",
    55: "test_a_side_of_2_to_the_30_is_a_wrong_shape",
    90: "test_a_notebook_with_12_mb_of_outputs_is_accepted",
    92: "test_grade_does_not_start_without_a_filter",
}
COST = (70, 71, 72)
"""Differences in place of a derivation are told by what they cost: the tests of the checks have them."""


def test_no_row_is_missing(tell):
    for path, name in ELSEWHERE.values():
        found = ast.walk(ast.parse((ROOT / path).read_text("utf-8")))
        assert name in {node.name for node in found if isinstance(node, ast.FunctionDef)}
    assert all(name in globals() for name in HERE.values())
    rows = {attack.row for attack in ATTACKS} | set(ELSEWHERE) | set(HERE) | set(COST)
    assert rows == set(range(1, 93))
    tell("rows 70 to 72, differences in place of a derivation: with the checks of cost")


def graded(ground, last):
    """The rows of bias_gradient in an honest submission whose last definition of it is another."""
    text = "".join(path.read_text("utf-8") for path in (HONEST / "scores.py", HONEST / "softmax.py"))
    files = Handed((File("all.py", f"{text}\nimport numpy as np\n{last}".encode()),))
    with ground.sandbox() as box, box.open(files, ASSIGNMENT.homes) as confined:
        [task] = grade(prepare(ASSIGNMENT, b"nan", only=("bias_gradient",)), confined).tasks
    return task


def test_nothing_but_nan_is_wrong(ground):
    task = graded(ground, "def bias_gradient(dF):\n    return np.full(dF.shape[1], np.nan)\n")
    right = [row.statement for row in task.rows if row.score]
    assert all("shape" in statement for statement in right), right
    assert any(row.verdict.status == "fail" for row in task.rows)


def test_a_side_of_2_to_the_30_is_a_wrong_shape(ground):
    task = graded(ground, "def bias_gradient(dF):\n    return np.empty((0, 2**30))\n")
    assert task.score == 0
    assert {row.verdict.status for row in task.rows} <= {"fail", "blocked"}


def test_a_notebook_with_12_mb_of_outputs_is_accepted(ground):
    image = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "A" * 12_000_000}}
    cell = {
        "cell_type": "code",
        "metadata": {},
        "execution_count": 1,
        "source": "def f(x):\n    return x",
        "outputs": [image],
    }
    book = json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [cell]}).encode()
    with ground.sandbox() as box, box.open(Handed((File("hw.ipynb", book),)), {"f": "hw"}) as confined:
        assert confined.defined == {"f": "hw.ipynb"}


def test_grade_does_not_start_without_a_filter(monkeypatch):
    """The kernel has none, or the layer is skipped: below level 2 nothing is graded unless that is allowed."""
    monkeypatch.setattr(shared, "possible", lambda: False)
    confine.isolation.cache_clear()
    try:
        ran = run("grade", RIGHT, "-a", "softmax_classifier", "--course", ROOT)
        assert ran.code == OURS
        assert "NOT confined" in ran.line
        assert "--allow-unconfined" in ran.line
    finally:
        confine.isolation.cache_clear()


def test_what_an_attack_says_is_inert_in_every_medium(ground):
    """Row 52: the name of a class, control sequences, markup and commands of a workflow."""
    [attack] = [each for each in ATTACKS if each.row == 52]
    said = ground.full(attack).answer.message
    assert len(said) <= 400
    for medium in (safe.plain, safe.markdown, safe.html, lambda text: safe.terminal(text).plain):
        assert "\x1b" not in medium(said)
        assert "\u202e" not in medium(said)
    assert "<script" not in safe.html(said)
    assert "<script" not in safe.markdown(said)
