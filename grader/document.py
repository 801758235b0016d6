"""The result document, `grader.result/1`: what a submission earned and why, for other programs and for the reports.

A `Document` holds nothing that could act: all its text has been through `safe.plain`, and it never exceeds a
megabyte, whatever a student printed.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, Protocol

import msgspec
import numpy as np
from msgspec.structs import replace

from grader import __version__
from grader.model import Report, Row, Status, TaskReport, Verdict, decimal
from grader.report import bounds, safe

LARGEST = 1_000_000
"""Bytes of an encoded document."""

MESSAGES = 100
TOLD = ("fail", "raised")
"""Where a mistake with a name lost points: there it is told in the voice of the audience."""

_KEPT = (4_000, 1_000, 250, 60, 0)  # characters of a text; the first at which the whole fits is taken

Points = int | float
Audience = Literal["instructor", "student"]
Hints = str | int | float
"""An assignment's policy: "free", "off", or what a hint costs."""


class NotADocument(ValueError):
    """Bytes that are no result document; the message is one line."""


class Confinement(Protocol):
    """What a sandbox says of itself."""

    @property
    def level(self) -> int: ...

    @property
    def claim(self) -> str: ...


class Isolation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How well the student's code was confined: a level and a sentence."""

    level: int
    claim: str


class Diagnosis(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mistake by its name, and the numbers that show it."""

    id: str
    message: str


class CheckResult(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One check: a statement as its name, whether it holds, exact points."""

    name: str
    status: Status
    visibility: Literal["public", "hidden"]
    score: Points
    max_score: Points
    message: str
    diagnosis: Diagnosis | None = None
    evidence: dict[str, Any]


class TaskResult(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One function of the assignment."""

    name: str
    score: Points
    max_score: Points
    equations: tuple[str, ...]
    checks: tuple[CheckResult, ...]


class Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One submission. Fields stand in the order in which they are written."""

    schema: Literal["grader.result/1"] = "grader.result/1"
    assignment: str
    submission: str
    sha256: str
    grader_version: str
    seed_id: str
    audience: Audience
    environment: dict[str, str]
    isolation: Isolation
    score: Points
    max_score: Points
    needs_review: bool
    tasks: tuple[TaskResult, ...]
    messages: tuple[str, ...]


def document(
    report: Report,
    *,
    assignment: str,
    submission: str,
    sha256: str,
    seed: bytes,
    audience: Audience,
    environment: Mapping[str, str],
    isolation: Confinement,
    review: bool = False,
    hints: Hints = "free",
) -> Document:
    """Write a report down. A student's document says nothing of hidden cases but status, sentence and points.

    A diagnosis is told in the voice of the audience; a student's holds a leading question where `hints` are free, and
    where they are off a student is told what fails, and neither name nor cause.
    Texts are cut, evenly and with a note, where the whole would exceed `LARGEST` bytes.
    """
    whole = Document(
        assignment=assignment,
        submission=bounds.cut(submission, bounds.NAME, newlines=False),
        sha256=sha256,
        grader_version=__version__,
        seed_id=seed_id(seed),
        audience=audience,
        environment=dict(environment),
        isolation=Isolation(isolation.level, isolation.claim),
        score=decimal(report.score),
        max_score=decimal(report.max_score),
        needs_review=report.needs_review or review,
        tasks=(),
        messages=(),
    )
    for kept in _KEPT:
        tasks = tuple(_task(task, audience, hints, kept) for task in report.tasks)
        whole = msgspec.structs.replace(whole, tasks=tasks, messages=_messages(report.messages, kept))
        if len(encode(whole)) <= LARGEST:
            break
    return whole


def _task(task: TaskReport, audience: Audience, hints: Hints, kept: int) -> TaskResult:
    return TaskResult(
        name=task.name,
        score=decimal(task.score),
        max_score=decimal(task.max_score),
        equations=task.equations,
        checks=tuple(_check(row, audience, hints, kept) for row in task.rows),
    )


def _check(row: Row, audience: Audience, hints: Hints, kept: int) -> CheckResult:
    if audience == "student" and hints == "off":
        row = _without_help(row)
    verdict = row.verdict
    told = audience == "instructor" or verdict.public
    said = f"{verdict.sentence}: {verdict.particulars}" if told and verdict.particulars else verdict.sentence
    return CheckResult(
        name=row.name,
        status=verdict.status,
        visibility=row.visibility,
        score=decimal(row.score),
        max_score=decimal(row.max_score),
        message=bounds.cut(said, kept),
        diagnosis=_diagnosis(row, audience, hints, kept),
        evidence=bounds.evidence({**(verdict.evidence if told else {}), **_how_sure(verdict)}, kept),
    )


def _without_help(row: Row) -> Row:
    """What a check found, and nothing of the mistake behind it."""
    return replace(row, verdict=replace(row.verdict.plain or row.verdict, diagnosis=None))


def _diagnosis(row: Row, audience: Audience, hints: Hints, kept: int) -> Diagnosis | None:
    found = row.verdict.diagnosis
    if found is None:
        return None
    from grader.diagnosis import voices  # the texts are read where there is something to tell

    told = voices.said(found, audience, row.equations, hints == "free") if row.verdict.status in TOLD else found.message
    return Diagnosis(found.id, bounds.cut(told, kept))


def _how_sure(verdict: Verdict) -> dict[str, Any]:
    """What everybody is told besides a diagnosis, of hidden cases too: how sure it is, and what else it may be."""
    said = verdict.diagnosis
    return {"confidence": said.confidence, "alternatives": list(said.alternatives)} if said else {}


def _messages(messages: tuple[str, ...], kept: int) -> tuple[str, ...]:
    shown = tuple(bounds.cut(message, kept) for message in messages[:MESSAGES])
    left = len(messages) - len(shown)
    return (*shown, f"{left} more messages are left out") if left else shown


def seed_id(seed: bytes) -> str:
    """Name a seed without giving it away: the first 16 hex digits of its SHA-256."""
    return hashlib.sha256(seed).hexdigest()[:16]


def encode(document: Document) -> bytes:
    """Write a document as indented JSON with a line end. Equal documents are equal byte for byte."""
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def decode(content: bytes) -> Document:
    """Read a document. Raises `NotADocument` for anything that `encode` cannot have written."""
    if len(content) > LARGEST:
        raise NotADocument(f"has {len(content)} bytes; a result document has at most {LARGEST}")
    try:
        return msgspec.json.decode(content, type=Document, strict=True)
    except (msgspec.MsgspecError, ValueError, RecursionError) as reason:
        raise NotADocument(f"is no result document; {safe.plain(str(reason), newlines=False)}") from None


@cache
def environment() -> dict[str, str]:
    """What the last bits of a float may depend on: Python, numpy, BLAS and platform. No host name, no path."""
    built: Any = np.show_config(mode="dicts")
    blas = built.get("Build Dependencies", {}).get("blas", {})
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "blas": " ".join(str(blas[key]) for key in ("name", "version") if key in blas) or "unknown",
        "platform": f"{platform.system()} {platform.machine()}",
    }
