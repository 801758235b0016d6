"""Reports as GitHub's Markdown, for a step summary, an issue or a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.document import Document, TaskResult
from grader.report import bugs, summary
from grader.report.class_table import figures, who
from grader.report.safe import markdown as inert
from grader.report.summary import Ungraded
from grader.report.symbols import Symbols

LARGEST = 1_000 * 1024
"""Bytes. GitHub drops a step summary of more than 1,024 KiB whole, so ours ends before."""

_SIGNS = Symbols()


def submission(document: Document) -> str:
    """Write the report of one submission, what to fix first on top."""
    return cut(_submission(document))


def class_report(documents: Sequence[Document], ungraded: Sequence[Ungraded] = ()) -> str:
    """Write the table of a class, the hardest checks, then every submission."""
    lines = [f"# {inert(figures(documents, ungraded))}", ""]
    lines += ["| submission | points | percent | fix first |", "|---|---:|---:|---|"]
    lines += [_class_row(document) for document in documents]
    lines += [f"| {inert(each.name)} | | | not graded: {inert(each.reason)} |" for each in ungraded]
    hard = summary.hardest(documents)
    if hard:
        lines += ["", "## Hardest checks", "", "| task | check | failing | who |", "|---|---|---:|---|"]
        for check in hard:
            failing = f"{len(check.failing)} of {check.asked}"
            lines.append(f"| {inert(check.task)} | {inert(check.check)} | {failing} | {inert(who(check.failing))} |")
    for document in documents:
        lines += ["", *_submission(document, "##")]
    return cut(lines)


def _class_row(document: Document) -> str:
    points = summary.fraction(document.score, document.max_score)
    share = summary.percent(summary.share(document))
    return f"| {inert(document.submission)} | {points} | {share} | {_next(document)} |"


def _next(document: Document) -> str:
    first = summary.first_to_fix(document)
    review = "needs review; " if document.needs_review else ""
    if first is None:
        return f"{review}nothing"
    task, check = first
    return f"{review}{inert(task.name)}, {inert(check.name)} ({check.status})"


def _submission(document: Document, level: str = "#") -> list[str]:
    points = summary.fraction(document.score, document.max_score)
    review = ", needs review" if document.needs_review else ""
    lines = [
        f"{level} {inert(document.submission)}: {points} points, {summary.percent(summary.share(document))}{review}",
        "",
        f"{inert(document.assignment)}; isolation level {document.isolation.level}: {inert(document.isolation.claim)}",
        "",
        *_headline(document),
        "",
        "| | task | points | status | checks |",
        "|---|---|---:|---|---|",
        *(_task_row(task) for task in document.tasks),
    ]
    found, warned, waiting = bugs.bugs(document), list(_warned(document)), bugs.blocked(document)
    if found or warned:
        lines += ["", f"{level}# What did not pass", "", "| task | check | points | status | what came |"]
        lines += ["|---|---|---:|---|---|", *map(_bug_row, found), *warned]
    if waiting:
        lines += ["", f"Blocked by the above: {inert(', '.join(waiting))}"]
    if document.messages:
        lines += ["", f"{level}# Notes", "", *(f"- {inert(message)}" for message in document.messages)]
    return lines


def _headline(document: Document) -> list[str]:
    found = bugs.bugs(document)
    if not found:
        waiting = ", ".join(bugs.blocked(document))
        return [
            f"**Nothing could be judged:** {inert(waiting)}" if waiting else "**Nothing to fix:** every check passes."
        ]
    first = found[0]
    label = "For an instructor" if first.status == "error" else "Fix first"
    return [f"**{label}:** {inert(first.title)}", "", f"> {first.status}: {inert(first.said)}"]


def _task_row(task: TaskResult) -> str:
    status = summary.worst(task)
    points = summary.fraction(task.score, task.max_score)
    return f"| {_SIGNS.mark(status)} | {inert(task.name)} | {points} | {status} | {summary.standing(task)} |"


def _bug_row(bug: bugs.Bug) -> str:
    diagnosis = bug.check.diagnosis
    said = inert(bug.check.message) + (f"<br>**{inert(diagnosis.message)}**" if diagnosis else "")
    said += f"<br>{inert(bug.elsewhere)}" if bug.elsewhere else ""
    return f"| {inert(bug.task.name)} | {inert(bug.claim)} | {bug.points} | {bug.status} | {said} |"


def _warned(document: Document) -> Iterator[str]:
    for task in document.tasks:
        for group in summary.alike([check for check in task.checks if check.status == "warn"]):
            yield f"| {inert(task.name)} | {inert(group.title)} | {group.points} | warn | {inert(group.message)} |"


def cut(lines: Sequence[str], largest: int = LARGEST) -> str:
    """Join lines, and end at one that keeps the whole within `largest` bytes, with a note."""
    whole = "\n".join(lines) + "\n"
    if len(whole.encode()) <= largest:
        return whole
    kept, size = 0, 200  # bytes for the note
    while size + len(lines[kept].encode()) + 1 <= largest:
        size += len(lines[kept].encode()) + 1
        kept += 1
    note = f"{len(lines) - kept} more lines are left out; the result documents hold everything."
    return "\n".join([*lines[:kept], "", note]) + "\n"
