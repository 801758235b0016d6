"""`pytest public.json`: every public check of a template folder as one test.

Installed with the grader and quiet unless a `public.json` of its schema is collected. Ids read as sentences,
`two_layer_mlp/public.json::affine_backward: dw has shape (D, M)`, and `--junitxml` reports them to any CI.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from grader.model import Check
    from grader.paper import Paper
    from grader.student import Attempt

DATA, OURS = "public.json", "grader.public/"


class NotYet(Exception):
    """A check that did not pass; the text is what the student reads."""


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a `public.json` that claims to be the grader's; any other file is left alone."""
    if file_path.name != DATA:
        return None
    from grader.public import schema_of

    return PublicFile.from_parent(parent, path=file_path) if schema_of(_bytes(file_path)).startswith(OURS) else None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


class PublicFile(pytest.File):
    """The checks of one folder. They share one process for the student's code, from the first test to the last."""

    def collect(self) -> Iterator[PublicCheck]:
        """Make one test a check."""
        from grader import student

        try:
            _, exam = student.read(self.path.parent)
        except student.StudentError as error:
            raise self.CollectError(str(error)) from None
        for paper, checks in exam.tasks:
            for check in checks:
                name = f"{paper.task}: {check.statement(paper.shapes)}"
                yield PublicCheck.from_parent(self, name=name, task=paper.task, check=check)

    def setup(self) -> None:
        """Open the folder's work, and share the answers between checks; what cannot be opened fails each of them."""
        from grader import student
        from grader.drive import Once
        from grader.sandbox import SandboxError
        from grader.submissions import Unreadable

        self.opened, self.trouble = ExitStack(), ""
        try:
            self.attempt: Attempt = self.opened.enter_context(student.attempt(self.path.parent))
        except (Unreadable, SandboxError, student.StudentError) as error:
            self.trouble = str(error)
        else:
            self.answerer = Once(self.attempt.answerer)

    def teardown(self) -> None:
        """End the process."""
        self.opened.close()

    def paper(self, task: str) -> Paper:
        """The paper of a task, as the open attempt has it."""
        return next(paper for paper, _ in self.attempt.exam.tasks if paper.task == task)


class PublicCheck(pytest.Item):
    """One check, put to the student's code."""

    parent: PublicFile

    def __init__(self, *, task: str, check: Check, **rest: Any) -> None:
        super().__init__(**rest)
        self.task, self.check = task, check

    def runtest(self) -> None:
        """Put the check; a verdict that earns no points fails the test."""
        from grader.drive import run
        from grader.student import remedy

        if self.parent.trouble:
            raise NotYet(self.parent.trouble)
        attempt = self.parent.attempt
        if notes := attempt.notes_on(self.task):
            self.add_report_section("call", "notes", "\n".join(notes))
        verdict = run(self.check, self.parent.paper(self.task), self.parent.answerer)
        if not verdict.earns:
            todo = remedy(attempt.meta, self.task, self.check, verdict)
            raise NotYet(
                "\n".join(text for text in (verdict.sentence, verdict.particulars, todo and f"→ {todo}") if text)
            )

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show sentence, particulars and remedy; our own failures keep their traceback."""
        return str(excinfo.value) if isinstance(excinfo.value, NotYet) else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Name the test in headings."""
        return self.path, None, self.name
