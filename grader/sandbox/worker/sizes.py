"""Quotients that are used as sizes, in a file that says nothing of Python 2: no Python 3 takes a fraction there.

A quotient is one where it stands in `range(…)`, in the shape of a new array or in an index, or where its name does. A
name that anything else binds too, such as `n = int(n)` or a loop, is left alone, as is every array.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from .dialect import Change
from .meanings import DIVISION, call, is_real

_SIZES: dict[str, tuple[int, int | None]] = {
    **dict.fromkeys(("range", "xrange", "reshape", "randn", "rand"), (0, None)),
    **dict.fromkeys(("zeros", "ones", "empty", "full", "random"), (0, 1)),
    **dict.fromkeys(("normal", "uniform"), (2, 3)),
    "pad": (1, 2),
}
"""Functions, and which of their arguments are sizes, from … to before …."""
_NEAR = 200
"""Characters after the bracket of a call in which its sizes are looked for."""

_CALL = re.compile(rf"\b(?:{'|'.join(_SIZES)})\s*\(")
_INDEX = re.compile(r"\[([^\[\]\n]*)\]")
_SLASH = re.compile(r"[^/\s] ?/ ?[^/=\s]")
_SETTING = re.compile(r"['\"]\s*(?::|\]\s*=)[^,\n]*[^/]/[^/]")
_NAME = re.compile(r"[^\W\d]\w*")


def with_whole_sizes(body: list[ast.stmt], text: str) -> list[Change]:
    """Rewrite quotients that are used as sizes, in place."""
    sizes, settings = _may_have_sizes(text), _SETTING.search(text)
    if not sizes and not settings:
        return []
    every = [node for statement in body for node in ast.walk(statement)]
    functions = [node for node in every if isinstance(node, ast.FunctionDef)]
    changes = [change for node in functions for change in _with_whole_sizes(node)] if sizes else []
    for place in [place for node in functions for place in _setting_places(node)] if settings else []:
        # A setting may be a size in another file. Whole or not, it is the same number: nothing to tell.
        place.replace(_Quotients("__exactly__"))
    return changes


def _may_have_sizes(text: str) -> bool:
    """Look at the text alone, which costs little: is there a quotient, or a name that is one, near a size?"""
    near = " ".join(_up_to_bracket(text[match.end() : match.end() + _NEAR]) for match in _CALL.finditer(text))
    near += " ".join(_INDEX.findall(text))
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
    nodes, floors = list(ast.walk(function)), _Quotients("__size__")
    places = [place for node in nodes for place in _size_places(node)]
    for place in places:
        place.replace(floors)
    sizes = {name for place in places if place.takes_names for name in _sizes_in(place.value)} - _otherwise_bound(nodes)
    for node in nodes:
        if isinstance(node, ast.Assign) and sizes & {name for target in node.targets for name in _names(target)}:
            node.value = floors.visit(node.value)
    return floors.changes


def _otherwise_bound(nodes: list[ast.AST]) -> set[str]:
    """The names that loops bind, or the result of a call: `n = int(n)` has been made whole by its author."""
    loops = (node.target for node in nodes if isinstance(node, ast.For | ast.comprehension))
    results = (target for node in nodes if isinstance(node, ast.Assign) for target in _results(node))
    return {name for target in (*loops, *results) for name in _names(target)}


def _results(node: ast.Assign) -> Iterator[ast.expr]:
    """The targets that are given the result of a call, pair by pair where both sides are tuples."""
    for target in node.targets:
        pairs = [(target, node.value)]
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            pairs = list(zip(target.elts, node.value.elts, strict=False))
        yield from (one for one, value in pairs if isinstance(value, ast.Call))


class _Place(NamedTuple):
    """Where a size stands: a field of a node, or an entry of it; `takes_names` if a name there is a size, too."""

    owner: Any
    field: str
    at: int | None = None
    takes_names: bool = True

    @property
    def value(self) -> ast.expr:
        found = getattr(self.owner, self.field)
        return found if self.at is None else found[self.at]  # type: ignore[no-any-return]

    def replace(self, quotients: _Quotients) -> None:
        """Rewrite the quotients in it."""
        rewritten = quotients.visit(self.value)
        if self.at is None:
            setattr(self.owner, self.field, rewritten)
        else:
            getattr(self.owner, self.field)[self.at] = rewritten


def _size_places(node: ast.AST) -> Iterator[_Place]:
    if isinstance(node, ast.Call):
        yield from _in_call(node)
    elif isinstance(node, ast.Slice):
        yield from (_Place(node, bound) for bound in ("lower", "upper") if getattr(node, bound) is not None)
    elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple):
        yield from (_Place(node.slice, "elts", at) for at, part in enumerate(node.slice.elts) if _is_scalar(part))
    elif isinstance(node, ast.Subscript) and _is_scalar(node.slice):
        yield _Place(node, "slice", takes_names=False)  # a name alone may be the key of a dictionary


def _is_scalar(index: ast.expr) -> bool:
    return not isinstance(index, ast.Slice)


def _in_call(node: ast.Call) -> Iterator[_Place]:
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if called in _SIZES:
        start, stop = _SIZES[called]
        if called == "reshape" and _is_of_numpy(node.func):
            start = 1  # the array comes first
        yield from (_Place(node, "args", at) for at in range(len(node.args))[start:stop])
        yield from (_Place(keyword, "value") for keyword in node.keywords if keyword.arg in ("shape", "size"))


def _is_of_numpy(function: ast.expr) -> bool:
    return not isinstance(function, ast.Attribute) or getattr(function.value, "id", "") in ("np", "numpy")


def _setting_places(function: ast.FunctionDef) -> Iterator[_Place]:
    """Where a dictionary is given the value of a key that is a text."""
    for node in ast.walk(function):
        if isinstance(node, ast.Dict):
            yield from (_Place(node, "values", at) for at, key in enumerate(node.keys) if _is_text(key))
        elif isinstance(node, ast.Assign) and any(_is_setting(target) for target in node.targets):
            yield _Place(node, "value")


def _is_setting(target: ast.expr) -> bool:
    return isinstance(target, ast.Subscript) and _is_text(target.slice)


def _is_text(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _sizes_in(arg: ast.expr) -> Iterator[str]:
    """The names that are sizes themselves: alone, in a tuple, or in a sum or product."""
    if isinstance(arg, ast.Name):
        yield arg.id
    elif isinstance(arg, ast.Tuple | ast.List):
        yield from (name for part in arg.elts for name in _sizes_in(part))
    elif isinstance(arg, ast.BinOp):
        yield from (*_sizes_in(arg.left), *_sizes_in(arg.right))


def _names(target: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(target) if isinstance(node, ast.Name)}


class _Quotients(ast.NodeTransformer):
    """Gives quotients, outside of calls, to a function of ours."""

    def __init__(self, function: str) -> None:
        self.changes: list[Change] = []
        self._function = function

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.op, ast.Div) or is_real(node.left) or is_real(node.right):
            return node
        self.changes.append((DIVISION, node.lineno))
        made = ast.copy_location(call(self._function, node.left, node.right), node)
        return ast.fix_missing_locations(made)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """`int(…)` and other functions make of a quotient what they like."""
        return node
