"""What a rule is."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping

import msgspec

from grader.audit.scene import Scene

Change = Mapping[ast.AST, ast.AST]
"""Nodes of the function, each with what would stand in its place."""

Finds = Callable[[ast.AST, Scene], Iterator[ast.AST | Change]]


class Rule(msgspec.Struct, frozen=True):
    """One kind of mistake. `find` is given every node of a function and yields what may stand in its place, or a change
    of several nodes at once.

    `behaviour` marks what leaves every returned number right (precision apart), and so loses points only where the
    assignment gives some to behaviour.
    """

    id: str
    says: str
    find: Finds
    behaviour: bool = False

    def changes(self, scene: Scene) -> Iterator[Change]:
        """Every change of this kind."""
        for node in scene.source.nodes:
            for new in self.find(node, scene):
                yield {node: new} if isinstance(new, ast.AST) else new


def binary(left: ast.expr, op: ast.operator, right: ast.expr) -> ast.BinOp:
    return ast.BinOp(left, op, right)


def minus(operand: ast.expr) -> ast.UnaryOp:
    return ast.UnaryOp(ast.USub(), operand)


def constant(value: str | int | float | None) -> ast.Constant:
    return ast.Constant(value)


def call(name: str, *args: ast.expr, **keywords: ast.expr) -> ast.Call:
    return ast.Call(
        ast.Name(name, ast.Load()), list(args), [ast.keyword(key, value) for key, value in keywords.items()]
    )
