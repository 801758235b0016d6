"""Grade one submission after another: read, confine, ask, judge."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from types import ModuleType, TracebackType

import msgspec

from grader import tolerance
from grader.grade import Exam, grade, prepare, with_messages
from grader.model import Assignment, Report, Row, TaskReport, Verdict
from grader.posing import variant_seed
from grader.profiles import AUTO, Guess, guess
from grader.sandbox import Sandbox, SandboxError
from grader.submissions import Submission, Unreadable, read_submission

_PLATFORM = (
    ()
    if tolerance.EXTENDED
    else ("this platform has no extended precision; tolerances leave out the reference's own rounding error",)
)


class Graded(msgspec.Struct, frozen=True):
    """What became of one submission: a report, or the one line that says why there is none.

    `ours` says that the grader or the machine failed, not the student.
    """

    name: str
    sha256: str = ""
    report: Report | None = None
    unreadable: str = ""
    ours: bool = False


class Session(msgspec.Struct):
    """A grading run in one process: papers are written once a variant, the sandbox is opened once."""

    assignment: Assignment
    seed: bytes
    only: tuple[str, ...] = ()
    profile: str = AUTO
    _exams: dict[tuple[bytes, str], Exam] = msgspec.field(default_factory=dict)
    _stack: ExitStack = msgspec.field(default_factory=ExitStack)
    _sandbox: Sandbox | None = None

    def __enter__(self) -> Session:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._stack.close()

    def exam(self, name: str, year: str = "") -> Exam:
        """The papers that a submission of a year is put: one of sixteen variants, by a keyed hash of its name."""
        seed = variant_seed(self.seed, name)
        if (seed, year) not in self._exams:
            exam = prepare(self.assignment, seed, self.only, self.seed, self.profile, year)
            self._exams[seed, year] = exam
        return self._exams[seed, year]

    def sandbox(self) -> Sandbox:
        """Open the sandbox when it is first needed."""
        if self._sandbox is None:
            self._sandbox = self._stack.enter_context(Sandbox(self.assignment.limits))
        return self._sandbox

    def read(self, name: str, path: Path) -> Submission | Graded:
        """Read a submission, or say in one line why it cannot be graded."""
        try:
            return read_submission(path, self.assignment.name, name, folders=self.assignment.kit.folders)
        except Unreadable as reason:
            return Graded(name, unreadable=str(reason))

    def grade(self, submission: Submission) -> Graded:
        """Grade a submission. A failure of the grader or the machine gives a report without points or blame."""
        guessed = self._guess(submission)
        if guessed.refused:
            return Graded(submission.name, submission.sha256, unreadable=_of_another_year(submission.name, guessed))
        exam = self.exam(submission.name, guessed.year)
        try:
            with self.sandbox().open(submission, self.assignment.places, self.assignment.kit) as confined:
                if confined.unreadable:
                    reason = f"{submission.name}: {confined.unreadable}; hand in the notebook itself, saved as .ipynb"
                    return Graded(submission.name, submission.sha256, unreadable=reason)
                confined.foresee(exam.questions, exam.priced)
                report = grade(exam, confined)
                notes = (*submission.notes, *self._said(guessed), *confined.notes, *_PLATFORM)
        except SandboxError as failure:
            return Graded(submission.name, submission.sha256, ungraded(exam, str(failure)), ours=True)
        return Graded(submission.name, submission.sha256, with_messages(report, notes))

    def _guess(self, submission: Submission) -> Guess:
        """The year that a submission looks like; nothing where one is asked for."""
        if self.profile != AUTO:
            return Guess(self.profile)
        return guess([(file.path, file.content) for file in submission.files], self.assignment.kit)

    def _said(self, guessed: Guess) -> tuple[str, ...]:
        if not self.assignment.kit.years:
            return ()
        return (f"--profile {AUTO}: {guessed}" if self.profile == AUTO else f"profile {self.profile}, as asked for",)


def _of_another_year(name: str, guessed: Guess) -> str:
    return f"{name} is of {guessed.year}, by {', '.join(guessed.said)}: {guessed.refused}"


def ungraded(exam: Exam, reason: str) -> Report:
    """A report in which every check is our error: no points, no blame, for an instructor to look at."""
    verdict = Verdict("error", f"not graded: {reason}", public=True, needs_review=True)
    return Report(
        tuple(
            TaskReport(
                paper.task,
                exam.equations[paper.task],
                tuple(
                    Row(check.statement(paper.shapes), verdict, Fraction(points), "hidden")
                    for check, points in checks.items()
                ),
            )
            for paper, checks in exam.tasks
        )
    )


def digest(assignment: Assignment) -> str:
    """A digest of all that an assignment's verdicts depend on: its packages' sources, its references', its limits."""
    hashed = hashlib.sha256(repr((assignment.name, assignment.limits, assignment.kit)).encode())
    for path in sorted(set(_sources(assignment))):
        hashed.update(hashlib.sha256(Path(path).read_bytes()).digest())
    return hashed.hexdigest()


def _sources(assignment: Assignment) -> Iterator[str]:
    """The files of every module that is loaded from where the assignment is declared and its references stand."""
    functions = [function for task in assignment.tasks for function in (task.reference, task.forward) if function]
    homes = {getattr(function, "__module__", "") for function in functions}
    homes |= {name for name, module in list(sys.modules.items()) if _declares(module, assignment)}
    packages = {name.partition(".")[0] for name in homes}
    for name, module in list(sys.modules.items()):
        path = getattr(module, "__file__", None)
        if name.partition(".")[0] in packages and path and Path(path).is_file():
            yield path


def _declares(module: ModuleType, assignment: Assignment) -> bool:
    return getattr(module, "ASSIGNMENT", None) is assignment
