"""How a function behaves towards its caller, apart from the values that it returns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec
import numpy as np

from grader import trees
from grader.checks.answers import Found, find, parse, trouble
from grader.checks.value import WRONG, count, evidence, first_difference, merely_warned
from grader.model import Asking, Diagnosis, Verdict
from grader.paper import Paper
from grader.questions import Answer, Failed, Named, Question, Returned


class Repeatable(msgspec.Struct, frozen=True, tag=True):
    """Equal calls give equal results whatever is called in between, and what was returned does not change later.

    It is put to every task: state, chance and shared buffers cost the points of its values; a changed argument is a
    warning where the assignment has no check of its own for it.
    """

    group: str = ""
    proves: tuple[str, ...] = ()

    def statement(self, returns: Mapping[str, str]) -> str:
        return "equal calls give equal results"

    def outputs(self) -> tuple[str, ...]:
        return ()

    def __call__(self, paper: Paper) -> Asking:
        answers = yield paper.question
        before = len(paper.ordinary) if paper.forward else 0
        first, (second, other, *later, again) = answers[before + paper.watched], answers[-5:]
        if paper.random or isinstance(first, Failed):
            return _repeatable(paper)
        if any(map(_overwritten, (first, second), later)):
            return _misbehaves("shared-buffer", "an array that it returned changes when it is called again", paper)
        if any(isinstance(other, Failed) or not same(first.value, other.value) for other in (second, again)):
            return (yield from self._tell_apart(paper, first))
        assert isinstance(again, Returned)
        amiss = _amiss(paper, first, other)
        if amiss:
            return amiss
        changed = _changed(paper, again)
        if changed and (paper.fills or not paper.echo):
            sentence = f"{changed} is changed by the call; better leave arguments as they are"
            return Verdict("warn", sentence, public=True, diagnosis=Diagnosis("mutates-input", sentence))
        return _repeatable(paper)

    def _tell_apart(self, paper: Paper, once: Returned) -> Asking:
        """Equal calls with nothing in between: chance, or something remembered? A cache may be used up by the first."""
        if paper.forward:
            early, _, late = (yield each_with_its_cache(paper))[-3:]
            if all(isinstance(other, Returned) and same(once.value, other.value) for other in (early, late)):
                return Verdict("warn", _USED_UP, public=True, diagnosis=Diagnosis("mutates-input", _USED_UP))
        *_, first, second, third = yield in_a_row(paper)
        if isinstance(first, Failed) or isinstance(second, Failed) or same(first.value, second.value):
            return _misbehaves("state", "equal calls differ after other calls: it remembers something", paper)
        if isinstance(third, Failed) or same(second.value, third.value):
            return _misbehaves("state", "the first of equal calls in a row differs from the later ones", paper)
        if piles_up(first.value, second.value, third.value):
            return _misbehaves("state", "equal calls in a row differ by equal steps: results pile up", paper)
        return _misbehaves("nondeterministic", "equal calls in a row give different results", paper, ("state",))


def _amiss(paper: Paper, first: Returned, other: Answer) -> Verdict | None:
    """The verdict on what is right in the watched case, and not for other numbers of its shapes; None where both are.

    What comes out alike for both, though it is not, is remembered by less than all that was asked.
    """
    if paper.other is None or (isinstance(other, Failed) and other.status == "blocked"):
        return None
    found, there = parse(paper, paper.ordinary[paper.watched], first), parse(paper, paper.other, other)
    if there.trouble:
        return trouble(there)
    wrong = [name for name in paper.outputs if _plainly_wrong(there, name) and not _differs(found, name)]
    if not wrong:
        return None
    if isinstance(other, Returned) and same(first.value, other.value):
        return _misbehaves(
            "state", "other inputs of the same shapes get the same answer: it remembers something", paper
        )
    sentence = f"{' and '.join(wrong)} not right in {paper.other.title}, though right for other numbers of these shapes"
    difference = first_difference(there, wrong[0])
    return Verdict("fail", sentence, difference.text, {**evidence(there, difference), WRONG: wrong})


def _differs(found: Found, output: str) -> bool:
    return found.trouble is not None or first_difference(found, output).kind not in ("none", "single")


def _plainly_wrong(found: Found, output: str) -> bool:
    """Whether an output is wrong by more than rounding in any precision, which the cases of the battery judge."""
    difference = first_difference(found, output)
    return difference.kind in ("wrong", "incomparable") and not difference.near


def piles_up(*values: Any) -> bool:
    """Whether three answers differ by equal steps, or by steps that grow by one factor, as no chance makes them."""
    leaves = [dict(trees.leaves("", value)) for value in values]
    numbers = [[leaf for leaf in each.values() if isinstance(leaf, np.ndarray | float)] for each in leaves]
    flat = [np.concatenate([np.ravel(leaf) for leaf in each]) if each else np.zeros(0) for each in numbers]
    if len({part.size for part in flat}) > 1 or not all(np.isfinite(part).all() for part in flat):
        return False
    before, after = flat[1] - flat[0], flat[2] - flat[1]
    square = float(before @ before)
    if before.size < 2 or not square:
        return False
    factor = float(before @ after) / square
    return bool(np.max(np.abs(after - factor * before)) <= 1e-6 * np.max(np.abs(after)))


def _overwritten(returned: Answer, later: Answer) -> bool:
    """Whether a result is no longer what was sent off."""
    if isinstance(returned, Failed) or isinstance(later, Failed):
        return False
    return not same(returned.value, later.value)


_USED_UP = "a second call with the same cache gives something else; better leave the cache as it is"


@cache
def each_with_its_cache(paper: Paper) -> Question:
    """The watched case twice, with a call of other numbers in between; each has a forward pass of its own."""
    case = paper.ordinary[paper.watched]
    first, between, last = (paper.judged_call(case, ahead) for ahead in range(3))
    return Question((*[paper.forward_call(case)] * 3, first, paper.otherwise(between), last))


@cache
def in_a_row(paper: Paper) -> Question:
    """The watched case three times, with nothing in between but its own forward pass."""
    case = paper.ordinary[paper.watched]
    ahead = [paper.forward_call(case)] if paper.forward else []
    call = paper.judged_call(case, 0)
    return Question((*ahead, call, call, call))


def _repeatable(paper: Paper) -> Verdict:
    return Verdict("pass", f"equal calls of {paper.task} give equal results", public=True)


def _misbehaves(identifier: str, sentence: str, paper: Paper, others: tuple[str, ...] = ()) -> Verdict:
    diagnosis = Diagnosis(identifier, sentence, "likely" if others else "certain", others)
    evidence = {"case": paper.ordinary[paper.watched].name}
    return Verdict("fail", sentence, evidence=evidence, public=True, diagnosis=diagnosis)


def _changed(paper: Paper, answer: Returned) -> str:
    """Name the first argument that is not what it was before the call; a cache is the submission's own affair."""
    given = paper.ordinary[paper.watched].inputs
    for name, after in zip(paper.parameters, answer.args or (), strict=True):
        free = name not in given or name in paper.fills or isinstance(given[name], Named)
        if not free and not same(given[name], after):
            return name
    return ""


class Unchanged(msgspec.Struct, frozen=True, tag=True):
    """Every argument is after the call what it was before, the arrays inside lists and dicts included.

    With `ulps` an argument may have been moved and put back: its numbers may differ in so many units in the last place.
    With `warns` a change is only warned of.
    """

    group: str = ""
    proves: tuple[str, ...] = ()
    ulps: int = 0
    needs_echo: bool = True
    warns: bool = False

    def statement(self, returns: Mapping[str, str]) -> str:
        return "the arguments are unchanged" + (f", to {self.ulps} units in the last place" if self.ulps else "")

    def outputs(self) -> tuple[str, ...]:
        return ()

    def __call__(self, paper: Paper) -> Asking:
        answers = yield paper.question
        founds = find(paper, self.group, answers)
        for found in founds:
            if found.trouble:
                return trouble(found)
            if found.echoed is None:
                return Verdict("error", "the arguments were not sent back", public=True, needs_review=True)
            for name, after in zip(paper.parameters, found.echoed, strict=True):
                before = found.case.inputs.get(name)
                free = name not in found.case.inputs or name in paper.fills or isinstance(before, Named)
                if not free and not same(before, after, self.ulps):
                    sentence = f"{name} is changed by the call; expected new containers and new arrays"
                    verdict = Verdict("fail", sentence, evidence={"case": found.case.name}, public=True)
                    return merely_warned(verdict) if self.warns else verdict
        return Verdict("pass", f"the arguments are unchanged in {count(len(founds), 'case')}", public=True)


def same(before: Any, after: Any, ulps: int = 0) -> bool:
    """Whether two values are equal in structure, shape and numbers, to so many units in the last place."""
    if _identical(before, after):
        return True
    if isinstance(before, np.ndarray) and isinstance(after, np.ndarray) and not ulps:
        return before.shape == after.shape and before.tobytes() == after.astype(before.dtype, copy=False).tobytes()
    left, right = list(trees.leaves("", before)), list(trees.leaves("", after))
    if [place for place, _ in left] != [place for place, _ in right]:
        return False
    return all(_equal(a, b, ulps) for (_, a), (_, b) in zip(left, right, strict=True))


def _identical(before: Any, after: Any) -> bool:
    """Whether two values are plainly the same, types and bytes; false says nothing."""
    kind = type(before)
    if kind is not type(after):
        return False
    if kind is np.ndarray:
        alike = before.shape == after.shape and before.dtype == after.dtype
        return alike and bool(before.tobytes() == after.tobytes())
    if kind is tuple or kind is list:
        return len(before) == len(after) and all(map(_identical, before, after))
    if kind is dict:
        return list(before) == list(after) and all(map(_identical, before.values(), after.values()))
    return kind in (float, int, bool, str) and bool(before == after)


def _equal(before: Any, after: Any, ulps: int) -> bool:
    if isinstance(before, str) or before is None or isinstance(after, str) or after is None:
        return bool(type(before) is type(after) and before == after)
    a, b = np.asarray(before), np.asarray(after)
    if a.shape == b.shape and a.dtype == b.dtype and a.tobytes() == b.tobytes():
        return True
    if ulps and a.shape == b.shape and a.dtype.kind == b.dtype.kind == "f":
        return bool(np.all(np.abs(a - b) <= ulps * np.spacing(np.abs(a))))
    return a.shape == b.shape and bool(np.array_equal(a, b, equal_nan=a.dtype.kind == "f" and b.dtype.kind == "f"))
