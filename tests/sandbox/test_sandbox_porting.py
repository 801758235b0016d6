"""Old code: what Python 3 cannot parse, names that are gone, and arithmetic that meant something else."""

from __future__ import annotations

import ast
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.sandbox.worker.dialect import modern
from grader.sandbox.worker.lexer import tokens_of
from grader.sandbox.worker.porting import ported
from grader.sandbox.worker.python2 import divided

PRINT = "print statement → print()"
SYNTAX = {
    "print 'x'": ("print( 'x')", PRINT),
    "print": ("print()", PRINT),
    "print 'a', b,": ("print( 'a', b, end=' ')", PRINT),
    "print ('a'), b": ("print( ('a'), b)", PRINT),
    "print ('%d') % n": ("print( ('%d') % n)", PRINT),
    "print >>sys.stderr, 'x', y": ("print(  'x', y, file=sys.stderr)", PRINT),
    "print >>log": ("print( file=log)", PRINT),
    "if a: print 'x'; b = 1": ("if a: print( 'x'); b = 1", PRINT),
    "print 'x' # why": ("print( 'x') # why", PRINT),
    "print 'a', (\n  b)": ("print( 'a', (\n  b))", PRINT),
    "try: a\nexcept E, e: b": ("try: a\nexcept E as e: b", "except X, e → except X as e"),
    "try: a\nexcept (A, B), e: b": ("try: a\nexcept (A, B) as e: b", "except X, e → except X as e"),
    "raise E, 'text'": ("raise E( 'text')", "raise X, text → raise X(text)"),
    "raise E, 'text', t": ("raise E( 'text') ", "raise X, text → raise X(text)"),
    "a = `b`": ("a = repr(b)", "`…` → repr(…)"),
    "a <> b": ("a != b", "<> → !="),
    "exec 'a = 1' in space": ("exec( 'a = 1' , space)", "exec statement → exec()"),
    "a = 0777": ("a = 0o777", "octal 0… → 0o…"),
    "a = 10L + 0xFFL": ("a = 10 + 0xFF", "long integers → integers"),
    "a = ur'x'": ("a = r'x'", 'ur"" → r""'),
    "f = lambda (a, b): a + b": ("f = lambda _pair: (lambda  a, b: a + b)(*_pair)", "lambda (a, b) → lambda pair"),
    "g(key=lambda (a, b): b, x=1)": (
        "g(key=lambda _pair: (lambda  a, b: b)(*_pair), x=1)",
        "lambda (a, b) → lambda pair",
    ),
}


@pytest.mark.parametrize("old", SYNTAX)
def test_syntax(old):
    new, changes = modern(old)
    assert new == SYNTAX[old][0]
    assert {what for what, _ in changes} == {SYNTAX[old][1]}
    ast.parse(new)


LEFT_ALONE = [
    "print('a', b)",
    "print = log",
    "x = print",
    "except_ = 1",
    "try: a\nexcept (A, B): b",
    "raise E('x, y')",
    "raise",
    "a = 0\nb = 0.5\nc = 00\nd = 1e5j",
    's = "print x, `y` <> 0777"',
    "'''\nprint x\n'''",
    "# print x <> y",
    "f = lambda a, b: (a, b)",
    "a = f'{x}' + rb'y'.decode() + b'z'.decode()",
    "x: int = 3\nif (n := 4) > 3: pass",
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_python_3_knows_is_left_alone(text):
    assert modern(text) == (text, [])


@given(st.text(st.sampled_from("ab01 \n\t\\\"'#()[]:;,.<>`-+*/=uLr@é"), max_size=60))
def test_no_sign_is_lost(text):
    assert "".join(token.text for token in tokens_of(text)) == text


@given(st.text(st.sampled_from("print raise except lambda(a,b):;\n\t '\"\\<>`0L"), max_size=60))
def test_porting_never_raises_and_gives_what_parses(text):
    found = ported(text)
    if found is not None:
        ast.parse(found[0])
        assert found[1]


def test_tabs_reach_to_the_next_eighth_column_else_to_the_fourth():
    assert ported("def f(x):\n        if x:\n\t    return 1\n\treturn 2")[0].splitlines()[2] == "            return 1"
    four = "def f(x):\n    a = 1\n\tb = 2\n    return a\n"
    assert ported(four)[0] == "def f(x):\n    a = 1\n    b = 2\n    return a\n"
    assert (
        ported("def f(x):\n    if x:\n\treturn 1\n    return 2")[0]
        == "def f(x):\n    if x:\n        return 1\n    return 2"
    )
    assert ported("if x:\n\tif y:\n\t    a = 1\n        b = 2\n")[0].splitlines()[3] == "        b = 2"


def test_lines_of_a_notebook_in_a_file():
    text = "%matplotlib inline\n!pip install x\ndef f(x):\n    %timeit g(x)\n    return x\n"
    new, changes = ported(text)
    assert new.splitlines()[:4] == ["pass", "pass", "def f(x):", "    g(x)"]
    assert [line for _, line in changes] == [1, 2, 4]


@given(st.integers(-50, 50), st.integers(-50, 50).filter(bool))
def test_whole_numbers_divide_as_in_python_2(a, b):
    assert divided(a, b) == a // b
    assert type(divided(a, b)) is int
    assert divided(float(a), b) == a / b
    assert divided(np.float64(a), b) == a / b
    np.testing.assert_array_equal(divided(np.array([a]), b), np.array([a]) // b)
    np.testing.assert_array_equal(divided(np.array([a]), float(b)), np.array([a]) / b)


OLD = """
import numpy as np
def f(x, stride):
    print "shape", x.shape
    N = x.shape[0] / stride
    out = np.zeros((N, 1 / 2 + 1))
    for i in xrange(N):
        out[i] += i
    total = x.sum()
    total /= 2
    return out, total, map(int, [1.0]) + zip([1], [2]), {'a': 1}.has_key('a'), [v for _, v in {'b': 2}.iteritems()]
"""


def test_python_2_is_graded_after_porting(opened, put):
    confined = opened(OLD)
    out, total, both, has, values = put(confined, "f", np.arange(5), 2).value
    assert out.shape == (2, 1)
    assert total == 5
    assert list(both) == [1, (1, 2)]
    assert has is True
    assert values == [2] or list(values) == [2]
    assert confined.notes == (
        "main.py graded after porting: print statement → print(), line 4; xrange → range, line 7; "
        ".has_key(k) → k in …, line 11; .iteritems() → .items(), line 11; "
        "the division of whole numbers of Python 2, lines 5, 6, 10",
    )


def test_division_is_that_of_python_3_unless_the_file_is_of_python_2(opened, put):
    assert put(opened("def f(): return 1 / 2"), "f").value == 0.5
    assert put(opened("from __future__ import division\ndef f():\n    print 'x'\n    return 1 / 2"), "f").value == 0.5
    assert put(opened("def f():\n    print 'x'\n    return 1 / 2"), "f").value == 0
    assert put(opened("from past.builtins import xrange\ndef f(): return len(xrange(2)) / 4"), "f").value == 0.5
    assert put(opened("from past.utils import old_div\ndef f(): return old_div(1, 2)"), "f").value == 0


OF_NEITHER = {
    "np.float": "import numpy as np\nX = np.float(1)\n",
    "np.product": "import numpy as np\ndef g(x): return np.product(x)\n",
    "np.Inf": "import numpy as np\nX = np.Inf\n",
    "xrange": "def g():\n    for i in xrange(3): pass\n",
    "has_key": "def g(d): return d.has_key(1)\n",
    "iteritems": "def g(d): return [v for _, v in d.iteritems()]\n",
    "tried": "try:\n    import cPickle as pickle\nexcept ImportError:\n    import pickle\n",
}


@pytest.mark.parametrize("sign", OF_NEITHER)
def test_a_name_that_is_gone_makes_no_python_2(opened, put, sign):
    assert put(opened(OF_NEITHER[sign] + "def f(): return 1 / 2"), "f").value == 0.5


OF_PYTHON3 = {
    "past": "from past.builtins import xrange\n",
    "builtins": "from builtins import range\n",
    "future": "from __future__ import absolute_import\n",
    "f-string": "def g(x): return f'{x}'\n",
    "matmul": "def g(x): return x @ x\n",
    "annotation": "def g(x: int): return x\n",
    "super": "class G:\n    def __init__(self): super().__init__()\n",
}


@pytest.mark.parametrize("sign", OF_PYTHON3)
def test_a_sign_of_python_3_outweighs_those_of_python_2(opened, put, sign):
    both = OF_PYTHON3[sign] + "def h():\n    print 'x'\ndef f(): return 1 / 2"
    assert put(opened(both), "f").value == 0.5


@pytest.mark.parametrize("sign", ["import cPickle\n", "from itertools import izip\n", "'x @ y' <> 'f'\n"])
def test_what_python_3_can_neither_parse_nor_import_makes_python_2(opened, put, sign):
    assert put(opened(sign + "def f(): return 1 / 2"), "f").value == 0


@pytest.mark.parametrize(("kernel", "half"), [("python3", 0.5), ("python2", 0)])
def test_the_kernel_of_a_notebook_outweighs_a_print_statement(opened, put, kernel, half):
    cells = [{"cell_type": "code", "source": one} for one in ("print 'x'", "def f(): return 1 / 2")]
    book = {"cells": cells, "metadata": {"kernelspec": {"name": kernel}}, "nbformat": 4, "nbformat_minor": 4}
    assert put(opened({"hw.ipynb": json.dumps(book)}), "f").value == half


def test_a_neighbour_of_python_2_speaks_for_files_that_say_nothing(opened, put):
    old = {"solver.py": "def g():\n    print 'x'\n"}
    assert put(opened({**old, "main.py": "def f(): return 1 / 2"}), "f").value == 0
    assert put(opened({**old, "main.py": "from builtins import range\ndef f(): return 1 / 2"}), "f").value == 0.5
    new = {"layers.py": "from past.builtins import xrange\n"}
    assert put(opened({**old, **new, "main.py": "def f(): return 1 / 2"}), "f").value == 0.5


def test_a_quotient_that_is_a_size_was_whole(opened, put):
    text = (
        "from builtins import range\nimport numpy as np\ndef f(H, s):\n    n = 1 + (H - 2) / s\n    p = H / s\n"
        "    out = np.zeros((2, n))\n    for i in range(n):\n        out[:, i] = p\n    return out"
    )
    confined = opened(text)
    np.testing.assert_array_equal(put(confined, "f", 7, 2).value, np.full((2, 3), 3.5))
    assert confined.notes == ("main.py graded after porting: the division of whole numbers of Python 2, line 4",)


@pytest.mark.parametrize(
    "expression",
    [
        "np.zeros((2, 7 / s))",
        "np.zeros(shape=(2, 7 / s))",
        "np.random.randn(2, 1 + (7 - 3) / s)",
        "np.random.normal(0, 1 / s, (2, 7 / s))",
        "np.random.normal(scale=1 / s, size=(2, 7 / s))",
        "np.arange(6).reshape(2, 7 / s)",
    ],
)
def test_a_quotient_in_the_place_of_a_size_was_whole(opened, put, expression):
    text = f"from builtins import range\nimport numpy as np\ndef f(s): return {expression}.shape, 1 / s"
    assert put(opened(text), "f", 2).value == ((2, 3), 0.5)


WHOLE = {
    "the array of reshape": "c = np.arange(4) / n\n    return np.reshape(c, (n, 2))[1, 1]",
    "made whole by its author": "k = 7 / n\n    v, k = k, int(k)\n    return v + 0 * len(range(k))",
    "made whole later": "k = 7 / n\n    v = k\n    k = int(k)\n    return v + 0 * len(range(k))",
    "a loop": "k = 3 / n\n    v = k\n    for k in range(2): np.zeros(k)\n    return v",
    "an array's index": "k = np.ones(1, int) / n\n    return np.arange(4)[k.astype(int), ][0] + k[0]",
    "a setting": "return {'rate': 3 / n}['rate']",
}
HALVES = [1.5, 3.5, 3.5, 1.5, 0.5, 1.5]


@pytest.mark.parametrize(("body", "value"), [*zip(WHOLE.values(), HALVES, strict=True)], ids=WHOLE)
def test_a_quotient_that_is_no_size_stays_true(opened, put, body, value):
    confined = opened(f"import numpy as np\ndef f(n):\n    {body}")
    assert put(confined, "f", 2).value == value


@pytest.mark.parametrize("place", ["the array of reshape", "made whole later", "a loop", "a setting"])
def test_nothing_is_said_where_nothing_was_ported(opened, place):
    assert opened(f"import numpy as np\ndef f(n):\n    {WHOLE[place]}").notes == ()


@pytest.mark.parametrize(
    "expression",
    [
        "np.arange(4)[5 / n]",
        "np.arange(8).reshape(2, 4)[n / n - 1, 5 / n]",
        "np.arange(4)[5 / n:][0]",
        "np.arange(4)[:5 / n].size",
        "np.pad(np.zeros(1), 1 / n + 1, 'constant').size - 1",
    ],
)
def test_a_quotient_in_an_index_was_whole(opened, put, expression):
    confined = opened(f"import numpy as np\ndef f(n): return {expression}")
    assert put(confined, "f", 2).value == 2
    assert "the division of whole numbers" in confined.notes[0]


def test_a_setting_that_is_whole_is_a_size_in_another_file(opened, put):
    files = {
        "main.py": "from other import g\ndef f(k): return g({'pad': (k - 1) / 2})",
        "other.py": "import numpy as np\ndef g(p): return np.pad(np.ones(1), p['pad'], 'constant')",
    }
    assert put(opened(files), "f", 5).value.shape == (5,)
    assert put(opened(files), "f", 4).message.startswith("TypeError")  # 1.5 is no size in any Python 3


def test_only_files_that_run_are_said_to_be_ported(opened, put):
    confined = opened({"main.py": "def f(): return 1", "solver.py": "print 'never imported'"})
    assert confined.notes == ()
    assert put(confined, "f").value == 1


def test_names_that_numpy_dropped(opened, put):
    text = "import numpy as np\ndef f(x): return np.zeros(2, np.int).dtype.kind, x.astype(np.float).sum(), np.Inf > 1"
    confined = opened(text)
    assert put(confined, "f", np.ones(2)).value == ("i", 2.0, True)
    assert confined.notes[0].startswith("main.py graded after porting: np.int → int, line 2; np.float → float, line 2")


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("np.lib.pad(x, 1, 'constant').size", 4),
        ("np.asscalar(x[:1])", 3.0),
        ("np.alen(x)", 2),
        ("np.asfarray([1])[0] / 2", 0.5),
        ("np.msort(x)[0]", 1.0),
        ("np.NINF < 0", True),
        ("np.sum(v * v for v in x)", 10.0),
        ("np.array(x, dtype=int, copy=False)[0]", 3),
        ("np.dtype(np.int0).kind", "i"),
    ],
)
def test_what_numpy_offered_formerly(opened, put, expression, value):
    confined = opened(f"import numpy as np\ndef f(x): return {expression}")
    assert put(confined, "f", np.array([3.0, 1.0])).value == value
    assert confined.notes[0].startswith("main.py graded after porting: ")


def test_what_numpy_still_offers_is_left_alone(opened, put):
    text = "import numpy as np\ndef f(x): return np.sum([v for v in x]) + np.array(x, copy=True)[0]"
    confined = opened(text)
    assert put(confined, "f", np.ones(2)).value == 3
    assert confined.notes == ()


def test_names_that_the_file_defines_are_its_own(opened, put):
    text = (
        "def xrange(n): return [7]\nclass D:\n    def iteritems(self): return 'own'\n"
        "def f(): return xrange(3), D().iteritems()"
    )
    confined = opened(text)
    assert confined.notes == ()
    value = put(confined, "f").value
    assert list(value[0]) == [7]
    assert value[1] == "own"


def test_modules_of_python_2(opened, put):
    text = (
        "import cPickle as pickle, urllib2\nfrom itertools import izip, chain\nfrom StringIO import StringIO\n"
        "import string\n"
        "def f(): return list(chain([1], (a for a, _ in izip([2], [3])))), string.letters[0], "
        "pickle.loads(pickle.dumps(4))"
    )
    confined = opened(text)
    values, letter, pickled = put(confined, "f").value
    assert (list(values), letter, pickled) == ([1, 2], "a", 4)
    assert len(confined.notes) == 1


def test_a_broken_file_keeps_the_message_of_python_3(opened, put):
    assert put(opened("def f(x):\n    print 'a'\n    return x +"), "f", 1).message.startswith(
        "main.py line 2: Missing paren"
    )


def test_places_in_ported_code_are_those_of_the_file(opened, put):
    answer = put(opened("print 'x'\ndef f(x):\n    return x.nothing"), "f", 1)
    assert answer.message == "AttributeError: 'int' object has no attribute 'nothing' (main.py, line 3)"


def test_old_cells_of_a_notebook(opened, put):
    cells = ["print 'hello'", "def f(x):\n    print x\n    return x / 2"]
    book = {"cells": [{"cell_type": "code", "source": one, "metadata": {}, "outputs": []} for one in cells]}
    confined = opened({"hw.ipynb": json.dumps({**book, "nbformat": 4, "nbformat_minor": 4, "metadata": {}})})
    assert put(confined, "f", 3).value == 1


@pytest.mark.parametrize("line", ["f?", "np.sum??", "??f", "?f", "files = !ls -l", "a, b = %magic x"])
def test_a_magic_costs_its_line_and_not_the_cell(opened, put, line):
    assert put(opened({"hw.ipynb": _notebook(f"{line}\ndef f(x):\n    return x + 1")}), "f", 3).value == 4


def test_a_broken_line_is_no_magic(opened, put):
    confined = opened({"hw.ipynb": _notebook("x = = ls\ndef f(x):\n    return x + 1")})
    assert "cell 1 skipped" in confined.notes[0]


def test_a_cell_that_is_written_to_a_file_of_python_defines_what_the_file_would(opened, put):
    text = "def f(x):\n    return x + 1"
    assert put(opened({"hw.ipynb": _notebook(f"%%writefile cs/layers.py\n{text}")}), "f", 3).value == 4
    assert "skipped: %%writefile" in opened({"hw.ipynb": _notebook(f"%%writefile notes.txt\n{text}")}).notes[0]


def _notebook(*sources):
    cells = [{"cell_type": "code", "source": one, "metadata": {}, "outputs": []} for one in sources]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})
