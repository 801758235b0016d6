"""Signs, operators, terms, factors and constants."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.audit.rules.rule import Rule, binary, constant, minus
from grader.audit.scene import Scene

PRODUCTS = (ast.Mult, ast.MatMult, ast.Div)
TINY = 1e-5
EPS = 1e-8


def sign(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    """−x for x: once for each product, not for each of its factors."""
    if scene.counts(node):
        return
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield node.operand
    if _is(node, *PRODUCTS) and not _is(scene.parent(node), *PRODUCTS):
        assert isinstance(node, ast.BinOp)
        yield minus(node)


def plus_minus(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    if _is(node, ast.Add, ast.Sub):
        assert isinstance(node, ast.BinOp)
        yield binary(node.left, ast.Sub() if isinstance(node.op, ast.Add) else ast.Add(), node.right)


def times_divide(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    if _is(node, ast.Mult, ast.Div):
        assert isinstance(node, ast.BinOp)
        yield binary(node.left, ast.Div() if isinstance(node.op, ast.Mult) else ast.Mult(), node.right)


def matmul_elementwise(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    if _is(node, ast.Mult, ast.MatMult) and not scene.counts(node):
        assert isinstance(node, ast.BinOp)
        yield binary(node.left, ast.MatMult() if isinstance(node.op, ast.Mult) else ast.Mult(), node.right)


def dropped_term(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    if _is(node, ast.Add, ast.Sub):
        assert isinstance(node, ast.BinOp)
        yield node.left
        yield node.right if isinstance(node.op, ast.Add) else minus(node.right)


def dropped_factor(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    if _is(node, *PRODUCTS, ast.Pow):
        assert isinstance(node, ast.BinOp)
        yield node.left
        if not isinstance(node.op, ast.Div | ast.Pow):
            yield node.right


def swapped_operands(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    if _is(node, ast.Sub, ast.Div, ast.MatMult):
        assert isinstance(node, ast.BinOp)
        yield binary(node.right, node.op, node.left)


def precedence(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    """a ∘ (b • c) read as (a ∘ b) • c, and the reverse; not where both are the same sum or product."""
    if not isinstance(node, ast.BinOp):
        return
    for inner, mirrored in ((node.right, False), (node.left, True)):
        if isinstance(inner, ast.BinOp) and not _associative(node.op, inner.op):
            if mirrored:
                yield binary(inner.left, inner.op, binary(inner.right, node.op, node.right))
            else:
                yield binary(binary(node.left, node.op, inner.left), inner.op, inner.right)


def constants(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    if not isinstance(node, ast.Constant) or isinstance(node.value, bool) or not isinstance(node.value, int | float):
        return
    known: dict[float, tuple[float, ...]] = {0: (1,), 1: (2, 0), 0.5: (1, 0.25), 2: (1, 3)}
    others = (node.value + 1, node.value - 1) if isinstance(node.value, int) else (2 * node.value,)
    for value in known.get(node.value, others):
        yield constant(type(node.value)(value) if float(value).is_integer() else value)


def tiny_factor(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp) and not scene.counts(node):
        yield binary(binary(constant(1), ast.Add(), constant(TINY)), ast.Mult(), node)


def eps(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    if _is(node, ast.Div) and not scene.counts(node):
        assert isinstance(node, ast.BinOp)
        yield binary(node.left, ast.Div(), binary(node.right, ast.Add(), constant(EPS)))


def _is(node: ast.AST | None, *ops: type[ast.operator]) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ops)


def _associative(outer: ast.operator, inner: ast.operator) -> bool:
    return type(outer) is type(inner) and isinstance(outer, ast.Add | ast.Mult | ast.MatMult)


RULES = (
    Rule("precedence", "brackets lost", precedence),
    Rule("sign", "the sign of a product changed", sign),
    Rule("plus-minus", "+ for − or − for +", plus_minus),
    Rule("times-divide", "× for / or / for ×", times_divide),
    Rule("matmul-elementwise", "@ for * or * for @", matmul_elementwise),
    Rule("dropped-term", "a term of a sum left out", dropped_term),
    Rule("dropped-factor", "a factor left out", dropped_factor),
    Rule("swapped-operands", "operands in the other order", swapped_operands),
    Rule("constant", "another constant", constants),
    Rule("eps", "1e-8 added to a divisor", eps),
    Rule("tiny-factor", "times 1 + 1e-5", tiny_factor),
)
