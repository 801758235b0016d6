"""What a rule may look at: the function that is edited, the names in reach of a node, and what the task returns."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from grader import trees
from grader.audit.source import Source, source_of
from grader.model import CACHE, Task
from grader.paper import stream
from grader.posing import draw, runner

COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)
BARE = (ast.Return, ast.Assign, ast.AugAssign, ast.Expr, ast.keyword, ast.Call, ast.For, ast.If, ast.Tuple, ast.List)
"""Parents in which no replaced expression needs brackets."""

CLOSED = (
    ast.Name,
    ast.Constant,
    ast.Call,
    ast.Attribute,
    ast.Subscript,
    ast.Tuple,
    ast.List,
    ast.Dict,
    *COMPREHENSIONS,
)
"""Expressions that need no brackets anywhere."""


@dataclass(frozen=True, eq=False)
class Scene:
    """One function to be edited. `outputs` maps the place of each judged output to its value in the generic case."""

    source: Source
    globals: Mapping[str, Any]
    outputs: Mapping[int, Any]
    arrays: tuple[str, ...]
    several: bool

    def parent(self, node: ast.AST) -> ast.AST | None:
        return self.source.parents.get(node)

    def above(self, node: ast.AST) -> Iterator[ast.AST]:
        """Every node around this one, the nearest first."""
        parent = self.parent(node)
        while parent is not None:
            yield parent
            parent = self.parent(parent)

    def counts(self, node: ast.AST) -> bool:
        """Whether a node stands where things are counted or picked (an index, a range), not computed with."""
        child = node
        for parent in self.above(node):
            if isinstance(parent, ast.Subscript) and parent.slice is child:
                return True
            if isinstance(parent, ast.Call) and called(parent) in ("range", "arange", "reshape", "eye", "zeros", "len"):
                return child is not parent.func
            child = parent
        return False

    def returns(self) -> list[ast.Return]:
        """The function's own returns of a value."""
        inner = [node for node in self.source.nodes if isinstance(node, ast.FunctionDef | ast.Lambda)]
        hidden = {part for node in inner for part in ast.walk(node)}
        found = [node for node in self.source.nodes if isinstance(node, ast.Return) and node not in hidden]
        return [node for node in found if node.value is not None]

    def in_reach(self, node: ast.expr) -> list[str]:
        """Data bound before this node: arguments, earlier locals, and the targets of the loops around it."""
        names = dict.fromkeys(self.parameters)
        names |= dict.fromkeys(name for name, line in self._bound if line < node.lineno)
        for parent in self.above(node):
            if isinstance(parent, COMPREHENSIONS):
                names |= dict.fromkeys(name for part in parent.generators for name in stored(part.target))
            elif isinstance(parent, ast.For):
                names |= dict.fromkeys(stored(parent.target))
        return list(names)

    @property
    def parameters(self) -> list[str]:
        return [argument.arg for argument in self.source.function.args.args]

    @cached_property
    def _bound(self) -> list[tuple[str, int]]:
        inner = {
            part for node in self.source.nodes if isinstance(node, ast.comprehension) for part in ast.walk(node.target)
        }
        return [
            (node.id, node.lineno)
            for node in self.source.nodes
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node not in inner
        ]

    def text(self, node: ast.AST, new: ast.AST) -> str:
        """Write what stands in place of `node`, in brackets where its surroundings might tear it apart."""
        text = ast.unparse(ast.fix_missing_locations(new))
        closed = not isinstance(node, ast.expr) or isinstance(new, CLOSED) or isinstance(self.parent(node), BARE)
        return text if closed or self.source.bracketed(node) else f"({text})"


def scene(task: Task) -> Scene:
    """Set the scene of a task's function. Raises `NoSource`."""
    source = source_of(task.reference)
    generic = next(case for case in task.cases if case.name == "generic")
    inputs = draw(task, generic, stream(b"scene", task.name))
    outputs = runner(task)(inputs)
    places = {place: outputs[name] for place, name in enumerate(task.returns) if name != CACHE}
    arrays = tuple(name for name in task.parameters if name in inputs and holds_arrays(inputs[name]))
    return Scene(source, task.reference.__globals__, places, arrays, len(task.returns) > 1)


def holds_arrays(value: Any) -> bool:
    """Whether there is an array in a value that could be written into."""
    return any(isinstance(leaf, np.ndarray) and leaf.ndim for _, leaf in trees.leaves("", value))


def stored(target: ast.AST) -> list[str]:
    """The names that a target binds."""
    return [node.id for node in ast.walk(target) if isinstance(node, ast.Name)]


def called(node: ast.AST) -> str:
    """The last name of what is called: `sum` for np.sum(x) and for x.sum(); "" for anything else."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def arity(function: Callable[..., Any]) -> int | None:
    """How many arguments a Python function takes."""
    try:
        return len(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return None
