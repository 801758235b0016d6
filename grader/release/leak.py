"""Proof that no answer is in the template: the marked lines of the reference are looked for in every file of it.

White space does not count, so that another indentation, a broken line or a spread-out formula hides nothing. JSON is
searched decoded as well: a line with quotes is spelt differently in a notebook.
"""

from __future__ import annotations

import ast
import io
import json
import tokenize
from collections.abc import Iterator, Mapping
from typing import Any

from grader.release.markers import solutions

LEAST = 12
"""Characters, white space apart, from which on a line can be recognised."""


def leaks(files: Mapping[str, str], references: Mapping[str, str]) -> list[str]:
    """Look for answers and broken stubs in generated `files`; `references` maps paths of the reference to sources.

    One line is returned for each: `<file> holds line <n> of <reference>: <the line>`, or what is wrong with a stub.
    """
    searched = {path: _squeezed("\n".join(_texts(path, text))) for path, text in files.items()}
    found = [
        f"{path} holds line {number} of {source}: {line}"
        for source, text in references.items()
        for number, line in marked_lines(source, text)
        for path, squeezed in searched.items()
        if any(piece in squeezed for piece in _pieces(line))
    ]
    return found + [fault for path, text in files.items() for fault in broken_stubs(path, text)]


def marked_lines(path: str, source: str) -> Iterator[tuple[int, str]]:
    """Every line between markers, stripped, with its number."""
    lines = source.splitlines()
    for region in solutions(path, source):
        for number in range(region.begin + 1, region.end):
            yield number, lines[number - 1].strip()


def _pieces(line: str) -> set[str]:
    """What gives a line away: all of it, its code without a comment, a comment that is a line of its own."""
    code = _without_comment(line)
    pieces = {_squeezed(line), _squeezed(code), _squeezed(line.lstrip("# ") if not code else line)}
    return {piece for piece in pieces if len(piece) >= LEAST}


def _without_comment(line: str) -> str:
    try:
        for token in tokenize.generate_tokens(io.StringIO(line).readline):
            if token.type == tokenize.COMMENT:
                return line[: token.start[1]].strip()
    except (tokenize.TokenError, SyntaxError):
        pass  # one line of a longer statement
    return line


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _texts(path: str, text: str) -> Iterator[str]:
    """A file as it is, and every string in it where it is JSON; the lines of a notebook's cell run on."""
    yield text
    if path.endswith((".json", ".ipynb")):
        yield from _strings(json.loads(text))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield "".join(part for part in value if isinstance(part, str))
        for part in value:
            yield from _strings(part)
    elif isinstance(value, dict):
        yield from value
        for part in value.values():
            yield from _strings(part)


def broken_stubs(path: str, text: str) -> list[str]:
    """Say what is wrong with a stub module or the code of a notebook: everything must parse, and every body raise."""
    if path.endswith(".ipynb"):
        cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
        return [fault for cell in cells for fault in _faults(path, "".join(cell["source"]))]
    return _faults(path, text) if path.endswith(".py") else []


def _faults(path: str, source: str) -> list[str]:
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        return [f"{path}:{error.lineno}: {error.msg}; a stub must be Python"]
    return [
        f"{path}:{node.lineno}: {getattr(node, 'name', '')} does more than raise NotImplementedError"
        for node in tree.body
        if not _is_stub(node)
    ]


def _is_stub(node: ast.stmt) -> bool:
    """Whether a function only raises; of a class, one of its methods at least. Nothing else is a stub's to be."""
    if isinstance(node, ast.ClassDef):
        return any(isinstance(part, ast.FunctionDef) and _only_raises(part) for part in node.body)
    return not isinstance(node, ast.FunctionDef) or _only_raises(node)


def _only_raises(node: ast.FunctionDef) -> bool:
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return len(body) == 1 and ast.unparse(body[0]) == "raise NotImplementedError"
