"""What is returned, damaged: one output zero, doubled, transposed, wrong in one entry; and how it is handed over.

A damaged output is written `return dx, doubled(dw), db`; the functions are those of `grader.audit.damage`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from grader.audit.rules.rule import Change, Finds, Rule, call, constant
from grader.audit.scene import Scene

EVERYWHERE = ""


def damaged(name: str, least_axes: int = 0, by_part: bool = False) -> Finds:
    """A rule's `find`: put `name(…)` around each output that has at least so many axes.

    With `by_part` the entries of a dict and the ends of a list are damaged one by one, and so is each `return` of a
    function with several; without it all returns are damaged alike, as a condition on the value would hold in all.
    """

    def find(node: ast.AST, scene: Scene) -> Iterator[Change]:
        returns = scene.returns()
        if node not in returns or not (by_part or node is returns[0]):
            return
        for place, value in scene.outputs.items():
            for path in _paths(value, by_part):
                if _axes(value, path) >= least_axes:
                    chosen = [node] if by_part else returns
                    yield {each: ast.Return(_around(name, each, place, path, scene)) for each in chosen}

    return find


def _paths(value: Any, by_part: bool) -> list[str]:
    if not by_part:
        return [EVERYWHERE]
    if isinstance(value, Mapping):
        return list(value)
    return ["0", "-1"] if isinstance(value, list) and len(value) > 1 else [EVERYWHERE]


def _axes(value: Any, path: str) -> int:
    if isinstance(value, Mapping):
        return max(_axes(part, EVERYWHERE) for key, part in value.items() if path in (EVERYWHERE, key))
    if isinstance(value, list):
        return max((_axes(part, EVERYWHERE) for part in value), default=0)
    return int(np.ndim(value))


def _around(name: str, node: ast.AST, place: int, path: str, scene: Scene) -> ast.expr:
    assert isinstance(node, ast.Return)
    assert node.value is not None
    value = node.value
    if scene.several and isinstance(value, ast.Tuple) and not any(isinstance(e, ast.Starred) for e in value.elts):
        parts = [*value.elts]
        parts[place] = _damage(name, parts[place], path)
        return ast.Tuple(parts, ast.Load())
    steps = [str(place)] if scene.several else []
    return _damage(name, value, ".".join([*steps, *([path] if path else [])]))


def _damage(name: str, value: ast.expr, path: str) -> ast.Call:
    return call(name, value, at=constant(path)) if path else call(name, value)


def swapped_returns(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and scene.several:
        for place in range(len(node.value.elts) - 1):
            parts = [*node.value.elts]
            parts[place], parts[place + 1] = parts[place + 1], parts[place]
            yield ast.Return(ast.Tuple(parts, ast.Load()))


def changed_argument(node: ast.AST, scene: Scene) -> Iterator[ast.AST]:
    """The right result, and then an argument is written into."""
    if isinstance(node, ast.Return) and node in scene.returns():
        assert node.value is not None
        for name in scene.arrays:
            yield ast.Return(call("then_change", node.value, ast.Name(name, ast.Load())))


RULES = (
    Rule("swapped-returns", "outputs in the other order", swapped_returns),
    Rule("zero", "an output zero", damaged("zeroed", by_part=True)),
    Rule("scale", "an output doubled", damaged("doubled", by_part=True)),
    Rule("negated", "an output with the other sign", damaged("negated", by_part=True)),
    Rule("extra-1/N", "an output divided by its length", damaged("divided_by_length", 1)),
    Rule("off-by-1e-5", "an output times 1 + 1e-5", damaged("times_1_00001", by_part=True)),
    Rule("transposed", "an output transposed", damaged("transposed", 2, by_part=True)),
    Rule("transposed-where-square", "transposed only where it is square", damaged("transposed_where_square", 2)),
    Rule("one-element", "the last entry wrong", damaged("last_entry_wrong", by_part=True)),
    Rule("first-element", "the first entry wrong", damaged("first_entry_wrong")),
    Rule("rows", "the last row zero", damaged("last_row_zero", 1)),
    Rule("columns", "the first column doubled", damaged("first_column_doubled", 2)),
    Rule("absolute", "signs lost", damaged("absolute")),
    Rule("clipped", "clipped to ±3", damaged("clipped")),
    Rule("rounded", "rounded to 6 decimals", damaged("rounded")),
    Rule("zero-where-single", "zero where there is one example", damaged("zero_where_single", 1)),
    Rule("squeezed", "axes of length 1 lost", damaged("squeezed", 1)),
    Rule("shape", "an axis too many", damaged("with_an_axis_more")),
    Rule("integer-cast", "cut to whole numbers", damaged("in_integers")),
    Rule("state", "depends on earlier calls", damaged("remembering")),
    Rule("nondeterministic", "two equal calls differ", damaged("noisy")),
    Rule("float32", "cast to single precision", damaged("in_single_precision"), behaviour=True),
    Rule("shared-buffer", "an array returned earlier is written into", damaged("reusing"), behaviour=True),
    Rule("mutates-input", "an argument changed in place", changed_argument, behaviour=True),
)
