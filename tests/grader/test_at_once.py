"""What is right is found to be so at once, and nothing else is: the verdicts of the long way decide."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from grader.answerers import InProcess
from grader.checks import answers
from grader.checks.at_once import at_once
from grader.grade import grade, prepare
from tests.grader.toy import RIGHT, toy

EXAM = prepare(toy(), b"seed")
(PAPER,) = [paper for paper, _ in EXAM.tasks if paper.task == "product_gradient"]
CASE = PAPER.cases[0]


def expected():
    return tuple(np.array(CASE.expected[name]) for name in PAPER.outputs)


def through(change):
    """The toy's gradients, with `change` applied to what they return."""
    right = RIGHT["product_gradient"]
    return {**RIGHT, "product_gradient": lambda *args: change(right(*args))}


SAME = {
    "right": lambda out: out,
    "a list for the tuple": list,
    "nested lists": lambda out: tuple(part.tolist() for part in out),
    "float32": lambda out: tuple(part.astype(np.float32) for part in out),
    "complex": lambda out: tuple(part + 0j for part in out),
    "objects": lambda out: tuple(part.astype(object) for part in out),
    "one too few": lambda out: out[:1],
    "one too many": lambda out: (*out, out[0]),
    "None": lambda out: (None, out[1]),
    "nan": lambda out: (out[0] * np.nan, out[1]),
    "infinite": lambda out: (out[0] + np.inf, out[1]),
    "flat": lambda out: tuple(part.ravel() for part in out),
    "transposed": lambda out: tuple(part.T for part in out),
    "order of Fortran": lambda out: tuple(np.asfortranarray(part) for part in out),
    "swapped": lambda out: out[::-1],
    "the first is off": lambda out: (out[0] + 1e-6, out[1]),
    "the last entry is off": lambda out: (
        out[0],
        np.where(np.arange(out[1].size).reshape(out[1].shape) == 0, 9, out[1]),
    ),
}


@pytest.mark.parametrize("change", SAME.values(), ids=SAME)
def test_the_short_way_and_the_long_way_give_the_same_report(change, monkeypatch):
    functions = through(change)
    short = grade(EXAM, InProcess(functions, {}))
    monkeypatch.setattr(answers, "at_once", lambda *_: None)
    answers.find.cache_clear()
    assert repr(grade(EXAM, InProcess(functions, {}))) == repr(short)  # nan is never equal to itself


def test_what_is_right_takes_the_short_way():
    leaves = at_once(PAPER, CASE, expected())
    assert leaves is not None
    assert {place: leaf.array.shape for place, leaf in leaves.items()} == {
        name: np.shape(CASE.expected[name]) for name in PAPER.outputs
    }
    assert at_once(PAPER, CASE, tuple(np.asfortranarray(part) for part in expected())) is not None


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 1), st.integers(0, 10**6), st.sampled_from([1.01, 1.5, 10.0, 1e6, np.nan, np.inf]))
def test_no_single_entry_beyond_its_tolerance_takes_the_short_way(output, place, times):
    parts = expected()
    entries = parts[output].reshape(-1)
    bound = CASE.tolerance[PAPER.outputs[output]] * times
    entries[place % entries.size] += bound
    assert at_once(PAPER, CASE, parts) is None
    within = expected()
    within[output].reshape(-1)[place % entries.size] += 0.9 * CASE.tolerance[PAPER.outputs[output]]
    assert at_once(PAPER, CASE, within) is not None


@pytest.mark.parametrize("bound", [np.inf, np.nan])
def test_a_tolerance_that_is_no_number_bounds_nothing(bound):
    loose = replace(CASE, tolerance=dict.fromkeys(CASE.tolerance, bound))
    assert at_once(PAPER, loose, expected()) is None
