"""Whole statements: accumulation forgotten, a step left out."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.audit.rules.rule import Rule
from grader.audit.scene import Scene, stored


def overwrite(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    if isinstance(node, ast.AugAssign):
        yield ast.Assign([node.target], node.value)


def other_step(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    """`+=` ↔ `-=`."""
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add | ast.Sub):
        yield ast.AugAssign(node.target, ast.Sub() if isinstance(node.op, ast.Add) else ast.Add(), node.value)


def dropped_statement(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    """A call, an accumulation or a second assignment left out; a first one would only leave a name undefined."""
    called = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    again = isinstance(node, ast.Assign) and all(
        name in scene.parameters or _bound_before(name, node, scene) for name in _targets(node)
    )
    if called or again or isinstance(node, ast.AugAssign):
        yield ast.Pass()


def left_early(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    """`break` and `continue` left out or exchanged."""
    if isinstance(node, ast.Break | ast.Continue):
        yield ast.Pass()
        yield ast.Continue() if isinstance(node, ast.Break) else ast.Break()


def _targets(node: ast.Assign) -> list[str]:
    return [name for target in node.targets for name in stored(target)]


def _bound_before(name: str, node: ast.Assign, scene: Scene) -> bool:
    first = next(iter(node.targets))
    return name in scene.in_reach(first)


RULES = (
    Rule("overwrite-for-accumulate", "= for +=", overwrite),
    Rule("other-step", "-= for +=", other_step),
    Rule("dropped-statement", "a step left out", dropped_statement),
    Rule("left-early", "a loop left too early or too late", left_early),
)
