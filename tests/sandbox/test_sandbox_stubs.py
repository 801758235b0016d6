"""What is a stub, and what is an answer, right or wrong."""

from __future__ import annotations

import ast
import textwrap
from pathlib import Path

import pytest

from grader.sandbox.worker import stubs
from grader.sandbox.worker.stubs import is_stub

STUBS = {
    "raises": "def f(x):\n    raise NotImplementedError",
    "raises with a text": 'def f(x):\n    """doc"""\n    raise NotImplementedError("your turn")',
    "raises, then returns a name": "def f(x):\n    dx = None\n    raise NotImplementedError\n    return dx",
    "raises, then returns a value": "def f(x):\n    raise NotImplementedError\n    return x * 2",
    "prepares, then raises": "def f(x, cache):\n    x, w, b = cache\n    N = len(x)\n    raise NotImplementedError",
    "pass": "def f(x):\n    pass",
    "dots": "def f(x): ...",
    "docstring alone": 'def f(x):\n    "says what to do"',
    "return": "def f(x):\n    return",
    "return None": "def f(x):\n    return None",
    "None by name": "def f(x):\n    out = None\n    # TODO\n    pass\n    return out",
    "tuple of None": "def f(x):\n    return None, None",
    "tuple by names": "def f(x):\n    dx, dw, db = None, None, None\n    return dx, dw, db",
    "chained None": "def f(x):\n    dx = dw = None\n    return dx, dw",
    "one None for many": "def f(x):\n    loss = None\n    dz = None\n    return (loss, dz)",
    "annotated None": "def f(x):\n    dx: object = None\n    return dx",
    "None in every branch": "def f(x):\n    if x is None:\n        return None\n    else:\n        return",
    "unpacks and forgets": "def f(dout, cache):\n    dx = None\n    x = cache\n    return dx",
    "inner function": "def f(x):\n    def g():\n        return 1\n    return None",
    "lambda of None": "f = lambda x: None",
    "name is None": "f = None",
    "nothing inside an if": "def f(x):\n    if True:\n        pass\n    return None",
}

ANSWERS = {
    "returns": "def f(x):\n    return x",
    "unknown sigma": "def f(sigma, z):\n    if sigma == 'tanh':\n        return z\n    raise NotImplementedError",
    "guard first": "def f(s, z):\n    if s not in 'ab':\n        raise NotImplementedError(s)\n    return z",
    "None for one case": "def f(x):\n    if x is None:\n        return None\n    return x",
    "name set later": "def f(x):\n    dx = None\n    dx = x * 2\n    return dx",
    "name set in a loop": "def f(x):\n    dx = None\n    for row in x:\n        dx = row\n    return dx",
    "loop variable": "def f(x):\n    dx = None\n    for dx in x:\n        pass\n    return dx",
    "name grown": "def f(x):\n    dx = None\n    dx += x\n    return dx",
    "walrus": "def f(x):\n    dx = None\n    print(dx := x)\n    return dx",
    "with as": "def f(x):\n    dx = None\n    with x as dx:\n        return dx",
    "one of two": "def f(x):\n    out = None\n    cache = x\n    return out, cache",
    "an argument": "def f(x):\n    return x",
    "argument set to None": "def f(x):\n    if x:\n        x = None\n    return x",
    "empty dict": "def f(x):\n    grads = {}\n    return grads",
    "zero": "def f(x):\n    return 0",
    "lambda": "f = lambda x: x",
    "other function": "f = g",
    "method": "f = Net().scores",
    "endless loop": "def f(x):\n    while True:\n        pass",
    "ends the process": "def f(x):\n    os._exit(0)",
    "other error": "def f(x):\n    raise ValueError('no')",
    "generator": "def f(x):\n    yield x",
    "raise in an inner function": "def f(x):\n    def g():\n        raise NotImplementedError\n    return x",
    "empty tuple": "def f(x):\n    return ()",
}


def value_of(source):
    (statement,) = ast.parse(textwrap.dedent(source)).body
    return statement if isinstance(statement, ast.FunctionDef) else statement.value


@pytest.mark.parametrize("source", STUBS.values(), ids=STUBS)
def test_stubs(source):
    assert is_stub(value_of(source))


@pytest.mark.parametrize("source", ANSWERS.values(), ids=ANSWERS)
def test_answers(source):
    assert not is_stub(value_of(source))


def functions_at_hand():
    root = Path(__file__).parents[2]
    texts = [
        path.read_text()
        for folder in ("grader", "reference", "student_template")
        for path in root.glob(f"{folder}/**/*.py")
    ]
    nodes = [node for text in texts for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    return nodes + [value_of(source) for source in (*STUBS.values(), *ANSWERS.values())]


def test_the_short_look_says_what_the_long_one_says():
    functions = [node for node in functions_at_hand() if isinstance(node, ast.FunctionDef)]
    short = [node for node in functions if stubs._ends_with_something(node)]
    assert not [node.name for node in short if stubs._returns_nothing(node)]
    assert len(short) > len(functions) // 3
    assert any(stubs._returns_nothing(node) for node in functions)
