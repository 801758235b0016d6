"""The declared mistakes of a function, tried one by one, and by two: which of them give the student's numbers?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import msgspec
import numpy as np

from grader.diagnosis.seen import LOOSE, Output, Sight
from grader.diagnosis.slips import Key, Slip
from grader.paper import Paper, Posed
from grader.tolerance import named_leaves

Made = frozenset[Key]
NONE: Made = frozenset()


class Bench(msgspec.Struct, eq=False):
    """A paper's declared mistakes, run on its cases; what was run once is remembered for the next submission."""

    paper: Paper
    _answers: dict[tuple[Made, Posed], Mapping[str, Any]] = msgspec.field(default_factory=dict)
    _keys: dict[Key, None] = msgspec.field(default_factory=dict)

    def keys(self, cases: Iterable[Posed]) -> tuple[Key, ...]:
        """Every mistake that the function asks about in these cases, in its order."""
        for case in cases:
            self.answer(NONE, case)
        return tuple(self._keys)

    def answer(self, made: Made, case: Posed) -> Mapping[str, Any]:
        """The leaves that come out where these mistakes are made; none where they raise."""
        key = made, case
        if key not in self._answers:
            self._answers[key] = self._run(made, case)
        return self._answers[key]

    def _run(self, made: Made, case: Posed) -> Mapping[str, Any]:
        assert self.paper.slipped is not None
        slip = Slip(made, None if made else self._keys)
        try:
            with np.errstate(all="ignore"):
                outputs = self.paper.slipped(slip, case)
            return {place: np.asarray(value, dtype=np.float64) for place, value in named_leaves(outputs)}
        except (ValueError, IndexError, TypeError, ArithmeticError, np.linalg.LinAlgError):
            return {}


@lru_cache(maxsize=128)
def bench(paper: Paper) -> Bench:
    """The bench of a paper, kept for the submissions that are asked the same."""
    return Bench(paper)


class Fit(msgspec.Struct, frozen=True):
    """Mistakes that give the failing numbers of an output, but for those of `missed` cases.

    `strays` counts these, and the right numbers that the mistakes would spoil.
    """

    made: Made
    strays: int = 0
    missed: int = 0


def first_fit(tried: Bench, output: Output, candidates: Iterable[Made]) -> list[Fit]:
    """The first of some mistakes that explains an output in every failing case: of two at once, one answer will do."""
    return next(_fitting(tried, output, candidates), [])


def telling(tried: Bench, output: Output) -> list[Sight]:
    """The failing sights of an output, those that tell most first."""
    watched = tried.paper.ordinary[tried.paper.watched]
    return sorted(output.failing, key=lambda sight: _informative(sight, watched), reverse=True)


def fits(tried: Bench, output: Output, candidates: Iterable[Made]) -> list[Fit]:
    """Those of some mistakes that explain an output in every failing case."""
    return [fit for found in _fitting(tried, output, candidates) for fit in found]


def _fitting(tried: Bench, output: Output, candidates: Iterable[Made]) -> Iterator[list[Fit]]:
    ordered = telling(tried, output)
    for made in candidates:
        if ordered and all(_explains(tried, made, sight) for sight in ordered):
            yield [Fit(made, sum(_spoils(tried, made, sight) for sight in output.passing))]


def mostly(tried: Bench, output: Output, candidates: Iterable[Made], share: float) -> list[Fit]:
    """Those that explain this share of the failing cases, two at least, the generic one or a random one among them."""
    ordered = telling(tried, output)
    found = []
    for made in candidates:
        if not any(_explains(tried, made, sight) for sight in ordered[:2]):
            continue
        explained = sum(_explains(tried, made, sight) for sight in ordered)
        if explained >= max(2, share * len(ordered)):
            strays = sum(_spoils(tried, made, sight) for sight in output.passing)
            missed = len(ordered) - explained
            found.append(Fit(made, strays + missed, missed))
    return found


def _informative(sight: Sight, watched: Posed) -> tuple[bool, bool, bool]:
    """Finite numbers of the generic case tell most; then what is drawn at random rather than written out."""
    finite = sight.got is not None and bool(np.isfinite(sight.got).all())
    return finite, sight.case is watched, not sight.case.public


def _explains(tried: Bench, made: Made, sight: Sight) -> bool:
    value = tried.answer(made, sight.case).get(sight.place)
    return value is not None and sight.is_what(value)


def _spoils(tried: Bench, made: Made, sight: Sight) -> bool:
    """Whether the mistakes would give another number here, where the student's is right; shapes that fail do not."""
    value = tried.answer(made, sight.case).get(sight.place)
    if value is None or value.shape != sight.expected.shape:
        return False
    return not bool((np.abs(value - sight.expected) <= LOOSE * sight.tolerance).all())


def changes(tried: Bench, made: Made, output: Output) -> bool:
    """Whether the mistakes would change the right numbers of an output in any case."""
    return any(_spoils(tried, made, sight) for sight in output.sights)


def spoils_any(tried: Bench, made: Made, output: Output) -> bool:
    """Whether the mistakes would spoil an output that is right."""
    return any(_spoils(tried, made, sight) for sight in output.passing)
