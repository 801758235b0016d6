"""The right formula with the wrong thing in it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from types import FunctionType

from grader.audit.rules.rule import Rule, constant
from grader.audit.scene import Scene, arity


def wrong_operand(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    """Another name that is in reach: an argument, an earlier local, the target of a loop around."""
    if not (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)):
        return
    names = scene.in_reach(node)
    if node.id in names:
        for name in names:
            if name != node.id:
                yield ast.Name(name, ast.Load())


def wrong_key(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    """Another of the keys that the function mentions: params["w"] for params["W"]."""
    if not _is_key(node, scene):
        return
    assert isinstance(node, ast.Constant)
    keys = dict.fromkeys(_text(other) for other in scene.source.nodes if _is_key(other, scene))
    for key in keys:
        if key != node.value:
            yield constant(key)


def _is_key(node: ast.AST, scene: Scene) -> bool:
    parent = scene.parent(node)
    return bool(_text(node)) and isinstance(parent, ast.Subscript) and parent.slice is node


def _text(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def swapped_arguments(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    if isinstance(node, ast.Call):
        for place in range(len(node.args) - 1):
            args = [*node.args]
            args[place], args[place + 1] = args[place + 1], args[place]
            yield ast.Call(node.func, args, node.keywords)


def wrong_function(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    """Another function of the same module that takes as many arguments."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        return
    meant = scene.globals.get(node.func.id)
    if isinstance(meant, FunctionType):
        for name, other in scene.globals.items():
            if _stands_for(other, meant) and name not in (scene.source.name, node.func.id):
                yield ast.Call(ast.Name(name, ast.Load()), node.args, node.keywords)


def _stands_for(other: object, meant: Callable[..., object]) -> bool:
    return isinstance(other, FunctionType) and other is not meant and arity(other) == arity(meant)


RULES = (
    Rule("wrong-operand", "another array in its place", wrong_operand),
    Rule("wrong-key", "another entry of a dict", wrong_key),
    Rule("swapped-arguments", "arguments in the other order", swapped_arguments),
    Rule("wrong-function", "another function of the same form", wrong_function),
)
