"""Brings the text of older code to Python 3 where it does not parse, in memory alone, and says what that took."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable

from .dialect import TABS, Change, modern
from .notebooks import without_magics

MAGIC = "lines of a notebook's own language → pass"
SHOWN_LINES = 4
_TAB_WIDTHS = (8, 4)


def ported(text: str) -> tuple[str, list[Change]] | None:
    """Return the text in Python 3, line for line, and what was rewritten; None where it does not parse then either."""
    plain = without_magics(text)
    magics = [(MAGIC, line) for line, (a, b) in enumerate(zip(_lines(text), _lines(plain), strict=False), 1) if a != b]
    if magics and _parses(plain):
        return plain, magics
    for source, before in ((text, []), (plain, magics)):
        for tab in _TAB_WIDTHS:
            result, changes = modern(source, tab)
            if (before or changes) and _parses(result):
                return result, before + changes
    return None


def is_python2(changes: Iterable[Change]) -> bool:
    """Whether something was rewritten that only Python 2 knows."""
    return any(what not in (TABS, MAGIC) for what, _ in changes)


def note(path: str, changes: Iterable[Change]) -> str:
    """Say in a line what was rewritten and where: "layers.py graded after porting: xrange → range, line 31"."""
    lines: dict[str, list[int]] = defaultdict(list)
    for what, line in changes:
        if line not in lines[what]:
            lines[what].append(line)
    return f"{path} graded after porting: {'; '.join(f'{what}, {_places(sorted(at))}' for what, at in lines.items())}"


def _places(lines: list[int]) -> str:
    shown = ", ".join(map(str, lines[:SHOWN_LINES]))
    more = f" and {len(lines) - SHOWN_LINES} more" if len(lines) > SHOWN_LINES else ""
    return f"line{'s' if len(lines) > 1 else ''} {shown}{more}"


def _lines(text: str) -> list[str]:
    return text.split("\n")


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except Exception:  # as many kinds as there are ways to nest too deeply
        return False
    return True
