"""`grader explain`: the catalogue of mistakes, one at a time or all of them in a list."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from grader.cli.exits import Stop


class Form(StrEnum):
    """How an explanation is printed."""

    text = "text"
    markdown = "markdown"


def explain(
    identifier: Annotated[str | None, typer.Argument(metavar="[ID]", help="A mistake, as reports name it.")] = None,
    format_: Annotated[Form, typer.Option("--format", help="How to print it.")] = Form.text,
) -> None:
    """Explain a mistake: what it is, the formulas, where it hides, how to find it; for example:

    grader explain missing-1/N
    """
    from grader.diagnosis.catalogue import CATALOGUE, UnknownMistake, look_up
    from grader.report import explanation

    try:
        entries = [look_up(identifier)] if identifier else list(CATALOGUE.values())
    except UnknownMistake as wrong:
        raise Stop(str(wrong)) from None
    if format_ is Form.markdown:
        written = explanation.markdown(entries, alone=identifier is not None)
        sys.stdout.buffer.write(written.encode())
        sys.stdout.flush()
    else:
        from grader.report import terminal

        console = terminal.console()
        console.print(explanation.text(entries, terminal.symbols(console), alone=identifier is not None))
