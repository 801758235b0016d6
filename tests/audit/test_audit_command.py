"""`grader audit` as an instructor meets it: what is printed, and the exit code."""

import json
from pathlib import Path

from tests.cli.command import ROOT, run

WEAK = str(Path(__file__).with_name("weak.py"))


def test_survivors_exit_1_and_are_shown_as_diffs():
    ran = run("audit", WEAK, "--jobs", "2")
    assert ran.code == 1
    assert "+    return (dx, doubled(dw))" in ran.out
    assert "survived: product_gradient, scale (an output doubled)" in ran.out
    assert "the reference passes every check on 5 seeds" in ran.out
    assert "Traceback" not in ran.out + ran.err


def test_a_threshold_that_is_met_exits_0():
    assert run("audit", WEAK, "--fail-under", "50").code == 0
    assert run("audit", WEAK, "--task", "product").code == 0


def test_json_says_the_same_for_programs():
    ran = run("audit", WEAK, "--format", "json")
    assert ran.code == 1
    [told] = json.loads(ran.out)["assignments"]
    assert json.loads(ran.out)["schema"] == "grader.audit/1"
    assert told["mutants"]["killed"] + told["mutants"]["survived"] < told["mutants"]["made"]
    assert told["mutants"]["survived"] == len(told["survived"]) > 0
    assert all(each["diff"].startswith("--- audit/weak.py") for each in told["survived"])
    assert {each["task"] for each in told["tasks"]} == {"product", "product_gradient"}
    assert {"task": "product", "case": "square"} not in told["silent_cases"]
    assert all(each["why"] for each in told["survived"])


def test_a_sample_is_the_same_every_time_and_says_that_it_is_one():
    first, second = (run("audit", WEAK, "--sample", "12", "--fail-under", "0") for _ in range(2))
    assert first.code == 0
    assert "12 of " in first.out
    assert "(a sample) tried in " in first.out
    assert "silent cases" not in first.out
    assert _without_time(first.out) == _without_time(second.out)


def test_a_part_of_the_course_is_sound():
    ran = run("audit", "softmax_classifier", "--task", "bias_gradient", "--course", ROOT, "--verbose")
    assert ran.code == 0, ran.out
    assert "the template is current, and nothing of an answer is in it" in ran.out
    assert "kill rate 100 %" in ran.out
    assert "db is the true derivative" in ran.out


def test_it_prints_in_ascii_where_the_stream_has_no_more():
    ran = run("audit", WEAK, "--fail-under", "0", encoding="ascii")
    assert ran.code == 0
    assert ran.out.isascii()
    assert "kill rate" in ran.out


def test_wrong_use_is_one_line():
    assert run("audit", "nothing_like_it", "--course", ROOT).code == 2
    ran = run("audit", WEAK, "--task", "produkt")
    assert ran.code == 2
    assert ran.line == "grader: assignment 'weak' has no task 'produkt'; did you mean product?"


def _without_time(text):
    return [line.partition(" tried in ")[0] for line in text.splitlines()]
