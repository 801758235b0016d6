"""A backward pass is linear in the upstream gradient: a million times as much comes in and comes out, or as little.

What is clipped, or masked by the size of the upstream gradient, is right at one size only, and no case need be declared
to see it: one is put once more with its upstream gradient × 10⁶, and what is right there is known. After a forward
pass it is put × 10⁻⁶ as well, where a threshold, or a number that is added, shows. Scaled cases are compared with the
reference's answer, not with one another, so that two other properties need no check of their own:

- additivity, B(c₁) + B(c₂) = B(c₁ + c₂): what is right at a Gaussian c, both signs in it, and at 10⁶ c is linear
  wherever it was asked, and the reference is right on both, while additivity alone lets every linear mistake pass;
- the order of the examples, and their sum: a backward pass that mixes examples differs from the reference on the very
  case that would be permuted or split. By themselves these hold for most wrong gradients (they catch a quarter), and
  fail right ones: a batch norm is no sum over examples, and a dropout mask does not move with them.
"""

from __future__ import annotations

from functools import cache

from msgspec.structs import replace

from grader import trees
from grader.checks.answers import parse, trouble
from grader.checks.protocol import same
from grader.checks.value import evidence, first_difference
from grader.model import Verdict
from grader.paper import FLATTER, STEEPER, Paper, Posed
from grader.questions import Answer, Failed
from grader.tolerance import SINGLE


def not_linear(paper: Paper, output: str, answers: tuple[Answer, ...]) -> Verdict | None:
    """The verdict on an output that is right, but not × 10⁶, or × 10⁻⁶, where the upstream gradient is; else None.

    A function whose equal calls differ is left to the check of that.
    """
    if paper.steeper is None:
        return None
    first, steep = answers[paper.steeper - len(paper.ordinary) + paper.watched], answers[paper.steeper]
    flat, again = answers[paper.steeper + 2], answers[-1]
    if isinstance(first, Failed) or isinstance(again, Failed) or not same(first.value, again.value):
        return None
    judged = _judge(paper, output, steep, STEEPER)
    return judged or (_judge(paper, output, flat, FLATTER) if paper.flatter else None)


def _judge(paper: Paper, output: str, answer: Answer, factor: float) -> Verdict | None:
    if isinstance(answer, Failed) and answer.status == "blocked":
        return None
    case = scaled(paper, factor)
    found = parse(paper, case, answer)
    if found.trouble:
        return trouble(found)
    difference = first_difference(found, output)
    if difference.kind in ("none", "single"):
        return None
    names = " and ".join(paper.upstream)
    sentence = f"{output} is not linear in {names}: {factor:,} × {names} does not give {factor:,} × {output}"
    return Verdict("fail", sentence, difference.text, evidence(found, difference), case.public)


@cache
def scaled(paper: Paper, factor: float) -> Posed:
    """The watched case with its upstream gradient × `factor`, and what is right there; in single precision, too."""
    case = paper.ordinary[paper.watched]
    inputs = {**case.inputs, **{name: factor * case.inputs[name] for name in paper.upstream}}
    return replace(
        case,
        name=f"{case.name}, {' and '.join(paper.upstream)} × {factor:,}",
        inputs=inputs,
        expected={name: trees.each(value, lambda x: factor * x) for name, value in case.expected.items()},
        tolerance={place: factor * SINGLE * tolerance for place, tolerance in case.tolerance.items()},
        allows=replace(case.allows, inputs=inputs) if case.allows else None,
    )
