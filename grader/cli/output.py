"""What a grading run prints: a progress bar on the error stream, results on the standard one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from grader.cli import exits
from grader.cli.options import Format

if TYPE_CHECKING:
    from grader.classroom.run import Outcome


@contextmanager
def progress(total: int, quiet: bool, verb: str = "grading") -> Iterator[Callable[[str], None]]:
    """Show a bar with the time that is left where somebody watches; yields what is to be called with each name."""
    if quiet or total < 2 or not sys.stderr.isatty():
        yield lambda name: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from grader.report import terminal
    from grader.report.safe import plain

    columns = (TextColumn(verb, markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = terminal.console(sys.stderr)
    with Progress(*columns, TextColumn("{task.fields[last]}", markup=False), console=console, transient=True) as bar:
        task = bar.add_task("", total=total, last="")
        yield lambda name: bar.update(task, advance=1, last=plain(name, newlines=False)[:30])


def warm_up(format_: Format) -> None:
    """Have at hand what results are printed with."""
    if format_ is Format.text:
        from grader.report import terminal

        terminal.console()


def show(outcome: Outcome, is_class: bool, format_: Format, verbose: bool) -> None:
    """Print the results, and on the error stream what could not be graded."""
    for missing in outcome.ungraded:
        complain(f"{missing.reason}")
    for note in outcome.notes:
        complain(note)
    try:
        _show(outcome, is_class, format_, verbose)
        sys.stdout.flush()
    except BrokenPipeError:
        from grader.report import terminal

        terminal.nobody_reads()


def _show(outcome: Outcome, is_class: bool, format_: Format, verbose: bool) -> None:
    if format_ is Format.json:
        _json(outcome, is_class)
    elif format_ is Format.markdown:
        _markdown(outcome, is_class)
    else:
        _text(outcome, is_class, verbose)


def complain(text: str) -> None:
    """Say one line on the error stream."""
    from grader.report.safe import plain

    print(f"grader: {plain(text, newlines=False)}", file=sys.stderr)  # noqa: T201


def _json(outcome: Outcome, is_class: bool) -> None:
    import msgspec

    from grader.document import encode

    if is_class or len(outcome.documents) + len(outcome.ungraded) > 1:
        text = msgspec.json.format(msgspec.json.encode(outcome.documents), indent=2) + b"\n"
    else:
        text = b"".join(map(encode, outcome.documents))
    sys.stdout.buffer.write(text)


def _markdown(outcome: Outcome, is_class: bool) -> None:
    from grader.report import markdown

    if is_class or len(outcome.documents) > 1:
        text = markdown.class_report(outcome.documents, outcome.ungraded)
    else:
        text = "".join(map(markdown.submission, outcome.documents))
    sys.stdout.buffer.write(text.encode())


def _text(outcome: Outcome, is_class: bool, verbose: bool) -> None:
    from grader.report import terminal

    console = terminal.console()
    for document in outcome.documents:
        terminal.show(console, document, verbose)
    if is_class or len(outcome.documents) > 1:
        terminal.show_class(console, outcome.documents, outcome.ungraded)
    if outcome.skipped:
        terminal.say(console, f"{outcome.skipped} of {len(outcome.documents)} were graded in an earlier run")


def exit_code(outcome: Outcome, fail_under: float | None) -> int:
    """The highest code that applies."""
    from grader.report.summary import share

    codes = [exits.GRADED]
    if fail_under is not None and any(100 * share(document) < fail_under for document in outcome.documents):
        codes.append(exits.BELOW)
    if outcome.ungraded:
        codes.append(exits.UNREADABLE)
    if outcome.ours:
        codes.append(exits.OURS)
    return max(codes)
