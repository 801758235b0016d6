"""Axes, transposes, reductions and shapes."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.audit.rules.rule import Rule, binary, constant
from grader.audit.scene import Scene, called

REDUCTIONS = ("sum", "mean", "max", "min", "prod", "amax", "amin", "var", "std")
OTHER = {"sum": "mean", "mean": "sum", "max": "min", "min": "max", "amax": "amin", "amin": "amax", "var": "std"}
OTHER |= {"std": "var", "maximum": "minimum", "minimum": "maximum", "zeros": "ones", "ones": "zeros"}
OTHER |= {"zeros_like": "ones_like", "ones_like": "zeros_like", "exp": "expm1", "log": "log1p", "argmax": "argmin"}
COPIES = ("copy",)
CASTS = ("astype",)
SHAPINGS = ("reshape", "ravel", "flatten", "squeeze", "transpose", "swapaxes")
LOG_EPS = 1e-8


def axis(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    """0 ↔ 1, the axis dropped, or one given where there was none."""
    if called(node) not in REDUCTIONS:
        return
    assert isinstance(node, ast.Call)
    given = [keyword for keyword in node.keywords if keyword.arg == "axis"]
    others = [keyword for keyword in node.keywords if keyword.arg != "axis"]
    if given:
        yield _with(node, others)
    for value in (0, 1) if given else (0, -1):
        if not given or not _equals(given[0].value, value):
            yield _with(node, [ast.keyword("axis", constant(value)), *others])


def keepdims(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    if called(node) not in REDUCTIONS:
        return
    assert isinstance(node, ast.Call)
    others = [keyword for keyword in node.keywords if keyword.arg != "keepdims"]
    if len(others) < len(node.keywords):
        yield _with(node, others)
    else:
        yield _with(node, [*others, ast.keyword("keepdims", constant(True))])


def transpose(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    """`.T` dropped; `.T` added to the operands of products and to the arguments of functions."""
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield node.value
        return
    parent = scene.parent(node)
    product = isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.MatMult | ast.Mult)
    argument = isinstance(parent, ast.Call) and node in parent.args and called(parent) not in ("range", "len", "zip")
    data = isinstance(node, ast.Name | ast.Attribute | ast.Subscript | ast.Call)
    if data and (product or argument) and isinstance(node, ast.expr) and not scene.counts(node):
        yield ast.Attribute(node, "T", ast.Load())


def other_function(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in OTHER:
        func = ast.Attribute(node.func.value, OTHER[node.func.attr], ast.Load())
        yield ast.Call(func, node.args, node.keywords)


def dropped_function(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    """np.exp(x) → x, np.sum(x, axis=0) → x, x.sum() → x."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return
    if isinstance(node.func.value, ast.Name) and node.func.value.id in ("np", "numpy"):
        if node.args:
            yield node.args[0]
    elif node.func.attr in REDUCTIONS:
        yield node.func.value


def _dropped_method(names: tuple[str, ...], node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names:
        yield node.func.value


def dropped_reshape(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    """`.reshape(…)` dropped, and x[:, None] → x."""
    yield from _dropped_method(SHAPINGS, node)
    axes = node.slice.elts if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple) else []
    if isinstance(node, ast.Subscript) and any(_equals(part, None) for part in axes):
        yield node.value


def dropped_copy(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    yield from _dropped_method(COPIES, node)


def dropped_cast(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    """`.astype(…)` dropped, and `dtype=`."""
    yield from _dropped_method(CASTS, node)
    if isinstance(node, ast.Call) and any(keyword.arg == "dtype" for keyword in node.keywords):
        yield _with(node, [keyword for keyword in node.keywords if keyword.arg != "dtype"])


def log_of_zero(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    """A logarithm kept from zero by a small number that it does not need."""
    if called(node) == "log":
        assert isinstance(node, ast.Call)
        first, *rest = node.args
        yield ast.Call(node.func, [binary(first, ast.Add(), constant(LOG_EPS)), *rest], node.keywords)


def _with(node: ast.Call, keywords: list[ast.keyword]) -> ast.Call:
    return ast.Call(node.func, node.args, keywords)


def _equals(node: ast.AST, value: object) -> bool:
    try:
        return isinstance(node, ast.expr) and ast.literal_eval(node) == value
    except ValueError:
        return False


RULES = (
    Rule("log-of-zero", "1e-8 added under a logarithm", log_of_zero),
    Rule("axis", "another axis, or none", axis),
    Rule("keepdims", "axes kept or lost", keepdims),
    Rule("transpose", "a transpose left out or put in", transpose),
    Rule("other-function", "sum for mean, max for min, and the like", other_function),
    Rule("dropped-function", "a function not applied", dropped_function),
    Rule("dropped-reshape", "not reshaped", dropped_reshape),
    Rule("dropped-copy", "a copy left out", dropped_copy),
    Rule("dropped-cast", "another kind of number", dropped_cast),
)
