"""The looks that need no declared mistake: an assignment of its own, y = x w, with its gradients."""

import numpy as np
import pytest

from grader.answerers import InProcess
from grader.battery import Fixed, Normal
from grader.checks import Gradient, Shape, Value
from grader.diagnosis import conditions, factors
from grader.diagnosis.seen import look
from grader.diagnosis.symbols import name_for, symbols
from grader.grade import grade, prepare
from grader.model import Assignment, Case, Task
from grader.posing import write
from tests.diagnosis.students import certain, diagnoses, said


def product_gradient(dy, x, w, b, reg):
    return dy @ w.T, x.T @ dy + reg * w, dy.sum(axis=0)


TASK = Task(
    product_gradient,
    dict(dy=Normal("N M"), x=Normal("N D"), w=Normal("D M"), b=Normal("M"), reg=Fixed(0.3)),
    {"dx": "N D", "dw": "D M", "db": "M"},
    (
        Case("example", dict(N=2, D=3, M=4), public=True),
        Case("generic", dict(N=7, D=5, M=3)),
        Case("square", dict(N=5, D=5, M=5)),
        Case("one example", dict(N=1, D=5, M=3)),
        Case("more", dict(N=3, D=2, M=5), dict(reg=Fixed(2.0))),
        Case("no penalty", dict(N=4, D=3, M=2), dict(reg=Fixed(0.0))),
    ),
    {check(name): 1 for name in ("dx", "dw", "db") for check in (Shape, Gradient)},
)
TOY = Assignment("toy", "Toy", 6, {}, (TASK,))


def rows_for(student):
    return grade(prepare(TOY, b"general"), InProcess({"product_gradient": student}, {})).tasks[0].rows


def wrong(**changes):
    """A student who gets these outputs wrong: name → function of the right one and the inputs."""

    def student(dy, x, w, b, reg):
        right = dict(zip(("dx", "dw", "db"), product_gradient(dy, x, w, b, reg), strict=True))
        inputs = dict(dy=dy, x=x, w=w, b=b, reg=reg)
        return tuple(changes[name](value, **inputs) if name in changes else value for name, value in right.items())

    return student


def only(index, change):
    """Change one entry."""

    def changed(value, **_):
        value = value.copy()
        value[index] = change(value[index])
        return value

    return changed


NAMED = {
    "missing-1/N": wrong(dx=lambda g, x, **_: g * len(x)),
    "extra-1/N": wrong(dx=lambda g, x, **_: g / len(x)),
    "sign": wrong(dx=lambda g, **_: -g),
    "scale": wrong(dx=lambda g, **_: 3 * g),
    "transpose": wrong(dx=lambda g, **_: g.T),
    "column-row": wrong(dx=lambda g, dy, w, **_: dy @ w if w.shape[0] == w.shape[1] else g),
    "bias-not-summed": wrong(db=lambda g, dy, **_: dy),
    "bias-mean": wrong(db=lambda g, dy, **_: dy.mean(axis=0)),
    "overwrite-for-accumulate": wrong(db=lambda g, dy, **_: dy[-1]),
    "shape": wrong(dx=lambda g, **_: g.ravel()),
    "reg-factor-2": wrong(dw=lambda g, w, reg, **_: g + reg * w),
    "reg-gradient-missing": wrong(dw=lambda g, w, reg, **_: g - reg * w),
    "reg-over-N": wrong(dw=lambda g, w, x, reg, **_: g + reg * w / len(x) - reg * w),
    "reg-on-bias": wrong(db=lambda g, b, reg, **_: g + reg * b),
    "one-element": wrong(dw=only((0, 0), lambda entry: 2 * entry + 1)),
    "rows": wrong(dw=only(0, lambda row: 2 * row + 1)),
    "columns": wrong(dw=only((slice(None), -1), lambda column: 2 * column + 1)),
    "integer-cast": wrong(dx=lambda g, **_: g.astype(int)),
    "float32": wrong(dx=lambda g, **_: g.astype(np.float32)),
}


@pytest.mark.parametrize("name", NAMED)
def test_name_without_declared_mistakes(name):
    names = said(rows_for(NAMED[name]))
    assert name in names or (name == "column-row" and "transpose" in names)


def test_right_answers_have_no_name():
    assert said(rows_for(product_gradient)) == set()


def test_the_message_says_the_numbers():
    (told,) = diagnoses(rows_for(NAMED["missing-1/N"]))
    assert told.message == "dx is 2 × what it should be, and N = 2 in case 'example'"
    assert told.confidence == "certain"


def test_a_wrong_shape_is_said_in_letters_and_numbers_of_a_public_case():
    (told,) = diagnoses(rows_for(NAMED["transpose"]))
    shapes = "dx is (D, N) = (3, 2); expected (N, D) = (2, 3)"
    assert told.message == f"dx is transposed: {shapes}, and its numbers are right with the axes exchanged"


def test_of_a_hidden_case_no_shape_that_came_is_told():
    rows = rows_for(wrong(dx=lambda g, x, **_: g.T if len(x) == 1 else g))
    assert {"(5, 1)" in told.message for told in diagnoses(rows)} == {False}
    assert said(rows) == {"transpose"}


def test_a_coefficient_that_two_mistakes_explain_is_said_as_likely():
    (told,) = diagnoses(rows_for(NAMED["reg-gradient-missing"]))
    assert (told.confidence, told.alternatives) == ("likely", ("reg-factor-2",))


def test_a_factor_that_a_right_case_contradicts_is_not_certain():
    rows = rows_for(wrong(dx=lambda g, x, **_: 3 * g if len(x) == 7 else g))
    assert said(rows) == {"scale"}
    assert certain(rows) == set()


def test_what_is_unknown_has_no_name_but_says_which_cases():
    rows = rows_for(wrong(dx=lambda g, x, **_: np.sin(g) + 2 if len(x) == 1 else g))
    assert said(rows) == set()
    (sentence,) = {row.verdict.sentence for row in rows if row.verdict.status == "fail"}
    assert sentence.endswith("; dx is wrong where N = 1; dw, db are right")


def test_noise_has_no_name():
    noise = np.random.default_rng(3)
    rows = rows_for(wrong(dx=lambda g, **_: noise.standard_normal(g.shape)))
    assert certain(rows) <= {"nondeterministic"}


def outputs_of(student):
    paper = write(TASK, b"general")
    answers = InProcess({"product_gradient": student}, {}).ask(paper.question)
    return {output.name: output for output in look(paper, TASK.checks, answers)}


def test_no_factor_is_found_where_there_is_none():
    output = outputs_of(wrong(dx=lambda g, **_: g + 1))["dx"]
    assert factors.scaled(output, "N") is None


def test_symbols_are_sizes_and_scalars():
    case = next(case for case in write(TASK, b"general").cases if case.name == "generic")
    assert symbols(case) == {"N": 7.0, "D": 5.0, "M": 3.0, "reg": 0.3}
    assert name_for([(case, 7.0)]).text == "N"
    assert name_for([(case, 1 / 35)]).text == "1/(N·D)"
    assert name_for([(case, -0.3)]).text == "−reg"


def test_a_constant_is_no_symbol_where_cases_differ():
    cases = write(TASK, b"general").cases
    assert name_for([(case, 2.0) for case in cases]).text == "2"
    assert name_for([(cases[0], 2.0), (cases[1], 1.37)]) is None


def test_the_condition_is_the_shortest_that_separates():
    output = outputs_of(wrong(dx=lambda g, reg, **_: g if reg else 2 * g))["dx"]
    assert conditions.separates(output) == "where reg = 0"
    assert conditions.separates(outputs_of(wrong(dx=lambda g, **_: 2 * g))["dx"]) == ""


def test_one_number_is_not_said_to_be_cut_off():
    def total(x):
        return float(np.sum(np.abs(x)))

    cases = (
        Case("example", dict(N=2), public=True),
        Case("generic", dict(N=7)),
        Case("large", dict(N=3), group="large"),
    )
    checks = {Value("loss"): 1, Value("loss", "large"): 1}
    task = Task(total, dict(x=Normal("N")), {"loss": ""}, cases, checks)

    def short(x):
        return total(x) * (0.7 if len(x) == 3 else 1)

    (report,) = grade(prepare(Assignment("toy", "Toy", 2, {}, (task,)), b"one"), InProcess({"total": short}, {})).tasks
    verdict = report.rows[1].verdict
    assert verdict.status == "fail"
    assert "cut off" not in f"{verdict.diagnosis} {verdict.particulars}"


@pytest.mark.parametrize(("factor", "identifier"), [(lambda n: 3.5, "scale"), (lambda n: n, "missing-1/N")])
def test_one_factor_that_is_half_of_n_is_no_missing_mean(factor, identifier):
    once = wrong(db=lambda g, x, **_: g * (factor(len(x)) if len(x) == 7 else 1))
    (told,) = diagnoses(rows_for(once))
    assert told.id == identifier


SHUFFLED = {
    "a factor": wrong(dx=lambda g, dy, w, **_: dy @ w.reshape(w.shape[::-1])),
    "the product": wrong(dx=lambda g, **_: g.T.reshape(g.shape)),
}


@pytest.mark.parametrize("student", SHUFFLED.values(), ids=SHUFFLED)
def test_reshape_does_not_transpose(student):
    rows = rows_for(student)
    assert {(told.id, told.confidence, told.alternatives) for told in diagnoses(rows)} == {
        ("transpose", "likely", ("column-row",))
    }
    assert all("reshape" in told.message for told in diagnoses(rows))


def test_other_numbers_in_the_right_shape_are_not_called_shuffled():
    assert said(rows_for(wrong(dx=lambda g, **_: np.sort(g, axis=1)))) == set()


def wrong_where_square(g, **_):
    return g * np.cos(g.T) if g.shape[0] == g.shape[1] else g


def test_wrong_only_where_two_lengths_are_equal_is_an_axis_taken_for_another():
    (told,) = diagnoses(rows_for(wrong(dx=wrong_where_square)))
    assert (told.id, told.confidence, told.alternatives) == ("transpose", "likely", ("norm-axis",))
    assert "where N = D" in told.message


def test_not_so_where_a_case_with_other_lengths_is_wrong_too():
    assert said(rows_for(wrong(dx=lambda g, **_: wrong_where_square(g) if len(g) != 7 else np.sin(g)))) == set()


def test_an_answer_kept_from_another_case_is_state():
    kept = {}
    rows = rows_for(wrong(db=lambda g, **_: kept.setdefault(g.shape, g)))
    assert {(told.id, told.confidence) for told in diagnoses(rows)} == {("state", "likely")}


def test_one_entry_of_a_single_row_may_be_a_column():
    rows = rows_for(wrong(dx=lambda g, x, **_: only((0, -1), lambda e: 2 * e + 1)(g) if len(x) == 1 else g))
    assert certain(rows) == set()
