"""Matrix-shape tests: arity, exact shape, kind of numbers, finite. Parsed before any mathematics is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec
import numpy as np

from grader.checks import card, letters
from grader.checks.answers import Found, find, trouble
from grader.checks.compare import Difference
from grader.checks.products import product
from grader.checks.value import count
from grader.model import Asking, Verdict
from grader.paper import Paper
from grader.trees import Leaf


class Shape(msgspec.Struct, frozen=True, tag=True):
    """The output has exactly the shape of what it stands for, and holds finite real numbers, on every case.

    `ones` says what axes of length 1 amount to: with "row" one more in front of a vector, (1, M) for (M,), is only
    warned of; with "vector" a vector for what has but one axis longer than 1, (C,) for (1, C, 1, 1).
    """

    output: str
    group: str = ""
    proves: tuple[str, ...] = ()
    ones: Literal["", "row", "vector"] = ""

    def statement(self, returns: Mapping[str, str]) -> str:
        return f"{self.output} {in_letters(returns[self.output])}"

    def outputs(self) -> tuple[str, ...]:
        return (self.output,)

    def __call__(self, paper: Paper) -> Asking:
        answers = yield paper.question
        founds, warned = find(paper, self.group, answers), ""
        for found in founds:
            if found.trouble:
                return trouble(found)
            if found.right:
                continue
            for place, leaf in found.of(self.output):
                reason = _fault(leaf)
                if reason and self._forgives(leaf, found.case.arrays[place].shape):
                    warned = warned or place
                elif reason:
                    text = self._misshapen(paper, founds, found, place) if leaf.misshapen else f"{place} {reason}"
                    return self._malformed(paper, found, place, text)
        if warned:
            return Verdict("warn", f"{warned} {_ONES[self.ones]}", public=True)
        return Verdict("pass", f"{self.statement(paper.shapes)} in {count(len(founds), 'case')}", public=True)

    def _forgives(self, leaf: Leaf, expected: tuple[int, ...]) -> bool:
        """Whether only axes of length 1 are wrong, as far as `ones` allows it."""
        if not leaf.misshapen or not np.all(np.isfinite(leaf.array)):
            return False
        if self.ones == "row":
            return len(expected) == 1 and leaf.array.shape == (1, *expected)
        longer = tuple(length for length in expected if length != 1)
        return self.ones == "vector" and len(longer) == 1 and leaf.array.shape == longer

    def _misshapen(self, paper: Paper, founds: tuple[Found, ...], found: Found, place: str) -> str:
        """Say a wrong shape in symbols and numbers, and what the array is where it is a product of the inputs."""
        case, array = found.case, found.leaves[place].array
        wanted, declared = case.arrays[place].shape, paper.returns.get(place, "")
        is_, expected = letters.letters(array.shape, case.sizes), letters.letters(wanted, case.sizes, declared)
        said = f"{place} is {letters.said(array.shape, is_)}; expected {letters.said(wanted, expected)}"
        what = product(self._alike(founds, place))
        return f"{said}: that is {what}" if what else said

    def _alike(self, founds: tuple[Found, ...], place: str) -> Iterator[tuple[Any, Any, Mapping[str, Any]]]:
        """The array of every case in which its shape is wrong, with what is expected and the inputs."""
        for found in founds:
            leaf = found.leaves.get(place)
            if leaf and leaf.misshapen and not self._forgives(leaf, found.case.arrays[place].shape):
                yield leaf.array.astype(np.float64), found.case.arrays[place], found.case.inputs

    def _malformed(self, paper: Paper, found: Found, place: str, text: str) -> Verdict:
        """A hidden case shows no output, and a shape is a part of it: there the sentence says what was expected."""
        evidence: dict[str, Any] = {"case": found.case.name}
        if found.leaves[place].misshapen:
            array, wanted = found.leaves[place].array, found.case.arrays[place]
            difference = Difference("incomparable", place, array=array, wanted=wanted)
            evidence["card"] = card.of(found, difference)
        if found.case.public:
            return Verdict("fail", f"{text}, in {found.case.title}", evidence=evidence, public=True)
        sentence = f"does not hold in {found.case.title}: {self.statement(paper.shapes)}"
        return Verdict("fail", sentence, particulars=text, evidence=evidence)


_ONES = {
    "row": "is a row, of shape (1, M); expected (M,): leave the axis in front out",
    "vector": "is a vector; expected the axes of length 1 around it, too",
}


def in_letters(shape: str) -> str:
    """Say a declared shape: "N D" is "has shape (N, D)", "" is "is one number", other text stands for itself."""
    if not shape:
        return "is one number"
    parts = shape.split()
    if all(part.isdigit() or (part.isidentifier() and len(part) <= 2) for part in parts):
        return f"has shape ({', '.join(parts)}{',' if len(parts) == 1 else ''})"
    return f"has the shape of {shape.removeprefix('like ')}" if shape.startswith("like ") else f"is {shape}"


def _fault(leaf: Leaf) -> str:
    if leaf.trouble:
        return leaf.trouble
    if not np.all(np.isfinite(leaf.array)):
        bad = int(np.size(leaf.array) - np.count_nonzero(np.isfinite(leaf.array)))
        return f"is not finite: {bad} of {count(int(np.size(leaf.array)), 'entry').replace('entrys', 'entries')}"
    return ""
