"""The report of a class on a terminal: one line a submission, and which checks are hard."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean, median

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from grader.document import Document
from grader.report import summary
from grader.report.indent import Indented
from grader.report.summary import Ungraded
from grader.report.symbols import Symbols, style

BAR = 10
NAME = 24  # cells; a longer name goes on in the next line, since what tells students apart may stand at its end


def class_table(documents: Sequence[Document], symbols: Symbols, ungraded: Sequence[Ungraded] = ()) -> RenderableType:
    """Compose the table, mean and median, and the hardest checks."""
    parts: list[RenderableType] = [symbols.line(figures(documents, ungraded), "bold"), Text()]
    parts.append(_table(documents, symbols, ungraded))
    hard = summary.hardest(documents)
    if hard:
        parts += [Text(), Text("Hardest checks", style="bold")]
        for check in hard:
            said = f"{check.task}, {check.check}: {len(check.failing)} of {check.asked}"
            parts.append(Indented(symbols.line(said), 2))
            parts.append(Indented(symbols.line(who(check.failing)), 4))
    return Group(*parts)


def figures(documents: Sequence[Document], ungraded: Sequence[Ungraded]) -> str:
    """Write how many, mean and median."""
    count = len(documents) + len(ungraded)
    said = f"{count} submission{'s' if count != 1 else ''}"
    if documents:
        shares = [summary.share(document) for document in documents]
        said = f"{documents[0].assignment}: {said}"
        said += f", mean {summary.percent(mean(shares))}, median {summary.percent(median(shares))}"
    return f"{said}, {len(ungraded)} not graded" if ungraded else said


def _table(documents: Sequence[Document], symbols: Symbols, ungraded: Sequence[Ungraded]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    table.add_column("submission", max_width=NAME, overflow="fold")
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("", width=BAR, no_wrap=True)
    table.add_column("percent", justify="right", no_wrap=True)
    table.add_column("fix first", overflow="fold")
    for document in documents:
        part = summary.share(document)
        table.add_row(
            symbols.line(document.submission),
            summary.fraction(document.score, document.max_score),
            symbols.bar(part, BAR),
            summary.percent(part),
            _next(document, symbols),
        )
    for missing in ungraded:
        table.add_row(symbols.line(missing.name), "", "", "", symbols.line(f"not graded: {missing.reason}", "magenta"))
    return table


def _next(document: Document, symbols: Symbols) -> Text:
    review = Text("needs review; " if document.needs_review else "", style="magenta")
    first = summary.first_to_fix(document)
    if first is None:
        return review.append("nothing", style=style("pass"))
    task, check = first
    return review.append_text(symbols.line(f"{task.name}, {check.name} ({check.status})", "default"))


def who(names: Sequence[str], most: int = 8) -> str:
    """Write the first names and how many more."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
