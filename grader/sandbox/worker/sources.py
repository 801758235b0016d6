"""From the bytes of one file to parsed pieces of Python: the file itself, or the cells of a notebook.

Nothing runs here. Hostile text can make the parser fail in several ways; each becomes one line.
"""

from __future__ import annotations

import ast
import codecs
import re
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from .dialect import Change
from .failures import Listing
from .notebooks import Cell, definitions_only, is_python3_kernel, is_python_by_name, python_of, read_cells
from .porting import ported

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")


@dataclass(frozen=True, eq=False)
class Piece:
    """A parsed stretch of source; `label` is the name it is compiled under, `where` how a place in it begins."""

    label: str
    where: str
    text: bytes | str
    body: list[ast.stmt]

    def read(self) -> str:
        """Return its text."""
        return self.text if isinstance(self.text, str) else as_text(self.text)

    def listing(self) -> Listing:
        """Return its lines, for tracebacks."""
        return Listing(self.where, self.read().splitlines())


@dataclass(frozen=True, eq=False)
class Source:
    """One file as far as it could be read; `error` says in one line why not.

    `mentioned` holds the functions that seem to be defined where nothing could be read, and why it could not. A `given`
    file is the course's: it is there to be imported, and what it defines is nobody's work. `changes` are what it took
    to parse it as Python 3. `kernel3` says that a notebook ran under it.
    """

    path: str
    pieces: Sequence[Piece] = ()
    error: str = ""
    notes: list[str] = field(default_factory=list)
    mentioned: dict[str, str] = field(default_factory=dict)
    given: bool = False
    changes: list[Change] = field(default_factory=list)
    kernel3: bool = False

    @property
    def is_notebook(self) -> bool:
        """Whether the pieces are cells."""
        return self.path.endswith(".ipynb")

    @property
    def parts(self) -> tuple[str, ...]:
        """The names by which other files may import it; a package is named after its folder."""
        parts = PurePosixPath(self.path).with_suffix("").parts
        return parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts


def as_text(content: bytes) -> str:
    """Decode Python source, whatever it takes: only shown, never compiled."""
    codec = "utf-8-sig"
    for line in content.split(b"\n", 2)[:2]:
        cookie = _COOKIE.match(line)
        if cookie:
            codec = cookie.group(1).decode("ascii")
            break
    try:
        return content.decode(codec, "replace")
    except (LookupError, ValueError):
        return content.decode("latin-1")


def read_source(path: str, content: bytes, wanted: Iterable[str]) -> Source:
    """Parse one file. Never raises: what cannot be read has an `error`, and names the wanted functions it mentions."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # invalid escapes in docstrings are no news
            return _read(path, content, wanted)
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, ValueError) else f"{path} is nested too deeply to be read"
        return Source(path, error=reason, mentioned=_mentions(content, wanted, reason))


def _read(path: str, content: bytes, wanted: Iterable[str]) -> Source:
    if content.startswith(_UTF16) or b"\0" in content:
        kind = "UTF-16" if content.startswith(_UTF16) or content.count(0) > len(content) // 4 else "not text"
        raise ValueError(f"{path} is {kind}; expected UTF-8; save it again as UTF-8")
    if path.endswith(".ipynb"):
        return _read_notebook(path, content, wanted)
    changes: list[Change] = []
    try:
        tree = _parse_any(content, path, changes)
    except Unparsable as error:
        raise ValueError(f"{path}{error.place}: {error.reason}") from None
    return Source(path, [Piece(path, f"{path}, ", content, tree)], changes=changes)


def _parse_any(text: bytes | str, label: str, changes: list[Change]) -> list[ast.stmt]:
    """Parse Python 3, or what can be brought to it; append to `changes` what that took. Raises `Unparsable`."""
    try:
        return parse(text, label)
    except Unparsable as error:
        if error.place and (found := ported(text if isinstance(text, str) else as_text(text))):
            changes += found[1]
            return parse(found[0], label)
        raise


def _read_notebook(path: str, content: bytes, wanted: Iterable[str]) -> Source:
    try:
        cells = read_cells(content)
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not UTF-8; expected a notebook; save it again as UTF-8") from None
    except ValueError as error:
        raise ValueError(f"{path} {error}") from None
    source = Source(path, [], notes=[], kernel3=is_python3_kernel(content))
    pieces = [piece for cell in cells if (piece := _read_cell(source, cell, wanted))]
    return replace(source, pieces=pieces)


def _read_cell(source: Source, cell: Cell, wanted: Iterable[str]) -> Piece | None:
    text = python_of(cell.source)
    if text is None:
        if is_python_by_name(cell.source):
            source.notes.append(f"{source.path}: cell {cell.number} skipped: {cell.source.split()[0][:40]}")
        return None
    label, where = f"{source.path}[{cell.number}]", f"{source.path}, cell {cell.number}, "
    try:
        body = definitions_only(_parse_any(text, label, source.changes), wanted)
    except Unparsable as error:
        place = f" ({error.place.strip()})" if error.place else ""
        source.notes.append(f"{source.path}: cell {cell.number} skipped: {error.reason}{place}")
        source.mentioned.update(_mentions(text.encode("utf-8", "replace"), wanted, source.notes[-1]))
        return None
    return Piece(label, where, text, body)


class Unparsable(Exception):
    """Python that does not parse: `reason` and, where it is known, `place` (" line 12")."""

    def __init__(self, reason: str, place: str = "") -> None:
        super().__init__(reason, place)
        self.reason = reason
        self.place = place


def parse(text: bytes | str, label: str) -> list[ast.stmt]:
    """Parse Python, coding cookies included. Raises `Unparsable`."""
    try:
        return ast.parse(text, label).body
    except SyntaxError as error:
        raise Unparsable(*_syntax(error, text)) from None
    except (RecursionError, MemoryError):
        raise Unparsable("it is nested too deeply to be parsed") from None
    except ValueError as error:
        raise Unparsable(str(error)[:100]) from None


def _syntax(error: SyntaxError, text: bytes | str) -> tuple[str, str]:
    if isinstance(text, bytes) and b"codec can't decode" in str(error.msg).encode("utf-8", "replace"):
        return "it is not UTF-8; expected UTF-8 or a coding cookie; save it again as UTF-8", _undecodable(text)
    return str(error.msg or "invalid syntax")[:200], f" line {error.lineno}" if error.lineno else ""


def _undecodable(text: bytes) -> str:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        return f" line {text.count(10, 0, error.start) + 1}"
    return ""


def _mentions(content: bytes, wanted: Iterable[str], reason: str) -> dict[str, str]:
    """Which wanted functions an unreadable text seems to define; it may be UTF-16, or JSON that is cut short."""
    flat = content.replace(b"\0", b"")
    return {name: reason for name in wanted if re.search(_heading(name), flat)}


def _heading(name: str) -> bytes:
    """How the definition of a function, or of the class of a method, begins."""
    head, _, method = name.partition(".")
    return rb"\b%s[ \t]+%s\b" % (b"class" if method else b"def", re.escape(head.encode()))
