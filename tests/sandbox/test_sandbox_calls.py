"""Questions and answers through a real process."""

from __future__ import annotations

import time

import numpy as np
import pytest

from grader.questions import Call, Failed, Named, Question, Ref, Returned
from grader.sandbox import affine_map
from grader.trees import Unsupported

LAYER = """
import numpy as np

def forward(x, w, b):
    return x @ w + b, (x, w, b)

def backward(dout, cache):
    x, w, b = cache
    return dout @ w.T, x.T @ dout, dout.sum(axis=0)

def broken(x):
    return x.nothing

def lazy(x):
    raise NotImplementedError("not yet")

def late(x):
    if len(x): raise NotImplementedError("not yet")
    return x

def bare(x):
    return x

def listed(x):
    return [x, {"mine": x}]

def change(x, parts, table):
    x += 1
    parts[0][0] = 7
    table["new"] = 2.5
    return table.get("old")

def jacobian(f, x, h):
    return np.stack([(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(len(x))], axis=1)

def spin(seconds):
    import time
    end = time.process_time() + seconds
    while time.process_time() < end: pass
    return 0.0

def doze(seconds):
    import time
    time.sleep(seconds)
    return 0.0
"""
NAMES = "forward backward broken lazy late bare listed change jacobian spin doze"

x, w, b = np.arange(6.0).reshape(2, 3), np.ones((3, 4)), np.zeros(4)


@pytest.fixture
def layer(opened):
    return opened(LAYER, NAMES)


def asked(confined, *calls):
    return confined.ask(Question(calls))


def test_a_cache_stays_and_travels_by_reference(layer):
    ahead, back = asked(layer, Call("forward", (x, w, b), keep=(1,)), Call("backward", (np.ones((2, 4)), Ref(0, 1))))
    np.testing.assert_array_equal(ahead.value[0], x @ w + b)
    assert ahead.value[1] is None
    np.testing.assert_array_equal(back.value[1], x.T @ np.ones((2, 4)))
    (forgotten,) = asked(layer, Call("backward", (np.ones((2, 4)), Ref(0, 1))))
    assert forgotten.status == "blocked"


def test_a_list_may_stand_for_the_tuple_of_a_cache(layer):
    kept, again = asked(layer, Call("listed", (x,), keep=(1,)), Call("bare", (Ref(0, 1),)))
    np.testing.assert_array_equal(kept.value[0], x)
    assert kept.value[1] is None
    np.testing.assert_array_equal(again.value["mine"], x)


def test_what_lacks_its_cache_is_blocked_and_says_why(layer):
    answers = asked(
        layer,
        Call("broken", (x,), keep=(1,)),
        Call("backward", (x, Ref(0, 1))),
        Call("bare", (1.0,), keep=(1,)),
        Call("backward", (x, Ref(2, 1))),
        Call("nothing", (x,), keep=(1,)),
        Call("backward", (x, Ref(4, 1))),
        Call("bare", (2.0,)),
    )
    assert [one.status for one in answers if isinstance(one, Failed)] == [
        "raised",
        "blocked",
        "blocked",
        "absent",
        "blocked",
    ]
    assert answers[1].message == "needs the cache of broken, which raised an exception"
    assert answers[3].message == "needs the cache of bare, which returned nothing in place 1"
    assert answers[5].message == "needs the cache of nothing, which is not there"
    assert answers[6].value == 2.0


def test_an_exception_is_one_line_with_its_place(layer):
    (answer,) = asked(layer, Call("broken", (x,)))
    assert answer.status == "raised"
    assert answer.message == "AttributeError: 'numpy.ndarray' object has no attribute 'nothing' (main.py, line 12)"
    assert "return x.nothing" in answer.detail
    assert "_worker" not in answer.detail
    assert "/" not in answer.detail


def test_a_wrong_number_of_arguments_shows_the_type_error(layer):
    (answer,) = asked(layer, Call("forward", (x,)))
    assert (answer.status, answer.message) == (
        "raised",
        "TypeError: forward() missing 2 required positional arguments: 'w' and 'b'",
    )


def test_not_implemented_is_absent(layer):
    stub, late = asked(layer, Call("lazy", (x,)), Call("late", (x,)))
    assert stub.message == "lazy is still the stub: it raises NotImplementedError or returns None (main.py, line 14)"
    assert (late.status, late.message) == ("absent", "NotImplementedError: not yet (main.py, line 18)")


def test_an_echo_shows_what_became_of_the_arguments(layer):
    mine = [np.zeros(2)]
    (answer,) = asked(layer, Call("change", (x, mine, {}), echo=True))
    np.testing.assert_array_equal(answer.args[0], x + 1)
    np.testing.assert_array_equal(answer.args[1][0], [7, 0])
    assert answer.args[2] == {"new": 2.5}
    assert answer.value is None
    np.testing.assert_array_equal(mine[0], [0, 0])


@pytest.mark.parametrize(
    ("name", "jacobian"),
    [
        ("sin", lambda x: np.diag(np.cos(x))),
        ("square", lambda x: np.diag(2 * x)),
        ("affine", lambda x: affine_map(len(x))[0]),
        ("softmax", lambda x: np.diag(p := np.exp(x) / np.exp(x).sum()) - np.outer(p, p)),
    ],
)
def test_named_functions(layer, name, jacobian):
    point = np.array([0.3, -0.5, 1.1])
    (answer,) = asked(layer, Call("jacobian", (Named(name), point, 1e-4), echo=True))
    np.testing.assert_allclose(answer.value, jacobian(point), atol=1e-7)
    assert answer.args[0] is None


def test_the_map_of_affine_has_no_equal_rows_or_columns():
    for n in range(1, 8):
        A, bias = affine_map(n)
        assert A.shape == (n + 1, n)
        assert bias.shape == (n + 1,)
        assert len({tuple(row) for row in A}) == n + 1
        assert len({tuple(column) for column in A.T}) == n


def test_time_is_that_of_the_processor(layer):
    busy, idle = asked(layer, Call("spin", (0.1,), timed=True), Call("doze", (0.1,), timed=True))
    assert 0.1 <= busy.cpu_s < 0.3
    if time.get_clock_info("process_time").implementation.startswith("clock_gettime"):
        assert idle.cpu_s < 0.05


RETURNS = {
    "object": ("return object()", Unsupported("object")),
    "objects": ("return np.array([{}, 1])", Unsupported("ndarray of dtype object")),
    "text": ("return np.array(['a'])", Unsupported("ndarray of dtype str32")),
    "generator": ("return (i for i in 'ab')", Unsupported("generator")),
    "function": ("return lambda: 0", Unsupported("function")),
    "mapping": ("import collections; return collections.ChainMap({'a': 1})", {"a": 1}),
    "named tuple": ("import collections; return collections.namedtuple('P', 'a b')(1, 2.5)", (1, 2.5)),
    "defaultdict": ("import collections; d = collections.defaultdict(int); d['a'] += 2; return d", {"a": 2}),
    "int subclass": ("import enum; return enum.IntEnum('E', 'A B').B", 2),
    "huge int": ("return 10**50", Unsupported("int of more than 40 digits")),
}


ARRAYS = {
    "array": "return x * 2",
    "nested list": "return (x * 2).tolist()",
    "list of scalars": "return [[v * 2 for v in row] for row in x]",
    "fortran": "return np.asfortranarray(x * 2)",
    "matrix": "return np.matrix(x) * 2",
    "view": "y = np.zeros((2, 5)); y[:, :3] = x * 2; return y[:, :3]",
    "masked": "return np.ma.masked_array(x * 2)",
    "read-only": "x = x * 2; x.flags.writeable = False; return x",
    "own array type": "class A:\n        def __array__(self, *a, **k): return x * 2\n    return A()",
    "subclass": "class A(np.ndarray): pass\n    return (x * 2).view(A)",
}


def functions(bodies):
    """One submission for many small functions, f0, f1 …: a process a function would take a tenth of a second each."""
    defs = [f"def f{index}(x):\n    {body}\n    return 0\n" for index, body in enumerate(bodies)]
    return "import numpy as np\n" + "\n".join(defs), [f"f{index}" for index in range(len(defs))]


def test_what_a_function_may_return(opened, put):
    text, names = functions(body for body, _ in RETURNS.values())
    confined = opened(text, " ".join(names))
    for name, (body, value) in zip(names, RETURNS.values(), strict=True):
        answer = put(confined, name, 1.0)
        assert type(answer) is Returned, body
        assert answer.value == value


def test_arrays_of_all_kinds_end_as_plain_arrays(opened, put):
    text, names = functions(ARRAYS.values())
    confined = opened(text, " ".join(names))
    for name, body in zip(names, ARRAYS.values(), strict=True):
        answer = put(confined, name, x)
        assert type(answer.value) is np.ndarray, body
        np.testing.assert_array_equal(answer.value, 2 * x)


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ("return list(range(3)) + [None] * 3000", "raised", "f returned what cannot be read: the value has more"),
        ("a = []; a.append(a); return a", "raised", "f returned what cannot be read: the value is nested more"),
        ("return {str(i): x for i in range(10**5)}", "raised", "f returned what cannot be read: the value has more"),
        ("return 'x' * 20000", "raised", "f returned what cannot be read: the value is a text of 20000"),
        ("import sys; sys.exit(); return 1", "raised", "SystemExit (main.py, line 3)"),
        ("raise KeyboardInterrupt", "raised", "KeyboardInterrupt (main.py, line 3)"),
        ("return f(x)", "raised", "RecursionError: maximum recursion depth exceeded"),
        ("raise type('X' * 500, (Exception,), {})('y' * 10**6)", "raised", "X" * 80 + ": yyy"),
        ("raise ValueError('two\\nlines\\x00')", "raised", "ValueError: two lines\x00 (main.py, line 3)"),
        ("raise ValueError(object())", "raised", "ValueError: <object object> (main.py, line 3)"),
        ("class E(Exception):\n        __str__ = None\n    raise E", "raised", "E: (its text cannot be read)"),
        ("class A:\n        def __array__(self): raise OSError('no')\n    return A()", "raised", "OSError: no"),
        ("return input()", "raised", "EOFError"),
        (
            "import reference; return 1",
            "raised",
            "ModuleNotFoundError: No module named 'reference': the reference solutions",
        ),
    ],
)
def test_failures_of_a_call(opened, put, body, status, message):
    confined = opened(f"import numpy as np\ndef f(x):\n    {body}\ndef g(x): return x", "f g")
    answer = put(confined, "f", 1.0)
    assert answer.status == status
    assert answer.message.startswith(message)
    assert len(answer.message) < 400
    assert "\n" not in answer.message
    assert len(answer.detail) <= 4_000
    assert put(confined, "g", 3).value == 3


def test_printing_and_warning_go_to_the_output(opened, put):
    confined = opened("import numpy as np\nprint('∂ top')\ndef f(x):\n    print('in f'); return np.log(-x)")
    assert np.isnan(put(confined, "f", np.ones(1)).value[0])
    confined.close()
    assert "∂ top" in confined.output
    assert "in f" in confined.output
    assert "RuntimeWarning" in confined.output


def test_unseeded_draws_and_sets_repeat(opened, put):
    text = "import numpy as np, random\nA = np.random.rand(), random.random(), str(set('abcdef'))\ndef f(): return A"
    assert put(opened(text), "f").value == put(opened(text), "f").value


def test_a_wrong_argument_of_a_check_is_our_own_fault(layer):
    with pytest.raises(TypeError, match="an argument is a object"):
        asked(layer, Call("bare", (object(),)))


def test_large_arrays_go_both_ways(opened, put):
    big = np.random.default_rng(0).standard_normal((1000, 1000))
    np.testing.assert_array_equal(put(opened("def f(x): return x.T"), "f", big).value, big.T)


def test_an_echo_gives_lists_of_numbers_back_as_lists(opened, put):
    confined = opened("def f(settings, sizes):\n    sizes.append(7)\n    return 0")
    echoed = put(confined, "f", {"sizes": [3, 5], "pair": (1, [2.0])}, [4], echo=True).args
    assert echoed == ({"sizes": [3, 5], "pair": (1, [2.0])}, [4, 7])
