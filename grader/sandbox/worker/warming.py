"""Everything that Python and numpy load late, loaded early: behind the filter no file can be opened any more.

What is imported here is what the student's code can import.
"""

from __future__ import annotations

import ast
import codecs
import datetime
import importlib
import json
import linecache
import sys
import traceback
import types
import warnings

import numpy as np

from . import notebooks

LIBRARY = (
    "abc argparse array ast base64 binascii bisect builtins calendar cmath codecs collections collections.abc "
    "colorsys contextlib contextvars copy copyreg csv ctypes dataclasses datetime decimal difflib "
    "dis enum errno fractions functools gc getpass glob gzip hashlib heapq html importlib importlib.util "
    "inspect io itertools json keyword linecache locale logging math mmap numbers operator os os.path pathlib pickle "
    "platform pprint queue random re reprlib resource select shutil signal socket stat statistics string struct "
    "subprocess sys sysconfig tempfile textwrap threading time timeit tokenize traceback types typing unicodedata "
    "unittest uuid warnings weakref zipfile zlib"
)
"""Generous: nothing is dangerous behind the filter, and an import that fails costs a student the whole file."""

NUMPY = "fft linalg ma matlib polynomial random testing lib.stride_tricks ctypeslib rec char"
ENCODINGS = (
    "utf-8 utf-8-sig ascii latin-1 cp1252 utf-16 utf-16-le utf-16-be utf-32 idna unicode_escape raw_unicode_escape"
)

# The upgrade of version 3 needs schemas that take longer to load than everything else; plain JSON will do for those.
_NOTEBOOK = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 2}


def warm_up() -> None:
    """Import and use once what a submission may need. What a version of Python or numpy lacks is left out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # `from numpy import *` loads all of numpy, and so does `numpy.matlib`; of that, the Fortran compiler's front
        # end is of no use here.
        np.f2py = sys.modules.setdefault("numpy.f2py", types.ModuleType("numpy.f2py"))
        for name in LIBRARY.split() + [f"numpy.{part}" for part in NUMPY.split()]:
            try:
                importlib.import_module(name)
            except ImportError:
                continue
        exec("from numpy import *", {})
        for name in ENCODINGS.split():
            codecs.lookup(name)
        _compute()
        _speak()
        _load_nbformat()
        notebooks.read_cells(json.dumps(_NOTEBOOK).encode())


def _load_nbformat() -> None:
    """Import nbformat without the library of schemas that it validates with, which is half of it and never asked here.

    Should it want more of that library than the names of its exceptions, it is imported whole.
    """
    names = dict(Draft4Validator=object, ErrorTree=object, ValidationError=type("ValidationError", (Exception,), {}))
    stand_ins = {name: types.ModuleType(name) for name in ("jsonschema", "jsonschema.exceptions")}
    if sys.modules.keys() & stand_ins.keys():
        return
    for module in stand_ins.values():
        vars(module).update(names)
    sys.modules.update(stand_ins)
    try:
        importlib.import_module("nbformat")
    except (ImportError, AttributeError):
        for name in [name for name in sys.modules if name.partition(".")[0] == "nbformat"]:
            del sys.modules[name]
    finally:
        for name in stand_ins:
            del sys.modules[name]


def _compute() -> None:
    square = np.eye(3) + 0.5
    for made in (square @ square, np.einsum("ij,jk->ik", square, square), np.fft.fft(square), np.random.rand(2)):
        repr(made)
    np.linalg.svd(square)
    np.linalg.solve(square, square)
    np.linalg.eigh(square)
    np.random.default_rng(0).standard_normal(2)
    np.testing.assert_allclose(square, square)
    np.add.at(np.zeros(2), [0, 0], 1)
    np.array([1.5, np.nan], dtype=np.float32).astype(int, casting="unsafe").tolist()


def _speak() -> None:
    """Texts of all kinds: numbers, dates, arrays, tracebacks, sources, warnings."""
    datetime.datetime.strptime("2020-02-29", "%Y-%m-%d").strftime("%c")
    str([np.arange(3.0), np.float32(1.5), 1j, "∂"])
    ast.unparse(ast.parse("def f(x: int = 1) -> float:\n    return x ** 2 if x else [y for y in (1, 2)]\n"))
    try:
        compile("def f(:", "<warm>", "exec")
    except SyntaxError as error:
        traceback.format_exception(error)
    warnings.warn("warm", RuntimeWarning, stacklevel=1)
    linecache.getline("<warm>", 1)
