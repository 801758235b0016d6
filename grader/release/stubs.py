"""A module of the reference as a student receives it: signatures, docstrings, imports, and a banner in each body."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Collection, Mapping, Sequence

from grader.release.markers import MarkerError, marked, parse, solutions

WIDTH = 100
"""Columns that a banner fills."""

NUMPY = "import numpy as np"


def stub_module(
    path: str, source: str, package: str, asked: Mapping[str, Sequence[str]], homes: Collection[str]
) -> str:
    """Write the stub of one module: the functions `asked` of it (name → equation ids), in the order of the source.

    `package` is what the reference's modules call each other by, and `homes` names every function with a stub: only
    those can be imported. Raises `MarkerError` where an answer is not marked, or a function is not there.
    """
    tree = parse(path, source)
    head = [_docstring(source, tree)] if ast.get_docstring(tree) else []
    head += ["\n".join([NUMPY, *_rewritten(path, tree, package, homes)])]
    return "\n\n\n".join(["\n\n".join(head), *stub_functions(path, source, asked).values()]) + "\n"


def stub_functions(path: str, source: str, asked: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Write the stub of each function asked, by name. Raises `MarkerError`."""
    tree, regions = parse(path, source), solutions(path, source)
    stubs = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name in asked:
            marked(path, node, regions)
            stubs[node.name] = _stub(path, source, node, asked[node.name])
    for name in asked:
        if name not in stubs:
            raise MarkerError(f"{path}:1: {name} is not defined at the top of the file; expected `def {name}(…)`")
    return stubs


def _stub(path: str, source: str, node: ast.FunctionDef, equations: Sequence[str]) -> str:
    if ast.get_docstring(node) is None:
        raise MarkerError(f"{path}:{node.lineno}: {node.name} has no docstring; the student needs equation and shapes")
    kept = source.splitlines()[node.lineno - 1 : node.body[0].end_lineno]
    indent = " " * node.body[0].col_offset
    return "\n".join(
        [*kept, *(indent + line for line in [*_banner(node.name, equations), "raise NotImplementedError"])]
    )


def _banner(name: str, equations: Sequence[str]) -> list[str]:
    said = [f"TODO: derive {name} on paper, then write it here in place of the `raise`."]
    said += [f"Equations graded here: {', '.join(equations)}."] if equations else []
    lines = [line for text in said for line in textwrap.wrap(text, WIDTH - 4)]
    return ["#" * WIDTH, *(f"# {line.ljust(WIDTH - 4)} #" for line in lines), "#" * WIDTH]


def _docstring(source: str, tree: ast.Module) -> str:
    first = tree.body[0]
    return "\n".join(source.splitlines()[first.lineno - 1 : first.end_lineno])


def _rewritten(path: str, tree: ast.Module, package: str, homes: Collection[str]) -> list[str]:
    """The imports that a student can follow: other stubs under their own names, and whatever is not the course's."""
    lines = []
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and package and _inside(node.module or "", package) and not node.level:
            names = [alias for alias in node.names if alias.name in homes]
            if names:
                module = (node.module or "").removeprefix(f"{package}.")
                lines.append(ast.unparse(ast.ImportFrom(module, names, 0)))
        elif isinstance(node, ast.Import | ast.ImportFrom):
            lines += _outside(path, node, package)
    return [line for line in lines if line != NUMPY]


def _outside(path: str, node: ast.Import | ast.ImportFrom, package: str) -> list[str]:
    """An import that is no stub's, as it stands; a form that a student could not follow is refused."""
    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
    if (isinstance(node, ast.ImportFrom) and node.level) or any(name == package for name in names if package):
        form = f"from {package}.<module> import <function>"
        raise MarkerError(f"{path}:{node.lineno}: {ast.unparse(node)!r} has no place in a stub; write `{form}`")
    if package and any(_inside(name, package) for name in names):
        raise MarkerError(f"{path}:{node.lineno}: {ast.unparse(node)!r} has no place in a stub; import its functions")
    return [ast.unparse(node)]


def _inside(module: str, package: str) -> bool:
    return module.startswith(f"{package}.")
