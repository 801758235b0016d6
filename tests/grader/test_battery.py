"""Draws do what their docstrings say: a battery that tests nothing would let everything pass."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.battery import AwayFromZero, Labels, Large, Normal, Weights, shape_of

quick = settings(max_examples=60, deadline=None, derandomize=True)
seeds = st.integers(0, 2**32 - 1)


@given(seeds, st.integers(1, 12), st.integers(1, 12))
@quick
def test_stratified_magnitudes_cover_their_range_and_keep_away_from_zero(seed, rows, columns):
    drawn = AwayFromZero("N H")(np.random.default_rng(seed), dict(N=rows, H=columns), {})
    sizes = np.abs(drawn)
    assert drawn.shape == (rows, columns)
    assert sizes.min() >= 0.005
    assert sizes.max() <= 4.0
    if drawn.size >= 20:
        assert sizes.min() < 0.01
        assert sizes.max() > 2.5
    if drawn.size > 1:
        assert (drawn > 0).any()
        assert (drawn < 0).any()


@given(seeds, st.integers(1, 20), st.integers(2, 9))
@quick
def test_labels_repeat_one_and_hold_every_class_where_they_can(seed, count, classes):
    labels = Labels("N", "K")(np.random.default_rng(seed), dict(N=count, K=classes), {})
    assert labels.dtype == np.int64
    assert labels.min() >= 0
    assert labels.max() < classes
    if count > 1:
        assert len(set(labels.tolist())) < count
    if count > classes:
        assert set(labels.tolist()) == set(range(classes))


@given(seeds, st.integers(1, 20), st.integers(2, 9))
@quick
def test_an_absent_class_is_absent(seed, count, classes):
    labels = Labels("N", "K", absent=True, dtype="uint8")(np.random.default_rng(seed), dict(N=count, K=classes), {})
    assert labels.dtype == np.uint8
    assert len(set(labels.tolist())) < classes


def test_large_scores_have_both_signs_and_overflow_a_bare_exponential():
    drawn = Large("N K")(np.random.default_rng(1), dict(N=7, K=5), {})
    assert drawn.max() > 9_000
    assert drawn.min() < -9_000


def test_weights_have_the_widths_of_a_net():
    drawn = Weights()(np.random.default_rng(1), dict(widths=(5, 7, 3)), {})
    assert [weights.shape for weights in drawn] == [(7, 5), (3, 7)]


def test_shapes_are_read_from_letters_and_digits():
    assert shape_of("1 K", dict(K=3)) == (1, 3)
    assert shape_of("", {}) == ()


def test_the_same_seed_draws_the_same():
    sizes = dict(N=3, D=2)
    first, second = (Normal("N D")(np.random.default_rng(5), sizes, {}) for _ in range(2))
    assert np.array_equal(first, second)
