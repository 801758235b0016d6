"""Claims about outputs that are drawn at random: judged by what was drawn, not by the values that another draw gives.

Each entry of an output is one of an input over p, or 0, and p is the probability that it is kept. Two right
implementations keep different entries, so no list of expected values says what is right. Counts do: along every axis
the k_j of the m entries of line j that are kept have mean m p and variance m p (1 − p), so that over L lines

    Σ_j (k_j − m p)² / (m p (1 − p)) ≈ L ± √(2L)

An excess of 8 √(2L) + 32 is beyond chance (a single line may then lie 6.6 standard deviations off, once in 10¹⁰).
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import msgspec
import numpy as np

from grader import trees
from grader.checks.answers import Found, find, trouble
from grader.checks.compare import Difference, against
from grader.checks.value import count, evidence
from grader.model import Asking, Verdict
from grader.paper import Paper
from grader.questions import Answer, Failed
from grader.tolerance import REORDERING, UNIT_ROUNDOFF

DEVIATIONS, FLOOR = 8, 32


class Thinned(msgspec.Struct, frozen=True, tag=True):
    """Every entry of the output is that of the input `of` over p, or 0; a share p is kept, each entry by itself.

    `keep` is the path of p among the inputs; with `dropped` what stands there is the share that is not kept, and p is
    the rest. With `seed`, the path of a seed, cases of equal sizes and p keep the same
    entries where their seeds are equal, and others where they are not.
    """

    output: str
    of: str
    keep: str
    seed: str = ""
    group: str = ""
    proves: tuple[str, ...] = ()
    dropped: bool = False

    def statement(self, returns: Mapping[str, str]) -> str:
        p, share = ("(1 − p)", "share 1 − p") if self.dropped else ("p", "share p")
        return f"{self.output} is {self.of} / {p} where it is kept, 0 elsewhere, and a {share} is kept"

    def outputs(self) -> tuple[str, ...]:
        return (self.output,)

    def __call__(self, paper: Paper) -> Asking:
        answers = yield paper.question
        founds, kept = find(paper, self.group, answers), []
        for found in founds:
            got = _single(found, self.output)
            verdict = _unusable(found, self.output, got) or self._judge(found, got)
            if verdict:
                return verdict
            kept.append((found, got != 0))
        fault = self._seeded(kept) if self.seed else ""
        if fault:
            return Verdict("fail", fault, public=True)
        return Verdict("pass", f"{self.statement(paper.shapes)}, in {count(len(founds), 'case')}", public=True)

    def _judge(self, found: Found, got: Any) -> Verdict | None:
        p = _kept(found, self.keep, self.dropped)
        wrong = _scaled(self.output, found, got, np.where(got != 0, found.case.inputs[self.of] / p, 0))
        if wrong:
            return wrong
        if not all(by_chance(got != 0, p, axis) for axis in (None, *range(got.ndim))):
            rest = "1 − p" if self.dropped else "p"
            sentence = f"{self.output} does not keep each entry by itself with probability {rest} in {found.case.title}"
            share = f"a share of {np.count_nonzero(got) / got.size:.3g} is kept; {rest} is {p:.3g}"
            return Verdict("fail", sentence, share, {"case": found.case.name}, found.case.public)
        return None

    def _seeded(self, kept: list[tuple[Found, Any]]) -> str:
        for (one, left), (other, right) in combinations(kept, 2):
            seeds = [_optional(found.case.inputs, self.seed) for found in (one, other)]
            shares = [trees.dig(found.case.inputs, self.keep) for found in (one, other)]
            if None in seeds or shares[0] != shares[1] or left.shape != right.shape:
                continue
            same = bool(np.array_equal(left, right))
            if same != (seeds[0] == seeds[1]):
                return f"{'different' if same else 'equal'} seeds keep {'the same' if same else 'different'} entries"
        return ""


class ThinnedAlike(msgspec.Struct, frozen=True, tag=True):
    """Every entry of the output is that of the input `of` over p where the forward pass kept its own, and 0 elsewhere.

    What was kept is read off the first output of the submission's own forward pass.
    """

    output: str
    of: str
    keep: str
    group: str = ""
    proves: tuple[str, ...] = ()
    dropped: bool = False

    def statement(self, returns: Mapping[str, str]) -> str:
        p = "(1 − p)" if self.dropped else "p"
        return f"{self.output} is {self.of} / {p} where the forward pass kept its input, 0 elsewhere"

    def outputs(self) -> tuple[str, ...]:
        return (self.output,)

    def __call__(self, paper: Paper) -> Asking:
        answers = yield paper.question
        founds = find(paper, self.group, answers)
        for found in founds:
            got = _single(found, self.output)
            verdict = _unusable(found, self.output, got) or self._judge(found, got, _ahead(paper, found, answers))
            if verdict:
                return verdict
        return Verdict("pass", f"{self.statement(paper.shapes)}, in {count(len(founds), 'case')}", public=True)

    def _judge(self, found: Found, got: Any, out: Any) -> Verdict | None:
        if out is None:
            return Verdict("blocked", "needs the output of the forward pass, to see what it kept", public=True)
        p = _kept(found, self.keep, self.dropped)
        return _scaled(self.output, found, got, np.where(out != 0, found.case.inputs[self.of] / p, 0))


def _kept(found: Found, path: str, dropped: bool) -> float:
    p = float(trees.dig(found.case.inputs, path))
    return 1 - p if dropped else p


def by_chance(kept: Any, p: float, axis: int | None) -> bool:
    """Whether what is kept, counted by lines across `axis` (None: all at once), is kept independently with chance p."""
    across = tuple(other for other in range(kept.ndim) if other != axis)
    counts = np.atleast_1d(np.sum(kept, axis=None if axis is None else across))
    size = kept.size / counts.size
    excess = float(np.sum((counts - size * p) ** 2)) / (size * p * (1 - p)) - counts.size
    return bool(excess <= DEVIATIONS * np.sqrt(2 * counts.size) + FLOOR)


def _single(found: Found, output: str) -> Any:
    """The array of an output, in the shape of what is expected; None where there is none."""
    leaves = [leaf for _, leaf in found.of(output)]
    shape = found.case.arrays[output].shape
    if len(leaves) != 1 or leaves[0].array is None or leaves[0].array.size != int(np.prod(shape)):
        return None
    return leaves[0].array.reshape(shape)


def _unusable(found: Found, output: str, got: Any) -> Verdict | None:
    if found.trouble:
        return trouble(found)
    if got is None:
        sentence = f"{output} cannot be judged: it has another shape, or is no numbers"
        return Verdict("blocked", sentence, evidence={"case": found.case.name}, public=True)
    return None


def _scaled(output: str, found: Found, got: Any, expected: Any) -> Verdict | None:
    tolerance = REORDERING * UNIT_ROUNDOFF * float(np.max(np.abs(expected), initial=0.0))
    difference: Difference = against(output, got, got.astype(np.float64), expected, tolerance)
    if difference.kind in ("none", "single"):
        return None
    sentence = f"{output} is not scaled by 1 / p, or not 0 elsewhere, in {found.case.title}"
    return Verdict("fail", sentence, difference.text, evidence(found, difference), found.case.public)


def _ahead(paper: Paper, found: Found, answers: tuple[Answer, ...]) -> Any:
    """The first output of the forward pass of this case; None where it is not there."""
    answer = answers[paper.ordinary.index(found.case)]
    value = None if isinstance(answer, Failed) else answer.value
    first = np.asarray(value[0]) if isinstance(value, list | tuple) and len(value) and value[0] is not None else None
    usable = first is not None and first.dtype.kind in trees.REAL_KINDS
    return first if usable and first is not None and first.shape == found.case.arrays[paper.outputs[0]].shape else None


def _optional(inputs: Mapping[str, Any], path: str) -> Any:
    try:
        return trees.dig(inputs, path)
    except KeyError:
        return None
