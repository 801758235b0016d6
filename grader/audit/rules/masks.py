"""Comparisons, masks and branches."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.audit.rules.rule import Rule, binary, constant
from grader.audit.scene import Scene

OTHERS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Gt: (ast.GtE, ast.Lt, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt, ast.LtE),
    ast.Lt: (ast.LtE, ast.Gt, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt, ast.GtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
THRESHOLD = 0.01


def comparison(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    if _single(node):
        assert isinstance(node, ast.Compare)
        for other in OTHERS.get(type(node.ops[0]), ()):
            yield ast.Compare(node.left, [other()], node.comparators)


def threshold(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    """A mask that begins a little above the kink."""
    if _single(node, ast.Gt, ast.GtE, ast.Lt, ast.LtE):
        assert isinstance(node, ast.Compare)
        yield ast.Compare(node.left, node.ops, [binary(node.comparators[0], ast.Add(), constant(THRESHOLD))])


def activation_for_indicator(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    """x for 1(x > 0), and its positive part."""
    if _single(node, ast.Gt, ast.GtE, ast.Lt, ast.LtE) and not _decides(node, scene):
        assert isinstance(node, ast.Compare)
        yield node.left
        yield binary(node.left, ast.Mult(), node)


def relu_mask_missing(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    """A mask of ones in place of the comparison."""
    if _single(node) and not _decides(node, scene):
        assert isinstance(node, ast.Compare)
        yield ast.Compare(node.left, [ast.Eq()], [node.left])


def branch(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    """A branch that is always taken, or never."""
    if isinstance(node, ast.expr) and _decides(node, scene):
        yield constant(True)
        yield constant(False)


def connective(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    """`and` ↔ `or`, and `not` left out."""
    if isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.Invert):
        yield node.operand


def _single(node: ast.AST, *ops: type[ast.cmpop]) -> bool:
    return isinstance(node, ast.Compare) and len(node.ops) == 1 and (not ops or isinstance(node.ops[0], ops))


def _decides(node: ast.AST, scene: Scene) -> bool:
    parent = scene.parent(node)
    return isinstance(parent, ast.If | ast.IfExp | ast.While) and parent.test is node


RULES = (
    Rule("relu-mask-missing", "a mask of ones", relu_mask_missing),
    Rule("activation-for-indicator", "the value for its mask", activation_for_indicator),
    Rule("comparison", "another comparison", comparison),
    Rule("threshold", "a mask that begins at 0.01", threshold),
    Rule("branch", "a branch always or never taken", branch),
    Rule("connective", "and for or, not left out", connective),
)
