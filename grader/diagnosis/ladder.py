"""The hints for a check that did not pass: three rungs, whether or not its mistake has a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grader.diagnosis.catalogue import CATALOGUE
from grader.diagnosis.voices import RUNGS, again, rung
from grader.model import Verdict


def ladder(
    claim: str, verdict: Verdict, remedy: str, equations: Sequence[str], known: Mapping[str, str]
) -> tuple[str, ...]:
    """Climb from a nudge over a question to the equation; without a name, from what was found to what is asked.

    `equations` are the ids that the check proves, and `known` maps ids to what they say.
    """
    if verdict.diagnosis and verdict.diagnosis.id in CATALOGUE:
        return tuple(rung(verdict.diagnosis.id, level) for level in range(1, RUNGS + 1))
    taught = "; ".join(f"{identifier}: {known[identifier]}" for identifier in equations if identifier in known)
    asked = f"What is asked is {taught}. handout.md derives it." if taught else "handout.md derives what is asked."
    found = f"{claim}: {verdict.sentence}"
    return (_sentence(found), _sentence(remedy or again(equations) or "work the worked example by hand"), asked)


def subject(claim: str, verdict: Verdict) -> str:
    """What a ladder is about: the mistake where it has a name, else the claim."""
    return verdict.diagnosis.id if verdict.diagnosis else claim


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
