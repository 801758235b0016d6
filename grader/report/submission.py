"""The report of one submission on a terminal: the score, the one thing to fix first, the tasks, then the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from grader.document import Document, TaskResult
from grader.report import card, summary
from grader.report.bugs import Bug, blocked, bugs
from grader.report.card_text import card_text
from grader.report.indent import Indented
from grader.report.symbols import Symbols, style

BAR = 40
LINES, CHARACTERS = 12, 1_000
"""What is shown of one message, unless everything is asked for."""

SHORT = (4, 320)
"""What is shown of the messages after the first."""


def submission(document: Document, symbols: Symbols, verbose: bool = False, width: int = 80) -> RenderableType:
    """Compose the report. With `verbose` every check is shown with its sentence, the passing ones too."""
    found = bugs(document)
    parts = [*header(document, symbols), Text(), *headline(document, found, symbols, width), Text()]
    parts += _tasks(document, symbols, verbose)
    if not verbose:
        parts += _rest(document, found[1:], symbols)
    parts += _notes(document, symbols, verbose)
    confined = f"isolation level {document.isolation.level}: {document.isolation.claim}"
    return Group(*parts, Text(), Indented(symbols.text(confined, "dim"), 0))


def _notes(document: Document, symbols: Symbols, verbose: bool) -> Iterator[RenderableType]:
    if document.messages:
        yield from (Text(), Text("Notes", style="bold"))
    for message in document.messages:
        yield Indented(symbols.text(message if verbose else shortened(message)), 2)


def header(document: Document, symbols: Symbols) -> list[RenderableType]:
    """Who, what, and how much."""
    part = summary.share(document)
    points = f"{summary.fraction(document.score, document.max_score)} points, {summary.percent(part)}"
    review = ", needs review" if document.needs_review else ""
    name = symbols.line(document.submission, "bold")
    return [
        name.append_text(symbols.line(f" ({document.assignment})")),
        Text.assemble((symbols.bar(part, BAR), _colour(part)), f"  {points}", (review, "magenta")),
    ]


def _colour(part: float) -> str:
    return "green" if part >= 1 else "yellow" if part >= 0.5 else "red"


def headline(document: Document, found: Sequence[Bug], symbols: Symbols, width: int = 80) -> list[RenderableType]:
    """The one thing to do next, with the array card where there is one."""
    if not found:
        return [Text(_nothing(document), style="bold")]
    first = found[0]
    label = "For an instructor" if first.status == "error" else "Fix first"
    line = Text(f"{label}: ", style="bold").append_text(symbols.line(first.title))
    parts: list[RenderableType] = [line, *_told(first, symbols)]
    drawn = card.read(first.check)
    return [*parts, *card_text(drawn, symbols, width)] if drawn and drawn.map else parts


def _nothing(document: Document) -> str:
    waiting = blocked(document)
    if waiting:
        return f"Nothing could be judged: {', '.join(waiting)}."
    warned = any(check.status == "warn" for task in document.tasks for check in task.checks)
    return f"Nothing to fix: every check passes{'; what is marked warn costs no points' if warned else ''}."


def _told(
    bug: Bug, symbols: Symbols, indent: int = 2, lines: int = LINES, characters: int = CHARACTERS
) -> Iterator[RenderableType]:
    """What happened, the mistake's name, and where else it shows."""
    named = bug.check.diagnosis
    said = shortened(bug.said, lines, characters)
    yield Indented(symbols.text(f"{bug.status}, {bug.points}: {said}", "bold" if named else ""), indent)
    if named and (bug.status != "fail" or summary.is_shape(bug.check)):  # what came says more than the name
        yield Indented(symbols.text(shortened(bug.check.message, *SHORT)), indent)
    if bug.elsewhere:
        yield Indented(symbols.line(bug.elsewhere), indent)
    if named:
        yield Indented(symbols.line(f"grader explain {named.id}", "dim"), indent)


def _rest(document: Document, found: Sequence[Bug], symbols: Symbols) -> Iterator[RenderableType]:
    """What to fix after that, what waits for it, and what costs no points: each said once and shortly."""
    if found:
        yield from (Text(), Text("Then", style="bold"))
    for bug in found:
        sign = Text(f"{symbols.mark(bug.status)} ", style=style(bug.status))
        yield Indented(symbols.line(bug.title), symbols.margin + 1, sign)
        yield from _told(bug, symbols, symbols.margin + 1, *SHORT)
    waiting = blocked(document)
    if waiting:
        yield from (Text(), Indented(symbols.line(f"Blocked by the above: {', '.join(waiting)}"), 0))
    yield from _warnings(document, symbols)


def _warnings(document: Document, symbols: Symbols) -> Iterator[RenderableType]:
    for task in document.tasks:
        for group in summary.alike([check for check in task.checks if check.status == "warn"]):
            yield Text()
            sign = Text(f"{symbols.mark('warn')} ", style=style("warn"))
            said = f"{task.name}, {group.title}: {shortened(group.message, *SHORT)} (no points lost)"
            yield Indented(symbols.line(said), symbols.margin + 1, sign)


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
        if verbose:
            yield from _checks(task, symbols)


def _widths(document: Document, symbols: Symbols) -> tuple[int, int, int]:
    names = [len(symbols.write(task.name)) for task in document.tasks]
    points = [len(summary.fraction(task.score, task.max_score)) for task in document.tasks]
    statuses = [len(summary.worst(task)) for task in document.tasks]
    return max([4, *names]), max([6, *points]), max([6, *statuses])


def _row(symbols: Symbols, mark: str, cells: tuple[str, str, str, str], widths: tuple[int, int, int]) -> str:
    name, points, status, rest = cells
    columns = symbols.pad(name, widths[0]), symbols.pad(points, widths[1], right=True), symbols.pad(status, widths[2])
    return f"{mark} {'  '.join((*columns, rest))}".rstrip()


def _checks(task: TaskResult, symbols: Symbols) -> Iterator[RenderableType]:
    step = symbols.margin + 1
    for check in task.checks:
        sign = Text(f"{symbols.mark(check.status)} ", style=style(check.status))
        yield Indented(symbols.line(check.name), 2 * step, sign)
        points = summary.fraction(check.score, check.max_score)
        yield Indented(symbols.text(f"{check.status}, {points}: {check.message}"), 2 * step)
        if check.diagnosis:
            yield Indented(symbols.text(check.diagnosis.message, "bold"), 2 * step)


def shortened(message: str, lines: int = LINES, characters: int = CHARACTERS) -> str:
    """Keep the beginning of a message."""
    kept = message.splitlines()
    if len(kept) <= lines and len(message) <= characters:
        return message
    return "\n".join(kept[:lines])[:characters] + " … (all of it is in the result document)"
