"""Which Python a file was written for, as far as the file says so itself.

Names that are gone say nothing: numpy dropped some of its own under Python 3, and `xrange` may stand in a function that
nobody calls. Python 2 is what Python 3 cannot parse or import; any word of Python 3 outweighs it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

from .sources import Source

_TRUE_DIVISION = re.compile(r"^from[ \t]+__future__[ \t]+import[ \t(].*\bdivision\b", re.MULTILINE)
_SMOOTHED = re.compile(
    r"^[ \t]*(?:from[ \t]+(?:past|builtins|future|six|__future__)\b|import[ \t]+(?:past|builtins|future|six)\b)",
    re.MULTILINE,
)
_ALWAYS = (ast.JoinedStr, ast.MatMult, ast.Nonlocal, ast.AnnAssign, ast.NamedExpr, ast.AsyncFunctionDef, ast.YieldFrom)
_SOMETIMES: dict[type[ast.AST], Callable[..., bool]] = {
    ast.FunctionDef: lambda node: node.returns is not None or bool(node.args.kwonlyargs),
    ast.arg: lambda node: node.annotation is not None,
    ast.Raise: lambda node: node.cause is not None,
    ast.Call: lambda node: isinstance(node.func, ast.Name) and node.func.id == "super" and not node.args,
}


def divides_truly(text: str) -> bool:
    """Whether a text asks for the division of Python 3."""
    return bool(_TRUE_DIVISION.search(text))


def shows_python3(source: Source, text: str) -> bool:
    """Whether a file says itself that it knows Python 3: by an import, by its syntax, or by a notebook's kernel."""
    nodes = (node for piece in source.pieces for statement in piece.body for node in ast.walk(statement))
    return bool(source.kernel3 or _SMOOTHED.search(text)) or any(map(_is_of_python3, nodes))


def _is_of_python3(node: ast.AST) -> bool:
    return isinstance(node, _ALWAYS) or (type(node) in _SOMETIMES and _SOMETIMES[type(node)](node))
