"""The array card: what a wrong array looks like, in letters and in a map; never larger than it may be."""

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.extra import numpy as arrays

from grader.answerers import InProcess
from grader.checks import card
from grader.checks.letters import letters, said
from grader.checks.products import product
from grader.grade import grade, prepare
from tests.grader.toy import RIGHT, toy

SIZES = {"N": 7, "D": 5, "K": 3, "widths": (4, 6)}


@pytest.mark.parametrize(
    ("shape", "declared", "named"),
    [
        ((7, 3), "N K", ("N", "K")),
        ((3, 7), "N K", ("K", "N")),  # declared otherwise: the sizes tell
        ((7, 9), "", ("N", "")),
        ((7, 1), "N 1", ("N", "")),
        ((4,), "", ("",)),
        ((), "", ()),
    ],
)
def test_axes_are_named_by_their_sizes(shape, declared, named):
    assert letters(shape, SIZES, declared) == named


def test_equal_sizes_name_nothing():
    assert letters((5, 5), {"N": 5, "D": 5}) == ("", "")
    assert letters((5, 5), {"N": 5, "D": 5}, "N D") == ("N", "D")


def test_a_shape_is_said_in_symbols_and_numbers():
    assert said((3, 7), ("K", "N")) == "(K, N) = (3, 7)"
    assert said((3,), ("K",)) == "(K,) = (3,)"
    assert said((3, 9), ("K", "")) == "(K, 9) = (3, 9)"
    assert said((8, 9), ("", "")) == "(8, 9)"


RNG = np.random.default_rng(0)
X, DF, V = RNG.standard_normal((7, 5)), RNG.standard_normal((7, 3)), RNG.standard_normal(5)
INPUTS = {"X": X, "dF": DF, "v": V, "y": np.arange(7), "reg": 0.1}


@pytest.mark.parametrize(
    ("array", "name"),
    [
        (DF.T @ X, "dFᵀ X"),
        (X.T @ DF, "Xᵀ dF"),
        (DF, "dF"),
        (DF.sum(axis=1), "the sum of the columns of dF"),
        (DF.sum(axis=0, keepdims=True), "the sum of the rows of dF, kept as a matrix"),
        (np.outer(V, V), "v vᵀ"),
        (2 * (X.T @ DF).T + 1, "the transpose of what is expected"),
        ((2 * X.T @ DF + 1).ravel(), "the right numbers in another shape"),
        (DF + 1, ""),
        (np.full((7, 3), np.nan), ""),
        (np.zeros((7, 3)), ""),
    ],
)
def test_a_product_of_the_inputs_is_recognised(array, name):
    assert product([(array, 2 * X.T @ DF + 1, INPUTS)]) == name


def test_the_map_says_how_wrong_each_entry_is():
    expected = np.array([[1.0, 2.0, 4.0], [0.0, -1.0, 5.0]])
    got = np.array([[1.0, 1.9, 2.0], [1.0, 1.0, np.nan]])
    made = card.card("dz", got, expected, 1e-12, sizes={"N": 2, "K": 3}, declared="N K", meanings={"K": "class"})
    assert made["map"] == [".15", "99x"]
    assert made["block"] == [1, 1]
    assert made["axes"] == [["N", "", 2], ["K", "class", 3]]
    assert (made["shape"], made["expected_shape"], made["dtype"]) == ([2, 3], [2, 3], "float64")


def test_a_wrong_shape_has_no_map():
    made = card.card("dz", np.zeros((3, 2)), np.zeros((2, 3)), 0.0, sizes={})
    assert "map" not in made


def test_a_large_array_is_shown_in_blocks_by_its_worst_entry():
    expected = np.ones((100, 100))
    got = expected.copy()
    got[99, 0] = 2.0
    made = card.card("dz", got, expected, 0.0, sizes={})
    assert made["block"] == [5, 4]
    assert (len(made["map"]), {len(row) for row in made["map"]}) == (20, {25})
    assert [row for row in made["map"] if set(row) != {"."}] == ["5" + 24 * "."]


@settings(deadline=None)
@given(arrays.arrays(np.float64, arrays.array_shapes(min_dims=0, max_dims=3, max_side=40)))
def test_no_card_is_large_and_only_wrong_entries_are_marked(expected):
    made = card.card("dz", expected, np.nan_to_num(expected), 0.0, sizes={})
    assert len(msgspec.json.encode(made)) < 2_000
    assert not set("".join(made.get("map", []))) & set("123456789")


def verdicts(**functions):
    report = grade(prepare(toy(), b"s"), InProcess({**RIGHT, **functions}, {}))
    return {(task.name, row.name): row.verdict for task in report.tasks for row in task.rows}


def test_a_failing_check_carries_the_card_of_its_worst_array():
    found = verdicts(product_gradient=lambda dy, x, w: (dy @ w.T, 2 * x.T @ dy))
    made = found["product_gradient", "dw is the true derivative"].evidence["card"]
    assert made["axes"] == [["D", "", 2], ["M", "", 1]]  # the public example is told first
    assert made["map"] == ["5", "5"]
    assert "card" not in found["product_gradient", "dx is the true derivative"].evidence


def test_a_wrong_shape_carries_a_card_without_values():
    found = verdicts(product_gradient=lambda dy, x, w: (dy @ w.T, (x.T @ dy).T))
    made = found["product_gradient", "dw has shape (D, M)"].evidence["card"]
    assert (made["shape"], made["expected_shape"]) == ([1, 2], [2, 1])
    assert "map" not in made
