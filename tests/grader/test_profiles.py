"""The year of a submission: what is asked for, and what its text gives away."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assignments.cs231n import kit as cs231n
from grader.kit import Clue, Kit
from grader.profiles import NoProfile, guess, profile

KIT = Kit(
    years=("2016", "2018", "2021"),
    refused={"2015": "it is upside down"},
    clues=(
        Clue("upside down", ("2015",), r"^flip\(", unless="straight"),
        Clue("keep", ("2018", "2021"), r"\bkeep\b"),
        Clue("drop", ("2016",), r"\bdrop\b"),
        Clue("new.py", ("2021",), file="*new.py"),
    ),
)


def guessed(text, path="a/layers.py"):
    return guess([(path, text.encode())], KIT)


def test_clues_narrow_the_years_down():
    assert guessed("keep").year == "2018"
    assert guessed("keep", "a/NEW.py").year == "2021"
    assert str(guessed("keep", "a/NEW.py")) == "profile 2021, by keep, new.py"
    assert guessed("drop").year == "2016"


@pytest.mark.parametrize("source", [["x = 1\n", "flip(a)\n"], "flip(a)\nb"])
def test_a_notebook_is_read_line_by_line(source):
    book = json.dumps({"cells": [{"cell_type": "code", "source": source}]}, indent=1)
    assert guessed(book, "hw.ipynb").refused == "it is upside down"


def test_the_first_clue_decides_where_two_disagree():
    assert guessed("drop keep") == guessed("keep")


def test_nothing_found_is_said():
    assert (guessed("").year, str(guessed(""))) == ("", "no sign of a year")
    assert guessed("keeper").year == ""


def test_a_year_that_cannot_be_graded_is_refused_with_its_reason():
    assert guessed("x\nflip(a)").refused == "it is upside down"
    assert guessed("flip(a)  # straight").refused == ""
    assert guessed("# flip(a)").refused == ""


def test_a_year_stands_for_those_up_to_the_next():
    years = ["2016", "2017", "2018", "2020", "2021", "2026"]
    assert [profile(year, KIT, "x") for year in years] == ["2016", "2016", "2018", "2018", "2021", "2021"]
    assert profile("auto", KIT, "x") == profile("auto", Kit(), "x") == "auto"


@pytest.mark.parametrize(
    ("asked", "kit", "said"),
    [
        ("2015", KIT, "profile 2015 cannot be graded: it is upside down"),
        ("2014", KIT, "no profile '2014'; there are 2016, 2018, 2021, or auto"),
        ("spring", KIT, "no profile 'spring'; there are 2016, 2018, 2021, or auto"),
        ("2018x", KIT, "no profile '2018x'; there are 2016, 2018, 2021, or auto"),
        ("2018", Kit(), "assignment 'x' is the same every year; leave --profile out"),
    ],
)
def test_what_is_no_profile_is_said_in_a_line(asked, kit, said):
    with pytest.raises(NoProfile) as wrong:
        profile(asked, kit, "x")
    assert str(wrong.value) == said


NAIVE = "def svm_loss_naive(W, X, y, reg):\n    {body}\n"
YEARS = {
    "2015": ["    - W: C x D array of weights\n", NAIVE.format(body="scores = W.dot(X[:, i])")],
    "2016": ["    dropout=0, use_batchnorm=False, reg=0.0\n", "print 'x', y\n", "We drop each neuron output with p\n"],
    "2017": ["use_batchnorm=True\nfrom past.builtins import xrange\n"],
    "2018": ["dropout=1, normalization=None\n", "def layernorm_forward(x):\n", "we keep each neuron output with\n"],
    "2019": ["dropout=1, normalization=None\n# *****START OF YOUR CODE (DO NOT DELETE)*****"],
    "2021": ["dropout_keep_ratio=1\n", "dropout_keep_ratio=1\n# *****START OF YOUR CODE *****"],
    "2025": ["dropout_keep_ratio=1\ndef save(self, fname):\n"],
}


@pytest.mark.parametrize(("year", "text"), [(year, text) for year, texts in YEARS.items() for text in texts])
def test_every_year_of_cs231n_has_its_signs(year, text):
    found = guess([("cs231n/x.py", text.encode())], cs231n.A2)
    assert found.year == year
    assert bool(found.refused) == (year == "2015")


@pytest.mark.parametrize(
    "body",
    [
        "scores = X[i].dot(W)",
        "# scores = W.dot(X)\n    scores = X.dot(W)",
        "scores = W.dot(X)  # was wrong\n    scores = np.dot(X, W)",
        "scores = np.dot(X[i,:], W)\n    back = W.dot(X.T)",
    ],
)
def test_a_line_that_looks_like_2015_does_not_refuse_a_later_year(body):
    assert not guess([("linear_svm.py", NAIVE.format(body=body).encode())], cs231n.A1).refused


@given(st.binary(max_size=300), st.text(max_size=30))
def test_no_bytes_and_no_path_are_too_strange(content, path):
    assert guess([(path, content)], cs231n.A1).year in ("", "2015", *cs231n.A1.years)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("assignment2", 2), ("assignment1", 1), ("hw3", 3), ("spring1617_assignment2", 2), ("assignment-2_colab", 2),
        ("assignment 2", 2), ("a2", 2), ("cs231n_a3", 3), ("assignment2017", 0), ("assignment12", 0), ("data2", 0),
        ("cs231n", 0), ("lab2", 0),
    ],
)  # fmt: skip
def test_folders_of_the_assignments(name, number):
    import re

    kits = {1: cs231n.A1, 2: cs231n.A2, 3: cs231n.A3}
    assert [n for n, kit in kits.items() if re.search(kit.folders[0], name)] == ([number] if number else [])
