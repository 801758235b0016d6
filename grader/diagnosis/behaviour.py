"""What the kind of the numbers tells: integers where real numbers belong, single precision."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.diagnosis.finding import Finding
from grader.diagnosis.seen import Output, Sight
from grader.paper import Paper


def roughness(paper: Paper, output: Output) -> Iterator[Finding]:
    """Results in single precision, and results cut to integers."""
    single = [sight for sight in output.sights if sight.kind == "single"]
    if single and not output.failing:
        said = f"{output.name} is right to 7 digits and no more: somewhere it is computed in single precision"
        yield Finding("float32", said, evidence={"case": single[0].case.name})
    cut = [sight for sight in output.wrong if _cut(sight)]
    if cut and len(cut) == len(output.failing):
        said = f"{output.name} holds whole numbers only, its digits after the point are cut off"
        yield Finding("integer-cast", said, evidence={"case": cut[0].case.name})


def _cut(sight: Sight) -> bool:
    whole = [np.trunc(sight.expected), np.floor(sight.expected), np.round(sight.expected)]
    real = bool((sight.expected != np.trunc(sight.expected)).any())
    return real and any(np.array_equal(sight.got, numbers) for numbers in whole)
