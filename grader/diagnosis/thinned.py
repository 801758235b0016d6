"""Outputs that are drawn at random: by what are the kept entries scaled, and how many are kept?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
import numpy as np

from grader import trees
from grader.checks import Thinned, ThinnedAlike
from grader.checks.answers import parse
from grader.checks.compare import number
from grader.diagnosis.finding import Finding
from grader.diagnosis.symbols import name_for, same
from grader.model import Check
from grader.paper import Paper, Posed
from grader.questions import Answer, Returned

SHARE = 0.05
"""How far the kept share may be from a probability, in large cases."""


class Draw(msgspec.Struct, frozen=True, eq=False):
    """One answer: what came, what it is made of, the probability to be kept, and what the forward pass kept."""

    case: Posed
    got: Any
    of: Any
    p: float
    kept: Any

    @property
    def factor(self) -> float | None:
        """The constant c with got = c · of wherever it is not 0."""
        there = (self.got != 0) & (self.of != 0)
        ratios = self.got[there] / self.of[there]
        return float(ratios[0]) if ratios.size and all(same(r, float(ratios[0])) for r in ratios.tolist()) else None

    @property
    def share(self) -> float:
        return float(np.mean(self.got != 0))


def thinned(paper: Paper, check: Check, answers: tuple[Answer, ...]) -> Finding | None:
    """Name what is wrong with an output of which entries are dropped."""
    if not isinstance(check, Thinned | ThinnedAlike):
        return None
    draws = list(_draws(paper, check, answers))
    if len(draws) < 2:
        return None
    return _masked(check.output, draws) or _scaled(check, draws)


def _draws(paper: Paper, check: Thinned | ThinnedAlike, answers: tuple[Answer, ...]) -> Iterable[Draw]:
    for case, place in paper.chosen(check.group):
        found = dict(parse(paper, case, answers[place]).of(check.output))
        leaf = found.get(check.output)
        of = case.inputs[check.of]
        if leaf is None or leaf.array is None or leaf.array.shape != np.shape(of):
            continue
        share = float(trees.dig(case.inputs, check.keep))
        p = 1 - share if check.dropped else share
        yield Draw(case, leaf.array.astype(np.float64), of, p, _kept(paper, case, answers))


def _kept(paper: Paper, case: Posed, answers: tuple[Answer, ...]) -> Any:
    """What the forward pass let through, where there is one before."""
    ahead = answers[paper.ordinary.index(case)] if paper.forward else None
    value = ahead.value[0] if isinstance(ahead, Returned) and isinstance(ahead.value, tuple | list) else None
    return np.asarray(value) != 0 if isinstance(value, np.ndarray) else None


def _masked(output: str, draws: list[Draw]) -> Finding | None:
    """The mask of a backward pass is not the forward pass's."""
    if any(draw.kept is None or draw.kept.shape != draw.got.shape for draw in draws):
        return None
    evidence: Mapping[str, Any] = {"case": draws[0].case.name}
    if all((draw.got[draw.of != 0] != 0).all() for draw in draws):
        return Finding(
            "relu-mask-missing", f"{output} is not masked: nothing is dropped", evidence=evidence, doubtful=True
        )
    if all(np.array_equal(draw.got != 0, ~draw.kept & (draw.of != 0)) for draw in draws):
        said = f"{output} keeps the units that the forward pass dropped, and drops those that it kept"
        return Finding("relu-mask-of-gradient", said, alternatives=("sign",), evidence=evidence)
    if all(np.array_equal(draw.got != 0, draw.of > 0) for draw in draws):
        said = f"{output} is masked by its own sign, not by what the forward pass kept"
        return Finding("relu-mask-of-gradient", said, evidence=evidence)
    return None


def _scaled(check: Thinned | ThinnedAlike, draws: list[Draw]) -> Finding | None:
    """Kept entries are multiplied with another number than 1/p, or another share than p is kept."""
    fitted = [(draw.case, draw.factor) for draw in draws]
    known = [(case, factor) for case, factor in fitted if factor is not None]
    if len(known) != len(fitted):
        return None
    formula = name_for(known)
    dropped = all(abs(draw.share - (1 - draw.p)) < SHARE for draw in draws if draw.got.size > 500)
    other = any(abs(draw.share - draw.p) > SHARE for draw in draws if draw.got.size > 500)
    p = check.keep.rpartition(".")[2]
    right = f"1/(1 − {p})" if check.dropped else f"1/{p}"
    text = formula.text if formula else number(known[0][1])
    said = f"kept entries of {check.output} are {text} × {check.of}; expected {right}"
    evidence = {"factor": text, "case": known[0][0].name}
    if dropped and other:
        meant = "keeping" if check.dropped else "dropping"
        return Finding("dropout-scale", f"{p} is taken for the probability of {meant}: {said}", evidence=evidence)
    if not other and text != right:
        told = formula is not None and (formula.symbols or text == "1")  # by p, wrongly, or not at all
        return Finding("dropout-scale", said, evidence=evidence, doubtful=not told)
    return None
