"""Two mistakes at once: which pairs are worth a try?

Effects that add up (a wrong data term, a wrong penalty) show without a further run: the error is the sum of theirs.
Of every kind of pairs only so many are tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations, islice, product
from typing import Any

import numpy as np

from grader.diagnosis.closed import NONE, Bench, Made
from grader.diagnosis.seen import LOOSE, RELATIVE, Sight
from grader.diagnosis.slips import Key

MOST = 60
"""Pairs of one kind that are tried for one array: each is a run of the whole function, and most mistakes are single."""


def promising(tried: Bench, sight: Sight, keys: tuple[Key, ...], shown: list[Key]) -> Iterator[Made]:
    """Pairs of mistakes for one wrong array, the most promising first; `shown` are those that other outputs show."""
    effects = _effects(tried, sight, keys)
    known = [key for key in shown if key in effects]
    kinds = (
        _distinct(product(known, effects)),
        _in_two_parts(effects),
        _adding_up(sight, effects),
        _distinct(product(_factors(sight, effects), effects)),
        _distinct(combinations(effects, 2)),
    )
    yield from chain.from_iterable(islice(kind, MOST) for kind in kinds)


def _effects(tried: Bench, sight: Sight, keys: tuple[Key, ...]) -> dict[Key, Any]:
    """The mistakes that change this array, each with what it adds to it."""
    right = tried.answer(NONE, sight.case)[sight.place]
    found = {}
    for key in keys:
        value = tried.answer(frozenset([key]), sight.case).get(sight.place)
        if value is None or value.shape != right.shape or not np.isfinite(value).all():
            continue
        if (np.abs(value - right) > LOOSE * sight.tolerance).any():  # what changes nothing is half of no explanation
            found[key] = value - right
    return found


def _distinct(pairs: Any) -> Iterator[Made]:
    return (frozenset(pair) for pair in pairs if pair[0][:2] != pair[1][:2])


def _in_two_parts(effects: dict[Key, Any]) -> Iterator[Made]:
    """One mistake in two of several parts."""
    parted = [key for key in effects if key.part]
    return (frozenset(pair) for pair in combinations(parted, 2) if pair[0][:2] == pair[1][:2])


def _adding_up(sight: Sight, effects: dict[Key, Any]) -> Iterator[Made]:
    """Pairs whose effects add up to the error."""
    if sight.got is None or sight.got.shape != sight.expected.shape or not effects:
        return
    keys, each = list(effects), np.stack([np.ravel(effect) for effect in effects.values()])
    enough = max(LOOSE * sight.tolerance, RELATIVE * sight.largest)
    for n, key in enumerate(keys):
        gaps = np.max(np.abs(np.ravel(sight.error) - each[n] - each[n + 1 :]), axis=1)
        for other in np.flatnonzero(gaps <= enough).tolist():
            yield frozenset((key, keys[n + 1 + other]))


def _factors(sight: Sight, effects: dict[Key, Any]) -> list[Key]:
    """The mistakes that multiply the whole array with one number."""
    right = np.ravel(sight.expected)
    square = float(right @ right)
    if not square:
        return []
    found: dict[float, Key] = {}
    for key, effect in effects.items():
        a = float(np.ravel(effect) @ right) / square
        if np.allclose(np.ravel(effect), a * right, rtol=1e-9, atol=LOOSE * sight.tolerance):
            found.setdefault(round(a, 9), key)  # one for each number
    return list(found.values())
