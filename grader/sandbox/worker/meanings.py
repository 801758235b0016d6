"""Gives code that was written for Python 2 the meaning that it had there, where Python 3 computes something else.

Whole numbers divide to whole numbers; `map`, `zip` and `d.keys()` return lists.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from .dialect import Change
from .python2 import divided, divided_in_place
from .renaming import bound_names

DIVISION = "the division of whole numbers of Python 2"
GLOBALS = {"__divided__": divided, "__divided_in_place__": divided_in_place}
"""What rewritten code calls; nobody else's names begin and end like these."""

_LISTS = frozenset({"map", "zip", "filter", "range"})
_VIEWS = frozenset({"keys", "values", "items"})
_SIZES: dict[str, tuple[int, int | None]] = {
    **dict.fromkeys(("range", "xrange", "reshape", "randn", "rand"), (0, None)),
    **dict.fromkeys(("zeros", "ones", "empty", "full", "random"), (0, 1)),
    **dict.fromkeys(("normal", "uniform"), (2, 3)),
}
"""Functions, and which of their arguments are sizes, from … to before …."""
_NEAR = 200
"""Characters after the bracket of a call in which its sizes are looked for."""

_CALL = re.compile(rf"\b(?:{'|'.join(_SIZES)})\s*\(")
_SLASH = re.compile(r"[^/\s] ?/ ?[^/=\s]")
_NAME = re.compile(r"[^\W\d]\w*")


def as_python2(body: list[ast.stmt]) -> list[Change]:
    """Rewrite a body, in place, so that it means what it meant in Python 2."""
    meanings = _Meanings(frozenset(bound_names(body)))
    ast.fix_missing_locations(meanings.visit(ast.Module(body, [])))
    return meanings.changes


def with_whole_sizes(body: list[ast.stmt], text: str) -> list[Change]:
    """Rewrite, in place, quotients that are used as sizes: no Python 3 takes a fraction there, so they were whole.

    A quotient counts as one where it stands in `range(…)` or in the shape of a new array, or its name does.
    """
    if not _may_have_sizes(text):
        return []
    every = [node for statement in body for node in ast.walk(statement)]
    return [change for node in every if isinstance(node, ast.FunctionDef) for change in _with_whole_sizes(node)]


def _may_have_sizes(text: str) -> bool:
    """Look at the text alone, which costs little: is there a quotient, or a name that is one, near a size?"""
    near = " ".join(_up_to_bracket(text[match.end() : match.end() + _NEAR]) for match in _CALL.finditer(text))
    lines = (line.partition("=") for line in text.splitlines() if "/" in line)
    quotients = {name for target, equals, value in lines if equals and "/" in value for name in _NAME.findall(target)}
    return bool(_SLASH.search(near)) or any(name in quotients for name in _NAME.findall(near))


def _up_to_bracket(text: str) -> str:
    """Cut a text where the bracket closes that was open before it."""
    depth = 1
    for match in re.finditer(r"[()]", text):
        depth += 1 if match.group() == "(" else -1
        if depth == 0:
            return text[: match.start()]
    return text


def _with_whole_sizes(function: ast.FunctionDef) -> list[Change]:
    nodes, floors = list(ast.walk(function)), _Floors()
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    for place in [place for call in calls for place in _size_places(call)]:
        place.replace(floors)
    sizes = {name for call in calls for name in _sizes(call)}
    for node in nodes:
        if isinstance(node, ast.Assign) and sizes & {name for target in node.targets for name in _names(target)}:
            node.value = floors.visit(node.value)
    if floors.changes:
        ast.fix_missing_locations(function)
    return floors.changes


class _Place(NamedTuple):
    """Where a size stands: an entry of a list of arguments, or the value of a keyword."""

    args: list[ast.expr] | None
    at: int
    keyword: ast.keyword | None

    @property
    def value(self) -> ast.expr:
        return self.keyword.value if self.keyword is not None else (self.args or [])[self.at]

    def replace(self, floors: _Floors) -> None:
        """Rewrite the quotients in it."""
        if self.keyword is not None:
            self.keyword.value = floors.visit(self.keyword.value)
        elif self.args is not None:
            self.args[self.at] = floors.visit(self.args[self.at])


def _size_places(call: ast.Call) -> Iterator[_Place]:
    called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if called in _SIZES:
        start, stop = _SIZES[called]
        for index in range(len(call.args))[start:stop]:
            yield _Place(call.args, index, None)
        for keyword in call.keywords:
            if keyword.arg in ("shape", "size"):
                yield _Place(None, 0, keyword)


def _sizes(call: ast.Call) -> Iterator[str]:
    """The names that are sizes themselves: alone, in a tuple, or in a sum or product."""
    for place in _size_places(call):
        yield from _sizes_in(place.value)


def _sizes_in(arg: ast.expr) -> Iterator[str]:
    if isinstance(arg, ast.Name):
        yield arg.id
    elif isinstance(arg, ast.Tuple | ast.List):
        yield from (name for part in arg.elts for name in _sizes_in(part))
    elif isinstance(arg, ast.BinOp):
        yield from (*_sizes_in(arg.left), *_sizes_in(arg.right))


def _names(target: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(target) if isinstance(node, ast.Name)}


class _Floors(ast.NodeTransformer):
    """Quotients of whole numbers, outside of calls."""

    def __init__(self) -> None:
        self.changes: list[Change] = []

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.op, ast.Div) or _is_real(node.left) or _is_real(node.right):
            return node
        self.changes.append((DIVISION, node.lineno))
        return ast.copy_location(_call("__divided__", node.left, node.right), node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """`int(…)` and other functions make of a quotient what they like."""
        return node


class _Meanings(ast.NodeTransformer):
    """Division and lists, as Python 2 understood them."""

    def __init__(self, bound: Collection[str]) -> None:
        self.changes: list[Change] = []
        self._bound = bound

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.op, ast.Div) or _is_real(node.left) or _is_real(node.right):
            return node
        self._say(DIVISION, node)
        return ast.copy_location(_call("__divided__", node.left, node.right), node)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.op, ast.Div) or _is_real(node.value):
            return node
        self._say(DIVISION, node)
        read = ast.copy_location(_read(node.target), node)
        value = _call("__divided_in_place__", read, node.value)
        return ast.copy_location(ast.Assign([node.target], ast.copy_location(value, node)), node)

    def visit_For(self, node: ast.For) -> ast.AST:
        """What a loop runs over need not be a list."""
        kept, node.iter = node.iter, ast.copy_location(ast.Constant(None), node.iter)
        self.generic_visit(node)
        if isinstance(kept, ast.Call):
            kept.args = [self.visit(arg) for arg in kept.args]
            node.iter = kept
        else:
            node.iter = self.visit(kept)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        view = isinstance(node.func, ast.Attribute) and node.func.attr in _VIEWS and not node.args
        if not view and (name not in _LISTS or name in self._bound):
            return node
        return ast.copy_location(_call("list", node), node)

    def _say(self, what: str, node: ast.expr | ast.stmt) -> None:
        self.changes.append((what, node.lineno))


def _call(name: str, *args: ast.expr) -> ast.expr:
    return ast.Call(ast.Name(name, ast.Load()), list(args), [])


def _is_real(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, float)


def _read(target: ast.Name | ast.Attribute | ast.Subscript) -> ast.expr:
    """The same place, to be read."""
    if isinstance(target, ast.Name):
        return ast.Name(target.id, ast.Load())
    if isinstance(target, ast.Attribute):
        return ast.Attribute(target.value, target.attr, ast.Load())
    return ast.Subscript(target.value, target.slice, ast.Load())
