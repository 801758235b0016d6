"""Modules that published course code imports and its graded functions do not need.

They draw, show progress, or smooth over Python 2. Here they do nothing, on every machine alike; what they name from
Python 2 is what Python 3 has in its place.
"""

from __future__ import annotations

import builtins
import functools
import io
import itertools
import pickle
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from .python2 import divided
from .standins import StandIn

INERT = frozenset({
    "IPython", "future", "ipdb", "line_profiler", "matplotlib", "numba", "past", "pylab", "seaborn", "six", "tqdm",
})  # fmt: skip

_SMOOTHS = frozenset({"future", "past", "six"})
"""These give Python's own functions under both versions: `from future.builtins import str, object`."""

_INSTEAD: dict[str, Any] = {
    "xrange": range,
    "range": range,
    "zip": zip,
    "map": map,
    "filter": filter,
    "input": input,
    "raw_input": input,
    "reduce": functools.reduce,
    "zip_longest": itertools.zip_longest,
    "basestring": str,
    "unicode": str,
    "long": int,
    "string_types": str,
    "text_type": str,
    "integer_types": int,
    "PY2": False,
    "PY3": True,
    "iteritems": lambda mapping: iter(mapping.items()),
    "iterkeys": lambda mapping: iter(mapping.keys()),
    "itervalues": lambda mapping: iter(mapping.values()),
    "old_div": divided,
    "cPickle": pickle,
    "StringIO": io.StringIO,
}


class Nothing(StandIn):
    """Takes every call, attribute and item, whenever that may be, and does nothing with it.

    A call hands back its first argument: that is all that `tqdm(range(n))` or a decorator has to do.
    """

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} does nothing here, and is no number", lambda: True)
        self.__name__ = name


NOTEBOOK_GLOBALS = {"get_ipython": lambda: Nothing("get_ipython"), "display": Nothing("display")}
"""What every cell of a notebook knows, and a notebook that was exported as a file still asks for."""


class InertModules(MetaPathFinder, Loader):
    """Finds them under any name below theirs (`matplotlib.pyplot`, `past.builtins`)."""

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Find an inert module; None for all others."""
        return ModuleSpec(fullname, self, is_package=True) if fullname.partition(".")[0] in INERT else None

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Leave it to Python."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Give the module every name that may be asked of it."""

        smooths = module.__name__.partition(".")[0] in _SMOOTHS

        def attribute(name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(name)
            if name in _INSTEAD:
                return _INSTEAD[name]
            return getattr(builtins, name) if smooths and hasattr(builtins, name) else Nothing(name)

        module.__dict__.update({"__getattr__": attribute, "__all__": ["xrange", "zip", "map", "filter"]})
