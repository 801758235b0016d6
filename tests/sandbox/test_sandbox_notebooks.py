"""Notebooks of both versions, their magics, and their ruins."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from grader.sandbox.worker import notebooks
from grader.sandbox.worker.definitions import find_definitions
from grader.sandbox.worker.sources import read_source


def cell(source, kind="code"):
    return {"cell_type": kind, "metadata": {}, "source": source, "outputs": [], "execution_count": None}


def v4(*sources, **more):
    return {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [cell(one) for one in sources], **more}


def v3(*sources):
    cells = [
        {"cell_type": "code", "input": one, "outputs": [], "language": "python", "metadata": {}} for one in sources
    ]
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": cells}]}


def read(book, wanted="f"):
    content = book if isinstance(book, bytes) else json.dumps(book).encode()
    return read_source("hw.ipynb", content, (wanted,))


def places(source, wanted="f"):
    return [one.place for one in find_definitions(source, {wanted}).get(wanted, [])]


DEF = "def f(x):\n    return x"


@pytest.mark.parametrize("with_nbformat", [True, False])
@pytest.mark.parametrize(
    "book",
    [
        v4("1 + 1", DEF),
        v4("1 + 1", DEF.splitlines(keepends=True)),
        v3("1 + 1", DEF),
        v3("1 + 1", DEF.splitlines(keepends=True)),
        json.dumps(v4("1 + 1", DEF)).encode("utf-8-sig"),
        {"cells": [cell("1 + 1", "markdown"), cell(DEF)]},
        v4("1 + 1", DEF, nbformat_minor=5),
        {"nbformat": 4, "cells": [7, {"cell_type": "code", "source": DEF}]},
    ],
    ids=["v4", "v4 lines", "v3", "v3 lines", "bom", "no version", "no ids", "no outputs"],
)
def test_definitions_are_found_in_both_versions(book, with_nbformat, monkeypatch):
    if not with_nbformat:
        monkeypatch.setitem(sys.modules, "nbformat", None)
    source = read(book)
    assert source.error == ""
    assert places(source) == ["cell 2, line 1"]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b'{"cells": [', "hw.ipynb is no notebook (Expecting value"),
        (b"[" * 100_000, "hw.ipynb is no notebook (it is nested too deeply)"),
        (b"[1, 2]", "hw.ipynb is no notebook; expected JSON with cells"),
        (b'{"cells": "def f(x): pass"}', "hw.ipynb is no notebook; expected JSON with cells"),
        (b"<<<<<<< HEAD\n{}\n=======", "hw.ipynb is no notebook (Expecting value"),
        (json.dumps(v4(DEF)).encode("utf-16"), "hw.ipynb is UTF-16; expected UTF-8"),
        (b'{"cells": ' + b"9" * 10**6 + b"}", "hw.ipynb is no notebook (Exceeds the limit"),
        (b"\xff\xfa", "hw.ipynb is not UTF-8; expected a notebook"),
        (b"", "hw.ipynb is no notebook (Expecting value"),
    ],
)
def test_ruins_are_one_line(content, error):
    source = read(content)
    assert source.error.startswith(error)
    assert "\n" not in source.error


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("%matplotlib inline\n" + DEF, ["cell 1, line 2"]),
        ("!pip install torch\n?f\n" + DEF, ["cell 1, line 3"]),
        ("%%time\n" + DEF, ["cell 1, line 2"]),
        ("\n%%capture out\n" + DEF, ["cell 1, line 3"]),
        ("%%timeit -n 3\n" + DEF, ["cell 1, line 2"]),
        ("%time f = lambda x: x", ["cell 1, line 1"]),
        ("if True:\n    !ls\n" + DEF, ["cell 1, line 3"]),
        ("y = (7\n % 4)\n" + DEF, ["cell 1, line 3"]),
        ("%%bash\n" + DEF, []),
        ("%%writefile layers.py\n" + DEF, ["cell 1, line 2"]),
        ("%%writefile notes.txt\n" + DEF, []),
        ("text = '''\n%not magic\n'''\n" + DEF, ["cell 1, line 4"]),
    ],
)
def test_magics(text, kept):
    assert places(read(v4(text))) == kept


def test_a_broken_cell_is_skipped_and_named():
    source = read(v4(DEF, "x = 1\ny = 2\nfor in x:", "%%writefile a.txt\nx", "%%bash\nls", "g = 1"))
    assert source.notes == [
        "hw.ipynb: cell 2 skipped: invalid syntax (line 3)",
        "hw.ipynb: cell 3 skipped: %%writefile",
    ]
    assert places(source) == ["cell 1, line 1"]


KEPT = """
import numpy as np
from a import b
def g(): return 1
class C: pass
EPS = 1e-8
A, B = 1, -2.5
SIZES = {"D": [2, 3]}
h = lambda x: x
scores = C().scores
other = g
f = np.vectorize(g)
half = EPS / 2
try:
    import past
except ImportError:
    pass
""".strip()

DROPPED = """
plt.plot(x)
assert f(1) == 1
for i in range(10**9): pass
while True: pass
data = load("cifar")
x = np.random.randn(3)
model.W = 3
a[0] = 1
f(3)
print("x")
with open("x") as file: text = file.read()
if not done: run()
""".strip()


def test_what_runs_of_a_notebook():
    import ast

    kept = notebooks.definitions_only(ast.parse(KEPT + "\n" + DROPPED).body, ("f",))
    assert ast.unparse(ast.Module(kept, [])) == ast.unparse(ast.parse(KEPT))


LOADED = """
import sys, types
from grader.sandbox.worker import warming
{before}
warming._load_nbformat()
print("nbformat" in sys.modules, "jsonschema" in sys.modules)
from grader.sandbox.worker.notebooks import read_cells
print([cell.source for cell in read_cells({book!r})], "jsonschema" in sys.modules)
"""
WANTS_MORE = """
def wants_more(name):
    sys.modules[name] = types.ModuleType(name)
    raise AttributeError("jsonschema has no attribute 'Draft7Validator'")
warming.importlib = types.SimpleNamespace(import_module=wants_more)
"""


@pytest.mark.parametrize(
    ("before", "said"),
    [("", "True False\n['x = 1'] False\n"), (WANTS_MORE, "False False\n['x = 1'] True\n")],
    ids=["without its schemas", "with them where it wants more of them"],
)
def test_nbformat_is_loaded(before, said):
    pytest.importorskip("nbformat")
    source = LOADED.format(before=before, book=json.dumps(v4("x = 1")).encode())
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert done.stdout == said
