"""A point is in a convex set or not, and Wolfe's algorithm finds out from the set's farthest points alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader import subgradient
from grader.subgradient import contains

SEEDS = st.integers(0, 10_000)


def box(low, high):
    return lambda way: np.where(way > 0, high, low)


def simplices(blocks, sizes):
    """Of each block of entries one is its whole size, the others 0: what ties of a maximum allow at their corners."""

    def farthest(way):
        found = np.zeros(sum(map(len, blocks)))
        for block, size in zip(blocks, sizes, strict=True):
            found[block[int(np.argmax(np.sign(size) * way[block]))]] = size
        return found

    return farthest


@given(SEEDS, st.integers(1, 12))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_a_box_holds_what_lies_between_its_faces_and_nothing_else(seed, count):
    rng = np.random.default_rng(seed)
    ends = np.sort(rng.standard_normal((2, count)), axis=0)
    for inside in (*ends, ends.mean(axis=0), ends[0] + rng.uniform(size=count) * (ends[1] - ends[0])):
        assert contains(box(*ends), inside)
    outside = ends.mean(axis=0)
    outside[rng.integers(count)] = ends[1].max() + 0.01
    assert not contains(box(*ends), outside)


@given(SEEDS, st.integers(1, 5), st.integers(1, 4))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_any_convex_split_of_each_tie_is_held_and_no_split_that_adds_up_to_more_or_less(seed, ties, among):
    rng = np.random.default_rng(seed)
    blocks = np.split(rng.permutation(ties * among), ties)
    sizes = rng.choice([-1, 1], size=ties) * rng.uniform(0.5, 2, size=ties)
    split = np.zeros(ties * among)
    for block, size in zip(blocks, sizes, strict=True):
        split[block] = size * rng.dirichlet(np.ones(among))
    assert contains(simplices(blocks, sizes), split)
    for factor in (2, 0, -1, 1 + 1e-4):
        wrong = split.copy()
        wrong[blocks[0]] *= factor
        assert not contains(simplices(blocks, sizes), wrong)


def test_a_single_point_is_itself_to_single_precision():
    point = np.array([1.0, -2.0, 0.0])
    assert contains(lambda way: point, np.float32(point * (1 + 1e-7)).astype(float))
    assert not contains(lambda way: point, point * (1 + 1e-5))


@pytest.mark.parametrize("rounds", [0, 1])
def test_what_is_not_found_in_time_is_not_held(monkeypatch, rounds):
    monkeypatch.setattr(subgradient, "ROUNDS", rounds)
    assert not contains(box(-np.ones(9), np.ones(9)), np.linspace(-0.9, 0.8, 9))
