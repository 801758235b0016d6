"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How results are printed."""

    text = "text"
    json = "json"
    markdown = "markdown"


class Audience(StrEnum):
    """Who reads the result: students see no input, expected value or output of a hidden case."""

    instructor = "instructor"
    student = "student"


Course = Annotated[
    Path | None,
    typer.Option(
        "--course",
        envvar="GRADER_COURSE",
        metavar="DIR",
        help="The folder with assignments/ and reference/; found in or above the current folder by default.",
    ),
]
Tasks = Annotated[
    list[str] | None, typer.Option("--task", "-t", metavar="TASK", help="Only this task; may be repeated.")
]
Formats = Annotated[Format, typer.Option("--format", help="How to print the result.")]
FailUnder = Annotated[
    float | None,
    typer.Option("--fail-under", metavar="P", min=0, max=100, help="Exit 1 where a score is under P percent."),
]
Profile = Annotated[
    str,
    typer.Option(
        "--profile",
        metavar="YEAR|auto",
        help="The year whose conventions count, for a course that has changed them; auto goes by the submission.",
    ),
]
