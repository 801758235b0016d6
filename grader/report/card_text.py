"""The array card on a terminal: digits say how wrong an entry is, shades only repeat it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from grader.report.card import LEGEND, SIGNS, Card, labels
from grader.report.indent import Indented
from grader.report.symbols import Symbols

MARGIN = 2
_STYLES = ("dim", *("yellow",) * 3, *("red",) * 3, *("bold red",) * 3, "bold magenta")


def card_text(card: Card, symbols: Symbols, width: int) -> Iterator[RenderableType]:
    """Draw a card for a screen of `width` cells; the map is left out where it does not fit."""
    for said in filter(None, (card.sizes, card.worst)):
        yield Indented(symbols.line(said), MARGIN)
    rows = _map(card, symbols)
    if rows and max(row.cell_len for row in rows) + MARGIN <= width:
        yield from (Indented(row, MARGIN) for row in rows)
        yield Indented(symbols.line(LEGEND, "dim"), MARGIN)


def _map(card: Card, symbols: Symbols) -> list[Text]:
    if not card.map:
        return []
    across = labels(len(card.map[0]), card.block[1])
    down = labels(len(card.map), card.block[0]) if card.rows else [""]
    cell = max(len(label) for label in across)
    left = max(len(label) for label in down)
    head = [symbols.line(f"{card.rows} down, {card.columns} across" if card.rows else f"{card.columns} across")]
    head.append(Text(" " * (left + 1) + " ".join(label.rjust(cell) for label in across), style="dim"))
    return head + [_row(label.rjust(left), signs, cell) for label, signs in zip(down, card.map, strict=True)]


def _row(label: str, signs: str, cell: int) -> Text:
    line = Text(label, style="")
    for sign in signs:
        line.append(" " + sign.rjust(cell), style=_STYLES[SIGNS.index(sign)])
    return line
