"""Large arrays are compared block by block, and judged as they would be whole; what nothing keeps is not held."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.answerers import InProcess
from grader.checks.compare import BLOCK, within
from grader.questions import WHOLE, Call, Question, Ref

SIZES = (1, 5, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 2 * BLOCK + 7)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(size=st.sampled_from(SIZES), place=st.floats(0, 1), off=st.sampled_from([0.0, 0.9, 1.1, -1.1, np.nan, np.inf]))
def test_one_entry_anywhere_decides_as_it_would_in_the_whole(size, place, off):
    expected = np.linspace(-1, 1, size)
    got = expected.copy()
    got[min(size - 1, int(place * size))] += off
    assert within(got, expected, 1.0) == bool((np.abs(got - expected) <= 1.0).all())


@pytest.mark.parametrize("where", [0, BLOCK - 1, BLOCK, 3 * BLOCK - 1])
def test_an_error_at_the_border_of_a_block_is_seen(where):
    expected = np.zeros((3, BLOCK))
    got = np.asfortranarray(expected.copy())
    got[np.unravel_index(where, got.shape)] = 1e-3
    assert not within(got, expected, 1e-4)
    assert within(got, expected, 1e-2)


def test_a_result_is_held_only_where_a_later_call_may_ask_for_it():
    answerer = InProcess({"f": lambda: (np.ones(2), 3.0), "g": lambda x: x}, {})
    asked = [Call("f", (), keep=keep) for keep in ((), (WHOLE,))]
    answers = answerer.ask(Question((*asked, Call("g", (Ref(0, 1),)), Call("g", (Ref(1, 1),)))))
    assert answers[2].status == "blocked"
    assert answers[3].value == 3.0
