"""`grader hint`: one more rung each time, from nothing but the template folder; off, free, or charged."""

import json

import pytest

from grader.diagnosis.ladder import ladder
from grader.model import Diagnosis, Verdict
from tests.cli.command import run
from tests.release.kit import change, fill_modules, template

NUDGE = "hint 1 of 3 for bias_gradient, db has shape (K,):"


@pytest.fixture
def folder(tmp_path):
    """A template whose bias gradient keeps the axis of the examples."""
    made = template("softmax_classifier", tmp_path)
    fill_modules(made)
    change(made / "scores.py", "return np.sum(dF, axis=0)  ", "return dF  ")
    return made


def policy(folder, hints):
    data = json.loads((folder / "public.json").read_text("utf-8"))
    (folder / "public.json").write_text(json.dumps({**data, "hints": hints}), "utf-8")


def record(folder):
    return json.loads((folder / ".grader-hints.json").read_text("utf-8"))["taken"]


def test_each_call_gives_one_more_hint(folder):
    said = [run("hint", "bias_gradient", folder).out for _ in range(4)]
    assert [text.partition(" for ")[0] for text in said] == ["hint 1 of 3", "hint 2 of 3", "hint 3 of 3", "hint 3 of 3"]
    assert len(set(said)) == 3
    assert "Ask again for the next one: grader hint bias_gradient" in said[0]
    assert "Ask again" not in said[3]
    assert [(each["task"], each["level"], each["cost"]) for each in record(folder)] == [("bias_gradient", 3, 0)]


def test_a_rung_can_be_named(folder):
    assert run("hint", "bias_gradient", folder, "--level", 2).out.startswith("hint 2 of 3")
    assert run("hint", "bias_gradient", folder, "--level", 1).out.startswith("hint 1 of 3")
    assert record(folder)[0]["level"] == 2


def test_what_passes_needs_no_hint(folder):
    ran = run("hint", "scores", folder)
    assert (ran.code, ran.out) == (0, "every public check of scores passes; there is nothing to hint at\n")
    assert not (folder / ".grader-hints.json").exists()


def test_where_hints_are_off_check_says_what_fails_and_not_why(folder):
    change(folder / "scores.py", "return dF  ", "return np.mean(dF, axis=0)  ")
    told = run("check", folder, "--format", "json").out
    assert "is a mean over the examples" in told
    policy(folder, "off")
    for form in ("text", "json", "markdown"):
        silent = run("check", folder, "--format", form).out
        assert "db is the true derivative" in silent
        assert not any(word in silent for word in ("mean over", "bias-mean", "extra-1/N", "likely", "confidence"))


def test_hints_that_are_off_are_refused_in_one_line(folder):
    policy(folder, "off")
    ran = run("hint", "bias_gradient", folder)
    assert ran.code == 2
    assert ran.line.startswith("grader: softmax_classifier gives no hints; ")
    assert "grader hint" not in run("check", folder).out


def test_a_hint_that_costs_is_said_before_it_is_shown_and_recorded(folder):
    policy(folder, 0.5)
    refused = run("hint", "bias_gradient", folder)
    assert (refused.code, refused.out) == (2, "")
    assert refused.line == "grader: hint 1 of 3 for bias_gradient costs 0.5 points; say --yes to take it"
    assert not (folder / ".grader-hints.json").exists()
    taken = run("hint", "bias_gradient", folder, "--yes")
    assert taken.out.splitlines()[0] == "hint 1 of 3 for bias_gradient costs 0.5 points"
    assert run("hint", "bias_gradient", folder, "--level", 1).code == 0  # paid for already
    run("hint", "bias_gradient", folder, "--level", 3, "--yes")
    assert [each["cost"] for each in record(folder)] == [1.5]


def test_check_says_that_there_are_hints_and_what_they_cost(folder):
    assert "A hint: grader hint bias_gradient\n" in run("check", folder).out
    policy(folder, 0.5)
    assert "A hint, for 0.5 points: grader hint bias_gradient\n" in run("check", folder).out


def test_an_unknown_task_is_one_line_with_the_nearest(folder):
    ran = run("hint", "bias_gradeint", folder)
    assert ran.code == 2
    assert ran.line.endswith("has no task 'bias_gradeint'; did you mean bias_gradient?")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"taken": 3}', '{"taken": [{"task": "x"}]}', "\x00"])
def test_a_damaged_record_is_begun_anew(folder, content):
    (folder / ".grader-hints.json").write_text(content, "utf-8")
    assert run("hint", "bias_gradient", folder).out.startswith(NUDGE)


def test_a_name_climbs_the_catalogue_and_without_one_the_checks_words_are_used():
    named = Verdict("fail", "db differs", diagnosis=Diagnosis("bias-mean", "…"))
    assert ladder("db is right", named, "look", ("AS-10",), {})[2] == (
        "Paths add up: db = Σ_i G_i; a mean in the loss is already inside G."
    )
    known = {"AS-10": "the bias gradient over a batch"}
    assert ladder("db is right", Verdict("fail", "db differs"), "look at it", ("AS-10",), known) == (
        "db is right: db differs.",
        "look at it.",
        "What is asked is AS-10: the bias gradient over a batch. handout.md derives it.",
    )
