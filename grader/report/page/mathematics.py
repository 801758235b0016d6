"""Our own formulas as MathML, and our own texts with formulas in them. Nothing that a student wrote comes here."""

from __future__ import annotations

from functools import cache

from markupsafe import Markup, escape


@cache
def mathml(latex: str) -> Markup:
    """Convert LaTeX to an inline MathML element."""
    from latex2mathml.converter import convert  # a page of right answers shows no formula

    return Markup(convert(latex))


@cache
def prose(text: str) -> Markup:
    """Escape a text, and convert its formulas between dollar signs."""
    from grader.diagnosis.formula import pieces

    return Markup("").join(mathml(part) if is_latex else escape(part) for part, is_latex in pieces(text))
