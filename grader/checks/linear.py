"""A backward pass is linear in the upstream gradient: a million times as much comes in, and comes out.

What is clipped, or masked by the size of the upstream gradient, is right at one size only, and no case need be declared
to see it: one is put once more with its upstream gradient × 10⁶, and what is right there is known. Scaled cases are
compared with the reference's answer, not with one another, so that two other properties need no check of their own:

- additivity, B(c₁) + B(c₂) = B(c₁ + c₂): what is right at a Gaussian c, both signs in it, and at 10⁶ c is linear
  wherever it was asked, and the reference is right on both, while additivity alone lets every linear mistake pass;
- the order of the examples, and their sum: a backward pass that mixes examples differs from the reference on the very
  case that would be permuted or split. By themselves these hold for most wrong gradients (they catch a quarter), and
  fail right ones: a batch norm is no sum over examples, and a dropout mask does not move with them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from grader import trees
from grader.checks.answers import parse, trouble
from grader.checks.protocol import same
from grader.checks.value import evidence, first_difference
from grader.model import Verdict
from grader.paper import STEEPER, Paper, Posed
from grader.questions import Answer, Failed
from grader.tolerance import SINGLE


def not_linear(paper: Paper, output: str, answers: tuple[Answer, ...]) -> Verdict | None:
    """The verdict on an output that is right, but not × 10⁶ where the upstream gradient is; else None.

    A function whose equal calls differ is left to the check of that.
    """
    if paper.steeper is None:
        return None
    first, steep = answers[paper.steeper - len(paper.ordinary) + paper.watched], answers[paper.steeper]
    again = answers[-1]
    if isinstance(first, Failed) or isinstance(again, Failed) or not same(first.value, again.value):
        return None
    if isinstance(steep, Failed) and steep.status == "blocked":
        return None
    return _judge(paper, output, steep)


def _judge(paper: Paper, output: str, steep: Answer) -> Verdict | None:
    case = million_fold(paper)
    found = parse(paper, case, steep)
    if found.trouble:
        return trouble(found)
    difference = first_difference(found, output)
    if difference.kind in ("none", "single"):
        return None
    names = " and ".join(paper.upstream)
    sentence = f"{output} is not linear in {names}: {STEEPER:,} × {names} does not give {STEEPER:,} × {output}"
    return Verdict("fail", sentence, difference.text, evidence(found, difference), case.public)


@cache
def million_fold(paper: Paper) -> Posed:
    """The watched case with its upstream gradient × 10⁶, and what is right there; in single precision, too."""
    case = paper.ordinary[paper.watched]
    inputs = {**case.inputs, **{name: STEEPER * case.inputs[name] for name in paper.upstream}}
    return replace(
        case,
        name=f"{case.name}, {' and '.join(paper.upstream)} × {STEEPER:,}",
        inputs=inputs,
        expected={name: trees.each(value, lambda x: STEEPER * x) for name, value in case.expected.items()},
        tolerance={place: STEEPER * SINGLE * tolerance for place, tolerance in case.tolerance.items()},
        allows=replace(case.allows, inputs=inputs) if case.allows else None,
    )
