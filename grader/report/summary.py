"""What a result document comes to, whatever shows it: what to fix first, what failed alike, which checks are hard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec

from grader.document import CheckResult, Document, Points, TaskResult

EARNING = frozenset({"pass", "warn"})
BROKEN = frozenset({"raised", "timeout", "crashed", "memory", "flood", "violation"})
"""The call did not come back, so nothing it returns could be judged."""

_SHAPE = re.compile(r"has shape|has the shape of|is one number")
_GRADIENT = re.compile(r"true derivative")
_NUMERIC = re.compile(r"^numeric check")


class Ungraded(msgspec.Struct, frozen=True):
    """A submission without a document, and the line that says why."""

    name: str
    reason: str


class Alike(msgspec.Struct, frozen=True):
    """Checks of one task that came to the same: one mistake is told once."""

    checks: tuple[CheckResult, ...]

    @property
    def status(self) -> str:
        return self.checks[0].status

    @property
    def message(self) -> str:
        return self.checks[0].message

    @property
    def title(self) -> str:
        more = len(self.checks) - 1
        return self.checks[0].name + (f" (and {more} more)" if more else "")

    @property
    def points(self) -> str:
        return fraction(total(c.score for c in self.checks), total(c.max_score for c in self.checks))


class Hard(msgspec.Struct, frozen=True):
    """A check, how many submissions were asked it, and who did not pass it."""

    task: str
    check: str
    asked: int
    failing: tuple[str, ...]


def total(points: Iterator[Points]) -> Points:
    """Add points as they would be added on paper: 0.1 + 0.2 is 0.3."""
    from grader.model import decimal, exact

    return decimal(sum((exact(each) for each in points), exact(0)))


def fraction(score: Points, of: Points) -> str:
    """Write "1.5/4"."""
    return f"{score:.12g}/{of:.12g}"


def share(document: Document) -> float:
    """Return score over max_score; nothing out of nothing is 0."""
    return document.score / document.max_score if document.max_score else 0.0


def percent(part: float) -> str:
    """Write 0.875 as "87.5 %". Rounds down, so that only full marks read as 100."""
    tenths = int(part * 1000 + 1e-9)
    return f"{tenths / 10:g} %"


def urgency(check: CheckResult) -> int:
    """Order what is lost from the most basic on: absent, broken, shape, value, gradient, numeric, then what follows."""
    if check.status == "absent":
        return 0
    if check.status in BROKEN:
        return 1
    if check.status == "blocked":
        return 7
    if check.status == "error":
        return 8
    kinds = (_SHAPE, 2), (_NUMERIC, 5), (_GRADIENT, 4)
    fast_or_unchanged = 6 if check.name.startswith(("fast", "the arguments")) else 3
    return next((rank for pattern, rank in kinds if pattern.search(check.name)), fast_or_unchanged)


def is_numeric(check: CheckResult) -> bool:
    """Whether a check compares with a measured slope, which repeats what the gradients' own checks say."""
    return bool(_NUMERIC.search(check.name))


def is_shape(check: CheckResult) -> bool:
    """Whether a check is about a shape, which its message says in symbols and numbers."""
    return bool(_SHAPE.search(check.name))


def first_to_fix(document: Document) -> tuple[TaskResult, CheckResult] | None:
    """The most basic failing check, the first in task order among equals. None where every check earns its points."""
    lost = [(task, check) for task in document.tasks for check in task.checks if check.status not in EARNING]
    return min(lost, key=lambda pair: urgency(pair[1]), default=None)


def worst(task: TaskResult) -> str:
    """The status of a task: its most basic failing check's, else "warn" or "pass"."""
    lost = [check for check in task.checks if check.status not in EARNING]
    if lost:
        return min(lost, key=urgency).status
    return "warn" if any(check.status == "warn" for check in task.checks) else "pass"


def standing(task: TaskResult) -> str:
    """Write how many checks of a task pass, warnings apart."""
    passing, count = sum(check.status == "pass" for check in task.checks), len(task.checks)
    if passing < count:
        return f"{passing} of {count} checks pass"
    return f"{count} checks pass" if count > 1 else f"{count} check passes"


def alike(checks: Sequence[CheckResult]) -> list[Alike]:
    """Put neighbours together that have the same status for the same reason."""
    grouped = groupby(checks, key=lambda check: (check.status, check.message, check.diagnosis))
    return [Alike(tuple(group)) for _, group in grouped]


def hardest(documents: Sequence[Document], most: int = 5) -> list[Hard]:
    """The checks that most submissions lose by themselves; what is only blocked, or our own error, is not counted."""
    asked: dict[tuple[str, str], int] = {}
    failing: dict[tuple[str, str], list[str]] = {}
    for document in documents:
        for task in document.tasks:
            for check in task.checks:
                key = task.name, check.name
                asked[key] = asked.get(key, 0) + 1
                if check.status not in EARNING | {"blocked", "error"}:
                    failing.setdefault(key, []).append(document.submission)
    ranked = sorted(failing, key=lambda key: -len(failing[key]))  # stable: in task order among equals
    return [Hard(*key, asked[key], tuple(failing[key])) for key in ranked[:most]]
