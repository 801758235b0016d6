"""Classes that are driven through their methods, and files that the course gives away."""

from __future__ import annotations

import numpy as np
import pytest

from grader.kit import Kit

NET = """
import numpy as np
class Net(object):
    def __init__(self, {parameters}):
        self.params = {{"W": np.zeros((2, 2))}}
        self.said = {said}
    def loss(self, X, y=None{more}):
        scores = X.dot(self.params["W"])
        if y is None:
            return scores
        return {loss}, {{"W": self.params["W"] * 2}}
"""


def net(parameters="dim=3, reg=0.0", said="(dim, reg)", more="", loss="self.said"):
    return NET.format(parameters=parameters, said=said, more=more, loss=loss)


W = np.array([[1.0, 2.0], [3.0, 4.0]])
X = np.array([[1.0, 1.0]])


def test_a_method_is_called_on_a_fresh_object_with_the_parameters_that_are_sent(opened, put):
    confined = opened(net(), "Net.loss")
    assert confined.notes == ()
    assert confined.defined == {"Net.loss": "main.py"}
    scores = put(confined, "Net.loss", {"dim": 5}, {"W": W}, X).value
    np.testing.assert_array_equal(scores, [[4.0, 6.0]])
    said, grads = put(confined, "Net.loss", {"dim": 5, "reg": 0.5}, {"W": W}, X, np.array([1])).value
    assert said == (5, 0.5)
    np.testing.assert_array_equal(grads["W"], 2 * W)
    np.testing.assert_array_equal(put(confined, "Net.loss", {}, None, X).value, [[0.0, 0.0]])


WAYS = [{"keep": 0.7, "norm": "batch"}, {"dropout": 0.7, "norm": "batch"}, {"dropout": 0.3, "use_norm": True}]


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ("keep=1, norm=None", (0.7, "batch")),
        ("dropout=1, norm=None", (0.7, "batch")),
        ("dropout=0, use_norm=False, seed=None", (0.3, True)),
        ("dropout", (0.7, None)),  # the first of those that suit it equally
        ("use_norm", (True, None)),
    ],
)
def test_of_several_ways_to_construct_the_best_fitting_is_taken(opened, put, parameters, said):
    names = [part.partition("=")[0].strip() for part in parameters.split(",")]
    text = net(parameters, said=f"({names[0]}, {names[1] if len(names) > 1 else None})")
    assert put(opened(text, "Net.loss"), "Net.loss", WAYS, {"W": W}, X, X).value[0] == said


def test_a_setting_goes_to_the_method_where_the_constructor_has_none(opened, put):
    confined = opened(net("dim", said="dim", more=", reg=0.0", loss="(self.said, reg)"), "Net.loss")
    assert put(confined, "Net.loss", {"dim": 2, "reg": 0.5, "seed": 1}, {}, X, X).value[0] == (2, 0.5)
    assert put(confined, "Net.loss", {"dim": 2, "reg": 0.5}, {}, X, X, 0.25).value[0] == (2, 0.25)


def test_a_dtype_is_named_by_text(opened, put):
    confined = opened(net("dtype=np.float32", said="(dtype is np.float64)"), "Net.loss")
    assert put(confined, "Net.loss", {"dtype": "float64"}, {}, X, X).value[0] is True


def test_a_constructor_that_takes_anything_takes_everything(opened, put):
    confined = opened(net("**settings", said="settings['a']"), "Net.loss")
    assert put(confined, "Net.loss", {"a": 3}, {}, X, X).value[0] == 3


def test_a_class_without_the_method_or_with_its_stub_is_absent(opened, put):
    stub = "class Net:\n    def loss(self, X, y=None):\n        scores = None\n        return scores\n"
    assert put(opened(stub, "Net.loss"), "Net.loss", {}, {}, X).status == "absent"
    assert put(opened("class Net:\n    def lost(self): return 1", "Net.loss"), "Net.loss", {}, {}, X).status == "absent"
    assert put(opened("def Net(): return 1", "Net.loss"), "Net.loss", {}, {}, X).status == "absent"
    both = opened({"a.py": stub, "b.py": net()}, "Net.loss")
    assert both.defined == {"Net.loss": "b.py"}


def test_what_a_constructor_raises_is_the_methods_failure(opened, put):
    answer = put(opened(net("dim", said="1 / 0"), "Net.loss"), "Net.loss", {"dim": 1}, {}, X)
    assert answer.status == "raised"
    assert answer.message == "ZeroDivisionError: division by zero (main.py, line 6)"


def test_a_class_that_does_not_parse_is_told_of_it(opened, put):
    answer = put(opened("class Net(object:\n    def loss(self): return 1", "Net.loss"), "Net.loss", {}, {}, X)
    assert (answer.status, answer.message) == ("raised", "main.py line 1: invalid syntax")


def test_two_classes_that_differ_in_any_method_are_two(opened, put):
    other = {"a.py": net(), "b.py": net().replace("self.said =", "self.said = 1,")}
    assert put(opened(other, "Net.loss"), "Net.loss", {}, {}, X).status == "blocked"


# -- what the course gives away ---------------------------------------------------------------------------------------

GLUE = "from .layers import *\ndef both(x): return half(x) + 1\nOWNER = 'course'\n"


@pytest.fixture
def boxed(backend):
    """Open a submission of a course with a kit."""
    from grader.sandbox import Sandbox
    from tests.sandbox.conftest import handed_in

    boxes = []

    def open_one(handed, wanted, /, **kit):
        box = Sandbox(start=backend)
        boxes.append(box)
        return box.open(handed_in(handed), wanted, Kit(**kit))

    yield open_one
    for box in boxes:
        box.__exit__()


LAYERS = "def half(x): return x / 2\n"
MAIN = "from cs231n.layer_utils import *\nfrom .layer_utils import OWNER\ndef f(x): return both(x), OWNER\n"


def test_a_file_that_the_course_gives_is_there_and_uses_the_submissions_own(boxed, put):
    files = {"cs231n/layers.py": LAYERS, "cs231n/classifiers/net.py": MAIN}
    confined = boxed(files, {"f": "net"}, files={"course/layer_utils.py": GLUE})
    assert confined.notes == ()
    assert put(confined, "f", 4).value == (3.0, "course")


def test_the_submissions_own_copy_comes_first_unless_the_course_replaces_it(boxed, put):
    files = {"layers.py": LAYERS, "net.py": MAIN, "layer_utils.py": GLUE.replace("course", "student")}
    given = {"course/layer_utils.py": GLUE}
    assert put(boxed(files, {"f": "net"}, files=given), "f", 4).value == (3.0, "student")
    assert put(boxed(files, {"f": "net"}, files=given, replaced=("layer_utils",)), "f", 4).value == (3.0, "course")


def test_what_the_course_gives_is_nobodys_work(boxed, put):
    confined = boxed({"main.py": "x = 1"}, {"both": "layer_utils"}, files={"course/layer_utils.py": GLUE})
    assert put(confined, "both", 1).status == "absent"


def test_zeros_of_a_stub_are_absent_where_the_course_says_so(boxed, put):
    stub = {
        "main.py": "import numpy as np\ndef f(W):\n    loss = W.sum()\n    dW = np.zeros_like(W)\n    return loss, dW"
    }
    assert put(boxed(stub, {"f": "main"}), "f", X).value[0] == 2.0
    assert put(boxed(stub, {"f": "main"}, blank=True), "f", X).value[0] == 2.0  # the loss is the student's
    assert put(boxed(stub, {"f": "main"}, blank=True, starts={"f": (0,)}), "f", X).status == "absent"


def test_a_file_taught_in_several_places_is_taken_from_the_best(boxed, put):
    files = {"a.py": "def f(): return 'a'", "b.py": "def f(): return 'b'", "c.py": "def f(): return 'c'"}
    assert put(boxed(files, {"f": ("x", "c", "a")}), "f").value == "c"


PILING = """
import numpy as np
class Net:
    def __init__(self):
        self.params, self.grads = {{"W": None}}, 0
    def loss(self, X, y=None):
        W = self.params["W"]
        {grads}
        return float(X.sum()), {{"W": self.grads}}
"""


@pytest.mark.parametrize(("grads", "right"), [("self.grads = W * 2", True), ("self.grads = self.grads + W * 2", False)])
def test_what_piles_up_in_an_object_shows(opened, put, grads, right):
    text = PILING.format(grads=grads)
    loss, found = put(opened(text, "Net.loss"), "Net.loss", {}, {"W": W}, X).value
    assert loss == 2.0
    assert np.array_equal(found["W"], 2 * W) == right


def test_an_object_that_changes_its_parameters_is_asked_with_those_that_are_sent(opened, put):
    text = PILING.format(grads="self.grads = W * 2; W *= 0")
    _, found = put(opened(text, "Net.loss"), "Net.loss", {}, {"W": W}, X).value
    np.testing.assert_array_equal(found["W"], 2 * W)


def test_what_raises_at_the_first_call_alone_is_no_failure(opened, put):
    text = PILING.format(grads="assert X.max() > 0; self.grads = W * 2")
    _, found = put(opened(text, "Net.loss"), "Net.loss", {}, {"W": W}, X).value
    np.testing.assert_array_equal(found["W"], 2 * W)
