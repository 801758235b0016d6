"""What numpy formerly offered, or took for an argument: functions that are gone, sums of generators, `copy=False`."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from typing import Any

import numpy as np

from .dialect import Change

_NUMPY = ("np", "numpy")
_WORTH = re.compile(
    r"\b(?:lib\s*\.\s*pad|asscalar|alen|asfarray|msort)\b|\bcopy\s*=\s*False|\bsum\s*\((?:.|\n){0,200}?\bfor\b|\bNINF\b"
)


def _as_scalar(a: Any) -> Any:
    return np.asarray(a).item()


def _as_float_array(a: Any, dtype: Any = np.float64) -> Any:
    """Return an array of floats: whole numbers become the default."""
    return np.asarray(a, dtype if np.issubdtype(dtype, np.inexact) else np.float64)


def _sorted(a: Any) -> Any:
    return np.sort(a, axis=0)


def _length(a: Any) -> int:
    return len(np.atleast_1d(a))


_GONE: dict[str, Callable[..., Any]] = {
    "asscalar": _as_scalar,
    "asfarray": _as_float_array,
    "msort": _sorted,
    "alen": _length,
}
FORMER = {**{f"__{name}__": function for name, function in _GONE.items()}, "__sum__": sum, "__ninf__": -np.inf}
"""What rewritten code calls."""


def as_formerly(body: list[ast.stmt], text: str) -> list[Change]:
    """Rewrite calls of numpy that it has not taken for some years, in place; return what was rewritten."""
    if not _WORTH.search(text):
        return []
    former = _Former()
    ast.fix_missing_locations(former.visit(ast.Module(body, [])))
    return former.changes


class _Former(ast.NodeTransformer):
    """Attributes and calls of numpy."""

    def __init__(self) -> None:
        self.changes: list[Change] = []

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if _is(node, "pad") and _is(node.value, "lib") and _is_numpy(node.value.value):  # type: ignore[attr-defined]
            return self._instead("np.lib.pad → np.pad", node, ast.Attribute(_inner(node), "pad", node.ctx))
        if not _is_numpy(node.value) or hasattr(np, node.attr):
            return node
        if node.attr == "NINF":
            return self._instead("np.NINF → -np.inf", node, ast.Name("__ninf__", ast.Load()))
        if node.attr in _GONE:
            return self._instead(f"np.{node.attr}", node, ast.Name(f"__{node.attr}__", ast.Load()))
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.func, ast.Attribute) or not _is_numpy(node.func.value):
            return node
        if node.func.attr == "sum" and len(node.args) == 1 and isinstance(node.args[0], ast.GeneratorExp):
            node.func = self._instead("np.sum of a generator → sum", node.func, ast.Name("__sum__", ast.Load()))
        elif node.func.attr == "array":
            for keyword in node.keywords:
                if keyword.arg == "copy" and isinstance(keyword.value, ast.Constant) and keyword.value.value is False:
                    keyword.value = self._instead("copy=False → copy=None", keyword.value, ast.Constant(None))
        return node

    def _instead(self, what: str, node: ast.expr, new: ast.expr) -> ast.expr:
        self.changes.append((what, node.lineno))
        return ast.copy_location(new, node)


def _is(node: ast.AST, attribute: str) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == attribute


def _is_numpy(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in _NUMPY


def _inner(node: ast.Attribute) -> ast.expr:
    return node.value.value  # type: ignore[attr-defined, no-any-return]
