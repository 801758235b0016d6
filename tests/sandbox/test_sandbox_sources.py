"""Bytes of all kinds become text, or one clear line."""

from __future__ import annotations

import pytest

from grader.sandbox.worker.sources import read_source

TEXT = "# é ∂\r\ndef f(x):\r\n    return '∂'\r\n"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.replace("\r\n", "\n").encode(),
        TEXT.replace("\r\n", "\r").encode(),
        b"# -*- coding: latin-1 -*-\ndef f(x): return '\xe9'\n",
        b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\ndef f(x): return '\x80'\n",
        b"",
    ],
    ids=["utf-8", "bom", "unix", "mac", "latin-1", "cp1252", "empty"],
)
def test_readable(content):
    source = read_source("layers.py", content, ("f",))
    assert source.error == ""
    assert len(source.pieces) == 1
    source.pieces[0].listing()


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (TEXT.encode("utf-16"), "layers.py is UTF-16; expected UTF-8; save it again as UTF-8"),
        (TEXT.encode("utf-16-le"), "layers.py is UTF-16; expected UTF-8; save it again as UTF-8"),
        (b"def f(x):\n    return '\0'", "layers.py is not text; expected UTF-8; save it again as UTF-8"),
        (b"\x7fELF\x02\x01\x01\0\0\0", "layers.py is UTF-16"),
        (b"\n\ndef f(x): return '\xe9'", "layers.py line 3: it is not UTF-8; expected UTF-8 or a coding cookie"),
        (b"# coding: klingon\ndef f(x): return 1", "layers.py: unknown encoding: klingon"),
        (b"x = 1\ndef f(x:\n    return x", "layers.py line 2: '(' was never closed"),
        (b"def f(x):\nreturn x", "layers.py line 2: expected an indented block"),
        (b"def f(x): print 'x' +", "layers.py line 1: Missing parentheses in call to 'print'"),
        (b"def f(x): return " + b"(" * 5_000 + b")" * 5_000, "layers.py"),
        (b"def f(x): return " + b"-" * 100_000 + b"1", "layers.py: it is nested too deeply to be parsed"),
    ],
)
def test_unreadable(content, error):
    source = read_source("layers.py", content, ("f", "g"))
    assert source.error.startswith(error)
    assert "\n" not in source.error
    assert source.mentioned == ({} if content[:4] == b"\x7fELF" else {"f": source.error})
