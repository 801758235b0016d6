"""Arguments that a call fills by design, dicts that it returns, caches in any place, slopes of several outputs."""

import numpy as np
import pytest

from grader.answerers import InProcess
from grader.battery import Fixed, Normal, Together
from grader.checks import After, Gradient, Numeric, Unchanged, Value
from grader.declare import DeclarationError
from grader.grade import grade, prepare
from grader.model import Assignment, Case, Slope, Task
from grader.posing import write
from grader.public.reading import load
from grader.public.writing import dump


def pair(x, w, state):
    """Two outputs, a cache behind them, and a mean that moves in `state`."""
    state["mean"] = 0.5 * state.get("mean", 0) + 0.5 * np.mean(x, axis=0)
    return x @ w, np.sin(x), (x, w)


def pair_gradient(da, db, cache):
    x, w = cache
    return da @ w.T + db * np.cos(x), x.T @ da


def move(w, config):
    config["steps"] = config.get("steps", 0) + 1
    config["v"] = 0.5 * w
    return w - config["v"], config


STATE = Together(dict(kind=Fixed("running"), mean=Normal("D")))
DRAWS = dict(x=Normal("N D"), w=Normal("D M"), state=Together({}))
CASES = (
    Case("example", dict(N=2, D=1, M=1), public=True),
    Case("generic", dict(N=7, D=5, M=3), slope=True),
    Case("moved", dict(N=7, D=5, M=3), dict(state=STATE)),
)
TASKS = (
    Task(
        pair,
        DRAWS,
        {"a": "N M", "b": "N D", "cache": ""},
        CASES,
        {Value("a"): 1, Value("b"): 1, After("state.mean"): 1, Unchanged(): 1},
        fills=("state",),
    ),
    Task(
        pair_gradient,
        dict(**DRAWS, da=Normal("N M"), db=Normal("N D")),
        {"dx": "N D", "dw": "D M"},
        CASES,
        {Gradient("dx"): 1, Gradient("dw"): 1, Numeric(): 1},
        forward=pair,
        slope=Slope("pair", ("x", "w", "state"), "a", {"x": "dx", "w": "dw"}, against="da", beside={"b": "db"}),
    ),
    Task(
        move,
        dict(w=Normal("D"), config=Together({})),
        {"new": "D", "config": ""},
        (Case("example", dict(D=2), public=True), Case("generic", dict(D=5))),
        {Value("new"): 1, Value("config.steps"): 1, Value("config.v"): 1},
        fills=("config",),
    ),
)
ASSIGNMENT = Assignment("filling", "What a call leaves behind", 10, {}, TASKS)
RIGHT = {"pair": pair, "pair_gradient": pair_gradient, "move": move}


def statuses(task, exam=None, **functions):
    report = grade(exam or prepare(ASSIGNMENT, b"after"), InProcess({**RIGHT, **functions}, {}))
    (found,) = [found for found in report.tasks if found.name == task]
    return [row.verdict.status for row in found.rows]


def test_the_references_pass():
    for task in RIGHT:
        assert set(statuses(task)) == {"pass"}


def test_what_a_call_fills_is_put_as_it_was_drawn():
    generic = write(TASKS[0], b"after").cases[1]
    assert generic.inputs["state"] == {}
    assert set(generic.expected["state"]) == {"mean"}


def left(mean):
    """A forward pass that leaves something else behind."""

    def changed(x, w, state):
        before = dict(state)
        result = pair(x, w, state)
        state["mean"] = mean(x, before, state["mean"])
        return result

    return changed


@pytest.mark.parametrize(
    ("mean", "status"),
    [
        (lambda x, before, right: right.tolist(), "pass"),
        (lambda x, before, right: np.float32(right), "pass"),
        (lambda x, before, right: right * (1 + 1e-9), "fail"),
        (lambda x, before, right: 0.5 * np.mean(x, axis=0), "fail"),
        (lambda x, before, right: right * np.nan, "fail"),
        (lambda x, before, right: "none", "fail"),
    ],
)
def test_what_is_left_in_an_argument_is_judged(mean, status):
    assert statuses("pair", pair=left(mean)) == ["pass", "pass", status, "pass"]


def test_nothing_left_is_told_and_so_is_another_argument_that_changes():
    def forgetful(x, w, state):
        return pair(x, w, {})

    def careless(x, w, state):
        result = pair(x.copy(), w, state)
        x *= 2
        return result

    assert statuses("pair", pair=forgetful) == ["pass", "pass", "fail", "pass"]
    assert statuses("pair", pair=careless)[3] == "fail"


def test_an_entry_of_a_returned_dict_is_judged_by_itself():
    def wrong(w, config):
        new, config = move(w, config)
        return new, {"v": config["v"] * 2, "steps": config["steps"], "more": 3}

    assert statuses("move", move=wrong) == ["pass", "pass", "fail"]
    assert statuses("move", move=lambda w, config: (move(w, config)[0], {})) == ["pass", "blocked", "blocked"]


def test_a_slope_holds_every_output_that_is_weighed():
    without_second = lambda da, db, cache: (da @ cache[1].T, cache[0].T @ da)  # noqa: E731
    assert statuses("pair_gradient", pair_gradient=without_second) == ["fail", "pass", "fail"]


def test_a_wrong_second_output_costs_a_right_gradient_nothing():
    def wrong(x, w, state):
        a, b, cache = pair(x, w, state)
        return a, b + 1, cache

    assert statuses("pair_gradient", pair=wrong) == ["pass", "pass", "warn"]


def test_the_public_data_carry_all_of_it():
    _, exam = load(dump(ASSIGNMENT))
    for task in RIGHT:
        assert set(statuses(task, exam)) == {"pass"}
    assert "fail" in statuses("pair", exam, pair=left(lambda x, before, right: 2 * right))


def test_a_filled_argument_must_be_drawn():
    with pytest.raises(DeclarationError, match="no draw for 'nothing'"):
        Task(move, dict(w=Normal("D"), config=Together({})), {"new": "D"}, CASES, {Value("new"): 1}, fills=("nothing",))
