"""A module of the reference as a student receives it: signatures, docstrings, imports, and a banner in each body."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeGuard

import msgspec

from grader.release.markers import MarkerError, marked, parse, solutions

WIDTH = 100
"""Columns that a banner fills."""

NUMPY = "import numpy as np"


class Topic(msgspec.Struct, frozen=True):
    """A module of the reference, and what is asked of it: name → equation ids. "Net.loss" is a method.

    `package` is what the reference's modules call each other by.
    """

    path: str
    source: str
    package: str
    asked: Mapping[str, Sequence[str]]


def stub_module(topics: Sequence[Topic], home: str, homes: Mapping[str, str], says: str = "") -> str:
    """Write one file of the template, `home`: the functions asked of some modules, in the order of their sources.

    `homes` maps every function with a stub to its file: only those can be imported. `says` is the file's docstring
    instead of the module's own. Raises `MarkerError` where an answer is not marked, or a function is not there.
    """
    trees = [parse(topic.path, topic.source) for topic in topics]
    own = _docstring(topics[0].source, trees[0]) if ast.get_docstring(trees[0]) else ""
    said = f'"""{says}"""' if says else own
    imports = dict.fromkeys(
        line for topic, tree in zip(topics, trees, strict=True) for line in _rewritten(topic, tree, home, homes)
    )
    head = [*([said] if said else []), "\n".join([NUMPY, *imports])]
    stubs = [stub for topic in topics for stub in stub_functions(topic).values()]
    return "\n\n\n".join(["\n\n".join(head), *stubs]) + "\n"


def stub_functions(topic: Topic) -> dict[str, str]:
    """Write the stub of each function asked, by name; of a method, its class. Raises `MarkerError`."""
    tree, regions = parse(topic.path, topic.source), solutions(topic.path, topic.source)
    stubs = {}
    for node in tree.body:
        for name, function in _functions(node):
            if name in topic.asked:
                marked(topic.path, function, regions)
                stub = _stub(topic.path, topic.source, function, name, topic.asked[name])
                stubs[name] = stub if function is node else _in_class(topic.source, node, function, stub)
    for name in topic.asked:
        if name not in stubs:
            raise MarkerError(f"{topic.path}:1: {name} is not defined at the top of the file; expected `def {name}(…)`")
    return stubs


def _functions(node: ast.stmt) -> Iterator[tuple[str, ast.FunctionDef]]:
    """What a statement defines: a function, or the methods of a class."""
    if isinstance(node, ast.FunctionDef):
        yield node.name, node
    elif isinstance(node, ast.ClassDef):
        yield from ((f"{node.name}.{part.name}", part) for part in node.body if isinstance(part, ast.FunctionDef))


def _in_class(source: str, owner: ast.stmt, function: ast.FunctionDef, stub: str) -> str:
    """The whole class, given away as it is but for one method."""
    lines = source.splitlines()
    before, after = lines[owner.lineno - 1 : function.lineno - 1], lines[function.end_lineno : owner.end_lineno]
    kept = [line for line in after if line.strip() != "# END SOLUTION"]
    return "\n".join([*before, stub, *kept]).rstrip()


def _stub(path: str, source: str, node: ast.FunctionDef, name: str, equations: Sequence[str]) -> str:
    if ast.get_docstring(node) is None:
        raise MarkerError(f"{path}:{node.lineno}: {name} has no docstring; the student needs equation and shapes")
    kept = source.splitlines()[node.lineno - 1 : node.body[0].end_lineno]
    indent = " " * node.body[0].col_offset
    return "\n".join([*kept, *(indent + line for line in [*_banner(name, equations), "raise NotImplementedError"])])


def _banner(name: str, equations: Sequence[str]) -> list[str]:
    said = [f"TODO: derive {name} on paper, then write it here in place of the `raise`."]
    said += [f"Equations graded here: {', '.join(equations)}."] if equations else []
    lines = [line for text in said for line in textwrap.wrap(text, WIDTH - 4)]
    return ["#" * WIDTH, *(f"# {line.ljust(WIDTH - 4)} #" for line in lines), "#" * WIDTH]


def _docstring(source: str, tree: ast.Module) -> str:
    first = tree.body[0]
    return "\n".join(source.splitlines()[first.lineno - 1 : first.end_lineno])


def _rewritten(topic: Topic, tree: ast.Module, home: str, homes: Mapping[str, str]) -> list[str]:
    """The imports that a student can follow: other stubs by the files they are in, and whatever is not the course's."""
    lines: list[str] = []
    stubs: dict[str, list[ast.alias]] = {}
    for node in tree.body:
        if _is_ours(node, topic.package):
            for alias in (alias for alias in node.names if homes.get(alias.name, home) != home):
                stubs.setdefault(homes[alias.name], []).append(alias)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            lines += _outside(topic.path, node, topic.package)
    lines += [ast.unparse(ast.ImportFrom(module, names, 0)) for module, names in stubs.items()]
    return [line for line in lines if line != NUMPY]


def _is_ours(node: ast.stmt, package: str) -> TypeGuard[ast.ImportFrom]:
    """Whether a statement imports from another module of the reference, by its full name."""
    return isinstance(node, ast.ImportFrom) and not node.level and bool(package) and _inside(node.module or "", package)


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
