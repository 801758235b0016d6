"""Runs the files of a submission as modules that may import one another.

A module is one object under every name it is imported by. A file whose top level raises keeps what it had defined by
then. In a notebook, and in a file that was one, cells are tried out of order: a statement that raises costs itself.
"""

from __future__ import annotations

import ast
import random
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import CodeType, ModuleType
from typing import Any, cast

import numpy as np

from . import failures
from .definitions import pieces_to_run
from .driving import driven
from .formerly import FORMER
from .inert import NOTEBOOK_GLOBALS
from .meanings import GLOBALS
from .naming import Names
from .porting import note
from .sources import Piece, Source

REFUSED = {
    "grader": "the grader is not there for the code that it grades",
    "reference": "the reference solutions are not there for the code that is graded",
    "assignments": "the assignments are not there for the code that is graded",
}

Failure = tuple[str, str, str]
"""status, message, detail"""


class Modules(MetaPathFinder, Loader):
    """The submission as a place to import from."""

    def __init__(self, sources: Sequence[Source], skipped: Collection[int], replaced: Collection[str] = ()) -> None:
        self._sources = {source.path: source for source in sources}
        self._names = Names(sources, replaced)
        self._skipped = skipped
        self._modules: dict[str, ModuleType] = {}
        self._specs: dict[str, ModuleSpec] = {}
        self._started: set[str] = set()
        self._running = 0
        self._pieces: dict[str, Piece] = {}
        self.stopped: dict[str, BaseException] = {}
        self.notes: list[str] = []
        self.listings: dict[str, failures.Listing] = {}

    # -- what Python's import asks ------------------------------------------------------------------------------------

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Find a file of the submission, a package around it, or a refusal."""
        file = self._names.path(fullname)
        if file is not None or self._names.is_package(fullname):
            return ModuleSpec(fullname, self, origin=file, is_package=file is None)
        head = fullname.partition(".")[0]
        if head in REFUSED:
            raise ModuleNotFoundError(f"No module named {head!r}: {REFUSED[head]}", name=fullname)
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Return the one object of a file, whatever the name; a package gets an empty one."""
        return None if spec.origin is None else self._module(spec.origin)

    def exec_module(self, module: ModuleType) -> None:
        """Run a file the first time that any of its names is imported."""
        path = getattr(module, "__file__", None)
        if path in self._sources:
            module.__spec__ = self._specs[path]  # the import put the alias there
            self._run(path)

    # -- running ------------------------------------------------------------------------------------------------------

    def load(self, path: str) -> ModuleType:
        """Import one file by its path."""
        random.seed(0)  # code that draws without a seed draws the same in every run
        np.random.seed(0)
        module = self._module(path)
        self._run(path)
        return module

    def _module(self, path: str) -> ModuleType:
        if path not in self._modules:
            name = self._names.true_name(path)
            spec = self._specs[path] = ModuleSpec(name, self, origin=path, is_package=path.endswith("/__init__.py"))
            module = ModuleType(self._names.shown_name(path))
            module.__file__, module.__spec__, module.__package__ = path, spec, spec.parent
            module.__dict__.update(GLOBALS, **FORMER, **NOTEBOOK_GLOBALS)
            if spec.submodule_search_locations is not None:
                module.__path__ = []
            self._modules[path] = sys.modules[name] = sys.modules[module.__name__] = module
        return self._modules[path]

    def _run(self, path: str) -> None:
        if path in self._started:
            return
        self._started.add(path)
        spec = self._specs[path]
        spec._initializing = True  # type: ignore[attr-defined]  # so that Python says what a circular import is
        self._running += 1
        if self._sources[path].changes:
            self.notes.append(note(path, self._sources[path].changes))
        self._run_pieces(path)
        self._running -= 1
        spec._initializing = False  # type: ignore[attr-defined]

    @property
    def busy(self) -> bool:
        """Whether a file is being loaded at this moment."""
        return self._running > 0

    def piece(self, label: str) -> Piece | None:
        """Return what was compiled under a name, as far as it belongs to the submission."""
        return self._pieces.get(label)

    def _run_pieces(self, path: str) -> None:
        source, module = self._sources[path], self._modules[path]
        for piece, body in pieces_to_run(source, self._skipped):
            self.listings[piece.label] = piece.listing()
            self._pieces[piece.label] = piece
            groups = [[statement] for statement in body] if source.of_cells else [body]
            for group in groups:
                try:
                    exec(_compiled(group, piece.label), module.__dict__)
                except BaseException as error:  # SystemExit and KeyboardInterrupt are the student's as well
                    self._stop(source, error)

    def _stop(self, source: Source, error: BaseException) -> None:
        error.__traceback__ = _below(error, self.listings)
        failed_before = source.path in self.stopped
        self.stopped[source.path] = error
        if source.is_notebook:
            self.notes.append(f"{failures.message(error, self.listings)}; the rest of the notebook is graded")
        elif not source.exported:
            self.notes.append(f"{self.stop_line(source.path)}; what it defines before that is graded")
        elif not failed_before:  # what follows from it is no news: a file keeps the cells that only try things out
            self.notes.append(f"{failures.message(error, self.listings)}; the rest of the file is graded")

    def stop_line(self, path: str) -> str:
        """Say where and why the top level of a file ended."""
        error = self.stopped[path]
        line = failures.line_of(error, self.listings)
        return f"{path} stopped{' at ' + line if line else ''}: {failures.one_line(error)}"

    def function(self, path: str, name: str) -> Callable[..., Any] | Failure:
        """Return what a loaded file calls `name`, or why there is nothing to call."""
        head, _, method = name.partition(".")
        found: Any = self._modules[path].__dict__.get(head)
        if method and isinstance(found, type) and callable(getattr(found, method, None)):
            return driven(found, method)
        if callable(found) and not method:
            return cast("Callable[..., Any]", found)
        if path in self.stopped and head not in self._modules[path].__dict__:
            error = self.stopped[path]
            status = "memory" if isinstance(error, MemoryError) else "raised"
            return status, f"{self.stop_line(path)}, before {name} is defined", failures.detail(error, self.listings)
        kind = type(found).__name__[: failures.NAME_MAX]
        expected = f"a class with a method {method}" if method else "a function"
        return "absent", f"{head} is of type {kind} in {path}; expected {expected}", ""


def _compiled(body: list[ast.stmt], label: str) -> CodeType:
    return compile(ast.Module(body, []), label, "exec", dont_inherit=True)


def _below(error: BaseException, listings: Mapping[str, failures.Listing]) -> Any:
    """Cut our own frames off the top of a traceback, so that it holds no reference to the loader."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename not in listings:
        trace = trace.tb_next
    return trace
