"""Loops, ranges, slices and lists: one too few, one too many, the wrong end."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.audit.rules.rule import Rule, binary, call, constant, minus
from grader.audit.scene import Scene, called


def off_by_one(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    """range(n) → range(n - 1), range(1, n), range(n + 1); numbers in a slice are constants, and changed as such."""
    if not (isinstance(node, ast.Call) and called(node) == "range" and node.args):
        return
    start, stop, step = _range(node.args)
    yield call("range", *(part for part in (start, binary(stop, ast.Sub(), constant(1)), step) if part))
    yield call("range", *(part for part in (start, binary(stop, ast.Add(), constant(1)), step) if part))
    begun = binary(start, ast.Add(), constant(1)) if start else constant(1)
    yield call("range", *(part for part in (begun, stop, step) if part))


def _range(args: list[ast.expr]) -> tuple[ast.expr | None, ast.expr, ast.expr | None]:
    if len(args) == 1:
        return None, args[0], None
    return args[0], args[1], args[2] if len(args) > 2 else None


def shorter_loop(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    """A loop that leaves out its first or its last turn."""
    parent = scene.parent(node)
    if isinstance(parent, ast.For | ast.comprehension) and node is parent.iter:
        turns = call("list", parent.iter)
        yield ast.Subscript(turns, ast.Slice(constant(1), None, None), ast.Load())
        yield ast.Subscript(turns, ast.Slice(None, minus(constant(1)), None), ast.Load())


def slices(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    """Each part of a slice left out in turn."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
        cut = node.slice
        for parts in ((None, cut.upper, cut.step), (cut.lower, None, cut.step), (cut.lower, cut.upper, None)):
            yield ast.Subscript(node.value, ast.Slice(*parts), ast.Load())


def dropped_index(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Store):
        yield node.value


def wrong_end(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    """insert(0, x) ↔ append(x)."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return
    if node.func.attr == "insert":
        yield ast.Call(ast.Attribute(node.func.value, "append", ast.Load()), node.args[1:], [])
    if node.func.attr == "append":
        yield ast.Call(ast.Attribute(node.func.value, "insert", ast.Load()), [constant(0), *node.args], [])


RULES = (
    Rule("off-by-one", "a range one too short, too long or begun too late", off_by_one),
    Rule("shorter-loop", "the first or the last turn of a loop left out", shorter_loop),
    Rule("slice", "a part of a slice left out", slices),
    Rule("dropped-index", "the whole for a part", dropped_index),
    Rule("wrong-end", "put at the other end of a list", wrong_end),
)
