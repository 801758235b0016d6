"""Reports on a terminal, in a pipe or a file: any width, with or without colour, in any encoding."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import IO, Any, cast

from rich.console import Console

from grader.document import Document
from grader.report.class_table import class_table
from grader.report.submission import submission
from grader.report.summary import Ungraded
from grader.report.symbols import Symbols, ascii_only, can_show


class AsciiStream:
    """A stream that is handed ASCII alone, whatever is written: for encodings that lack ✓ or ∂."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(ascii_only(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class _Console(Console):
    """A console whose reader may leave: `grader grade … | head` ends as if all had been read."""

    def on_broken_pipe(self) -> None:
        """Go on without a reader."""
        nobody_reads()


def nobody_reads() -> None:
    """Let what is still printed go nowhere, so that the exit code says what was graded, not who watched."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def console(file: IO[str] | None = None, width: int | None = None) -> Console:
    """Make a console for a stream, standard output by default. Markup, emoji codes and highlighting are off."""
    stream = file if file is not None else sys.stdout
    if not can_show(_encoding(stream)):
        stream = cast("IO[str]", AsciiStream(stream))
    return _Console(file=stream, width=width, markup=False, emoji=False, highlight=False)


def _encoding(stream: Any) -> str:
    return getattr(stream, "encoding", None) or "utf-8"


def symbols(console: Console) -> Symbols:
    """The signs that a console can show."""
    return Symbols(ascii=not can_show(_encoding(console.file)))


def show(console: Console, document: Document, verbose: bool = False) -> None:
    """Print the report of one submission."""
    console.print(submission(document, symbols(console), verbose, console.width))


def show_class(console: Console, documents: Sequence[Document], ungraded: Sequence[Ungraded] = ()) -> None:
    """Print the table of a class."""
    console.print(class_table(documents, symbols(console), ungraded))


def say(console: Console, text: str, style: str = "") -> None:
    """Print a text, whoever wrote it."""
    console.print(symbols(console).text(text, style))
