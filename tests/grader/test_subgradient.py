"""Each entry lies between the slopes on its two sides or not, and the farthest points in its direction tell."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

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


@given(SEEDS, st.integers(1, 5), st.integers(2, 4))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_any_split_of_each_tie_is_held_and_nothing_beyond_the_whole_or_of_the_other_sign(seed, ties, among):
    rng = np.random.default_rng(seed)
    blocks = np.split(rng.permutation(ties * among), ties)
    sizes = rng.choice([-1, 1], size=ties) * rng.uniform(0.5, 2, size=ties)
    split = np.zeros(ties * among)
    for block, size in zip(blocks, sizes, strict=True):
        split[block] = size * rng.dirichlet(np.ones(among))
    assert contains(simplices(blocks, sizes), split)
    for part in (0, 0.5, 1):
        shared = split.copy()
        shared[blocks[0]] = part * sizes[0]
        assert contains(simplices(blocks, sizes), shared)
    for part in (2, -1, 1 + 1e-4):
        wrong = split.copy()
        wrong[blocks[0][-1]] = part * sizes[0]
        assert not contains(simplices(blocks, sizes), wrong)


def test_a_single_point_is_itself_to_single_precision():
    point = np.array([1.0, -2.0, 0.0])
    assert contains(lambda way: point, np.float32(point * (1 + 1e-7)).astype(float))
    assert not contains(lambda way: point, point * (1 + 1e-5))
