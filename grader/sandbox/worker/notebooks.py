"""From the bytes of a notebook to the cells that may hold definitions.

nbformat reads and upgrades what it accepts (versions 3 and 4); what it refuses, often for a missing field that does
not matter here, is read as plain JSON. Outputs are ignored.
"""

from __future__ import annotations

import ast
import json
import logging
import re
import warnings
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

_SHELL = re.compile(r"^(\s*)(%time\s+|%timeit\s+|[%!?])(.*)$")
_HELP = re.compile(r"^(\s*)[\w.]+\?{1,2}\s*$")
_TAKEN = re.compile(r"^(\s*[\w.]+(?:\s*,\s*[\w.]+)*\s*=)\s*[!%]\s*[A-Za-z].*$")
_WRITTEN = re.compile(r"%%(?:writefile|file)\s+(?:-a\s+)?\S+\.py\s*$")
_KERNEL = re.compile(rb'"name"\s*:\s*"python3"|"version"\s*:\s*"3\.|"display_name"\s*:\s*"Python 3')
_TRANSPARENT = ("%%time", "%%timeit", "%%capture")
_OTHER_LANGUAGES = ("%%bash", "%%sh", "%%html", "%%javascript", "%%js", "%%latex", "%%markdown", "%%svg", "%%script")


class Cell(NamedTuple):
    """One code cell; `number` counts all cells of the notebook from 1."""

    number: int
    source: str


def read_cells(content: bytes) -> list[Cell]:
    """Return the code cells. Raises ValueError, in one line, for what is no notebook."""
    text = content.decode("utf-8-sig")
    return list(_code_cells(_with_nbformat(text) or _as_json(text)))


def _with_nbformat(text: str) -> list[Any] | None:
    logging.disable(logging.CRITICAL)  # its complaints about missing fields would pass for the student's output
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from nbformat import convert, reader

            # Not `nbformat.reads`: its validation only logs, and compiling the schemas takes longer than all the rest.
            return list(convert(reader.reads(text), 4)["cells"])  # type: ignore[no-untyped-call]
    except Exception:  # four kinds were seen, AttributeError and RecursionError among them
        return None
    finally:
        logging.disable(logging.NOTSET)


def _as_json(text: str) -> list[Any]:
    try:
        book = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"is no notebook ({_reason(error)}); expected JSON with cells") from None
    cells = book.get("cells", book.get("worksheets")) if isinstance(book, dict) else None
    if not isinstance(cells, list):
        raise ValueError("is no notebook; expected JSON with cells")
    if "cells" not in book:  # version 3 keeps its cells in worksheets
        return [cell for sheet in cells if isinstance(sheet, dict) for cell in _as_list(sheet.get("cells"))]
    return cells


def _reason(error: Exception) -> str:
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)[:100]


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _code_cells(cells: Iterable[Any]) -> Iterator[Cell]:
    for number, cell in enumerate(cells, 1):
        if not isinstance(cell, dict) or cell.get("cell_type") != "code":
            continue
        source = cell.get("source", cell.get("input", ""))  # `input` in version 3
        if isinstance(source, list) and all(isinstance(line, str) for line in source):
            source = "".join(source)
        if isinstance(source, str):
            yield Cell(number, source)


def is_python3_kernel(content: bytes) -> bool:
    """Whether a notebook names a kernel of Python 3; quotation marks within its cells are escaped, and do not count."""
    return bool(_KERNEL.search(content))


def python_of(source: str) -> str | None:
    """Return a cell's Python, line for line; None for a cell that is written in something else.

    Lines of the notebook's own language (`%magic`, `!shell`, `?help`) become `pass`; `%time statement` keeps the
    statement, `x = !shell` keeps the name; `%%time`, `%%timeit`, `%%capture`, `%%writefile some.py` keep their cell.
    """
    head = next((line.split() for line in source.splitlines() if line.strip()), [""])[0]
    if head in _TRANSPARENT or _is_file(source):
        source = re.sub(r"^\s*%%.*", lambda match: "\n" * match.group().count("\n"), source, count=1)
    elif head.startswith("%%"):
        return None
    try:
        ast.parse(source)
    except Exception:  # a line that begins with % may be the second half of a remainder: only what fails is edited
        return without_magics(source)
    return source


def _is_file(source: str) -> bool:
    """Whether a cell is written to a file of Python: what it defines is there for whoever imports that file."""
    return bool(_WRITTEN.match(source.lstrip().partition("\n")[0]))


def without_magics(source: str) -> str:
    """Return a text whose lines of the notebook's own language do nothing."""
    return "\n".join(map(_without_magic, source.splitlines()))


def is_python_by_name(source: str) -> bool:
    """Whether a skipped cell deserves a word: one in another language does not."""
    return not source.lstrip().startswith(_OTHER_LANGUAGES)


def _without_magic(line: str) -> str:
    match = _SHELL.match(line)
    if match is None:
        return _TAKEN.sub(r"\1 None", _HELP.sub(r"\1pass", line))
    indent, mark, rest = match.groups()
    return indent + (rest if mark.startswith("%time") else "pass")


def definitions_only(body: list[ast.stmt], wanted: Iterable[str]) -> list[ast.stmt]:
    """Keep imports, functions, classes and quiet assignments: a notebook's plots, loops and asserts do not run."""
    names = frozenset(wanted)
    return [statement for statement in body if _keeps(statement, names)]


def _keeps(statement: ast.stmt, wanted: frozenset[str]) -> bool:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom):
        return True
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        if any(isinstance(target, ast.Name) and target.id in wanted for target in targets):
            return True
        return statement.value is not None and all(map(_is_name, targets)) and _is_quiet(statement.value)
    if isinstance(statement, ast.If):
        return all(_keeps(inner, wanted) for inner in statement.body + statement.orelse)
    if isinstance(statement, ast.Try):
        parts = [*statement.body, *statement.orelse, *statement.finalbody]
        parts += [inner for handler in statement.handlers for inner in handler.body]
        return all(isinstance(inner, ast.Pass) or _keeps(inner, wanted) for inner in parts)
    return False


def _is_name(target: ast.expr) -> bool:
    if isinstance(target, ast.Tuple):
        return all(map(_is_name, target.elts))
    return isinstance(target, ast.Name)


def _is_quiet(value: ast.expr) -> bool:
    """Whether an expression calls nothing, but for `Class().method`."""
    if isinstance(value, ast.Lambda):
        return True
    if isinstance(value, ast.Attribute) and isinstance(value.value, ast.Call):
        made = value.value
        return isinstance(made.func, ast.Name) and not made.args and not made.keywords
    if isinstance(value, ast.Call | ast.Await | ast.Yield | ast.YieldFrom):
        return False
    return all(_is_quiet(part) for part in ast.iter_child_nodes(value) if isinstance(part, ast.expr))
