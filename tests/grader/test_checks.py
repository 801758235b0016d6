"""Each check passes what is right, catches what it is for, and says so. Expected sentences were written by hand."""

import numpy as np
import pytest

from grader.answerers import InProcess
from grader.grade import grade, prepare
from grader.questions import Failed, Returned
from tests.grader.toy import RIGHT, toy


def verdicts(**functions):
    """Grade the toy with some functions replaced; {(task, check): verdict}."""
    report = grade(prepare(toy(), b"seed"), InProcess({**RIGHT, **functions}, {}))
    return {(task.name, row.name): row.verdict for task in report.tasks for row in task.rows}


def statuses(found, task):
    return {check: verdict.status for (name, check), verdict in found.items() if name == task}


DX_SHAPE, DW_SHAPE = "dx has shape (N, D)", "dw has shape (D, M)"
DX, DW = "dx is the true derivative", "dw is the true derivative"
NUMERIC = "numeric check: agrees with the slope of your own forward pass"
ALL = (DX_SHAPE, DW_SHAPE, DX, DW, NUMERIC)


def test_the_reference_passes_everything():
    assert {verdict.status for verdict in verdicts().values()} == {"pass"}


def test_a_right_verdict_says_what_was_seen():
    found = verdicts()
    assert found["product_gradient", DW].sentence == "dw equals the true derivative in 3 cases, within tolerance"
    assert found["product_gradient", NUMERIC].sentence == (
        "agrees with the slope of your product within tolerance (7 forward calls)"
    )


@pytest.mark.parametrize(
    ("wrong", "failing"),
    [
        (lambda dy, x, w: (dy @ w.T, 7 * (x.T @ dy)), {DW, NUMERIC}),
        (lambda dy, x, w: (dy @ w.T, (x.T @ dy) * (1 + 1e-9)), {DW, NUMERIC}),
        (lambda dy, x, w: (-(dy @ w.T), x.T @ dy), {DX, NUMERIC}),
        (lambda dy, x, w: (dy @ w.T, (x.T @ dy)[None]), {DW_SHAPE}),
        (lambda dy, x, w: (dy @ w.T, (x.T @ dy).T), {DW_SHAPE, DW, NUMERIC}),
        (lambda dy, x, w: (np.full(x.shape, np.nan), x.T @ dy), {DX_SHAPE, DX, NUMERIC}),
        (lambda dy, x, w: (dy @ w.T, (x.T @ dy) + 0j), {DW_SHAPE, DW, NUMERIC}),
        (lambda dy, x, w: (dy @ w.T, (x.T @ dy).astype(object)), {DW_SHAPE, DW, NUMERIC}),
        (lambda dy, x, w: (dy @ w.T, np.round(x.T @ dy, 2)), {DW, NUMERIC}),
        (lambda dy, x, w: (dy @ w.T, x.T @ dy if len(x) > 1 else np.zeros_like(w)), {DW}),
        (lambda dy, x, w: (x.T @ dy, dy @ w.T), {DX_SHAPE, DW_SHAPE, DX, DW, NUMERIC}),
        (lambda dy, x, w: dy @ w.T, set(ALL)),
    ],
)
def test_a_wrong_gradient_fails_what_it_should_and_nothing_else(wrong, failing):
    found = statuses(verdicts(product_gradient=wrong), "product_gradient")
    assert {check for check, status in found.items() if status not in ("pass", "warn")} == failing


@pytest.mark.parametrize(
    "right",
    [
        lambda dy, x, w: [(dy @ w.T).tolist(), (x.T @ dy).tolist()],
        lambda dy, x, w: (np.asfortranarray(dy @ w.T), np.ascontiguousarray(x.T) @ dy),
        lambda dy, x, w: (np.einsum("nm,dm->nd", dy, w), np.einsum("nd,nm->dm", x, dy)),
        lambda dy, x, w: ((dy @ w.T).astype(np.longdouble), x.T @ dy),
    ],
)
def test_what_computes_the_right_values_is_right(right):
    assert set(statuses(verdicts(product_gradient=right), "product_gradient").values()) == {"pass"}


def test_single_precision_is_a_warning_that_costs_nothing():
    single = verdicts(product_gradient=lambda dy, x, w: (dy @ w.T, np.float32(x).T @ np.float32(dy)))
    verdict = single["product_gradient", DW]
    assert verdict.status == "warn"
    assert verdict.earns
    assert verdict.sentence == "dw has the right values in single precision (float32); compute in float64"


def test_a_forward_in_single_precision_costs_a_right_backward_nothing():
    found = verdicts(product=lambda x, w: np.float32(x) @ np.float32(w))
    assert found["product", "y is right"].status == "warn"
    assert found["product_gradient", NUMERIC].status in ("pass", "warn")


def test_a_wrong_entry_is_named_with_its_index():
    def wrong(dy, x, w):
        dw = x.T @ dy
        dw[1, 0] += 1
        return dy @ w.T, dw

    verdict = verdicts(product_gradient=wrong)["product_gradient", DW]
    assert verdict.sentence == "dw differs from the true derivative in all 3 cases"
    assert verdict.particulars.startswith("case 'example' (N = 1, D = 2, M = 1): dw[1, 0] is ")
    assert verdict.particulars.endswith("(1 of 2 entries differ)")
    assert verdict.public


def test_only_the_cases_that_fail_are_named():
    def wrong(dy, x, w):
        return dy @ w.T, x.T @ dy * (1 if len(x) == 1 else 2)

    verdict = verdicts(product_gradient=wrong)["product_gradient", DW]
    assert verdict.sentence == ("dw differs from the true derivative in case 'generic' (N = 7, D = 5, M = 3) alone")
    assert not verdict.public


def test_a_wrong_shape_is_said_in_numbers_and_letters():
    verdict = verdicts(product_gradient=lambda dy, x, w: (dy @ w.T, dy.T @ x))["product_gradient", DW_SHAPE]
    assert verdict.sentence == (
        "dw is (1, D) = (1, 2); expected (D, M) = (2, 1): that is dyᵀ x, in case 'example' (N = 1, D = 2, M = 1)"
    )


def test_a_wrong_arity_is_said():
    verdict = verdicts(product_gradient=lambda dy, x, w: dy @ w.T)["product_gradient", DW_SHAPE]
    assert verdict.sentence == (
        "dw is missing: product_gradient returned an array of shape (1, 2); expected (dx, dw), "
        "in case 'example' (N = 1, D = 2, M = 1)"
    )


def test_nothing_returned_is_absent():
    found = verdicts(product_gradient=lambda dy, x, w: (None, None))
    assert set(statuses(found, "product_gradient").values()) == {"absent"}
    assert found["product_gradient", DW].sentence == (
        "product_gradient returns None; expected (dx, dw) (still the stub, or no `return`)"
    )


def test_an_exception_in_one_case_is_raised_there():
    def wrong(dy, x, w):
        if len(x) > 1:
            raise ValueError("no batches")
        return dy @ w.T, x.T @ dy

    verdict = verdicts(product_gradient=wrong)["product_gradient", DW]
    assert verdict.status == "raised"
    assert verdict.sentence == "raises an exception in case 'generic' (N = 7, D = 5, M = 3)"
    assert verdict.particulars == "ValueError: no batches"


def test_a_wrong_forward_costs_a_right_backward_nothing():
    found = verdicts(product=lambda x, w: x @ w + 1)
    assert found["product", "y is right"].status == "fail"
    assert found["product_gradient", DW].status == "pass"
    assert found["product_gradient", NUMERIC].status == "warn"
    assert found["product_gradient", NUMERIC].sentence == (
        "product could not be used (its value is not right); the gradients equal the true ones, so nothing is lost"
    )


def test_an_absent_forward_blocks_the_numeric_check_of_a_wrong_backward():
    report = grade(
        prepare(toy(), b"seed"),
        InProcess({"step": RIGHT["step"], "product_gradient": lambda dy, x, w: (dy @ w.T, 2 * x.T @ dy)}, {}),
    )
    found = {(task.name, row.name): row.verdict for task in report.tasks for row in task.rows}
    assert found["product", "y is right"].status == "absent"
    assert found["product_gradient", NUMERIC].status == "blocked"
    assert found["product_gradient", DX].status == "pass"


def both_wrong(forward, backward):
    return verdicts(product=forward, product_gradient=backward)


def test_the_true_derivative_of_a_wrong_forward_is_proposed_for_credit():
    found = both_wrong(lambda x, w: 2 * x @ w, lambda dy, x, w: (2 * dy @ w.T, 2 * x.T @ dy))
    numeric = found["product_gradient", NUMERIC]
    assert numeric.status == "fail"
    assert numeric.needs_review
    assert numeric.sentence == (
        "the gradients are the slope of your own product, which is not right itself (its value is not right); "
        "follow-through credit is proposed"
    )
    assert found["product_gradient", DX].evidence["proposed_score"] == 1
    assert numeric.evidence["proposed_score"] == 0.5
    report = grade(
        prepare(toy(), b"seed"),
        InProcess(
            {
                **RIGHT,
                "product": lambda x, w: 2 * x @ w,
                "product_gradient": lambda dy, x, w: (2 * dy @ w.T, 2 * x.T @ dy),
            },
            {},
        ),
    )
    (task,) = [task for task in report.tasks if task.name == "product_gradient"]
    assert (task.score, report.needs_review) == (2, True)


@pytest.mark.parametrize(
    ("forward", "backward"),
    [
        (lambda x, w: 0 * (x @ w), lambda dy, x, w: (0 * x, 0 * w)),
        (lambda x, w: x @ np.ones_like(w), lambda dy, x, w: (dy @ np.ones_like(w).T, 0 * w)),
        (lambda x, w: 2 * x @ w, lambda dy, x, w: (3 * dy @ w.T, 2 * x.T @ dy)),
    ],
)
def test_nothing_is_proposed_for_a_forward_that_stands_still_or_another_slope(forward, backward):
    found = both_wrong(forward, backward)
    assert found["product_gradient", NUMERIC].status == "blocked"
    assert "proposed_score" not in found["product_gradient", DX].evidence


def test_follow_through_counts_by_itself_only_where_the_assignment_says_so():
    from dataclasses import replace

    counted = replace(toy(), count_follow_through=True)
    wrong = {"product": lambda x, w: 2 * x @ w, "product_gradient": lambda dy, x, w: (2 * dy @ w.T, 2 * x.T @ dy)}
    report = grade(prepare(counted, b"seed"), InProcess({**RIGHT, **wrong}, {}))
    (task,) = [task for task in report.tasks if task.name == "product_gradient"]
    assert task.score == 2 + 1 + 1 + 0.5


def test_a_forward_that_does_not_move_lets_no_gradient_pass():
    class Answerer(InProcess):
        def ask(self, question):
            if question.calls[0].function == "product" and len(question.calls) > 3:
                return tuple(Returned(np.ones((7, 3))) for _ in question.calls)
            return super().ask(question)

    zero = {"product_gradient": lambda dy, x, w: (0 * x, 0 * w)}
    report = grade(prepare(toy(), b"seed"), Answerer({**RIGHT, **zero}, {}))
    found = {(task.name, row.name): row.verdict for task in report.tasks for row in task.rows}
    assert found["product_gradient", NUMERIC].status == "fail"
    assert found["product_gradient", NUMERIC].sentence == (
        "product does not move with its inputs, so nothing was measured"
    )


def test_a_changed_argument_is_caught_inside_a_list():
    def wrong(w, dw):
        w[0] -= dw[0]
        return [w[0].copy()]

    found = verdicts(step=wrong)
    assert found["step", "new is right"].status == "pass"
    assert found["step", "the arguments are unchanged"].status == "fail"
    assert found["step", "the arguments are unchanged"].sentence == (
        "w is changed by the call; expected new containers and new arrays"
    )


def test_a_failure_of_the_grader_is_an_error_for_review_and_no_blame():
    class Broken:
        def ask(self, question):
            raise RuntimeError("pipe")

    report = grade(prepare(toy(), b"seed"), Broken())
    rows = [row for task in report.tasks for row in task.rows]
    assert {row.verdict.status for row in rows} == {"error"}
    assert report.needs_review
    assert report.score == 0


def remembering():
    seen = []

    def backward(dy, x, w):
        seen.append(x.shape)
        return dy @ w.T, x.T @ dy * (2 if seen.count(x.shape) > 1 else 1)

    return backward


def by_chance(dy, x, w):
    return dy @ w.T, x.T @ dy + 1e-15 * np.random.default_rng().standard_normal(w.shape)


def sharing():
    buffers = {}

    def backward(dy, x, w):
        dw = buffers.setdefault(w.shape, np.zeros(w.shape))
        dw += x.T @ dy
        return dy @ w.T, dw

    return backward


@pytest.mark.parametrize(
    ("wrong", "identifier"), [(remembering(), "state"), (by_chance, "nondeterministic"), (sharing(), None)]
)
def test_what_another_call_may_change_earns_nothing(wrong, identifier):
    verdict = verdicts(product_gradient=wrong)["product_gradient", DW]
    assert verdict.status == "fail"
    assert identifier is None or verdict.diagnosis.id == identifier


def test_a_changed_argument_is_a_warning_that_costs_nothing():
    def mutating(dy, x, w):
        dx, dw = dy @ w.T, x.T @ dy
        dy *= 0
        return dx, dw

    found = verdicts(product_gradient=mutating)
    assert found["product_gradient", DX].status == "warn"
    assert found["product_gradient", DX].diagnosis.id == "mutates-input"
    assert found["product_gradient", DX].earns


@pytest.mark.parametrize("status", ["timeout", "crashed", "memory", "flood", "violation"])
def test_a_call_without_an_answer_keeps_its_status(status):
    class Answerer(InProcess):
        def ask(self, question):
            return tuple(Failed(status, "it did") for _ in question.calls)

    report = grade(prepare(toy(), b"seed"), Answerer({}, {}))
    assert {row.verdict.status for task in report.tasks for row in task.rows} == {status}
    assert report.score == 0


def test_a_slope_that_is_a_little_off_is_not_said_to_be_equal():
    verdict = verdicts(product_gradient=lambda dy, x, w: (dy @ w.T * (1 + 2e-6), x.T @ dy))["product_gradient", NUMERIC]
    assert verdict.status == "fail"
    assert "claim 1.00000" in verdict.sentence or "claim 0.99999" in verdict.sentence
    slope, claimed = verdict.particulars.partition("slope ")[2].split(", claimed ")
    assert slope != claimed
