"""Gives code that was written for Python 2 the meaning that it had there, where Python 3 computes something else.

Whole numbers divide to whole numbers; `map`, `zip` and `d.keys()` return lists.
"""

from __future__ import annotations

import ast
from collections.abc import Collection

from .dialect import Change
from .python2 import divided, divided_exactly, divided_in_place, divided_size
from .renaming import bound_names

DIVISION = "the division of whole numbers of Python 2"
GLOBALS = {
    "__divided__": divided,
    "__divided_in_place__": divided_in_place,
    "__exactly__": divided_exactly,
    "__size__": divided_size,
}
"""What rewritten code calls; nobody else's names begin and end like these."""

_LISTS = frozenset({"map", "zip", "filter", "range"})
_VIEWS = frozenset({"keys", "values", "items"})


def as_python2(body: list[ast.stmt]) -> list[Change]:
    """Rewrite a body, in place, so that it means what it meant in Python 2."""
    meanings = _Meanings(frozenset(bound_names(body)))
    ast.fix_missing_locations(meanings.visit(ast.Module(body, [])))
    return meanings.changes


class _Meanings(ast.NodeTransformer):
    """Division and lists, as Python 2 understood them."""

    def __init__(self, bound: Collection[str]) -> None:
        self.changes: list[Change] = []
        self._bound = bound

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.op, ast.Div) or is_real(node.left) or is_real(node.right):
            return node
        self._say(DIVISION, node)
        return ast.copy_location(call("__divided__", node.left, node.right), node)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.op, ast.Div) or is_real(node.value):
            return node
        self._say(DIVISION, node)
        read = ast.copy_location(_read(node.target), node)
        value = call("__divided_in_place__", read, node.value)
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
        return ast.copy_location(call("list", node), node)

    def _say(self, what: str, node: ast.expr | ast.stmt) -> None:
        self.changes.append((what, node.lineno))


def call(name: str, *args: ast.expr) -> ast.expr:
    """Return the call of a function by its name."""
    return ast.Call(ast.Name(name, ast.Load()), list(args), [])


def is_real(node: ast.expr) -> bool:
    """Whether a number is written with a point, so that nothing divides it to a whole one."""
    return isinstance(node, ast.Constant) and isinstance(node.value, float)


def _read(target: ast.Name | ast.Attribute | ast.Subscript) -> ast.expr:
    """The same place, to be read."""
    if isinstance(target, ast.Name):
        return ast.Name(target.id, ast.Load())
    if isinstance(target, ast.Attribute):
        return ast.Attribute(target.value, target.attr, ast.Load())
    return ast.Subscript(target.value, target.slice, ast.Load())
