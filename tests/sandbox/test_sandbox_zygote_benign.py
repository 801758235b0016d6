"""What students ordinarily write works behind the filter, and what cannot work says why."""

from __future__ import annotations

import json

import pytest

from grader.questions import Failed, Returned

USES = {
    "svd": "return float(np.linalg.svd(np.eye(3) * 2)[1][0]) == 2.0",
    "inv and det": (
        "return bool(np.allclose(np.linalg.inv(A) @ A, np.eye(3))) and abs(np.linalg.det(np.eye(4)) - 1) < 1e-12"
    ),
    "eigh": "return np.linalg.eigh(A + A.T)[0].shape == (3,)",
    "lstsq": "return np.linalg.lstsq(A, A, rcond=None)[0].shape == (3, 3)",
    "fft": "return bool(np.allclose(np.fft.ifft(np.fft.fft(A)).real, A))",
    "einsum": "return bool(np.allclose(np.einsum('ij,jk->ik', A, A, optimize=True), A @ A))",
    "large matmul": "B = np.random.randn(300, 300); return (B @ B).shape == (300, 300)",
    "generators": "return np.random.default_rng(1).normal(size=3).shape == (3,)",
    "legacy draws": "np.random.seed(3); return np.random.permutation(5).shape == (5,)",
    "printing arrays": "print(A, repr(A), np.float32(1.5)); return str(np.arange(2)) == '[0 1]'",
    "print options": "np.set_printoptions(precision=3, suppress=True); return f'{np.array([1.23456])}' == '[1.235]'",
    "sorting": "return np.argsort(-np.arange(5.0))[0] == 4 and np.unique([1, 1, 2]).size == 2",
    "add.at": "z = np.zeros(3); np.add.at(z, [0, 0, 2], 1); return z.tolist() == [2, 0, 1]",
    "strides": (
        "from numpy.lib.stride_tricks import sliding_window_view as w; return w(np.arange(5), 3).shape == (3, 3)"
    ),
    "errstate": "with np.errstate(all='ignore'): return bool(np.isinf(np.float64(1) / np.float64(0)))",
    "testing": "np.testing.assert_allclose(A, A, rtol=1e-7); return True",
    "masked and polynomials": (
        "import numpy.ma as ma; return ma.masked_less(A, 2).sum() > 0 and np.polyfit([0, 1], [0, 1], 1).size == 2"
    ),
    "warnings": "import warnings; warnings.warn('careful'); return True",
    "dataclasses": "import dataclasses as d; P = d.make_dataclass('P', ['a']); return P(1).a == 1",
    "named tuples and enums": (
        "import collections as c, enum; return c.namedtuple('T', 'a')(1).a == enum.IntEnum('E', 'A').A"
    ),
    "timeit": "import timeit; return timeit.timeit('1 + 1', number=10) > 0",
    "time": (
        "import time; time.sleep(0.001); return time.time() > 0 and time.perf_counter() > 0 and time.process_time() > 0"
    ),
    "pickle in memory": "import pickle; return pickle.loads(pickle.dumps({'a': A}))['a'].shape == (3, 3)",
    "files in memory": "import io; b = io.BytesIO(); np.save(b, A); b.seek(0); return np.load(b).shape == (3, 3)",
    "decimal": (
        "from decimal import Decimal as D; from fractions import Fraction as F; "
        "return D('0.1') * 10 == 1 and F(1, 3) * 3 == 1"
    ),
    "dates": (
        "import datetime as d; return d.datetime.strptime('2020-02-29', '%Y-%m-%d').strftime('%B') == 'February'"
    ),
    "json and re": (
        "import json, re; return json.loads(json.dumps([1]))[0] == 1 and bool(re.match(r'(a|b)+$', 'abab'))"
    ),
    "functools": (
        "import functools, itertools, operator; "
        "return functools.reduce(operator.mul, itertools.islice(itertools.count(1), 4)) == 24"
    ),
    "typing": "from typing import Optional, NamedTuple, Protocol; from abc import ABC, abstractmethod; return True",
    "traceback": (
        "import traceback\n    try: 1 / 0\n"
        "    except ZeroDivisionError: return 'ZeroDivisionError' in traceback.format_exc()"
    ),
    "collection": "import gc, copy, inspect, textwrap; gc.collect(); return copy.deepcopy([A])[0].shape == (3, 3)",
}

REFUSED = {
    "file": ("open('data.npy')", "PermissionError", "files, network and processes are closed to code that is graded"),
    "np.load": ("np.load('data.npy')", "PermissionError", "closed to code that is graded"),
    "pickle from disk": ("import pickle; pickle.load(open('c.pkl', 'rb'))", "PermissionError", "closed to code"),
    "thread": ("import threading; threading.Thread(target=print).start()", "RuntimeError", "can't start new thread"),
    "process": ("import subprocess; subprocess.run(['true'])", "PermissionError", "closed to code that is graded"),
    "input": ("input()", "EOFError", ""),
    "scipy": ("import scipy.special; return 1", "ModuleNotFoundError", "only numpy and Python's own library are there"),
    "torch": ("import torch; return 1", "ModuleNotFoundError", "it would derive the gradients"),
    "sqlite3": ("import sqlite3; return 1", "ModuleNotFoundError", "not among the modules that are loaded"),
    "data": (
        "from cs231n.data_utils import get_CIFAR10_data as get; get()",
        "ModuleNotFoundError",
        "No module named 'cs231n': only numpy and Python's own library are there",
    ),
}

INERT = """
from __future__ import print_function
from builtins import range, object
from past.builtins import xrange
from future import standard_library
from six.moves import cPickle as pickle
import six, tqdm
from tqdm import tqdm as progress, trange
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
plt.rcParams["figure.figsize"] = (10.0, 8.0)
from IPython.display import display
from cs231n.data_utils import load_CIFAR10
from cs231n.gradient_check import eval_numerical_gradient
from cs231n.layers import *
from .data_utils import get_CIFAR10_data
try:
    from cs231n.fast_layers import conv_forward_fast
except ImportError:
    pass
standard_library.install_aliases()
def f(n):
    plt.plot([1, 2]); plt.show()
    return g(sum(i for i in progress(xrange(n))))
"""


@pytest.fixture
def main(opened, put):
    def run(body):
        return put(
            opened(f"import numpy as np\nA = np.arange(9.0).reshape(3, 3) + np.eye(3)\ndef f():\n    {body}\n"), "f"
        )

    return run


@pytest.mark.parametrize("use", USES)
def test_an_ordinary_use_works(main, use):
    answer = main(USES[use])
    assert isinstance(answer, Returned), answer
    assert bool(answer.value) is True


def test_there_are_thirty_one():
    assert len(USES) == 31


@pytest.mark.parametrize("backend", [None], ids=["zygote"])
@pytest.mark.parametrize("use", REFUSED)
def test_what_cannot_work_says_why(main, use):
    code, kind, why = REFUSED[use]
    answer = main(code)
    assert isinstance(answer, Failed)
    assert answer.status == "raised"
    assert answer.message.startswith(f"{kind}: ")
    assert why in answer.message


def test_course_files_may_be_imported_unused(opened, put):
    confined = opened({"main.py": INERT, "layers.py": "def g(x): return x + 1"})
    assert confined.notes == ()
    assert put(confined, "f", 5).value == 11


def test_the_library_and_foreign_modules_are_the_same_on_every_machine(opened, put):
    body = "import {} as m; return m.__name__"
    text = "".join(
        f"def f{i}():\n    {body.format(name)}\n" for i, name in enumerate(["math", "rich", "pytest", "numpy"])
    )
    confined = opened(text, "f0 f1 f2 f3")
    assert [getattr(put(confined, f"f{i}"), "status", "found") for i in range(4)] == [
        "found",
        "raised",
        "raised",
        "found",
    ]


CELL = {"cell_type": "code", "metadata": {}, "outputs": []}
NOTEBOOKS = {
    "version 4": {"cells": [{**CELL, "source": "def f(x): return x + 1"}], "nbformat": 4, "nbformat_minor": 2},
    "version 4.5": {
        "cells": [{**CELL, "id": "a", "source": ["def f(x):", " return x + 1"]}],
        "nbformat": 4,
        "nbformat_minor": 5,
    },
    "version 3": {
        "worksheets": [{"cells": [{**CELL, "input": ["def f(x): return x + 1"]}]}],
        "nbformat": 3,
        "nbformat_minor": 0,
    },
}


@pytest.mark.parametrize("version", NOTEBOOKS)
def test_notebooks_are_read_behind_the_filter(opened, put, version):
    text = json.dumps({"metadata": {"name": ""}, **NOTEBOOKS[version]}).replace('["def f(x):", ', '["def f(x):\\n", ')
    confined = opened({"hw.ipynb": text})
    assert put(confined, "f", 2).value == 3
    assert confined.output == ""
