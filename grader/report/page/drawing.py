"""The map of an array card as the numbers of a drawing: cells, digits, labels."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from grader.report.card import SIGNS, Card, labels

CELL = 22
"""Units of a cell's side; one unit is one CSS pixel."""

_LEFT, _TOP, _DIGIT = 34, 20, 7  # units: the margins of the labels, and the width of one of their digits


class Cell(msgspec.Struct, frozen=True):
    """One square: where it is, its sign, and its level from 0 (right) to 10 (no number)."""

    x: int
    y: int
    sign: str
    level: int


class Label(msgspec.Struct, frozen=True):
    """A text at the edge of the drawing."""

    x: int
    y: int
    text: str


class Drawing(msgspec.Struct, frozen=True):
    """A map, ready to be written as SVG."""

    width: int
    height: int
    cells: tuple[Cell, ...]
    across: tuple[Label, ...]
    down: tuple[Label, ...]


def draw(card: Card) -> Drawing | None:
    """Lay a card's map out; None where it has none."""
    if not card.map:
        return None
    down = labels(len(card.map), card.block[0]) if card.rows else [""] * len(card.map)
    left = max(_LEFT if card.rows else 4, 10 + _DIGIT * max(map(len, down)))
    return Drawing(
        width=left + CELL * len(card.map[0]) + 2,
        height=_TOP + CELL * len(card.map) + 2,
        cells=tuple(_cells(card, left)),
        across=tuple(_across(card, left)),
        down=tuple(Label(left - 6, _TOP + CELL * n + 15, text) for n, text in enumerate(down) if text),
    )


def _cells(card: Card, left: int) -> Iterator[Cell]:
    for row, signs in enumerate(card.map):
        for column, sign in enumerate(signs):
            yield Cell(left + CELL * column, _TOP + CELL * row, "·" if sign == "." else sign, SIGNS.index(sign))


def _across(card: Card, left: int) -> Iterator[Label]:
    """Label the columns; where their numbers would touch one another, every second or every fourth."""
    texts = labels(len(card.map[0]), card.block[1])
    step = 1 if len(texts[-1]) < 3 else 2
    for column in range(0, len(texts), step):
        yield Label(left + CELL * column + CELL // 2, _TOP - 6, texts[column])
