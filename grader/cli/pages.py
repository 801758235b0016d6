"""Pages from the command line: whether they can be made, what they are made from, and opening one."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from grader.cli import output

if TYPE_CHECKING:
    from grader.classroom.pages import Draw
    from grader.classroom.run import Outcome
    from grader.document import Document
    from grader.model import Assignment
    from grader.submissions import Submission


def drawing(assignment: Assignment, out: Path | None) -> Draw | None:
    """What makes a page of a result; None, said once, where no page is asked for or can be made."""
    if out is None:
        return None
    from grader.report.page import EXTRA, Course, Finder, compose, missing

    absent = missing()
    if absent:
        output.complain(f"no pages are written: {' and '.join(absent)} cannot be imported; {EXTRA}")
        return None
    course = Course(assignment.title, assignment.equations, assignment.latex, assignment.hints)

    def draw(document: Document, submission: Submission) -> bytes:
        files = [(file.path, file.content) for file in submission.files]
        return compose(document, course, Finder(files, assignment.homes))

    return draw


def warm_up(draw: Draw | None) -> None:
    """Have at hand what pages are drawn with, where any will be. What goes wrong is told of the pages themselves."""
    if draw is not None:
        from grader.report.page import warm_up

        with suppress(Exception):
            warm_up()


def show(outcome: Outcome) -> None:
    """Open the page of the first submission in the user's browser."""
    import webbrowser

    path = next(
        (outcome.pages[each.submission] for each in outcome.documents if each.submission in outcome.pages), None
    )
    if path is None:
        output.complain("there is no page to open")
    elif not webbrowser.open(path.resolve().as_uri()):
        output.complain(f"no browser was found; open {path} yourself")
