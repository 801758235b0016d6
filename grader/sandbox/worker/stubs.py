"""Is a definition still the stub that was handed out?

A stub raises NotImplementedError before it returns anything, or returns None in every place. An `if` that raises
NotImplementedError for one case is no stub, nor is a function that returns something before it gives up.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def is_stub(node: Function | ast.expr) -> bool:
    """Whether a `def`, or the value that is assigned to the name, defines nothing."""
    if isinstance(node, ast.Lambda):
        return _is_nothing(node.body, frozenset())
    if isinstance(node, ast.expr):
        return _is_nothing(node, frozenset())
    try:
        return _gives_up(node.body) or (not _ends_with_something(node) and _returns_nothing(node))
    except RecursionError:
        return False  # nobody hands out a stub of a thousand nested terms


def _gives_up(body: list[ast.stmt]) -> bool:
    """Whether the body, read from the top, meets `raise NotImplementedError` before any return of a value."""
    first = next((place for place, statement in enumerate(body) if isinstance(statement, ast.Raise)), None)
    if first is None or not _is_not_implemented(body[first].exc):  # type: ignore[attr-defined]
        return False
    before = (inner for statement in body[:first] for inner in own_nodes(statement))
    return not any(isinstance(inner, ast.Return) and inner.value for inner in before)


def _is_not_implemented(raised: ast.expr | None) -> bool:
    if isinstance(raised, ast.Call):
        raised = raised.func
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"


def own_nodes(root: ast.AST) -> Iterator[ast.AST]:
    """Walk a statement without entering functions and classes inside it."""
    yield root
    if not isinstance(root, _SCOPES):
        for child in ast.iter_child_nodes(root):
            yield from own_nodes(child)


def _ends_with_something(function: Function) -> bool:
    """Whether the last statement plainly returns a value: a short look at what most functions are."""
    last = function.body[-1]
    if not isinstance(last, ast.Return):
        return False
    bound = {arg.arg for arg in ast.walk(function.args) if isinstance(arg, ast.arg)}
    for statement in function.body:
        if isinstance(statement, ast.Assign):
            pairs = [pair for target in statement.targets for pair in assigned_pairs(target, statement.value)]
            bound |= {name for name, value in pairs if not _is_nothing(value, frozenset())}
    return _is_something(last.value, bound)


def _is_something(value: ast.expr | None, bound: set[str]) -> bool:
    if isinstance(value, ast.Tuple | ast.List):
        return not value.elts or any(_is_something(part, bound) for part in value.elts)
    if isinstance(value, ast.Name):
        return value.id in bound
    return not _is_nothing(value, frozenset())


def _returns_nothing(function: Function) -> bool:
    nodes = [node for statement in function.body for node in own_nodes(statement)]
    if any(isinstance(node, ast.Yield | ast.YieldFrom) for node in nodes):
        return False
    empty = _always_none(function, nodes)
    returns = [node for node in nodes if isinstance(node, ast.Return)]
    if not returns and any(map(_does_something, nodes)):
        return False  # it may never come to its end: called, it shows what it does
    return all(_is_nothing(node.value, empty) for node in returns)


def _does_something(node: ast.AST) -> bool:
    """Whether a node may loop, raise or end the process: calls other than `print`, loops, errors of its own."""
    if isinstance(node, ast.Raise):
        return not _is_not_implemented(node.exc)
    if isinstance(node, ast.Call):
        return not (isinstance(node.func, ast.Name) and node.func.id in ("print", "NotImplementedError"))
    return isinstance(node, ast.For | ast.While | ast.Try | ast.With)


def _is_nothing(value: ast.expr | None, empty: frozenset[str]) -> bool:
    if value is None or (isinstance(value, ast.Constant) and (value.value is None or value.value is Ellipsis)):
        return True
    if isinstance(value, ast.Tuple | ast.List):
        return bool(value.elts) and all(_is_nothing(part, empty) for part in value.elts)
    return isinstance(value, ast.Name) and value.id in empty


def _always_none(function: Function, nodes: list[ast.AST]) -> frozenset[str]:
    """The local names to which nothing but None is ever bound."""
    none: set[str] = set()
    other = {arg.arg for arg in ast.walk(function.args) if isinstance(arg, ast.arg)}
    for node in nodes:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                for name, value in assigned_pairs(target, node.value):
                    (none if _is_nothing(value, frozenset()) else other).add(name)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            (none if _is_nothing(node.value, frozenset()) else other).add(node.target.id)
    assigned = {id(name) for node in nodes if isinstance(node, ast.Assign | ast.AnnAssign) for name in _targets(node)}
    other |= {
        node.id
        for node in nodes
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load) and id(node) not in assigned
    }
    return frozenset(none - other)


def _targets(node: ast.Assign | ast.AnnAssign) -> Iterator[ast.Name]:
    for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
        for name in ast.walk(target):
            if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store):
                yield name


def assigned_pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """Match `a, b = x, y` place by place; a single value stands for every name on the left."""
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple | ast.List):
        parts = value.elts if isinstance(value, ast.Tuple | ast.List) else []
        matched = parts if len(parts) == len(target.elts) else [value] * len(target.elts)
        for place, part in zip(target.elts, matched, strict=True):
            yield from assigned_pairs(place, part)
