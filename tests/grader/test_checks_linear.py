"""A backward pass that is right for one size of the upstream gradient alone is wrong, whatever cases are declared."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.answerers import InProcess
from grader.checks import Gradient, Value
from grader.grade import grade, prepare
from grader.model import Assignment, Slope, Task
from tests.grader.test_checks import DW, DX, NUMERIC, statuses, verdicts
from tests.grader.toy import BACKWARD, DY, EXAMPLE, FORWARD, GENERIC, W, X, toy


def product_ahead(x, w):
    return x @ w, (x, w)


def product_back(dy, cache):
    x, w = cache
    return dy @ w.T, x.T @ dy


def clipped(dy, x, w):
    return dy @ w.T, np.clip(x.T @ dy, -60, 60)


@pytest.mark.parametrize(
    ("wrong", "failing"),
    [
        (clipped, {DW}),
        (lambda dy, x, w: (np.clip(dy, -20, 20) @ w.T, x.T @ dy), {DX}),
        (lambda dy, x, w: (dy @ w.T, x.T @ (dy * (np.abs(dy) < 20))), {DW}),
        (lambda dy, x, w: (dy @ w.T, 1e3 * np.tanh(x.T @ dy / 1e3)), {DW, NUMERIC}),
        (lambda dy, x, w: (dy @ w.T, x.T @ dy / max(1, np.linalg.norm(dy) / 100)), {DW}),
        (lambda dy, x, w: (dy @ w.T, x.T @ dy if np.abs(dy).max() < 20 else None), {DW}),
    ],
)
def test_what_is_right_at_one_size_alone_is_wrong(wrong, failing):
    found = statuses(verdicts(product_gradient=wrong), "product_gradient")
    assert {check for check, status in found.items() if status != "pass"} == failing


def test_the_sentence_says_so():
    verdict = verdicts(product_gradient=clipped)["product_gradient", DW]
    assert verdict.sentence == "dw is not linear in dy: 1,000,000 × dy does not give 1,000,000 × dw"
    assert verdict.evidence["case"] == "generic, dy × 1,000,000"
    assert not verdict.public


def test_an_exception_at_large_upstream_gradients_is_raised_there():
    def picky(dy, x, w):
        assert np.abs(dy).max() < 20, "too large"
        return dy @ w.T, x.T @ dy

    verdict = verdicts(product_gradient=picky)["product_gradient", DW]
    assert verdict.status == "raised"
    assert "dy × 1,000,000" in verdict.sentence


def test_what_remembers_keeps_its_own_name():
    seen = []

    def remembering(dy, x, w):
        seen.append(x.shape)
        return dy @ w.T, x.T @ dy * (2 if seen.count(x.shape) > 1 else 1)

    assert verdicts(product_gradient=remembering)["product_gradient", DW].diagnosis.id == "state"


@given(st.integers(0, 10_000), st.sampled_from([np.float64, np.float32]), st.booleans())
@settings(max_examples=40, deadline=None, derandomize=True)
def test_right_code_is_linear_at_every_seed_in_either_precision_and_order(seed, kind, loops):
    def right(dy, x, w):
        dy, x, w = (a.astype(kind) for a in (dy, x, w))
        return dy @ w.T, sum(np.outer(a, b) for a, b in zip(x, dy, strict=True)) if loops else (dy.T @ x).T

    report = grade(
        prepare(toy(tasks=(FORWARD, BACKWARD), points=10), b"%d" % seed, ["product_gradient"]),
        InProcess({"product": lambda x, w: x @ w, "product_gradient": right}, {}),
    )
    assert report.score == report.max_score


def test_a_loss_is_given_no_upstream_gradient_and_a_jacobian_is_weighed_by_the_grader():
    from assignments.two_layer_mlp import ASSIGNMENT

    papers = {paper.task: paper for paper, _ in prepare(ASSIGNMENT, b"seed").tasks}
    assert papers["relu_backward"].upstream == papers["affine_backward"].upstream == ("dout",)
    assert papers["softmax_loss"].upstream == papers["relu_jacobian"].upstream == ()


def test_a_relu_that_clips_what_comes_in_loses_points_in_an_assignment():
    from assignments.two_layer_mlp import ASSIGNMENT

    right = {task.name: task.reference for task in ASSIGNMENT.tasks}
    wrong = {**right, "relu_backward": lambda dout, cache: np.clip(dout, -20, 20) * (cache > 0)}
    task = ASSIGNMENT.task("relu_backward")
    exam = prepare(ASSIGNMENT, b"seed", ["relu_backward"])
    assert grade(exam, InProcess(right, {})).score == task.points
    lost = [row.name for row in grade(exam, InProcess(wrong, {})).tasks[0].rows if not row.verdict.earns]
    assert lost == [check.statement(task.returns) for check in task.checks if isinstance(check, Gradient)][:1]


FLAT = Task(
    product_back,
    dict(x=X, w=W, dy=DY),
    {"dx": "N D", "dw": "D M"},
    (EXAMPLE, GENERIC),
    {Gradient("dx"): 1, Gradient("dw"): 1},
    forward=product_ahead,
    slope=Slope("product_ahead", ("x", "w"), "y", {"x": "dx", "w": "dw"}, against="dy"),
)
AHEAD = Task(product_ahead, dict(x=X, w=W), {"y": "N M", "cache": ""}, (EXAMPLE, GENERIC), {Value("y"): 1})


def flat(back):
    """The statuses of dx and dw where a backward pass is given a cache."""
    assignment = Assignment("flat", "Flat", 3, {}, (AHEAD, FLAT))
    report = grade(prepare(assignment, b"flat"), InProcess({"product_ahead": product_ahead, "product_back": back}, {}))
    return [row.verdict for row in report.tasks[1].rows]


def test_a_backward_pass_with_a_cache_is_asked_with_small_upstream_gradients_too():
    assert [verdict.status for verdict in flat(product_back)] == ["pass", "pass"]

    def threshold(dy, cache):
        dx, dw = product_back(dy, cache)
        return dx, np.where(np.abs(dw) < 1e-5, 0, dw)

    assert [verdict.status for verdict in flat(threshold)] == ["pass", "fail"]
    assert flat(threshold)[1].sentence == "dw is not linear in dy: 1e-06 × dy does not give 1e-06 × dw"


@pytest.mark.parametrize("kind", [np.float32, np.longdouble])
def test_small_upstream_gradients_are_right_in_any_precision(kind):
    def right(dy, cache):
        return tuple(part.astype(kind) for part in product_back(dy.astype(kind), [a.astype(kind) for a in cache]))

    assert {verdict.status for verdict in flat(right)} <= {"pass", "warn"}


def from_an_iterator(x, w):
    return x @ w, iter((x, w))


def used_up(dy, cache):
    w, x = cache.pop(), cache.pop()
    return dy @ w.T, x.T @ dy


def written_over(dy, cache):
    x, w = cache
    dw = x.T @ dy
    x *= 0
    return dy @ w.T, dw


@pytest.mark.parametrize(
    ("ahead", "back"),
    [
        (lambda x, w: (x @ w, [x, w]), used_up),
        (from_an_iterator, lambda dy, cache: product_back(dy, tuple(cache))),
        (lambda x, w: (x @ w, (x.copy(), w)), written_over),
    ],
)
def test_a_cache_that_is_used_up_by_its_backward_pass_costs_a_warning(ahead, back):
    functions = {"product_ahead": ahead, "product_back": back}
    report = grade(prepare(Assignment("flat", "Flat", 3, {}, (AHEAD, FLAT)), b"flat"), InProcess(functions, {}))
    [warned] = [row.verdict for task in report.tasks for row in task.rows if row.verdict.status != "pass"]
    assert (warned.status, warned.diagnosis.id) == ("warn", "mutates-input")
    assert warned.sentence == "a second call with the same cache gives something else; better leave the cache as it is"
    assert report.score == report.max_score


def test_state_beside_the_cache_is_still_found():
    calls = []

    def counting(dy, cache):
        calls.append(1)
        dx, dw = product_back(dy, cache)
        return dx, dw * (1 if len(calls) < 4 else 1.5)

    assert {verdict.status for verdict in flat(counting)} == {"fail"}
