"""What there is to fix: the checks that lost points, put together where one mistake explains several."""

from __future__ import annotations

import msgspec

from grader.document import CheckResult, Document, TaskResult
from grader.report.summary import EARNING, fraction, is_numeric, total, urgency

Lost = tuple[TaskResult, CheckResult]


class Bug(msgspec.Struct, frozen=True):
    """One thing to fix. The first of its checks is shown: the most basic one of those whose mistake has a name."""

    lost: tuple[Lost, ...]

    @property
    def task(self) -> TaskResult:
        return self.lost[0][0]

    @property
    def check(self) -> CheckResult:
        return self.lost[0][1]

    @property
    def status(self) -> str:
        return self.check.status

    @property
    def said(self) -> str:
        """The name's sentence where the mistake has a name, else the check's."""
        return self.check.diagnosis.message if self.check.diagnosis else self.check.message

    @property
    def title(self) -> str:
        """The task and its claim."""
        return f"{self.task.name}, {self.claim}"

    @property
    def claim(self) -> str:
        """The check, and how many more fail for the same reason."""
        more = len(self.lost) - 1
        return self.check.name + (f" (and {more} more)" if more else "")

    @property
    def points(self) -> str:
        """What the checks earned of what they are worth."""
        return fraction(total(c.score for _, c in self.lost), total(c.max_score for _, c in self.lost))

    @property
    def elsewhere(self) -> str:
        """The other tasks that show the same mistake, in a phrase; "" for none."""
        names = list(dict.fromkeys(task.name for task, _ in self.lost if task.name != self.task.name))
        what = "also absent" if self.status == "absent" else "the same in"
        return f"{what}: {', '.join(names)}" if names else ""


def bugs(document: Document) -> list[Bug]:
    """Group what lost points by its cause, the most basic first; what is only blocked is left out.

    What is not there yet comes last: who hands in half of an assignment wants to know what is wrong with that half.
    """
    lost = [
        (task, check)
        for task in document.tasks
        for check in task.checks
        if check.status not in EARNING and check.status != "blocked"
    ]
    grouped: dict[tuple[str, ...], list[int]] = {}
    for place in sorted(range(len(lost)), key=lambda place: urgency(lost[place][1])):
        grouped.setdefault(_cause(*lost[place]), []).append(place)
    found = [Bug(tuple(sorted((lost[place] for place in sorted(each)), key=_order))) for each in grouped.values()]
    return sorted(found, key=lambda bug: bug.status == "absent")


def blocked(document: Document) -> list[str]:
    """What waits for something else: "two_layer_loss (3 checks)"."""
    counts = {task.name: sum(check.status == "blocked" for check in task.checks) for task in document.tasks}
    return [f"{name} ({count} check{'s' if count > 1 else ''})" for name, count in counts.items() if count]


def _named(task: TaskResult) -> str:
    """The first mistake of a task that has a name."""
    ids = (check.diagnosis.id for check in task.checks if check.diagnosis and check.status not in EARNING)
    return next(ids, "")


def _cause(task: TaskResult, check: CheckResult) -> tuple[str, ...]:
    if check.diagnosis:
        return "named", check.diagnosis.id
    if check.status == "fail":
        named = _named(task) if is_numeric(check) else ""  # the slope only repeats what a name explains
        return ("named", named) if named else ("fail", task.name)
    if check.status == "absent":
        return ("absent",)
    if check.status == "error":  # ours, and the same wherever it shows
        return "error", check.message
    return check.status, task.name, check.message


def _order(lost: Lost) -> tuple[bool, int]:
    """What has a name goes first; beyond call and shape the order of the assignment says what is basic."""
    _, check = lost
    return check.diagnosis is None, min(urgency(check), 3)
