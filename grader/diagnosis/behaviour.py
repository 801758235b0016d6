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
    yield from _one_array(output)
    yield from _remembered(output)
    cut = [sight for sight in output.wrong if _cut(sight)]
    if cut and len(cut) == len(output.failing):
        said = f"{output.name} holds whole numbers only, its digits after the point are cut off"
        yield Finding("integer-cast", said, evidence={"case": cut[0].case.name})


def _one_array(output: Output) -> Iterator[Finding]:
    """Several arrays of one answer that should differ are equal: all of them are one and the same array."""
    cases = dict.fromkeys(sight.case for sight in output.wrong)
    for case in cases:
        held = [sight for sight in output.sights if sight.case is case and sight.got is not None]
        if len(cases) > 1 and len(held) > 1 and _written_over(held):
            said = f"entries of {output.name} that should differ are equal: they are one array, written to again"
            yield Finding("shared-buffer", said, whole=False, evidence={"case": case.name})
            return


def _remembered(output: Output) -> Iterator[Finding]:
    """What comes in every failing case is what is right in another: it is kept from call to call."""
    whose = {sight.case: _other(sight, output) for sight in output.wrong}
    if len(whose) < 2 or not all(whose.values()) or len(output.wrong) < len(output.failing):
        return
    case, other = next(iter(whose.items()))
    said = f"{output.name} is what it should be in another case, as if it were kept from call to call"
    yield Finding("state", said, evidence={"case": case.name, "of": other}, doubtful=True)


def _other(sight: Sight, output: Output) -> str:
    """The case whose right array came, "" for none; a single number, or 0, is no sign of anything."""
    if sight.expected.size < 3 or not np.any(sight.got):
        return ""
    others = (other for other in output.sights if other.case is not sight.case and other.place == sight.place)
    return next((other.case.name for other in others if sight.is_what(other.expected)), "")


def _written_over(held: list[Sight]) -> bool:
    """Whether two arrays are equal that should not be, and one of them is right."""
    for n, one in enumerate(held):
        for other in held[n + 1 :]:
            same = one.got.shape == other.got.shape and np.array_equal(one.got, other.got) and one.got.any()
            if same and other.kind == "right" and one.kind == "wrong":
                return True
    return False


def _cut(sight: Sight) -> bool:
    whole = [np.trunc(sight.expected), np.floor(sight.expected), np.round(sight.expected)]
    real = bool((sight.expected != np.trunc(sight.expected)).any()) and bool(sight.got.any())
    return real and any(np.array_equal(sight.got, numbers) for numbers in whole)
