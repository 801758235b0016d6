"""`grades.csv`: a line a submission, a column a task (RFC 4180, UTF-8)."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from grader.document import Document, Points
from grader.report import safe
from grader.report.summary import Ungraded, share

COLUMNS = ("submission", "score", "max_score", "percent", "needs_review", "status")


def grades(documents: Sequence[Document], ungraded: Sequence[Ungraded] = ()) -> bytes:
    """Write the grades. What was not graded has no score: an empty cell, never a zero."""
    tasks = list(dict.fromkeys(task.name for document in documents for task in document.tasks))
    file = StringIO()
    table = csv.writer(file, lineterminator="\r\n")
    table.writerow([*COLUMNS, *(safe.csv(task) for task in tasks)])
    for document in documents:
        table.writerow(_row(document, tasks))
    for missing in ungraded:
        reason = safe.csv(f"not graded: {missing.reason}")
        table.writerow([safe.csv(missing.name), "", "", "", "yes", reason, *("" for _ in tasks)])
    return file.getvalue().encode()


def _row(document: Document, tasks: Sequence[str]) -> list[str]:
    scores = {task.name: task.score for task in document.tasks}
    return [
        safe.csv(document.submission),
        _number(document.score),
        _number(document.max_score),
        _number(round(100 * share(document), 2)),
        "yes" if document.needs_review else "no",
        "graded",
        *(_number(scores[task]) if task in scores else "" for task in tasks),
    ]


def _number(value: Points) -> str:
    return f"{value:.12g}"
