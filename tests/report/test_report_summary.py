"""What to fix first, what is told once, which checks are hard."""

import pytest

from grader.report import summary
from tests.report.documents import ALICE, BOB, check, document, task

NUMERIC = "numeric check: agrees with the slope of your own forward pass"
ORDER = [
    check("b is right", "absent"),
    check("b is right", "raised"),
    check("F has shape (N, K)", "fail"),
    check("loss is right", "fail"),
    check("P is finite and right for scores of ±1e4", "fail"),
    check("dF is the true derivative", "fail"),
    check(NUMERIC, "fail"),
    check("fast on a tall, thin input: no Python loop over the examples", "fail"),
    check("dF is the true derivative", "blocked"),
    check("dF is the true derivative", "error"),
]


@pytest.mark.parametrize("place", range(len(ORDER) - 1))
def test_the_most_basic_failure_is_named_wherever_it_stands(place):
    worse, milder = ORDER[place], ORDER[place + 1]
    last = document("a", task("one", check("x is right"), milder), task("two", worse))
    if summary.urgency(worse) == summary.urgency(milder):
        assert summary.first_to_fix(last) == (last.tasks[0], milder)
    else:
        assert summary.first_to_fix(last) == (last.tasks[1], worse)


@pytest.mark.parametrize("status", sorted(summary.BROKEN))
def test_a_call_that_did_not_come_back_goes_before_a_wrong_shape(status):
    assert summary.urgency(check("F is right", status)) < summary.urgency(check("F has shape (N, K)", "fail"))


def test_among_equals_the_first_task_comes_first():
    both = document("a", task("one", check("F is right", "fail")), task("two", check("P is right", "fail")))
    assert summary.first_to_fix(both)[0].name == "one"


def test_nothing_is_to_fix_where_all_points_are_kept():
    assert summary.first_to_fix(ALICE) is None
    assert summary.first_to_fix(document("a", task("one", check("F is right", "warn")))) is None


def test_one_mistake_is_told_once():
    groups = summary.alike(BOB.tasks[4].checks)
    assert [(group.title, group.points) for group in groups] == [("dW has shape (D, K) (and 1 more)", "0/3")]


def test_points_of_several_checks_are_exact():
    [group] = summary.alike([check("a", "fail", 0.1), check("b", "fail", 0.2)])
    assert group.points == "0/0.3"


@pytest.mark.parametrize(("part", "text"), [(1, "100 %"), (0.9999, "99.9 %"), (0.875, "87.5 %"), (0, "0 %")])
def test_only_full_marks_read_as_100(part, text):
    assert summary.percent(part) == text


def test_nothing_out_of_nothing_is_nothing():
    assert summary.share(document("a")) == 0


def test_the_hardest_check_is_the_one_that_most_fail():
    wrong, right = check("F is right", "fail"), check("F is right")
    other = check("P is right", "raised")
    followed = check(NUMERIC, "blocked")
    documents = [
        document("ann", task("scores", wrong, followed), task("softmax", other)),
        document("bea", task("scores", wrong, followed), task("softmax", check("P is right"))),
        document("cyd", task("scores", right, followed), task("softmax", check("P is right"))),
    ]
    assert summary.hardest(documents) == [
        summary.Hard("scores", "F is right", 3, ("ann", "bea")),
        summary.Hard("softmax", "P is right", 3, ("ann",)),
    ]
