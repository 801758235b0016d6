"""Reports as GitHub's Markdown, for a step summary, an issue or a file."""

from __future__ import annotations

from collections.abc import Sequence

from grader.document import Document, TaskResult
from grader.report import summary
from grader.report.class_table import figures, who
from grader.report.safe import markdown as inert
from grader.report.summary import Alike, Ungraded
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
    lost = [(task, group) for task in document.tasks for group in _not_passing(task)]
    if lost:
        lines += ["", f"{level}# What did not pass", "", "| task | check | points | status | what came |"]
        lines += ["|---|---|---:|---|---|", *(_check_row(task, group) for task, group in lost)]
    if document.messages:
        lines += ["", f"{level}# Notes", "", *(f"- {inert(message)}" for message in document.messages)]
    return lines


def _headline(document: Document) -> list[str]:
    first = summary.first_to_fix(document)
    if first is None:
        return ["**Nothing to fix:** every check passes."]
    task, check = first
    label = "For an instructor" if check.status == "error" else "Fix first"
    said = check.diagnosis.message if check.diagnosis else check.message
    return [f"**{label}:** {inert(task.name)}, {inert(check.name)}", "", f"> {check.status}: {inert(said)}"]


def _task_row(task: TaskResult) -> str:
    status = summary.worst(task)
    points = summary.fraction(task.score, task.max_score)
    return f"| {_SIGNS.mark(status)} | {inert(task.name)} | {points} | {status} | {summary.standing(task)} |"


def _not_passing(task: TaskResult) -> list[Alike]:
    return summary.alike([check for check in task.checks if check.status != "pass"])


def _check_row(task: TaskResult, group: Alike) -> str:
    diagnosis = group.checks[0].diagnosis
    said = inert(group.message) + (f"<br>**{inert(diagnosis.message)}**" if diagnosis else "")
    return f"| {inert(task.name)} | {inert(group.title)} | {group.points} | {group.status} | {said} |"


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
