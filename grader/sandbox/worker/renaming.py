"""Gives names and methods that Python 3 or today's numpy has dropped the meaning that they had.

Works on parsed code: `xrange` where nothing defines it, `d.iteritems()`, `np.int`, `string.letters`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np

from .dialect import Change

_NAMES = {
    "xrange": "range",
    "raw_input": "input",
    "unicode": "str",
    "basestring": "str",
    "long": "int",
    "unichr": "chr",
}
_METHODS = {"iteritems": "items", "iterkeys": "keys", "itervalues": "values", "viewitems": "items"}
_MODULES = {"cPickle": "pickle", "Queue": "queue", "StringIO": "io", "cStringIO": "io", "__builtin__": "builtins"}
_ITERATORS = {"izip": "zip", "imap": "map", "ifilter": "filter"}
_ATTRIBUTES = {
    ("string", "letters"): "ascii_letters", ("string", "lowercase"): "ascii_lowercase",
    ("string", "uppercase"): "ascii_uppercase", ("sys", "maxint"): "maxsize", ("time", "clock"): "process_time",
}  # fmt: skip
_BUILTIN = {"int": "int", "float": "float", "bool": "bool", "object": "object", "str": "str", "complex": "complex"}
_NUMPY = {
    "float_": "float64", "complex_": "complex128", "NaN": "nan", "NAN": "nan", "Inf": "inf", "Infinity": "inf",
    "infty": "inf", "PINF": "inf", "product": "prod", "cumproduct": "cumprod", "alltrue": "all", "sometrue": "any",
    "row_stack": "vstack", "in1d": "isin", "trapz": "trapezoid", "round_": "round", "mat": "asmatrix", "rank": "ndim",
    "unicode_": "str_", "string_": "bytes_", "int0": "intp", "uint0": "uintp",
}  # fmt: skip
_NUMPY_NAMES = ("np", "numpy")

_GONE = "|".join([*_NAMES, *_METHODS, *_MODULES, *_ITERATORS, "has_key", "reduce", *(name for _, name in _ATTRIBUTES)])
_GONE_OF_NUMPY = "|".join([*_BUILTIN, *_NUMPY])
_WORTH = re.compile(rf"\b(?:{_GONE})\b|\b(?:np|numpy)\.(?:{_GONE_OF_NUMPY})\b")


@dataclass
class Renamed:
    """What was rewritten in a body, and whether some of it is an import that only Python 2 can make."""

    changes: list[Change] = field(default_factory=list)
    is_python2: bool = False


def rename(body: list[ast.stmt], text: str) -> Renamed:
    """Rewrite dropped names in a body, in place."""
    renamed = Renamed()
    if _WORTH.search(text):
        _Names(renamed, frozenset(bound_names(body))).visit(module := ast.Module(body, []))
        if renamed.changes:
            ast.fix_missing_locations(module)
    return renamed


def bound_names(body: list[ast.stmt]) -> set[str]:
    """Every name that a file binds anywhere: imports, definitions, arguments, targets."""
    names: set[str] = set()
    for node in (node for statement in body for node in ast.walk(statement)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.alias):
            names.add((node.asname or node.name).partition(".")[0])
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
    return names


class _Names(ast.NodeTransformer):
    """Names, attributes and methods that are gone."""

    def __init__(self, renamed: Renamed, bound: Collection[str]) -> None:
        self._renamed, self._bound, self._tried = renamed, bound, False

    def _say(self, what: str, node: ast.expr | ast.stmt, python2: bool = False) -> None:
        self._renamed.changes.append((what, node.lineno))
        self._renamed.is_python2 |= python2 and not self._tried

    def visit_Try(self, node: ast.Try) -> ast.AST:
        """An import that is tried is of code that knows both Pythons."""
        before, self._tried = self._tried, True
        self.generic_visit(node)
        self._tried = before
        return node

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id in _NAMES and node.id not in self._bound:
            self._say(f"{node.id} → {_NAMES[node.id]}", node)
            return ast.copy_location(ast.Name(_NAMES[node.id], node.ctx), node)
        if node.id == "reduce" and "reduce" not in self._bound:
            self._say("reduce → functools.reduce", node)
            return ast.copy_location(_of_module("functools", "reduce"), node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        method = node.func if isinstance(node.func, ast.Attribute) else None
        if method is None or node.keywords or method.attr in self._bound:
            return node
        if method.attr in _METHODS and not node.args:
            self._say(f".{method.attr}() → .{_METHODS[method.attr]}()", node)
            method.attr = _METHODS[method.attr]
        elif method.attr == "has_key" and len(node.args) == 1:
            self._say(".has_key(k) → k in …", node)
            return ast.copy_location(ast.Compare(node.args[0], [ast.In()], [method.value]), node)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.value, ast.Name):
            return node
        head = node.value.id
        if head in _NUMPY_NAMES and not hasattr(np, node.attr):
            return self._numpy(node, head)
        if (head, node.attr) in _ATTRIBUTES:
            new = _ATTRIBUTES[head, node.attr]
            self._say(f"{head}.{node.attr} → {head}.{new}", node)
            node.attr = new
        return node

    def _numpy(self, node: ast.Attribute, head: str) -> ast.AST:
        if node.attr in _BUILTIN:
            self._say(f"{head}.{node.attr} → {_BUILTIN[node.attr]}", node)
            return ast.copy_location(ast.Name(_BUILTIN[node.attr], node.ctx), node)
        if node.attr in _NUMPY:
            self._say(f"{head}.{node.attr} → {head}.{_NUMPY[node.attr]}", node)
            node.attr = _NUMPY[node.attr]
        return node

    def visit_Import(self, node: ast.Import) -> ast.AST:
        for alias in node.names:
            if alias.name in _MODULES:
                self._say(f"import {alias.name} → import {_MODULES[alias.name]}", node, python2=True)
                alias.asname = alias.asname or alias.name
                alias.name = _MODULES[alias.name]
        return node

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.AST | list[ast.AST]:
        if node.module in _MODULES and not node.level:
            self._say(f"from {node.module} → from {_MODULES[node.module]}", node, python2=True)
            node.module = _MODULES[node.module]
        gone = [alias for alias in node.names if node.module == "itertools" and alias.name in _ITERATORS]
        if not gone:
            return node
        for alias in gone:
            self._say(f"itertools.{alias.name} → {_ITERATORS[alias.name]}", node, python2=True)
        now = [ast.alias(_ITERATORS[alias.name], alias.asname or alias.name) for alias in gone]
        instead = ast.copy_location(ast.ImportFrom("builtins", now, 0), node)
        node.names = [alias for alias in node.names if alias not in gone]
        return [instead, node] if node.names else instead


def _of_module(module: str, name: str) -> ast.expr:
    imported = ast.Call(ast.Name("__import__", ast.Load()), [ast.Constant(module)], [])
    return ast.Attribute(imported, name, ast.Load())
