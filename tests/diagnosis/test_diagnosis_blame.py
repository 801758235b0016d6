"""A mistake in one function is not blamed on its callers: these are blocked, if nothing else is wrong in them."""

from types import SimpleNamespace

from grader.answerers import InProcess
from grader.diagnosis.blame import _raises_by_itself
from grader.grade import grade, prepare
from grader.questions import Failed
from tests.diagnosis.students import COURSE, SEED, base, declared, diagnoses
from tests.named import NAMED

NO_MEAN = """
def softmax_loss(z, y):
    loss, dz = right["softmax_loss"](z, y)
    return loss, dz * len(z)
"""
NO_MASK = """
def relu_backward(dout, cache):
    return dout.copy()

def relu_forward(x):
    return right["relu_forward"](x)[0], None
"""
NETWORK = """
def two_layer_loss(params, X, y, reg):
    u, first = affine_forward(X, params["W"], params["c"])
    h, cache = relu_forward(u)
    z, second = affine_forward(h, params["w"], params["b"])
    loss, dz = softmax_loss(z, y)
    dh, dw, db = affine_backward(dz, second)
    _, dW, dc = affine_backward(relu_backward(dh, cache), first)
    penalty = 0.5 * reg * ((params["W"] ** 2).sum() + (params["w"] ** 2).sum())
    return loss + penalty, {"W": dW + reg * params["W"], "c": dc, "w": dw + reg * params["w"], "b": db}
"""
TRAIN = """
def train(params, X, y, reg, learning_rate, steps):
    losses = []
    for _ in range(steps):
        loss, grads = two_layer_loss(params, X, y, reg)
        losses.append(loss)
        params = {name: params[name] - learning_rate * grads[name] for name in params}
    return params, losses
"""
PENALISED = NETWORK.replace('"c": dc', '"c": dc + reg * params["c"]')
RAISING = """
def relu_backward(dout, cache):
    raise TypeError("not yet")
"""


def graded(*sources, only=()):
    """Task → (statuses of its rows, names) of a student who wrote these functions over what is right."""
    written = {**base("two_layer_mlp"), "right": base("two_layer_mlp")}
    for source in sources:
        exec(compile(source, "<student>", "exec"), written)
    student = {name: written[name] for name in base("two_layer_mlp")}
    report = grade(prepare(declared("two_layer_mlp"), SEED, only), InProcess(student, NAMED))
    return {task.name: task.rows for task in report.tasks}


def statuses(rows):
    return {row.verdict.status for row in rows} - {"pass"}


def test_callers_of_a_wrong_layer_are_blocked():
    rows = graded(NETWORK, TRAIN, NO_MEAN)
    assert statuses(rows["softmax_loss"]) == {"fail"}
    assert {told.id for told in diagnoses(rows["softmax_loss"])} == {"missing-1/N"}
    assert statuses(rows["two_layer_loss"]) == statuses(rows["train"]) == {"blocked"}
    (sentence,) = {row.verdict.sentence for row in rows["train"] if row.verdict.status == "blocked"}
    assert sentence == "train is wrong only because softmax_loss is"
    assert diagnoses(rows["two_layer_loss"]) == diagnoses(rows["train"]) == []


def test_a_cache_travels_between_the_submission_s_own_passes():
    rows = graded(NETWORK, NO_MASK)
    assert statuses(rows["relu_backward"]) == {"fail"}
    assert statuses(rows["two_layer_loss"]) == {"blocked"}


def test_what_is_blocked_earns_nothing_and_keeps_what_is_right():
    rows = graded(NETWORK, NO_MEAN)
    for row in rows["two_layer_loss"]:
        assert (row.score == 0) == (row.verdict.status == "blocked")
    assert any(row.name == "loss is right" and row.verdict.status == "pass" for row in rows["two_layer_loss"])


def test_a_caller_with_a_mistake_of_its_own_is_not_blocked():
    rows = graded(PENALISED, NO_MEAN)
    assert statuses(rows["two_layer_loss"]) == {"fail"}


def test_a_caller_is_blocked_where_its_callee_raises():
    rows = graded(NETWORK, RAISING)
    assert statuses(rows["relu_backward"]) == {"raised"}
    assert statuses(rows["two_layer_loss"]) == {"blocked"}


def test_a_caller_that_is_right_is_not_blocked():
    """It does not call the wrong function: what it answers is right, whatever that does."""
    assert statuses(graded(NO_MEAN)["two_layer_loss"]) in (set(), {"blocked"})
    inline = NETWORK.replace("softmax_loss(z, y)", 'right["softmax_loss"](z, y)')
    assert statuses(graded(inline, NO_MEAN)["two_layer_loss"]) == set()


def test_callees_blame_no_caller():
    rows = graded(PENALISED)
    assert [name for name, found in rows.items() if statuses(found) == {"fail"} and name != "train"] == [
        "two_layer_loss"
    ]


def test_a_task_that_is_graded_alone_is_named_by_itself():
    rows = graded(NETWORK, NO_MEAN, only=["two_layer_loss"])
    assert statuses(rows["two_layer_loss"]) == {"fail"}
    assert {told.id for told in diagnoses(rows["two_layer_loss"])} == {"missing-1/N"}


def test_the_course_has_composed_tasks():
    assert set(COURSE) >= {"two_layer_mlp"}


def test_a_caller_that_raises_by_itself_is_not_blocked():
    trace = "  hw.py, line 3, in {name}\n    return 1 / 0\nZeroDivisionError: division by zero"

    class Raising:
        def __init__(self, within):
            self.within = within

        def ask(self, question):
            return (Failed("raised", "ZeroDivisionError", trace.format(name=self.within)),)

    task = SimpleNamespace(paper=SimpleNamespace(question=None))
    assert _raises_by_itself(task, {"softmax"}, Raising("scores_gradient"))
    assert not _raises_by_itself(task, {"softmax"}, Raising("softmax"))
    assert not _raises_by_itself(task, {"scores"}, Raising("loss\nNameError: name 'scores' is not defined"))
    assert not _raises_by_itself(task, set(), Raising("scores_gradient"))
