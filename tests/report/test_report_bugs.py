"""One mistake is one thing to fix, however many checks it fails."""

from grader.document import Diagnosis
from grader.report.bugs import blocked, bugs
from tests.report.documents import ALICE, EMIL, check, document, task

NUMERIC = "numeric check: agrees with the slope of your own forward pass"
MEAN, SIGN = Diagnosis("missing-1/N", "7 × too large"), Diagnosis("sign", "turned around")


def titles(*tasks):
    return [bug.title for bug in bugs(document("a", *tasks))]


def test_ten_failures_of_one_mistake_are_one_thing_to_fix():
    rows = [check(f"g{n} is the true derivative", "fail", diagnosis=MEAN) for n in range(9)]
    assert titles(task("one", *rows, check(NUMERIC, "fail"))) == ["one, g0 is the true derivative (and 9 more)"]


def test_one_mistake_in_several_functions_is_one_thing_to_fix():
    [bug] = bugs(EMIL)
    assert (bug.task.name, bug.elsewhere, bug.points) == ("softmax_loss", "the same in: two_layer_loss", "0/11")
    assert blocked(EMIL) == ["train (2 checks)"]


def test_two_mistakes_in_one_function_are_two():
    rows = check("dx is the true derivative", "fail", diagnosis=SIGN), check("dw is right", "fail", diagnosis=MEAN)
    assert titles(task("one", *rows)) == ["one, dw is right", "one, dx is the true derivative"]


def test_what_has_no_name_is_told_once_a_function():
    rows = [check(f"{name} is the true derivative", "fail") for name in ("dx", "dw")]
    assert titles(task("one", *rows), task("two", rows[0])) == [
        "one, dx is the true derivative (and 1 more)",
        "two, dx is the true derivative",
    ]


def test_a_wrong_slope_is_not_explained_by_a_mistake_of_another_function():
    named, slope = check("dx is right", "fail", diagnosis=MEAN), check(NUMERIC, "fail")
    assert titles(task("one", named), task("two", slope)) == ["one, dx is right", f"two, {NUMERIC}"]


def test_another_wrong_array_is_not_explained_by_the_name_of_the_first():
    rows = check("dx is right", "fail", diagnosis=MEAN), check("dw is right", "fail")
    assert titles(task("one", *rows)) == ["one, dx is right", "one, dw is right"]


def test_all_that_is_not_written_yet_is_one_thing_to_do():
    [bug] = bugs(document("a", *(task(f"t{n}", check("x is right", "absent")) for n in range(4))))
    assert bug.elsewhere == "also absent: t1, t2, t3"


def test_one_failure_of_the_grader_is_told_once():
    [bug] = bugs(document("a", *(task(f"t{n}", check("x is right", "error", message="gone")) for n in range(4))))
    assert bug.elsewhere == "the same in: t1, t2, t3"


def test_calls_that_fail_for_different_reasons_are_told_apart():
    rows = check("a", "raised", message="ValueError"), check("b", "raised", message="TypeError")
    assert len(titles(task("one", *rows))) == 2


def test_nothing_lost_is_nothing_to_fix():
    assert bugs(ALICE) == []
    assert titles(task("one", check("x", "blocked"), check("y", "warn"))) == []
