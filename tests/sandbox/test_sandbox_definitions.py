"""Definitions of one file, and the fingerprints that compare two."""

from __future__ import annotations

import pytest

from grader.sandbox.worker.definitions import find_definitions, overruled
from grader.sandbox.worker.sources import read_source


def found(text, wanted="f", path="main.py"):
    return find_definitions(read_source(path, text.encode(), (wanted,)), {wanted}).get(wanted, [])


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("def f(x):\n    return x", ["line 1"]),
        ("\n\nf = lambda x: x", ["line 3"]),
        ("f = Net().scores", ["line 1"]),
        ("f: object = g", ["line 1"]),
        ("g, f = 1, h", ["line 1"]),
        ("if numpy:\n    def f(x): return x\nelse:\n    def f(x): return 2", ["line 2", "line 4"]),
        ("try:\n    def f(x): return x\nexcept E:\n    f = 3", ["line 2", "line 4"]),
        ("with a:\n    def f(x): return x", ["line 2"]),
        ("def f(x): return 1\ndef f(x): return 2", ["line 1", "line 2"]),
        ("from layers import f", []),
        ("import f", []),
        ("async def f(x): return x", []),
        ("class A:\n    def f(self): return 1", []),
        ("def g():\n    def f(x): return x", []),
        ("if __name__ == '__main__':\n    f = 3", []),
    ],
)
def test_what_is_a_definition(text, places):
    assert [one.place for one in found(text)] == places


SAME = [
    "def f(x, y):\n    return x + y",
    "def f(x, y):\n    '''Add.'''\n    # why\n\n    return x + y",
    "def f(x,y): return (x+y)",
    "\n\n\ndef f(\n    x,\n    y,\n):\n    return (\n        x + y\n    )",
]
OTHER = [
    "def f(x, y):\n    return y + x",
    "def f(y, x):\n    return x + y",
    "def f(x, y=1):\n    return x + y",
    "f = lambda x, y: x + y",
    "def f(x, y):\n    return x + y + 0",
    "@g\ndef f(x, y):\n    return x + y",
    "def f(x, y):\n    'x'\n    'y'\n    return x + y",
]


def test_fingerprints_ignore_layout_comments_and_docstrings_alone():
    assert len({found(text)[0].fingerprint() for text in SAME}) == 1
    prints = [found(text)[0].fingerprint() for text in [SAME[0], *OTHER]]
    assert len(set(prints)) == len(prints)


def test_a_stub_beside_a_definition_does_not_run():
    source = read_source(
        "main.py", b"def f(x): return x\ndef f(x): raise NotImplementedError\ndef g(): pass", ("f", "g")
    )
    definitions = find_definitions(source, {"f", "g"})
    assert overruled(definitions) == {id(source.pieces[0].body[1])}
