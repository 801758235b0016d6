"""The lines of a submission that define a function, found as text: nothing is parsed as Python, let alone run.

A page shows them so that a student sees which code is meant; which definition counts is decided elsewhere. A wrong
guess costs nothing but the picture.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

import msgspec

from grader.report import safe

LINES, WIDTH = 120, 300
"""The most that is shown: lines, and characters of a line."""

_LARGEST = 4 * 2**20  # bytes of a file that is looked at
_STUB = re.compile(r"raise[ \t]+NotImplementedError")
_ALIAS = re.compile(r"\w+\s*=\s*(\w+)(?:\([^()]*\))?(?:\.(\w+))?\s*(?:#.*)?")
_TRIPLE = re.compile(r'"""|\'\'\'')


class Excerpt(msgspec.Struct, frozen=True):
    """A definition as it was handed in: where it stands, its lines, made safe, and how many are left out."""

    where: str
    first: int
    lines: tuple[str, ...]
    left: int = 0


class Finder(msgspec.Struct, frozen=True):
    """The files of a submission, by path; `homes` maps a function to the file in which the template has it."""

    files: Sequence[tuple[str, bytes]]
    homes: dict[str, str] = msgspec.field(default_factory=dict)

    def find(self, name: str) -> Excerpt | None:
        """The definition of a function, or of a method "Class.method"; None where none is seen."""
        found = [(path, excerpt) for path, content in self.files for excerpt in _definitions(path, content, name)]
        if not found:
            return None
        home = self.homes.get(name, "")

        def rank(pair: tuple[str, Excerpt]) -> tuple[bool, bool]:
            path, excerpt = pair
            stub = any(_STUB.search(line) for line in excerpt.lines)
            return not stub, path.rpartition("/")[2].partition(".")[0] == home

        best = max(map(rank, found))
        chosen = [excerpt for path, excerpt in found if rank((path, excerpt)) == best][-1]
        return self._behind(name, chosen)

    def _behind(self, name: str, excerpt: Excerpt) -> Excerpt:
        """What a line such as `loss = Net().loss` stands for, once; else the line itself."""
        alias = _ALIAS.fullmatch(excerpt.lines[0].strip()) if len(excerpt.lines) == 1 else None
        meant = ".".join(filter(None, alias.groups())) if alias else name
        return next((one for one in self._all(meant) if len(one.lines) > 1), excerpt) if meant != name else excerpt

    def _all(self, name: str) -> list[Excerpt]:
        return [excerpt for path, content in self.files for excerpt in _definitions(path, content, name)]


def _definitions(path: str, content: bytes, name: str) -> Iterator[Excerpt]:
    for where, text in _texts(path, content):
        lines = text.splitlines()
        start, stop = 0, len(lines)
        owner, _, function = name.rpartition(".")
        if owner:
            opened = _last(lines, rf"class[ \t]+{re.escape(owner)}\b", 0, stop)
            if opened is None:
                continue
            start, stop = opened, _end(lines, opened)
        begun = _last(lines, rf"(def[ \t]+{re.escape(function)}\b|{re.escape(function)}[ \t]*=[^=])", start, stop)
        if begun is not None:
            yield _excerpt(where, lines, begun, min(_end(lines, begun), stop))


def _texts(path: str, content: bytes) -> Iterator[tuple[str, str]]:
    """The text of a file, or of each code cell of a notebook, with the name of its place."""
    shown = safe.plain(path, newlines=False)
    if len(content) > _LARGEST:
        return
    text = content.decode("utf-8-sig", "replace")
    if not path.endswith(".ipynb"):
        yield shown, text
        return
    for number, cell in enumerate(_cells(text), 1):
        source = cell.get("source", cell.get("input", "")) if isinstance(cell, dict) else ""
        joined = "".join(part for part in source if isinstance(part, str)) if isinstance(source, list) else source
        if isinstance(joined, str) and isinstance(cell, dict) and cell.get("cell_type") == "code":
            yield f"{shown}, cell {number}", joined


def _cells(text: str) -> list[object]:
    try:
        book = json.loads(text)
    except (ValueError, RecursionError):
        return []
    cells = book.get("cells") if isinstance(book, dict) else None
    return cells if isinstance(cells, list) else []


def _last(lines: Sequence[str], pattern: str, start: int, stop: int) -> int | None:
    """The last line that begins so; of a function and a method of one name, the function."""
    begins = re.compile(rf"[ \t]*(?:async[ \t]+)?{pattern}")
    found = [place for place in range(start, stop) if begins.match(lines[place])]
    return max(found, key=lambda place: (-_indent(lines[place]), place), default=None)


def _end(lines: Sequence[str], begun: int) -> int:
    """The first line after a block: one that is not deeper, and neither a closing bracket nor inside a string."""
    depth, quoted = _indent(lines[begun]), _turns(lines[begun])
    end = begun + 1
    for place in range(begun + 1, len(lines)):
        line = lines[place]
        if line.strip() and not quoted and _indent(line) <= depth and line.lstrip()[0] not in ")]}#":
            break
        quoted ^= _turns(line)
        if line.strip():
            end = place + 1
    return end


def _indent(line: str) -> int:
    shown = line.expandtabs(8)
    return len(shown) - len(shown.lstrip())


def _turns(line: str) -> bool:
    """Whether a line opens or closes a string of several lines."""
    return len(_TRIPLE.findall(line)) % 2 == 1


def _excerpt(where: str, lines: Sequence[str], begun: int, end: int) -> Excerpt:
    kept = lines[begun : min(end, begun + LINES)]
    shown = tuple(safe.plain(line.expandtabs(4)[:WIDTH], newlines=False) for line in kept)
    return Excerpt(f"{where}, line {begun + 1}", begun + 1, shown, end - begun - len(kept))
