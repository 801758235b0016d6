"""The source of one function of the reference, and edits of it that leave the rest of its text as it is."""

from __future__ import annotations

import ast
import difflib
import inspect
import linecache
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Parents = dict[ast.AST, ast.AST]

CONTEXT = 3
"""Lines of a diff around what is changed."""


class NoSource(Exception):
    """A function that cannot be mutated: it has no source of its own, or lives in another function."""


@dataclass(frozen=True, eq=False)
class Source:
    """A function's text, moved to the left margin; `first` is its line in `path`, `indent` what it was moved by."""

    name: str
    path: str
    first: int
    indent: int
    text: str

    @cached_property
    def function(self) -> ast.FunctionDef:
        (node,) = ast.parse(self.text).body
        assert isinstance(node, ast.FunctionDef)
        return node

    @cached_property
    def parents(self) -> Parents:
        return {child: node for node in ast.walk(self.function) for child in ast.iter_child_nodes(node)}

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """What may be edited: the body, without its docstring, errors, messages, annotations and nested names."""
        body = self.function.body
        first = 1 if ast.get_docstring(self.function) is not None else 0
        return tuple(node for statement in body[first:] for node in _editable(statement))

    def edited(self, texts: Mapping[ast.AST, str]) -> str:
        """The function with the texts of some nodes replaced, none of which may lie in another."""
        text = self.text
        for node in sorted(texts, key=self._span, reverse=True):
            start, end = self._span(node)
            text = text[:start] + texts[node] + text[end:]
        return text

    def bracketed(self, node: ast.AST) -> bool:
        """Whether a node stands between brackets of its own."""
        start, end = self._span(node)
        return self.text[start - 1 : start] == "(" and self.text[end : end + 1] == ")"

    def _span(self, node: ast.AST) -> tuple[int, int]:
        assert isinstance(node, ast.expr | ast.stmt)
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._offset(node.lineno, node.col_offset), self._offset(node.end_lineno, node.end_col_offset)

    def _offset(self, line: int, column: int) -> int:
        """Python counts columns in bytes of UTF-8."""
        lines = self.text.splitlines(keepends=True)
        return sum(map(len, lines[: line - 1])) + len(lines[line - 1].encode()[:column].decode())

    def diff(self, text: str) -> str:
        """A unified diff of the function against an edited text, with the line numbers of its file."""
        before = linecache.getlines(self.path)
        count = len(self.text.splitlines())
        margin = " " * self.indent
        after = [f"{margin}{line}\n" if line else "\n" for line in text.splitlines()]
        changed = before[: self.first - 1] + after + before[self.first - 1 + count :]
        name = "/".join(self.path.replace("\\", "/").split("/")[-2:])
        return "".join(difflib.unified_diff(before, changed, name, f"{name} (mutant)", n=CONTEXT))


def source_of(function: Callable[..., Any]) -> Source:
    """Read a function's source. Raises `NoSource` in one line."""
    name = getattr(function, "__name__", repr(function))
    try:
        lines, first = inspect.getsourcelines(function)
        path = inspect.getsourcefile(function) or ""
    except (OSError, TypeError):
        raise NoSource(f"{name} has no source; it cannot be mutated") from None
    text = textwrap.dedent("".join(lines))
    if getattr(function, "__closure__", None) or not _is_plain(text):
        raise NoSource(f"{name} is no function of its own (`def` at the top, no closure); it cannot be mutated")
    return Source(name, path, first, len(lines[0]) - len(lines[0].lstrip()), text)


def _is_plain(text: str) -> bool:
    try:
        body = ast.parse(text).body
    except SyntaxError:
        return False
    return len(body) == 1 and isinstance(body[0], ast.FunctionDef) and not body[0].decorator_list


def _editable(node: ast.AST) -> Iterator[ast.AST]:
    """Messages and errors are never judged; `strict` of a zip says nothing about a gradient."""
    if isinstance(node, ast.Raise | ast.Assert | ast.JoinedStr):
        return
    if isinstance(node, ast.keyword) and node.arg == "strict":
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _editable(child)
