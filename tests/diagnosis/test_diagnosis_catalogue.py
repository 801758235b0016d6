"""The catalogue of mistakes: every id that there is, texts that say something, formulas that can be read."""

import pytest

from grader.diagnosis.catalogue import CATALOGUE, UnknownMistake, look_up
from grader.diagnosis.formula import NotAFormula, line, pieces, prose
from grader.diagnosis.voices import again, rung, said
from grader.model import Diagnosis

WRITTEN = """
reg-factor-2 reg-gradient-missing reg-loss-missing reg-over-N reg-wrong-form reg-on-bias reg-layer-missing
missing-1/N extra-1/N precedence bias-mean bias-not-summed missing-indicator sign softmax-jacobian-diagonal
true-class-twice softmax-normalizer softmax-shift relu-mask-missing relu-mask-of-gradient activation-for-indicator
wrong-operand transpose overwrite-for-accumulate svm-true-class
bn-direct-only bn-variance-path norm-axis spatial-count eps-placement dropout-scale conv-crop rnn-carry
rnn-sum-over-time lstm-cell-path index-add temporal-mean adam-t adam-bias-correction rmsprop-root delta-on-softmax
column-row hadamard-precedence log-of-zero overflow integer-cast float32 state nondeterministic mutates-input
shared-buffer numeric-differentiation shape one-element rows columns scale
"""
IDS = WRITTEN.split()
ENTRIES = list(CATALOGUE.values())


def texts(entry):
    return [entry.title, entry.what, entry.hides, entry.find, *entry.hints, entry.instructor]


def test_every_mistake_has_an_entry_and_there_is_no_other():
    assert sorted(CATALOGUE) == sorted(IDS)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_an_entry_says_something_everywhere(entry):
    assert all(len(text.split()) >= 2 for text in texts(entry)), "a text is missing"
    assert len({*entry.hints}) == 3
    assert "?" in entry.hints[1], "the second hint is a question"
    assert entry.what.endswith(".")
    assert entry.instructor.endswith(".")


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_no_hint_holds_code(entry):
    for hint in entry.hints:
        words = "".join(part for part, is_latex in pieces(hint) if not is_latex)
        assert not any(mark in words for mark in ("np.", "def ", "==", ".T", "axis=", "`", "()", " @ "))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_every_formula_can_be_written_in_one_line(entry):
    for text in (line(entry.wrong), line(entry.right), *map(prose, texts(entry))):
        assert not {"\\", "$", "{", "}"} & set(text.replace("#{", "").replace(" }", "")), text


def test_a_wrong_formula_differs_from_the_right_one():
    assert not [entry.id for entry in ENTRIES if entry.wrong == entry.right]


@pytest.mark.parametrize(
    ("latex", "written"),
    [
        (r"X^\top du + \lambda W", "Xᵀ du + λ W"),
        (r"\frac{1}{N} \sum_i L_i", "(1/N) Σ_i L_i"),
        (r"\tfrac{1}{2} \lambda \sum W^2", "½ λ Σ W²"),
        (r"\frac{a + b}{2 h}", "((a + b)/(2 h))"),
        (r"\sqrt{v + \varepsilon}", "√(v + ε)"),
        (r"p_{i,y_i} - 1", "p_(i,y_i) − 1"),
        (r"\left( W^{l+1} \right) \odot \sigma'(z^l)", "(W^(l+1)) ∘ σ'(z^l)"),
        (r"\text{right-hand side}", "right-hand side"),
        (r"\hat{x}", "x̂"),
        (r"m_{\text{keep}}", "m_keep"),
        (r"2^{-53}", "2⁻⁵³"),
    ],
)
def test_latex_becomes_a_line(latex, written):
    assert line(latex) == written


@pytest.mark.parametrize("latex", [r"\unknown{x}", r"\frac{1}", "x}", "{x", "x^"])
def test_what_is_no_formula_is_refused(latex):
    with pytest.raises(NotAFormula):
        line(latex)


def test_a_mistake_is_found_whatever_its_case():
    assert look_up("MISSING-1/n").id == "missing-1/N"


def test_an_unknown_mistake_is_one_line_with_the_nearest():
    with pytest.raises(UnknownMistake, match="there is no mistake 'mising-1/N'; did you mean missing-1/N\\?"):
        look_up("mising-1/N")
    with pytest.raises(UnknownMistake, match="lists all of them"):
        look_up("qqqq")


NUMBERS = Diagnosis("missing-1/N", "dW is 7.0 × what it should be, and N = 7")


def test_the_student_hears_numbers_an_equation_to_look_at_and_a_question():
    assert said(NUMBERS, "student", ("MLP-8", "MLP-12")) == (
        "dW is 7.0 × what it should be, and N = 7. Look at MLP-8 and MLP-12 again. What happens to the loss, and what "
        "to your gradient, when every example is in the batch twice?"
    )


def test_the_instructor_hears_what_it_is_with_the_formula():
    assert said(NUMBERS, "instructor", ("MLP-8",)) == (
        "dW is 7.0 × what it should be, and N = 7. N times too large: (1/N) of the mean loss is missing."
    )


def test_what_is_only_likely_is_said_to_be_with_what_else_it_may_be():
    likely = Diagnosis("bias-mean", "db is a seventh (or extra-1/N)", "likely", ("extra-1/N", "unheard-of"))
    assert said(likely, "instructor", ()) == (
        "likely: db is a seventh (or extra-1/N). The bias gradient is averaged: db = Σ_i G_i, the mean is inside G "
        "already. Or: N times too small: divided by N once more than the formula is."
    )
    assert said(likely, "student", (), hints=False) == "likely: db is a seventh (or extra-1/N)"


def test_what_says_by_itself_what_was_done_is_told_to_the_instructor_as_it_is():
    told = Diagnosis("wrong-operand", "σ' is evaluated at h, not at z", told=True)
    assert said(told, "instructor", ()) == "σ' is evaluated at h, not at z."
    assert said(told, "student", ()).endswith("?")


def test_where_hints_are_not_free_the_student_hears_the_numbers_alone():
    assert said(NUMBERS, "student", ("MLP-8",), hints=False) == NUMBERS.message


def test_a_name_that_the_catalogue_lacks_speaks_for_itself():
    assert said(Diagnosis("new", "it is odd"), "student", ("MLP-8",)) == "it is odd"


def test_equations_are_listed():
    assert again(("A",)) == "Look at A again."
    assert again(("A", "B", "C")) == "Look at A, B and C again."
    assert again(()) == ""
    assert again(("A", "B", "C", "D", "E")) == ""


def test_the_ladder_has_three_rungs():
    assert [rung("sign", level)[:12] for level in (1, 2, 3)] == ["Every number", "If you move ", "A gradient p"]
    with pytest.raises(KeyError):
        rung("no such mistake", 1)
