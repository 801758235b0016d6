"""Is a definition still the stub that was handed out, where stubs begin with zeros or with what they were given?

Courses write `dW = np.zeros_like(W)`, `loss, grads = 0.0, {}` or `next_w = None` above the place for the student's work
and `return` below it. Whoever returns that has done nothing yet.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from .stubs import Function, assigned_pairs, own_nodes

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_FRESH = frozenset({"zeros", "zeros_like", "empty", "empty_like"})
_COMPUTED, _GIVEN, _NOTHING = "computed", "given", "nothing"


def is_beginning(function: Function, filled: Collection[int]) -> bool:
    """Whether a function hands back what its stub began with: None, zeros, empty containers, its own arguments.

    It is one where something of what it returns is None, or a fresh zero, array or container that nothing is ever done
    with, and everything else is such a thing too, or an argument, or stands in a place that the stub itself fills in.
    """
    try:
        return _Beginning(function, frozenset(filled)).holds()
    except RecursionError:
        return False


class _Beginning:
    """What the names of one function stand for: nothing yet, what was handed in, or something computed."""

    def __init__(self, function: Function, filled: frozenset[int]) -> None:
        self._nodes = [node for statement in function.body for node in own_nodes(statement)]
        self._filled = filled
        self._given = {arg.arg for arg in ast.walk(function.args) if isinstance(arg, ast.arg)}
        self._bound: dict[str, list[ast.expr | None]] = {}
        self._used: set[str] = set()
        self._changed: set[str] = set()
        self._handed: set[str] = set()
        passing = {id(name) for node in self._nodes for name in _passed_on(node)}
        for node in self._nodes:
            self._note(node, passing)
        self._follow_aliases()

    def _note(self, node: ast.AST, passing: set[int]) -> None:
        """Collect what names are bound to, which are used for anything but being handed on, and which are changed."""
        if isinstance(node, ast.Assign):
            for target in node.targets:
                for name, value in assigned_pairs(target, node.value):
                    self._bound.setdefault(name, []).append(value)
        elif isinstance(node, ast.AugAssign | ast.For | ast.comprehension | ast.NamedExpr):
            self._changed |= _names(node.target)
        elif _writes_into(node):
            self._changed |= _names(node.value)  # type: ignore[attr-defined]
        elif isinstance(node, ast.Call):
            self._handed |= {arg.id for arg in node.args if isinstance(arg, ast.Name)}
        elif isinstance(node, _SCOPES):  # what an inner function does with it is not followed
            self._used |= _names(node)
            self._changed |= _names(node)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in passing:
            self._used.add(node.id)

    def _follow_aliases(self) -> None:
        """What is done with `g` after `g = dW` is done with `dW`."""
        for _ in self._bound:
            for name in self._bound.keys() & (self._used | self._changed):
                self._used |= {value.id for value in self._bound[name] if isinstance(value, ast.Name)}

    def holds(self) -> bool:
        """Whether every `return` gives back what was there from the beginning."""
        returned = [node.value for node in self._nodes if isinstance(node, ast.Return)]
        return bool(returned) and all(map(self._is_untouched, returned))

    def _is_untouched(self, value: ast.expr | None) -> bool:
        parts = value.elts if isinstance(value, ast.Tuple) else [value]
        kinds = [_GIVEN if place in self._filled else self._kind(part, ()) for place, part in enumerate(parts)]
        return _NOTHING in kinds and _COMPUTED not in kinds

    def _kind(self, value: ast.expr | None, seen: tuple[str, ...]) -> str:
        if _is_empty(value):
            return _NOTHING
        if isinstance(value, ast.Name):
            return self._kind_of_name(value.id, seen)
        if isinstance(value, ast.Tuple):
            return _COMPUTED if _COMPUTED in [self._kind(part, seen) for part in value.elts] else _GIVEN
        return self._kind_of_method(value, seen)

    def _kind_of_name(self, name: str, seen: tuple[str, ...]) -> str:
        if name in self._changed:
            return _COMPUTED
        if name in seen or name in self._given:
            return _GIVEN
        if name not in self._bound or name in self._used:
            return _COMPUTED
        if any(isinstance(value, ast.Name) and value.id in self._handed for value in self._bound[name]):
            return _COMPUTED  # an argument that a function was given first, which may have written into it
        kinds = [self._kind(value, (*seen, name)) for value in self._bound[name]]
        return _COMPUTED if _COMPUTED in kinds else _NOTHING if _NOTHING in kinds else _GIVEN

    def _kind_of_method(self, value: ast.expr | None, seen: tuple[str, ...]) -> str:
        """`out.astype(…)` is what `out` is."""
        method = value.func if isinstance(value, ast.Call) else None
        if isinstance(method, ast.Attribute) and method.attr == "astype" and isinstance(method.value, ast.Name):
            return self._kind_of_name(method.value.id, seen)
        return _COMPUTED


def _passed_on(node: ast.AST) -> Iterator[ast.Name]:
    """The names that a statement only hands on: returned, bound to another name, put in a tuple, cast."""
    value = node.value if isinstance(node, ast.Return | ast.Assign) else None
    for part in value.elts if isinstance(value, ast.Tuple) else [value]:
        cast = part.func if isinstance(part, ast.Call) else None
        name = cast.value if isinstance(cast, ast.Attribute) and cast.attr == "astype" else part
        if isinstance(name, ast.Name):
            yield name


def _writes_into(node: ast.AST) -> bool:
    """Whether a node is the target `x[…] = `, with no text for a key, or `out=x`."""
    if isinstance(node, ast.Subscript):
        return isinstance(node.ctx, ast.Store) and not _is_key(node.slice)
    return isinstance(node, ast.keyword) and node.arg == "out"


def _names(node: ast.AST) -> set[str]:
    return {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}


def _is_key(place: ast.expr) -> bool:
    return isinstance(place, ast.Constant) and isinstance(place.value, str)


def _is_empty(value: ast.expr | None) -> bool:
    """Whether an expression is None or a zero, or makes an empty container or an array of zeros."""
    if value is None or isinstance(value, ast.Constant):
        return value is None or value.value is None or (type(value.value) in (int, float) and value.value == 0)
    if isinstance(value, ast.Dict):
        return not value.keys
    if isinstance(value, ast.List):
        return not value.elts
    if isinstance(value, ast.Call):
        called = value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")
        return called in _FRESH or (called == "dict" and not value.args and not value.keywords)
    return False
