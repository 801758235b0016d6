"""The array card of a check, read from its evidence: what it says in words, whatever draws it.

A document may come from a file, so a card that is none is no card; nothing here trusts its contents.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import msgspec

from grader.document import CheckResult
from grader.report import safe

LEGEND = ". right; 1 to 9: relative error in tenths, rounded up (9: above 0.8); x: not a number"
SIGNS = ".123456789x"
"""The characters of a map, from right to wrong."""

_MOST = 64  # rows or columns that are drawn, whatever a file says


class Card(msgspec.Struct, frozen=True):
    """A wrong array. `axes` holds letter, meaning and length of each axis of the expected one, "" for unknown.

    `map` has a character an entry, or a block of `block` entries, rows first.
    """

    output: str
    dtype: str
    shape: tuple[int, ...]
    expected_shape: tuple[int, ...]
    axes: tuple[tuple[str, str, int], ...] = ()
    map: tuple[str, ...] = ()
    block: tuple[int, int] = (1, 1)
    index: tuple[int, ...] = ()
    got: Any = None
    expected: Any = None
    wrong_entries: int = 0
    entries: int = 0

    @property
    def rows(self) -> str:
        """What the rows of the map count: "example (N = 7)", "" for a vector."""
        return " × ".join(_axis(axis, "row") for axis in self.axes[:-1])

    @property
    def columns(self) -> str:
        """What the columns of the map count."""
        return _axis(self.axes[-1], "column") if self.axes else ""

    @property
    def sizes(self) -> str:
        """Shape and kind of the array, and of what was expected where that differs."""
        said = f"{self.output} has shape {self.shape}, {self.dtype}"
        return said if self.shape == self.expected_shape else f"{said}; expected {self.expected_shape}"

    @property
    def worst(self) -> str:
        """The worst entry: place, meaning, both values, relative error; "" where no values were compared."""
        if self.got is None:
            return ""
        where = f"{self.output}[{', '.join(map(str, self.index))}]" if self.index else self.output
        named = ", ".join(
            f"{meaning or letter} {n}"
            for (letter, meaning, _), n in zip(self.axes, self.index, strict=False)
            if meaning or letter
        )
        error = relative(self.got, self.expected)
        said = f"worst: {where}{f' ({named})' if named else ''} is {self.got}; expected {self.expected}"
        return said + (f"; relative error {error:.3g}" if error is not None else "")


def relative(got: Any, expected: Any) -> float | None:
    """|got − expected| / max(|got|, |expected|), None where one is no number."""
    if not (isinstance(got, int | float) and isinstance(expected, int | float)):
        return None
    scale = max(abs(got), abs(expected))
    return abs(got - expected) / scale if scale and math.isfinite(scale) else None


def _axis(axis: tuple[str, str, int], plain: str) -> str:
    letter, meaning, length = axis
    return f"{meaning or plain} ({f'{letter} = ' if letter else ''}{length})"


def read(check: CheckResult) -> Card | None:
    """The card of a check, None where there is none."""
    found = check.evidence.get("card")
    if not isinstance(found, dict):
        return None
    beside = {key: check.evidence.get(key) for key in ("index", "got", "expected", "wrong_entries", "entries")}
    given = {key: value for key, value in beside.items() if value is not None}
    try:
        card = msgspec.convert({**given, **found}, Card)
    except msgspec.ValidationError:
        return None
    return card if _sound(card.map) else None


def _sound(drawn: Sequence[str]) -> bool:
    """Whether a map is a small table of known characters."""
    widths = {len(row) for row in drawn}
    small = len(drawn) <= _MOST and max(widths, default=0) <= _MOST
    return small and len(widths) <= 1 and all(sign in SIGNS for row in drawn for sign in row)


def labels(count: int, block: int) -> list[str]:
    """The index at which each row or column of a map begins."""
    return [safe.plain(str(place * max(block, 1))) for place in range(count)]
