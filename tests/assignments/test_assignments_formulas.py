"""Equations as LaTeX: each becomes MathML, and none of them is a gradient that is to be derived."""

from importlib import import_module

import pytest

from assignments.cs231n.formulas import FORMULAS

NAMES = ("softmax_classifier", "two_layer_mlp", "deep_mlp", "cs231n_a1", "cs231n_a2", "cs231n_a3")


@pytest.mark.parametrize("name", NAMES)
def test_every_formula_becomes_mathml(name):
    mathematics = pytest.importorskip("grader.report.page.mathematics")
    assignment = import_module(f"assignments.{name}").ASSIGNMENT
    assert assignment.latex
    for latex in assignment.latex.values():
        assert "\\" not in mathematics.mathml(latex)


def test_formulas_of_the_course_belong_to_equations_and_give_no_backward_pass_away():
    ids = {identifier for name in NAMES for identifier in import_module(f"assignments.{name}").ASSIGNMENT.equations}
    assert {f"CS:{name}" for name in FORMULAS} <= ids
    assert not any("backward" in name for name in FORMULAS)
