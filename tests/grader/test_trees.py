"""Values are taken apart and read: what is right is found, what is not is described."""

import numpy as np
import pytest

from grader import trees
from grader.trees import Leaf, Unsupported


def read(value, expected):
    return dict(trees.read("out", value, expected))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([1, 2, 3], np.zeros(3)),
        ([[1, 2], [3, 4]], np.zeros((2, 2))),
        (np.float64(2), 1.5),
        (np.array(2), 1.5),
        (True, 1.5),
        (3, 1.5),
        (np.array([1, 0], dtype=bool), np.zeros(2)),
        (np.zeros((0, 3)), np.zeros((0, 3))),
        ((1.0, 2.0), np.zeros(2)),
    ],
)
def test_what_computes_the_right_values_is_an_array(value, expected):
    leaf = read(value, expected)["out"]
    assert leaf.trouble == ""
    assert leaf.array.shape == np.shape(expected)


@pytest.mark.parametrize(
    ("value", "expected", "trouble"),
    [
        (None, np.zeros(3), "is None; expected an array of shape (3,)"),
        ("text", 1.5, "is a str; expected a number"),
        (np.zeros((1, 3)), np.zeros(3), "has shape (1, 3); expected (3,)"),
        (np.zeros(1), 1.5, "has shape (1,); expected ()"),
        (np.zeros(3, dtype=complex), np.zeros(3), "holds complex numbers; expected real numbers"),
        (np.array([{}, 1], dtype=object), np.zeros(2), "holds objects that are no numbers; expected real numbers"),
        ([[1, 2], [3]], np.zeros((2, 2)), "is a ragged list; expected an array of shape (2, 2)"),
        (Unsupported("Tensor"), np.zeros(2), "is an object of type Tensor; expected an array of shape (2,)"),
        ({"a": 1}, np.zeros(2), "is a dict with keys 'a'; expected an array of shape (2,)"),
    ],
)
def test_anything_else_is_described(value, expected, trouble):
    assert read(value, expected)["out"].trouble == trouble


def test_dicts_and_lists_have_leaves_with_paths():
    value = {"W": np.ones(2), "extra": 1, "b": [np.ones(1), np.ones(1)]}
    found = read(value, {"W": np.zeros(2), "b": [np.zeros(1), np.zeros(1)]})
    assert list(found) == ["out.W", "out.b.0", "out.b.1"]
    assert all(isinstance(leaf, Leaf) and not leaf.trouble for leaf in found.values())


def test_a_missing_key_and_a_wrong_count_are_named():
    assert read({}, {"W": np.zeros(2)})["out.W"].trouble == "out has no key 'W'"
    assert read([1], [0.0, 0.0])["out.0"].trouble == "out has 1 entries; expected a list of 2"
    assert read(1.0, [0.0, 0.0])["out.1"].trouble == "out is a float; expected a list of 2"


def test_a_stacked_array_stands_for_a_list_of_equal_arrays():
    found = read(np.zeros((2, 3)), [np.zeros(3), np.zeros(3)])
    assert [leaf.trouble for leaf in found.values()] == ["", ""]


def test_none_in_every_place_is_nothing():
    assert trees.only_none(None)
    assert trees.only_none((None, None))
    assert trees.only_none((None, "cache"), keep=(1,))
    assert not trees.only_none((None, 1))
    assert not trees.only_none(())


def test_put_copies_along_the_path_alone():
    value = {"W": [np.zeros(2), np.zeros(2)], "b": np.zeros(1)}
    changed = trees.put(value, "W.1", np.ones(2))
    assert changed["W"][1].sum() == 2
    assert value["W"][1].sum() == 0
    assert changed["b"] is value["b"]
    assert trees.dig(changed, "W.1").sum() == 2


def test_a_copy_shares_nothing_that_can_be_filled():
    value = {"a": np.zeros(2), "l": [np.zeros(1), (np.zeros(1), "text", None, 3)], "m": {"v": np.zeros((1, 2))}}
    again = trees.copied(value)
    assert repr(again) == repr(value)
    again["a"][:] = again["l"][0][:] = again["l"][1][0][:] = again["m"]["v"][:] = 1
    again["l"].append(0)
    again["m"]["new"] = 0
    assert repr(value) == repr(
        {"a": np.zeros(2), "l": [np.zeros(1), (np.zeros(1), "text", None, 3)], "m": {"v": np.zeros((1, 2))}}
    )
