"""From options to the course: one line and exit code 2 where something is not there."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from grader.cli.exits import Stop

if TYPE_CHECKING:
    from grader.model import Assignment


def package(folder: Path | None) -> ModuleType:
    """The course's `assignments` package."""
    from grader import course

    try:
        return course.enter(course.locate(folder))
    except course.CourseError as wrong:
        raise Stop(str(wrong)) from None


def assignment(name: str, folder: Path | None) -> Assignment:
    """One assignment by name or by the path of its file."""
    from grader import course

    try:
        return course.assignment(name, course.locate(folder))
    except course.CourseError as wrong:
        raise Stop(str(wrong)) from None


def every(folder: Path | None) -> list[Assignment]:
    """All assignments of the course, in alphabetical order."""
    from grader import course

    return [assignment(name, folder) for name in course.names(package(folder))]


def chosen(tasks: Sequence[str] | None, known: Sequence[str], where: str) -> tuple[str, ...]:
    """Check the names that --task gives."""
    for name in tasks or ():
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"its tasks are {', '.join(known)}"
            raise Stop(f"{where} has no task {name!r}; {hint}")
    return tuple(tasks or ())


def profile(asked: str, assignment: Assignment) -> str:
    """Check the year that --profile gives."""
    from grader import profiles

    try:
        return profiles.profile(asked, assignment.kit, assignment.name)
    except profiles.NoProfile as wrong:
        raise Stop(str(wrong)) from None
