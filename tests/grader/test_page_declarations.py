"""What an assignment declares for its pages and hints: refused in one line where it does not add up."""

import re
from dataclasses import replace

import pytest

from grader.declare import DeclarationError
from tests.grader.toy import toy


@pytest.mark.parametrize("hints", ["free", "off", 1, 0.5])
def test_hints_are_free_off_or_cost_points(hints):
    assert replace(toy(), hints=hints).hints == hints


@pytest.mark.parametrize("hints", ["", "cheap", 0, -1, True, None, float("nan")])
def test_any_other_policy_is_refused(hints):
    line = f"assignment 'toy' has hints = {hints!r}; expected 'free', 'off' or what a hint costs in points"
    with pytest.raises(DeclarationError, match=re.escape(line)):
        replace(toy(), hints=hints)


def test_latex_belongs_to_an_equation():
    assert replace(toy(), latex={"T-1": "y = x w"}).latex
    with pytest.raises(DeclarationError, match="'toy' writes equation 'T-9' in LaTeX, which does not exist"):
        replace(toy(), latex={"T-9": "y"})
