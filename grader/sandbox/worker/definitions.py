"""Which graded functions one file defines, and where: read from its syntax alone, before anything runs.

A definition is a `def`, or `name = <expression>`, at the top level of a module (or inside an `if`, `try` or `with`
there); of "Net.loss" it is a `class Net` there with a method `loss`. An import defines nothing.
"""

from __future__ import annotations

import ast
import copy
import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .beginnings import is_beginning
from .sources import Piece, Source
from .stubs import Function, is_stub

Beginnings = Mapping[str, Sequence[int]]
"""Functions whose stubs begin with zeros or the like, and the places of the result that they fill in already."""


@dataclass(frozen=True, eq=False)
class Definition:
    """One definition of a wanted name. `place` is "line 12" or "cell 7, line 3"; a method has its class as `owner`."""

    name: str
    place: str
    statement: ast.stmt
    value: Function | ast.expr
    plain: bool
    stub: bool
    owner: ast.ClassDef | None = None

    def fingerprint(self) -> str:
        """Return a digest that comments, docstrings, blank lines and formatting do not change."""
        try:
            shape = _shape(self.owner or self.value)
        except RecursionError:
            return f"{id(self):016x}"[-16:]  # too deep to be compared: it differs from everything
        return hashlib.sha256(shape.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def find_definitions(
    source: Source, wanted: Collection[str], beginnings: Beginnings | None = None
) -> dict[str, list[Definition]]:
    """Return all definitions of the wanted names, in the order of the file."""
    found: dict[str, list[Definition]] = {}
    for piece in source.pieces:
        where = piece.where.removeprefix(f"{source.path}, ")
        for statement, plain in _top_level(piece.body, plain=True):
            for name, value in _defines(statement):
                if name in wanted:
                    place = f"{where}line {value.lineno}"
                    owner = statement if isinstance(statement, ast.ClassDef) else None
                    stub = is_stub(value) or _untouched(name, value, beginnings or {})
                    found.setdefault(name, []).append(Definition(name, place, statement, value, plain, stub, owner))
    return found


def _untouched(name: str, value: Function | ast.expr, beginnings: Beginnings) -> bool:
    return name in beginnings and not isinstance(value, ast.expr) and is_beginning(value, beginnings[name])


def overruled(definitions: dict[str, list[Definition]]) -> set[int]:
    """Return the ids of statements that are stubs of what the same file really defines: they must not run."""
    return {
        id(one.statement)
        for several in definitions.values()
        if not all(other.stub for other in several)
        for one in several
        if one.stub and one.plain
    }


def _top_level(body: list[ast.stmt], plain: bool) -> Iterator[tuple[ast.stmt, bool]]:
    for statement in body:
        yield statement, plain
        if isinstance(statement, ast.If):
            if not _asks_for_main(statement.test):
                yield from _top_level(statement.body, plain=False)
            yield from _top_level(statement.orelse, plain=False)
        elif isinstance(statement, ast.With):
            yield from _top_level(statement.body, plain=False)
        elif isinstance(statement, ast.Try):
            handlers = [inner for handler in statement.handlers for inner in handler.body]
            for part in (statement.body, handlers, statement.orelse, statement.finalbody):
                yield from _top_level(part, plain=False)


def _asks_for_main(test: ast.expr) -> bool:
    return isinstance(test, ast.Compare) and isinstance(test.left, ast.Name) and test.left.id == "__name__"


def _defines(statement: ast.stmt) -> Iterator[tuple[str, Function | ast.expr]]:
    if isinstance(statement, ast.FunctionDef):  # an `async def` returns no numbers: it defines nothing
        yield statement.name, statement
    elif isinstance(statement, ast.ClassDef):
        methods = {inner.name: inner for inner in statement.body if isinstance(inner, ast.FunctionDef)}
        yield from ((f"{statement.name}.{name}", method) for name, method in methods.items())
    elif isinstance(statement, ast.Assign):
        for target in statement.targets:
            if isinstance(target, ast.Name):
                yield target.id, statement.value
            elif isinstance(target, ast.Tuple) and isinstance(statement.value, ast.Tuple):
                pairs = zip(target.elts, statement.value.elts, strict=False)
                yield from ((name.id, value) for name, value in pairs if isinstance(name, ast.Name))
    elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name) and statement.value:
        yield statement.target.id, statement.value


def _shape(node: Function | ast.ClassDef | ast.expr) -> str:
    if isinstance(node, ast.expr):
        return ast.dump(node, annotate_fields=False)
    if isinstance(node, ast.ClassDef):
        return ast.dump(_undocumented(node), annotate_fields=False)
    parts: list[ast.AST] = [node.args, *node.decorator_list, *_without_docstring(node.body)]
    return "\n".join(ast.dump(_undocumented(part), annotate_fields=False) for part in parts)


def _undocumented(root: ast.AST) -> ast.AST:
    """Copy a tree without the docstrings of inner functions."""
    root = copy.deepcopy(root)
    for node in ast.walk(root):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            node.body = _without_docstring(node.body) or [ast.Pass()]
    return root


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0].value if body and isinstance(body[0], ast.Expr) else None
    return body[1:] if isinstance(first, ast.Constant) and isinstance(first.value, str) else body


def pieces_to_run(source: Source, skipped: Collection[int]) -> Iterator[tuple[Piece, list[ast.stmt]]]:
    """Return every piece with the statements of it that run."""
    for piece in source.pieces:
        yield piece, [statement for statement in piece.body if id(statement) not in skipped]
