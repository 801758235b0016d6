"""Imports that cannot be served, and what their author is told; and the course's own files that nobody hands in.

What is there for graded code is numpy, Python's library, and the submission itself, on every machine alike.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from .naming import BASE, REAL

COURSE_PACKAGES = frozenset({"cs231n"})
COURSE_FILES = frozenset({
    "captioning_solver", "classifier_trainer", "coco_utils", "data_utils", "fast_layers", "gradient_check", "im2col",
    "im2col_cython", "image_utils", "simclr", "solver", "vis_utils",
})  # fmt: skip
_DERIVES = frozenset({"autograd", "jax", "keras", "mxnet", "tensorflow", "theano", "tinygrad", "torch", "torchvision"})

_ONLY = "only numpy and Python's own library are there for code that is graded"


def reason(head: str) -> str:
    """Say why a module is not there, and what to do instead."""
    if head in _DERIVES:
        return f"it would derive the gradients, and {_ONLY}; write them with numpy"
    if head in REAL:
        return "it is not among the modules that are loaded for code that is graded; do without it"
    return f"{_ONLY}; use those, or hand the file in if it is your own"


class Refusals(MetaPathFinder):
    """Refuses what is neither Python's nor numpy's; `last`, standing last, also what nobody else has found."""

    def __init__(self, last: bool = False) -> None:
        self._last = last

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> None:
        """Raise ModuleNotFoundError, with the reason."""
        head = fullname.partition(".")[0]
        own = head in REAL or head in sys.modules or head.startswith("_")  # parts that Python does not list
        if self._last or not own:
            raise ModuleNotFoundError(f"No module named {fullname!r}: {reason(head)}", name=fullname)


class CourseFiles(MetaPathFinder, Loader):
    """Stands in for files of the course that a submission imports and does not hold: what they name cannot be used."""

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Find `cs231n.data_utils`, `.data_utils` or `data_utils`; None for others."""
        head, _, _ = fullname.partition(".")
        parent, _, last = fullname.rpartition(".")
        if head in COURSE_PACKAGES or (last in COURSE_FILES and (not parent or f"{parent}.".startswith(f"{BASE}."))):
            return ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Leave it to Python."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Give the module every name that may be asked of it."""
        module.__dict__["__getattr__"] = _unusable_names(module.__name__.removeprefix(f"{BASE}."))


def _unusable_names(module: str) -> Callable[[str], Any]:
    def attribute(name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def unusable(*args: Any, **options: Any) -> Any:
            raise RuntimeError(
                f"{name} of {module} is not there for code that is graded, which can read no files either; "
                "call it where only your own runs come by, below `if __name__ == '__main__':`"
            )

        return unusable

    return attribute
