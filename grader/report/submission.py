"""The report of one submission on a terminal: the score, the one thing to fix first, then task by task."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from grader.document import Document, TaskResult
from grader.report import summary
from grader.report.indent import Indented
from grader.report.symbols import Symbols, style

BAR = 40
LINES, CHARACTERS = 12, 1_000
"""What is shown of one message, unless everything is asked for."""


def submission(document: Document, symbols: Symbols, verbose: bool = False) -> RenderableType:
    """Compose the report. With `verbose` every check is shown with its sentence, the passing ones too."""
    parts = [*header(document, symbols), Text(), *headline(document, symbols), Text()]
    parts += _tasks(document, symbols, verbose)
    if document.messages:
        parts += [Text(), Text("Notes", style="bold")]
        parts += [Indented(symbols.text(_shortened(message, verbose)), 2) for message in document.messages]
    return Group(*parts)


def header(document: Document, symbols: Symbols) -> list[RenderableType]:
    """Who, what, how much, and how well the code was confined."""
    part = summary.share(document)
    points = f"{summary.fraction(document.score, document.max_score)} points, {summary.percent(part)}"
    review = ", needs review" if document.needs_review else ""
    name = symbols.line(document.submission, "bold")
    return [
        name.append_text(symbols.line(f" ({document.assignment})")),
        Text.assemble((symbols.bar(part, BAR), _colour(part)), f"  {points}", (review, "magenta")),
        symbols.text(f"isolation level {document.isolation.level}: {document.isolation.claim}", "dim"),
    ]


def _colour(part: float) -> str:
    return "green" if part >= 1 else "yellow" if part >= 0.5 else "red"


def headline(document: Document, symbols: Symbols) -> list[RenderableType]:
    """The one thing to do next."""
    first = summary.first_to_fix(document)
    if first is None:
        warned = any(check.status == "warn" for task in document.tasks for check in task.checks)
        left = "; what is marked warn costs no points" if warned else ""
        return [Text(f"Nothing to fix: every check passes{left}.", style="bold")]
    task, check = first
    label = "For an instructor" if check.status == "error" else "Fix first"
    line = Text(f"{label}: ", style="bold").append_text(symbols.line(f"{task.name}, {check.name}"))
    said = check.diagnosis.message if check.diagnosis else check.message
    return [line, Indented(symbols.text(_shortened(f"{check.status}: {said}", False)), 2)]


def _tasks(document: Document, symbols: Symbols, verbose: bool) -> Iterator[RenderableType]:
    widths = _widths(document, symbols)
    yield Text(_row(symbols, " " * symbols.margin, ("task", "points", "status", ""), widths), style="bold")
    for task in document.tasks:
        status = summary.worst(task)
        points = summary.fraction(task.score, task.max_score)
        cells = task.name, points, status, summary.standing(task)
        line = Text(_row(symbols, symbols.mark(status), cells, widths))
        line.stylize(style(status), 0, symbols.margin)
        yield line
        yield from _checks(task, symbols, verbose)


def _widths(document: Document, symbols: Symbols) -> tuple[int, int, int]:
    names = [len(symbols.write(task.name)) for task in document.tasks]
    points = [len(summary.fraction(task.score, task.max_score)) for task in document.tasks]
    statuses = [len(summary.worst(task)) for task in document.tasks]
    return max([4, *names]), max([6, *points]), max([6, *statuses])


def _row(symbols: Symbols, mark: str, cells: tuple[str, str, str, str], widths: tuple[int, int, int]) -> str:
    name, points, status, rest = cells
    columns = symbols.pad(name, widths[0]), symbols.pad(points, widths[1], right=True), symbols.pad(status, widths[2])
    return f"{mark} {'  '.join((*columns, rest))}".rstrip()


def _checks(task: TaskResult, symbols: Symbols, verbose: bool) -> Iterator[RenderableType]:
    step = symbols.margin + 1
    for group in _groups(task, verbose):
        said = _shortened(group.message, verbose)
        if len(group.checks) == len(task.checks) > 1:  # the line of the task has said the rest
            yield Indented(symbols.text(said), step)
        else:
            sign = Text(f"{symbols.mark(group.status)} ", style=style(group.status))
            yield Indented(symbols.line(group.title), 2 * step, sign)
            yield Indented(symbols.text(f"{group.status}, {group.points}: {said}"), 2 * step)
        diagnosis = group.checks[0].diagnosis
        if diagnosis:
            yield Indented(symbols.text(diagnosis.message, "bold"), 2 * step)


def _groups(task: TaskResult, verbose: bool) -> list[summary.Alike]:
    if verbose:
        return [summary.Alike((check,)) for check in task.checks]
    return summary.alike([check for check in task.checks if check.status != "pass"])


def _shortened(message: str, verbose: bool) -> str:
    lines = message.splitlines()
    if verbose or (len(lines) <= LINES and len(message) <= CHARACTERS):
        return message
    return "\n".join(lines[:LINES])[:CHARACTERS] + " … (all of it is in the result document)"
