"""What can be told of an output of any function, from its inputs and its right values alone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.diagnosis import additions, conditions, factors, operands, patterns, shapes, turned
from grader.diagnosis.finding import Finding
from grader.diagnosis.seen import Output, Sight
from grader.paper import Paper


def general(paper: Paper, output: Output) -> Iterator[Finding]:
    """Every general look at an output, the most specific first."""
    looks = (
        shapes.turned(output),
        shapes.reshaped(output),
        shapes.shuffled(output),
        operands.summed(output),
        turned.multiplied(output),
        shapes.exchanged(output, dict.fromkeys(paper.outputs)),
        shapes.unsummed(output),
        factors.scaled(output, paper.batch),
        additions.penalised(output, paper.batch),
        blown_up(output),
        patterns.placed(output),
        clipped(output),
        inexact(output),
        shapes.misshapen(output),
        where(output),
    )
    yield from (finding for finding in looks if finding is not None)


def blown_up(output: Output) -> Finding | None:
    """Numbers that are none, and that only where inputs are large."""
    bad = [sight for sight in output.wrong if not _finite(sight.got)]
    where = conditions.separates(output)
    if not bad or len(bad) < len(output.failing) or not ("beyond" in where or "large" in where):
        return None
    infinite = all(sight.expected.size == 1 for sight in bad)
    identifier, other = ("log-of-zero", "overflow") if infinite else ("overflow", "log-of-zero")
    said = f"{output.name} is not finite {where}"
    return Finding(identifier, said, whole=False, alternatives=(other,), evidence={"case": bad[0].case.name})


def _finite(array: object) -> bool:
    return bool(np.isfinite(np.asarray(array)).all())


def clipped(output: Output) -> Finding | None:
    """Every entry beyond a bound is the bound, and the rest is right."""
    bounds = [float(np.max(np.abs(sight.got), initial=0.0)) for sight in output.wrong]
    if not bounds or len(output.wrong) != len(output.failing) or max(bounds) - min(bounds) > 1e-9 * max(bounds):
        return None
    most = bounds[0]
    several = len(bounds) > 1 or any(np.sum(np.isclose(np.abs(s.got), most)) > 1 for s in output.wrong)
    if (
        not most
        or not several
        or not all(sight.is_what(np.clip(sight.expected, -most, most)) for sight in output.wrong)
    ):
        return None
    said = f"{output.name} is cut off at ±{most:.3g}; what is within is right"
    return Finding("", said, evidence={"bound": most}, note=said)


LITTLE = 1e-4
"""An error below this share of the largest entry is a matter of digits."""


def inexact(output: Output) -> Finding | None:
    """Right to some digits and no more, everywhere: differences for a derivation, or a small number added somewhere."""
    if not output.wrong or len(output.wrong) != len(output.failing) or not all(_nearly(s) for s in output.wrong):
        return None
    share = max(sight.largest / float(np.max(np.abs(sight.expected))) for sight in output.wrong)
    said = f"{output.name} is right but for a relative error of up to {share:.1g}"
    if any(sight.expected.size > 1 for sight in output.passing):
        return Finding("", said, whole=False)
    return Finding("scale", said, whole=False, alternatives=("numeric-differentiation",), evidence={"error": share})


def _nearly(sight: Sight) -> bool:
    size = float(np.max(np.abs(sight.expected), initial=0.0))
    return bool(np.isfinite(sight.got).all()) and 0 < sight.largest <= LITTLE * size


def told_by_size(output: Output) -> Finding | None:
    """Right unless two lengths are equal: there an axis is taken for another, and nothing fails to fit."""
    clause = conditions.equal_sizes(output) if output.wrong else ""
    if not clause:
        return None
    said = f"{output.name} is wrong {clause}, and right elsewhere: where lengths are equal, one axis stands for another"
    return Finding("transpose", said, whole=False, alternatives=("norm-axis",), evidence={"where": clause})


def where(output: Output) -> Finding | None:
    """No name: where the errors lie, and what separates the cases."""
    clause = conditions.separates(output)
    labels = ", and only at the entries of the true class" if patterns.at_labels(output) else ""
    if not clause and not labels:
        return None
    return Finding("", f"{output.name} is wrong {clause or 'in every case'}{labels}", whole=False)
