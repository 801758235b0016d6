"""One mistake told in two voices, and a ladder of hints.

The student hears what the numbers show, which equations to look at again, and a question that leads on; the
instructor hears what it is, with the formula. Where hints are not free, the question is kept for `grader hint`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from grader.diagnosis.catalogue import CATALOGUE
from grader.diagnosis.formula import prose
from grader.model import Diagnosis

RUNGS = 3
FEW = 4
"""Equations that a student is sent to at once."""


def said(
    diagnosis: Diagnosis, audience: Literal["instructor", "student"], equations: Sequence[str], hints: bool = True
) -> str:
    """Tell a diagnosis to an audience: what is only likely is said to be, with what else it may be.

    A name that the catalogue lacks is told by its own message alone, and so is to the instructor what was done.
    """
    message = diagnosis.message if diagnosis.confidence == "certain" else f"likely: {diagnosis.message}"
    entry = CATALOGUE.get(diagnosis.id)
    if entry is None or (audience == "student" and not hints):
        return message
    if audience == "student":
        return _joined(message, again(equations), prose(entry.hints[1]))
    others = [CATALOGUE[name] for name in diagnosis.alternatives if name in CATALOGUE]
    what = "" if diagnosis.told else prose(entry.instructor)
    return _joined(message, what, *(f"Or: {prose(other.instructor)}" for other in others))


def again(equations: Sequence[str]) -> str:
    """Say which equations to look at: "Look at MLP-9 and MLP-12 again.", "" for none, or for too many to help."""
    if not 0 < len(equations) <= FEW:
        return ""
    *others, last = equations
    return f"Look at {', '.join(others)} and {last} again." if others else f"Look at {last} again."


def rung(identifier: str, level: int) -> str:
    """The hint on a rung of the ladder, 1 to `RUNGS`: a nudge, a question, the equation. Raises KeyError."""
    return prose(CATALOGUE[identifier].hints[level - 1])


def _joined(*sentences: str) -> str:
    """Set sentences one after another; each begins with a capital and ends in a mark."""
    return " ".join(map(_sentence, filter(None, sentences)))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."
