"""The student's machine: find the template folders, put the public checks, say what to do first.

Neither `reference` nor `assignments` is needed: all there is to know stands in each folder's `public.json`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from grader import public
from grader.checks import After, Gradient, Numeric, Seeded, Shape, Thinned, ThinnedAlike, Unchanged, Value
from grader.grade import Exam, grade
from grader.model import Check, Report, Row, TaskReport, Verdict
from grader.public import Meta, PublicError
from grader.questions import Answerer
from grader.sandbox import Sandbox
from grader.submissions import read_submission

DATA = "public.json"


class StudentError(Exception):
    """A path that leads to no template, or a template whose data cannot be used; one line."""


class Attempt(msgspec.Struct, frozen=True, eq=False):
    """A template folder as it stands: what it is about, the checks to run, and what answers them."""

    meta: Meta
    exam: Exam
    answerer: Answerer
    notes: tuple[str, ...]

    def notes_on(self, task: str) -> tuple[str, ...]:
        """The notes that do not speak of another task alone."""
        others = self.meta.homes.keys() - {task}
        return tuple(note for note in self.notes if note.partition(" ")[0] not in others)


class Step(msgspec.Struct, frozen=True):
    """The first thing to do: which task and claim, what was found, how to go about it, and the equations of it."""

    task: str
    claim: str
    verdict: Verdict
    remedy: str
    equations: tuple[str, ...] = ()
    hints: str | int | float = "free"


def find_assignments(path: Path, name: str | None = None) -> list[Path]:
    """Find the folders with a `public.json`: `path` itself, or else its children, sorted; `name` picks one by name.

    Raises `StudentError` where there is none.
    """
    if not path.is_dir():
        raise StudentError(f"{path} is {'no folder' if path.exists() else 'not there'}; expected a folder with {DATA}")
    found = [path] if (path / DATA).is_file() else sorted(each.parent for each in path.glob(f"*/{DATA}"))
    if not found:
        raise StudentError(f"{path} holds no {DATA}, nor does a folder in it; expected a folder of the template")
    if name is None:
        return found
    names = {folder: read(folder)[0].name for folder in found}
    if name not in names.values():
        raise StudentError(f"{path} holds no assignment {name!r}; there is {', '.join(sorted(set(names.values())))}")
    return [folder for folder in found if names[folder] == name]


def read(folder: Path) -> tuple[Meta, Exam]:
    """Read a folder's `public.json`. Raises `StudentError`, in one line that names the folder."""
    try:
        return public.load((folder / DATA).read_bytes())
    except OSError as error:
        raise StudentError(f"{folder / DATA} cannot be read ({error.strerror})") from None
    except PublicError as error:
        raise StudentError(f"{folder}: {error}") from None


@contextmanager
def attempt(folder: Path) -> Iterator[Attempt]:
    """Open the work in a folder, its code in a process of its own that ends with the context.

    Raises `StudentError`, `grader.submissions.Unreadable` and `grader.sandbox.SandboxError`.
    """
    meta, exam = read(folder)
    submission = read_submission(folder, meta.name)
    with Sandbox() as sandbox:
        confined = sandbox.open(submission, meta.homes)
        yield Attempt(meta, exam, confined, (*submission.notes, *confined.notes))


def first_step(meta: Meta, exam: Exam, report: Report) -> Step | None:
    """Pick what to do first: something wrong, else something missing, in the order of the assignment; None is done."""
    steps = [
        _step(meta, task, row, check)
        for (_, checks), task in zip(exam.tasks, report.tasks, strict=True)
        for check, row in zip(checks, task.rows, strict=True)
        if not row.verdict.earns
    ]
    return min(steps, key=lambda step: _LATER.get(step.verdict.status, 0), default=None)


def _step(meta: Meta, task: TaskReport, row: Row, check: Check) -> Step:
    proved = row.equations or task.equations
    return Step(task.name, row.name, row.verdict, remedy(meta, task.name, check, row.verdict), proved, meta.hints)


def first_step_of(attempt: Attempt, task: str) -> Step | None:
    """Put the public checks of one task, and pick what to do first there."""
    asked = tuple(pair for pair in attempt.exam.tasks if pair[0].task == task)
    exam = Exam(asked, attempt.exam.equations)
    return first_step(attempt.meta, exam, grade(exam, attempt.answerer))


_LATER: Mapping[str, int] = {"absent": 1, "blocked": 2, "error": 3}


def remedy(meta: Meta, task: str, check: Check, verdict: Verdict) -> str:
    """Say how to go about a check that did not pass: one line, "" where it did."""
    if verdict.earns:
        return ""
    if verdict.status == "fail":
        return next((text for kind, text in _AGAINST if isinstance(check, kind)), "").format(task=task)
    return _REMEDIES[verdict.status].format(task=task, home=meta.homes[task])


_AGAINST: tuple[tuple[type, str], ...] = (
    (Shape, "write the shape of every factor above its product; transpose, sum or reshape where they do not fit"),
    (Value, f"work the first case of {{task}} in {DATA} by hand, and compare step by step with what your code holds"),
    (
        Gradient,
        f"work the first case of {{task}} in {DATA} by hand; ask of each entry on which paths it meets the loss",
    ),
    (Numeric, "see whether forward and backward belong to one loss: a sum or a mean, the penalty, the sign"),
    (Seeded, "let forward and backward use the very mask that was drawn, and draw it anew in every call"),
    (After, "write what the next call needs into the dict that is handed in, under the names of the handout"),
    (Thinned, "draw every entry by itself, and divide what is kept by the share that is kept"),
    (ThinnedAlike, "let the backward pass use the very mask that the forward pass drew"),
    (Unchanged, "compute into new arrays (`a = a - b` for `a -= b`), and copy lists and dicts with the arrays in them"),
)
_REMEDIES: Mapping[str, str] = {
    "absent": "write {task} in {home}.py or in the notebook; handout.md derives it",
    "raised": f"call {{task}} on the inputs of that case, which {DATA} holds, and read the traceback from its end",
    "timeout": "look for a loop in {task} that never ends",
    "crashed": "take out of {task} whatever ends Python, such as exit()",
    "memory": "look for an array in {task} that is far larger than its inputs",
    "flood": "take the prints out of {task}",
    "violation": "leave the process and its streams alone in {task}; it has only to compute and return",
    "blocked": "repair that first",
    "error": "this is not your fault; show it to your instructor",
}
