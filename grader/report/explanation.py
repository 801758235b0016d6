"""The catalogue of mistakes as people read it: on a terminal, and as GitHub's Markdown with mathematics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from grader.diagnosis.entry import Entry
from grader.diagnosis.formula import line, pieces, prose
from grader.report.indent import Indented
from grader.report.symbols import Symbols

LABELS = ("what happened", "written", "right", "where it hides", "how to find it")
RUNGS = ("a nudge", "a question", "the equation")


def text(entries: Sequence[Entry], symbols: Symbols, alone: bool) -> RenderableType:
    """One entry in full (`alone`), or a table of ids and titles."""
    if not alone:
        return _table(entries, symbols)
    return Group(*(part for entry in entries for part in _entry(entry, symbols)))


def _table(entries: Sequence[Entry], symbols: Symbols) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("mistake", no_wrap=True)
    table.add_column("what it is", overflow="fold")
    for entry in entries:
        table.add_row(symbols.line(entry.id), symbols.line(entry.title))
    return table


def _entry(entry: Entry, symbols: Symbols) -> Iterator[RenderableType]:
    yield symbols.line(entry.id, "bold").append_text(symbols.line(f": {entry.title}"))
    told = (prose(entry.what), line(entry.wrong), line(entry.right), prose(entry.hides), prose(entry.find))
    for label, said in zip(LABELS, told, strict=True):
        yield Text()
        yield Text(label, style="bold")
        yield Indented(symbols.text(said), 2)
    yield Text()
    yield Text("hints", style="bold")
    for rung, hint in zip(RUNGS, entry.hints, strict=True):
        yield Indented(symbols.text(f"{rung}: {prose(hint)}"), 2)


def markdown(entries: Sequence[Entry], alone: bool) -> str:
    """One entry in full (`alone`), or a table of ids and titles. The texts are our own, so nothing is escaped."""
    if alone:
        return "\n".join(row for entry in entries for row in _in_markdown(entry)) + "\n"
    rows = ["| mistake | what it is |", "|---|---|", *(f"| `{entry.id}` | {entry.title} |" for entry in entries)]
    return "\n".join(rows) + "\n"


def _in_markdown(entry: Entry) -> Iterator[str]:
    told = (entry.what, f"${entry.wrong}$", f"${entry.right}$", entry.hides, entry.find)
    yield f"# `{entry.id}`: {entry.title}"
    for label, said in zip(LABELS, told, strict=True):
        yield from ("", f"**{label.capitalize()}.** {_mathematics(said)}")
    yield from ("", "**Hints**", "")
    for number, hint in enumerate(entry.hints, 1):
        yield f"{number}. {_mathematics(hint)}"


def _mathematics(said: str) -> str:
    """GitHub reads $`…`$ as mathematics whatever stands in it."""
    return "".join(f"$`{part}`$" if is_latex else part for part, is_latex in pieces(said))
