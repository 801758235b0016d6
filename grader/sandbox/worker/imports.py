"""Imports that cannot be served, and what their author is told.

What is there for graded code is numpy, Python's library, and the submission itself, on every machine alike. Published
code imports much more that no gradient needs: data, plots, compiled layers, other libraries. While a file is loaded
such an import gives a stand-in that does no harm; whoever uses it in a graded call is told why it is not there. An
import that its author guards (`try: … except ImportError:`) fails, as it would on any machine that lacks the module.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import FrameType, ModuleType
from typing import Any, Protocol

from .naming import BASE, REAL
from .sources import Piece
from .standins import StandIn

_DERIVES = frozenset({"autograd", "jax", "keras", "mxnet", "tensorflow", "theano", "tinygrad", "torch", "torchvision"})
_CATCHES = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})

_ONLY = "only numpy and Python's own library are there for code that is graded"


def reason(head: str) -> str:
    """Say why a module is not there, and what to do instead."""
    if head in _DERIVES:
        return f"it would derive the gradients, and {_ONLY}; write them with numpy"
    if head in REAL:
        return "it is not among the modules that are loaded for code that is graded; do without it"
    return f"{_ONLY}; use those, or hand the file in if it is your own"


class Loading(Protocol):
    """What is known of the files of a submission."""

    notes: list[str]

    @property
    def busy(self) -> bool:
        """Whether a file is being loaded at this moment."""
        ...

    def piece(self, label: str) -> Piece | None:
        """Return what was compiled under a name, as far as it belongs to the submission."""
        ...


class Absent(MetaPathFinder, Loader):
    """Answers for what is neither Python's nor numpy's; `last()`, standing last, for what nobody else has found."""

    def __init__(self, files: Loading, is_last: bool = False) -> None:
        self._files = files
        self._is_last = is_last

    def last(self) -> Absent:
        """Return the one to stand behind all other finders."""
        return Absent(self._files, is_last=True)

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Find a stand-in while a file is loaded. Raises ModuleNotFoundError, with the reason, where that is due."""
        name = fullname.removeprefix(f"{BASE}.")
        head = name.partition(".")[0]
        own = head in REAL or (head in sys.modules and not _is_stand_in(head)) or head.startswith("_")
        if own and not self._is_last:  # parts of the library that Python does not list begin with _
            return None
        statement = self._statement(_frames())
        if not self._files.busy or statement is None or statement.guarded:
            raise ModuleNotFoundError(f"No module named {name!r}: {reason(head)}", name=fullname)
        if statement.star:
            self._files.notes.append(f"{statement.where} imports * from {name}, which is not there: {reason(head)}")
        return ModuleSpec(fullname, self, is_package=True)

    def _statement(self, frames: Iterator[FrameType]) -> _Statement | None:
        """Find the statement of the submission that an import stands in."""
        for frame in frames:
            piece = self._files.piece(frame.f_code.co_filename)
            if piece is not None:
                return _statement(piece, frame.f_lineno)
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Leave it to Python."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Give the module every name that may be asked of it."""
        name = module.__name__.removeprefix(f"{BASE}.")
        why = reason(name.partition(".")[0])

        def attribute(asked: str) -> Any:
            if asked == "__version__":
                return "0"
            if asked.startswith("__"):
                raise AttributeError(asked)
            return StandIn(f"{asked} of {name} is not there: {why}", lambda: self._files.busy)

        module.__dict__.update({"__getattr__": attribute, "__all__": [], "__standin__": True})


class _Statement:
    """An import in the text of a submission: where it stands, whether it is guarded, whether it takes everything."""

    def __init__(self, where: str, guarded: bool, star: bool) -> None:
        self.where, self.guarded, self.star = where, guarded, star


def _statement(piece: Piece, line: int) -> _Statement:
    here = [node for root in piece.body for node in ast.walk(root) if _covers(node, line)]
    guarded = any(isinstance(node, ast.Try) and _guards(node, line) for node in here)
    star = any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in here)
    return _Statement(f"{piece.where}line {line}", guarded, star)


def _covers(node: ast.AST, line: int) -> bool:
    return isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno)


def _guards(node: ast.Try, line: int) -> bool:
    caught = [_caught(handler.type) for handler in node.handlers]
    return any(_covers(inner, line) for inner in node.body) and any(caught)


def _caught(kind: ast.expr | None) -> bool:
    """Whether a handler is for imports that fail."""
    if kind is None:
        return True
    kinds = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(isinstance(one, ast.Name) and one.id in _CATCHES for one in kinds)


def _is_stand_in(head: str) -> bool:
    return bool(vars(sys.modules[head]).get("__standin__"))


def _frames() -> Iterator[FrameType]:
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        yield frame
        frame = frame.f_back
