"""Files of one submission import one another, under whatever name their author had in mind."""

from __future__ import annotations

import json

import numpy as np
import pytest


def book(*sources):
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": one} for one in sources]
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells})


LAYERS = "STATE = []\ndef g(x):\n    STATE.append(x)\n    return len(STATE)\n"


NEIGHBOURS = {
    "layers.py": [
        ("from layers import *", "g(x)"),
        ("from .layers import g", "g(x)"),
        ("from ..layers import g", "g(x)"),
        ("from . import layers", "layers.g(x)"),
        ("from cs231n.layers import *", "g(x)"),
        ("import cs231n.layers", "cs231n.layers.g(x)"),
        ("from cs231n import layers as L", "L.g(x)"),
        ("import hw1.code.layers as L", "L.g(x)"),
    ],
    "a/layers.py": [
        ("import a.layers", "a.layers.g(x)"),
        ("from a.layers import g", "g(x)"),
        ("from layers import g", "g(x)"),
        ("from .layers import g", "g(x)"),
    ],
    "a/b/layers.py": [("from b.layers import g", "g(x)"), ("import a.b.layers", "a.b.layers.g(x)")],
    "a/__init__.py": [("import a", "a.g(x)"), ("from a import g", "g(x)")],
    "layers.ipynb": [("from layers import g", "g(x)")],
}


@pytest.mark.parametrize("where", NEIGHBOURS)
def test_names_of_a_neighbour(opened, put, where):
    mains = [f"{line}\ndef f{i}(x):\n    return {expression}" for i, (line, expression) in enumerate(NEIGHBOURS[where])]
    files = {f"main{i}.py": text for i, text in enumerate(mains)}
    files[where] = book(LAYERS) if where.endswith("ipynb") else LAYERS
    names = [f"f{i}" for i in range(len(mains))]
    confined = opened(files, " ".join(names))
    assert confined.notes == ()
    assert [put(confined, name, 1).value for name in names] == list(range(1, len(mains) + 1))  # one module for all


def test_one_module_under_every_name(opened, put):
    main = (
        "import layers, cs231n.layers, a.layers as third\nfrom a import layers as fourth\n"
        "from .a import layers as fifth\n"
        "def f(): return len({id(m) for m in (layers, cs231n.layers, third, fourth, fifth)})"
    )
    confined = opened({"a/layers.py": LAYERS, "main.py": main})
    assert confined.notes == ()
    assert put(confined, "f").value == 1


def test_relative_imports_inside_folders(opened, put):
    files = {
        "p/q/top.py": (
            "from ..base import one\nfrom . import side\nfrom .side import two\ndef f(): return one, two, side.two"
        ),
        "p/base.py": "one = 1",
        "p/q/side.py": "two = 2",
    }
    confined = opened(files)
    assert confined.notes == ()
    assert put(confined, "f").value == (1, 2, 2)


def test_circular_imports_behave_like_pythons(opened, put):
    files = {
        "one.py": "import two\ndef f(): return two.g()\ndef base(): return 5",
        "two.py": "import one\nfrom cs231n import one as again\nassert again is one\ndef g(): return one.base()",
    }
    confined = opened(files, "f g")
    assert confined.notes == ()
    assert put(confined, "f").value == 5
    broken = opened(
        {"one.py": "from two import g\ndef f(): return 1", "two.py": "from one import f\ndef g(): return 2"}
    )
    assert "partially initialized module" in broken.notes[0]


def test_a_file_named_like_a_library_does_not_shadow_it(opened, put):
    bad = "raise ValueError('shadowed')\n"
    files = dict.fromkeys(("numpy.py", "copy.py", "random.py"), bad)
    files["json.py"] = "import json, numpy\ndef f(x): return json.dumps(numpy.sum(x).item())"
    confined = opened(files)
    assert "json.py has the name of a library; `import json` gives the library" in confined.notes
    assert put(confined, "f", np.ones(3)).value == "3.0"


@pytest.mark.parametrize("name", ["reference", "assignments", "grader", "grader.sandbox", "reference.affine"])
def test_the_answers_cannot_be_imported(opened, put, name):
    confined = opened(f"def f():\n    import {name}\n    return 1")
    answer = put(confined, "f")
    assert answer.message.startswith(f"ModuleNotFoundError: No module named '{name.split('.')[0]}': ")


def test_the_project_is_not_on_the_path_of_the_child(opened, put):
    text = (
        "import sys\nfrom importlib.machinery import PathFinder\n"
        "def f(): return [PathFinder.find_spec(n) is None for n in ('reference', 'assignments')], "
        "[n for n in sys.modules if n.startswith(('grader', 'reference', 'assignments'))], sys.argv"
    )
    hidden, loaded, argv = put(opened(text), "f").value
    assert all(hidden)
    assert loaded == []
    assert argv == [""]


def test_a_neighbour_may_have_a_refused_name(opened, put):
    assert (
        put(opened({"reference.py": "A = 3", "main.py": "import reference\ndef f(): return reference.A"}), "f").value
        == 3
    )


LATE = """
import numpy as np
def f(x):
    return x + 1
raise FileNotFoundError(2, "No such file or directory", "cifar10/train.bin")
def g(x):
    return x
"""


def test_a_file_that_stops_keeps_what_it_had_defined(opened, put):
    confined = opened({"main.py": LATE, "other.py": "from main import f\ndef h(x): return f(f(x))"}, "f g h")
    assert put(confined, "f", 1).value == 2
    assert put(confined, "h", 1).value == 3
    answer = put(confined, "g", 1)
    stop = "main.py stopped at line 5: FileNotFoundError: [Errno 2] No such file or directory: 'cifar10/train.bin'"
    assert answer.status == "raised"
    assert answer.message == f"{stop}, before g is defined"
    assert confined.notes == (f"{stop}; what it defines before that is graded",)
    assert set(confined.defined) == {"f", "h"}


ONLY = "only numpy and Python's own library are there for code that is graded"
MISSING = f"{ONLY}; use those, or hand the file in if it is your own"


def test_a_missing_module_harms_only_what_uses_it(opened, put):
    text = "import no_such_library as lib\nfrom .mine import g\ndef f(x): return x\n"
    confined = opened(f"{text}def h(x):\n    return lib.net.h(x)\ndef k(x): return g(x)", "f h k")
    assert confined.notes == ()
    assert put(confined, "f", 1).value == 1
    answer = put(confined, "h", 1)
    assert answer.status == "raised"
    assert answer.message == (f"ModuleNotFoundError: net of no_such_library is not there: {MISSING} (main.py, line 5)")
    assert put(confined, "k", 1).message == f"ModuleNotFoundError: g of mine is not there: {MISSING} (main.py, line 6)"


def test_a_stand_in_serves_as_anything_while_files_are_loaded(opened, put):
    text = (
        "import torch, scipy.misc, h5py\nimport torch.nn as nn\nfrom PIL import Image\nfrom numba import jit\n"
        "DEVICE = torch.device('cuda') if torch.cuda.is_available() else torch.device('cpu')\n"
        "assert torch.__version__ >= '0'\n"
        "class Net(nn.Module):\n    def __init__(self):\n        super(Net, self).__init__()\n"
        "@torch.no_grad()\ndef g(x): return x\n"
        "@jit(nopython=True)\ndef f(x): return x + 1\n"
        "def h(x): return isinstance(x, torch.Tensor)\ndef k(x): return x * torch.pi\n"
    )
    confined = opened(text, "f g h k")
    assert confined.notes == ()
    assert put(confined, "f", 1).value == 2
    assert put(confined, "g", 1).value == 1
    assert put(confined, "h", 1).value is False
    assert put(confined, "k", 1).message.startswith(
        f"ModuleNotFoundError: pi of torch is not there: it would derive the gradients, and {ONLY}; write them"
    )


def test_a_guarded_import_fails_as_its_author_expects(opened, put):
    text = (
        "try:\n    from fast import g\nexcept ImportError:\n    def g(x): return 3 * x\n"
        "try:\n    import torch\n    there = True\nexcept:\n    there = False\n"
        "try:\n    import other\nfinally:\n    pass\n"
        "def f(x): return g(x), there"
    )
    confined = opened(text)
    assert confined.notes == ()
    assert put(confined, "f", 2).value == (6, False)


def test_what_a_missing_file_would_have_brought_is_noted(opened, put):
    confined = opened("from helpers import *\ndef f(x): return halved(x)")
    assert confined.notes == (f"main.py, line 1 imports * from helpers, which is not there: {MISSING}",)
    assert put(confined, "f", 2).message == "NameError: name 'halved' is not defined (main.py, line 2)"


def test_script_code_does_not_run(opened, put):
    confined = opened("def f(x): return x\nif __name__ == '__main__':\n    raise SystemExit('ran')")
    assert confined.notes == ()
    assert put(confined, "f", 1).value == 1


def test_exit_at_the_top_is_a_stop(opened, put):
    confined = opened("def f(x): return x\nimport sys\nsys.exit(3)")
    assert confined.notes == ("main.py stopped at line 3: SystemExit: 3; what it defines before that is graded",)
    assert put(confined, "f", 1).value == 1


def test_a_name_that_is_no_function(opened, put):
    answer = put(opened("f = 3"), "f")
    assert (answer.status, answer.message) == ("absent", "f is of type int in main.py; expected a function")


def test_names_bound_to_methods_and_lambdas(opened, put):
    confined = opened("class N:\n    def s(self, x): return x * 3\nf = N().s\ng = lambda x: x * 2\nh = g", "f g h")
    assert [put(confined, name, 2).value for name in "fgh"] == [6, 4, 4]


def test_dataclasses_and_future_annotations(opened, put):
    text = "from __future__ import annotations\nimport dataclasses\n@dataclasses.dataclass\nclass P:\n    a: float\n"
    assert put(opened(text + "def f(): return P(2.5).a"), "f").value == 2.5


def test_a_notebook_runs_its_definitions_alone(opened, put):
    text = book(
        "%matplotlib inline\nimport numpy as np\nimport matplotlib_is_not_here as plt",
        "SCALE = 2\ndef f(x):\n    return SCALE * x",
        "assert f(1) == 3\nwhile True: pass",
        "def g(x):\n    return x.nothing",
        "def f(x):\n    return SCALE * x + 1",
    )
    confined = opened({"hw.ipynb": text}, "f g")
    assert put(confined, "f", 2).value == 5
    assert put(confined, "g", 2).message == (
        "AttributeError: 'int' object has no attribute 'nothing' (hw.ipynb, cell 4, line 2)"
    )
    assert confined.notes == ("hw.ipynb defines f 2 times; the last definition counts (cell 5, line 1)",)


def test_a_stub_below_the_answer_is_passed_over(opened, put):
    confined = opened({"hw.ipynb": book("def f(x): return 2 * x", "def f(x):\n    raise NotImplementedError")})
    assert put(confined, "f", 2).value == 4


def test_files_that_differ_are_left_to_a_human_and_the_rest_is_graded(opened, put):
    confined = opened({"a.py": "def f(x): return 1\ndef g(x): return 3", "b.py": "def f(x): return 2"}, "f g")
    answer = put(confined, "f", 1)
    assert (answer.status, answer.needs_review) == ("blocked", True)
    assert "a.py (line 1) and b.py (line 1)" in answer.message
    assert put(confined, "g", 1).value == 3
    same = opened({"a.py": "def f(x):\n    'doc'\n    return 1", "b.py": "def f(x): return 1  # same"})
    assert same.defined == {"f": "a.py"}


def test_the_templates_file_wins(opened, put):
    confined = opened({"affine.py": "def f(x): return 1", "aaa.py": "def f(x): return 2"}, {"f": "affine"})
    assert put(confined, "f", 1).value == 1
    assert len(confined.notes) == 1


def test_a_file_that_does_not_parse_costs_its_own_functions(opened, put):
    confined = opened({"a.py": "x = 1\ndef f(x:\n    return 1", "b.py": "def g(x): return 2"}, "f g h")
    assert put(confined, "f", 1).message == "a.py line 2: '(' was never closed"
    assert put(confined, "g", 1).value == 2
    assert put(confined, "h", 1).status == "absent"
    assert confined.notes == ("a.py line 2: '(' was never closed",)


def test_a_function_in_a_broken_cell_is_told_of_it(opened, put):
    confined = opened({"hw.ipynb": book("def g(x): return x", "def f(x):\n    return x +")}, "f g")
    assert put(confined, "f", 1).message == "hw.ipynb: cell 2 skipped: invalid syntax (line 2)"
    assert put(confined, "g", 1).value == 1


def test_terms_by_the_hundred_are_no_obstacle(opened, put):
    long = "def f(x):\n    return x" + " + x" * 600
    text = f"{long}\nSUM = 0{' + 1' * 600}\ndef g(x): return x"
    confined = opened({"a.py": text, "b.py": long + " - x"}, "f g")
    assert put(confined, "g", 1).value == 1
    assert put(confined, "f", 1).needs_review


def test_an_empty_submission_is_absent_throughout(opened, put):
    assert put(opened({}), "f", 1).status == "absent"


PUBLISHED = """
from __future__ import print_function
from builtins import range, object
from past.builtins import xrange
from six.moves import cPickle as pickle
from tqdm import tqdm
from IPython.display import Image
import matplotlib.pyplot as plt
from matplotlib import cm, pyplot
plt.rcParams['figure.figsize'] = (10.0, 8.0)
figure = plt.figure()
def f(x):
    plt.plot(x); plt.show()
    return [i for i in tqdm(xrange(3))] + [pickle.loads(pickle.dumps(x))]
"""


def test_what_published_code_imports_without_need_is_inert(opened, put):
    confined = opened(PUBLISHED)
    assert confined.notes == ()
    np.testing.assert_array_equal(put(confined, "f", 5).value, [0, 1, 2, 5])


def test_what_smooths_over_both_versions_gives_pythons_own(opened, put):
    text = (
        "from future.builtins import str, object, super, map\nfrom past.builtins import basestring\nimport six\n"
        "class A(object):\n    def g(self): return str(3)\n"
        "class B(A):\n    def g(self): return super(B, self).g() + 'b'\n"
        "def f(): return B().g(), isinstance('', basestring), six.PY2, list(six.iteritems({'a': 1}))"
    )
    assert put(opened(text), "f").value == ("3b", True, False, [("a", 1)])


def test_an_exported_notebook_loads(opened, put):
    text = (
        "# coding: utf-8\n# In[1]:\nget_ipython().magic(u'matplotlib inline')\n"
        "get_ipython().run_line_magic('load_ext', 'autoreload')\nimport numpy.matlib\nimport numpy as np\n"
        "def f(x): return np.matlib.repmat(x, 2, 1)\ndisplay(f(1))"
    )
    confined = opened(text)
    assert confined.notes == ()
    assert put(confined, "f", 1).value.shape == (2, 1)


EXPORTED = {
    "jupyter": "# coding: utf-8\n# In[1]:\n",
    "an editor": "# %%\n",
    "colab": '# -*- coding: utf-8 -*-\n"""hw.ipynb\n\nAutomatically generated by Colab.\n"""\n',
}


@pytest.mark.parametrize("by", EXPORTED)
def test_the_data_of_an_exported_notebook_are_not_missed(opened, put, by):
    """They were loaded in a cell of its own; in a file that never was a notebook the same line ends the import."""
    loads = "data = open('data.npz')\nprint(data)\nTWO = max(1, 2)\ndef f(x): return TWO * x"
    confined = opened(EXPORTED[by] + loads)
    assert put(confined, "f", 2).value == 4
    assert [note.endswith("the rest of the file is graded") for note in confined.notes] == [True]
    assert put(opened(loads), "f", 2).status == "raised"


def test_a_neighbour_comes_before_an_inert_module(opened, put):
    assert (
        put(opened({"tqdm.py": "tqdm = 7", "main.py": "from tqdm import tqdm\ndef f(): return tqdm"}), "f").value == 7
    )
