"""Inputs exactly at kinks: right code of any convention passes, wrong code does not, hiding in kinks wins nothing.

The toy is a relu, the largest of each row, and a hinge loss, each with cases that put inputs exactly at a kink.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.answerers import InProcess
from grader.battery import AwayFromZero, Labels, Made, Normal
from grader.checks import Gradient, Numeric, Value
from grader.declare import DeclarationError
from grader.grade import grade, prepare
from grader.model import Assignment, Case, Slope, Task
from grader.posing import BatteryError, write

NUMERIC = "numeric check: agrees with the slope of your own forward pass"


def relu(x):
    return np.maximum(x, 0), x


def relu_gradient(dy, cache):
    return dy * (cache > 0)


def largest(x):
    return x.max(axis=1), x


def largest_gradient(dy, cache):
    dx = np.zeros_like(cache)
    dx[np.arange(len(cache)), cache.argmax(axis=1)] = dy
    return dx


def hinge(s, y):
    rows = np.arange(len(y))
    margins = np.maximum(0, s - s[rows, y][:, None] + 1)
    margins[rows, y] = 0
    ds = (margins > 0) * 1.0
    ds[rows, y] = -ds.sum(axis=1)
    return margins.sum(), ds


def zeros(rng, sizes, drawn):
    """Both signs, and every third entry exactly 0."""
    x = AwayFromZero("N D")(rng, sizes, drawn)
    x.flat[::3] = 0
    return x


def ties(rng, sizes, drawn):
    """Integers, of which every row has two or three largest."""
    x = rng.integers(-3, 3, size=(sizes["N"], sizes["D"])).astype(float)
    x[:, :2] = 3
    x[::2, -1] = 3
    return x


def on_the_margin(rng, sizes, drawn):
    """Scores in eighths; of each row one entry breaks the margin, and one lies exactly on it."""
    s = np.round(8 * rng.standard_normal((sizes["N"], sizes["D"]))) / 8
    rows = np.arange(sizes["N"])
    s[rows, (drawn["y"] + 1) % sizes["D"]] = s[rows, drawn["y"]] - 1
    s[rows, (drawn["y"] + 2) % sizes["D"]] = s[rows, drawn["y"]] + 1
    return s


def cases(name, kinked):
    return (
        Case("example", dict(N=2, D=3), public=True),
        Case("generic", dict(N=3, D=5), {name: kinked}, slope=True, between=True),
        Case("apart", dict(N=7, D=5)),
    )


def backward(reference, forward, args, out, kinked, dy, away):
    return Task(
        reference,
        dict(x=away, dy=Normal(dy)),
        {"dx": "N D"},
        cases("x", kinked),
        {Gradient("dx"): 2, Numeric(): 1},
        forward=forward,
        slope=Slope(forward.__name__, args, out, {"x": "dx"}, against="dy"),
    )


PLAIN = (Case("example", dict(N=2, D=3), public=True), Case("generic", dict(N=7, D=5)))
X = Normal("N D")
TASKS = (
    Task(relu, dict(x=X), {"y": "N D", "cache": ""}, PLAIN, {Value("y"): 1}),
    Task(largest, dict(x=X), {"y": "N", "cache": ""}, PLAIN, {Value("y"): 1}),
    backward(relu_gradient, relu, ("x",), "y", zeros, "N D", AwayFromZero("N D")),
    backward(largest_gradient, largest, ("x",), "y", ties, "N", X),
    Task(
        hinge,
        dict(y=Labels("N", "D"), s=X),
        {"loss": "", "ds": "N D"},
        cases("s", on_the_margin),
        {Value("loss"): 1, Gradient("ds"): 2, Numeric(): 1},
        slope=Slope("hinge", ("s", "y"), "loss", {"s": "ds"}),
    ),
)
RIGHT = {task.name: task.reference for task in TASKS}
ASSIGNMENT = Assignment("kinks", "Kinks", 12, {}, TASKS)


def verdicts(task, seed=b"kinks", **functions):
    report = grade(prepare(ASSIGNMENT, seed, [task]), InProcess({**RIGHT, **functions}, {}))
    return {row.name: row.verdict for row in report.tasks[0].rows}


def statuses(task, seed=b"kinks", **functions):
    return [verdict.status for verdict in verdicts(task, seed, **functions).values()]


def split_by(shares):
    """The gradient of the largest, split among those that tie by so many shares."""

    def gradient(dy, cache):
        tied = (cache == cache.max(axis=1, keepdims=True)) * shares(cache.shape)
        return dy[:, None] * tied / tied.sum(axis=1, keepdims=True)

    return gradient


def hinge_with(at_margin):
    """The hinge loss with so much of the slope where a margin is exactly 0."""

    def loss(s, y):
        rows = np.arange(len(y))
        margins = s - s[rows, y][:, None] + 1
        slopes = (margins > 0) + (margins == 0) * at_margin(s.shape)
        slopes[rows, y] = margins[rows, y] = 0
        slopes[rows, y] = -slopes.sum(axis=1)
        return np.maximum(margins, 0).sum(), slopes

    return loss


def mixed(seed):
    return lambda shape: np.random.default_rng(seed).uniform(0.01, 1, size=shape)


CONVENTIONS = {
    "relu' = 0": ("relu_gradient", relu_gradient),
    "relu' = 1": ("relu_gradient", lambda dy, cache: dy * (cache >= 0)),
    "relu' = 1/2": ("relu_gradient", lambda dy, cache: dy * np.heaviside(cache, 0.5)),
    "relu' of each its own": ("relu_gradient", lambda dy, x: dy * np.where(x == 0, mixed(0)(x.shape), x > 0)),
    "relu in single precision": ("relu_gradient", lambda dy, x: np.float32(dy) * np.float32(np.heaviside(x, 0.3))),
    "the first": ("largest_gradient", largest_gradient),
    "the last": ("largest_gradient", split_by(lambda shape: 1e-30 ** -np.arange(shape[1]))),
    "equal shares": ("largest_gradient", split_by(np.ones)),
    "any shares": ("largest_gradient", split_by(mixed(1))),
    "margin 0 is none": ("hinge", hinge_with(np.zeros)),
    "margin 0 is one": ("hinge", hinge_with(np.ones)),
    "margin 0 is a part": ("hinge", hinge_with(mixed(2))),
}


@pytest.mark.parametrize("name", CONVENTIONS)
def test_any_value_between_the_slopes_is_right(name):
    task, function = CONVENTIONS[name]
    for seed in range(5):
        found = verdicts(task, b"%d" % seed, **{task: function})
        assert {"pass", "warn"}.issuperset(verdict.status for verdict in found.values()), found


@given(st.integers(0, 10_000), st.sampled_from(["relu_gradient", "largest_gradient", "hinge"]))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_every_convex_convention_keeps_all_its_points(seed, task):
    made = {
        "relu_gradient": lambda dy, x: dy * np.where(x == 0, mixed(seed)(x.shape), x > 0),
        "largest_gradient": split_by(mixed(seed)),
        "hinge": hinge_with(mixed(seed)),
    }
    assert {"pass", "warn"}.issuperset(statuses(task, b"%d" % seed, **{task: made[task]}))


def both_largest(dy, cache):
    return dy[:, None] * (cache == cache.max(axis=1, keepdims=True))


def miscounted(s, y):
    loss, ds = hinge(s, y)
    ds[np.arange(len(y)), y] -= 1
    return loss, ds


@pytest.mark.parametrize(
    ("task", "wrong"),
    [
        ("relu_gradient", lambda dy, x: dy * np.where(x == 0, 2, x > 0)),
        ("relu_gradient", lambda dy, x: dy * np.where(x == 0, -0.01, x > 0)),
        ("relu_gradient", lambda dy, x: np.where(x == 0, 0.1, dy * (x > 0))),
        ("relu_gradient", lambda dy, x: np.where(x == 0, np.nan, dy * (x > 0))),
        ("largest_gradient", lambda dy, x: 1.01 * both_largest(dy, x)),
        ("largest_gradient", lambda dy, x: 0.999 * both_largest(dy, x) / (x == x.max(axis=1)[:, None]).sum(1)[:, None]),
        (
            "largest_gradient",
            lambda dy, x: dy[:, None] * (x == x.max(axis=1)[:, None]) * [2, -1, 1, 1, 1][: x.shape[1]],
        ),
        ("hinge", miscounted),
        ("hinge", hinge_with(lambda shape: np.full(shape, 1.01))),
    ],
)
def test_what_no_slope_beside_the_kink_gives_is_wrong_there(task, wrong):
    statement = "ds are the true derivative" if task == "hinge" else "dx is the true derivative"
    found = verdicts(task, **{task: wrong})[statement]
    assert found.status == "fail"


def test_the_slope_is_taken_beside_the_kink_and_the_gradients_are_asked_there():
    class Counting(InProcess):
        def ask(self, question):
            asked.append([call.function for call in question.calls])
            return super().ask(question)

    asked = []
    report = grade(prepare(ASSIGNMENT, b"kinks", ["relu_gradient"]), Counting(RIGHT, {}))
    verdict = report.tasks[0].rows[1].verdict
    assert verdict.status == "pass"
    assert "beside a kink, 1 × shifted" in verdict.sentence
    assert ["relu", "relu_gradient"] in asked


def test_a_wrong_gradient_is_wrong_beside_the_kink_too():
    found = verdicts("relu_gradient", relu_gradient=lambda dy, x: 2 * dy * (x > 0))
    assert found[NUMERIC].status == "fail"
    assert (
        found[NUMERIC].sentence == "disagrees with the slope of your relu: the gradients claim 2 × the measured slope"
    )


def hiding(disturbance):
    """A forward pass that is right at the inputs of the battery, which it remembers, and disturbed at all others."""
    seen = []

    def forward(x):
        y, cache = relu(x)
        same = [known for known in seen if known.shape == x.shape and np.array_equal(known, x)]
        if len(seen) < 3 and not same:
            same = [x.copy()]
            seen.extend(same)
        return (y if same else y + disturbance(x, [known for known in seen if known.shape == x.shape])), cache

    return forward


NOISE = {
    "teeth": lambda x, seen: 1e-3 * np.abs(np.sin(1e6 * x)),
    "chance": lambda x, seen: 1e-2 * np.random.default_rng(abs(hash(x.tobytes())) % 2**32).standard_normal(x.shape),
    "nan": lambda x, seen: x * np.nan,
}


@pytest.mark.parametrize("noise", NOISE)
def test_who_hides_in_kinks_and_noise_keeps_only_what_the_reference_proves(noise):
    right = verdicts("relu_gradient", relu=hiding(NOISE[noise]))[NUMERIC]
    wrong = verdicts("relu_gradient", relu=hiding(NOISE[noise]), relu_gradient=lambda dy, x: 2 * dy * (x > 0))[NUMERIC]
    assert (right.status, wrong.status) == ("warn", "blocked")
    assert right.sentence.startswith(
        "inconclusive: the slope of relu cannot be measured well enough (a kink, or noise)"
    )
    assert right.sentence.endswith("the gradients equal the true ones, so nothing is lost")


@pytest.mark.parametrize("backward", [lambda dy, x: 2 * dy * (x > 0), lambda dy, x: 0 * x, lambda dy, x: 5 * dy])
def test_a_steep_kink_beneath_the_inputs_of_the_battery_earns_a_wrong_gradient_nothing(backward):
    steep = hiding(lambda x, seen: 5 * np.abs(x - seen[-1]))
    found = verdicts("relu_gradient", relu=steep, relu_gradient=backward)
    assert not any(verdict.earns for verdict in found.values())


def test_agreement_beside_a_kink_alone_proves_no_gradient_that_the_reference_refuses():
    found = verdicts("relu_gradient", relu_gradient=lambda dy, x: dy * np.where(x == 0, -1, x > 0))
    assert found["dx is the true derivative"].status == "fail"
    assert found[NUMERIC].status == "blocked"
    assert found[NUMERIC].sentence.startswith("inconclusive: the slope of relu cannot be measured well enough")


def doubled(dy, x, z):
    return dy * (z > 0) * 2


def derived(dy, x, z):
    """What is made from the inputs that move, z = 2x, follows them beside the kink."""
    return dy * (z > 0) * 2


def doubling(x):
    return np.maximum(2 * x, 0)


def test_what_is_made_from_shifted_inputs_follows_them():
    draws = dict(x=zeros, z=Made(lambda d: 2 * d["x"]), dy=Normal("N D"))
    slope = Slope("doubling", ("x",), "y", {"x": "dx"}, against="dy")
    case = Case("generic", dict(N=3, D=5), slope=True)
    first = Case("example", dict(N=2, D=3), public=True)
    task = Task(derived, draws, {"dx": "N D"}, (first, case), {Gradient("dx"): 2, Numeric(): 1}, slope=slope)
    forward = Task(doubling, dict(x=X), {"y": "N D"}, PLAIN, {Value("y"): 1})
    report = grade(
        prepare(Assignment("made", "Made", 4, {}, (forward, task)), b"", ["derived"]),
        InProcess(dict(doubling=doubling, derived=derived), {}),
    )
    assert [row.verdict.status for row in report.tasks[0].rows] == ["pass", "pass"]


def declared(between, **more):
    case = Case("generic", dict(N=3, D=5), between=between, **more)
    return Task(
        relu_gradient,
        dict(x=AwayFromZero("N D"), dy=Normal("N D")),
        {"dx": "N D"},
        (Case("example", dict(N=2, D=3), public=True), case),
        {Gradient("dx"): 2},
        forward=relu,
        slope=Slope("relu", ("x",), "y", {"x": "dx"}, against="dy"),
    )


def test_a_case_that_is_at_no_kink_is_refused():
    with pytest.raises(BatteryError, match="at no kink"):
        write(declared(True), b"seed")


def test_a_public_case_between_slopes_is_refused():
    with pytest.raises(DeclarationError, match="must be hidden"):
        declared(True, public=True)
