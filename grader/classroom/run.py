"""A grading run: what to grade, what is finished already, and where results go."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from grader import course
from grader.classroom.filenames import GRADES, file_names
from grader.classroom.gradebook import grades
from grader.classroom.pages import Draw, Pages
from grader.classroom.pool import grade_all
from grader.classroom.session import Graded, Session, digest
from grader.classroom.store import Store, key
from grader.document import Audience, Document, document, environment
from grader.grade import prepare
from grader.model import Assignment, Report
from grader.posing import variant_seed
from grader.profiles import AUTO
from grader.report.summary import Ungraded
from grader.sandbox.confine import Isolation
from grader.submissions import Submission, Unreadable, list_class, read_submission

CONFINED = 2
"""The isolation level from which on student code reaches neither files nor network."""


class Order(msgspec.Struct, frozen=True):
    """What was asked for: everything that a run depends on."""

    assignment: Assignment
    found: Sequence[tuple[str, Path]]
    is_class: bool
    seed: bytes
    audience: Audience
    isolation: Isolation
    only: tuple[str, ...] = ()
    profile: str = AUTO


class Outcome(msgspec.Struct):
    """What became of every submission, in the order of the class. `ours` counts failures of the grader.

    `pages` are the files to look at, by submission.
    """

    documents: list[Document] = msgspec.field(default_factory=list)
    ungraded: list[Ungraded] = msgspec.field(default_factory=list)
    notes: list[str] = msgspec.field(default_factory=list)
    skipped: int = 0
    ours: int = 0
    pages: dict[str, Path] = msgspec.field(default_factory=dict)


def open_session(name: str, folder: str | None, seed: bytes, only: tuple[str, ...], profile: str = AUTO) -> Session:
    """Open a session in whichever process this is called: the course is found again by its name."""
    asked = course.assignment(name, course.locate(Path(folder) if folder else None))
    return Session(asked, seed, only, profile)


def find(paths: Sequence[Path], is_class: bool, out: Path | None) -> list[tuple[str, Path]]:
    """List the submissions: each path, or with `is_class` each child of the folders. Raises `Unreadable`."""
    if not is_class:
        return _named(list(paths))
    return [pair for folder in paths for pair in list_class(folder, out)]


def _named(paths: Sequence[Path]) -> list[tuple[str, Path]]:
    """Name each path after its file or folder; with its ending, then with its parents, where two would be the same."""
    names = [path.resolve().stem if path.is_file() else path.resolve().name for path in paths]
    for longer in (lambda path: path.resolve().name, lambda path: f"{path.resolve().parent.name}/{path.name}", str):
        twice = {name for name, count in Counter(names).items() if count > 1}
        names = [longer(path) if name in twice else name for name, path in zip(names, paths, strict=True)]
    return list(zip(names, paths, strict=True))


def new_seed(given: str | None) -> bytes | None:
    """The seed that was given as text, None where a new one is to be drawn."""
    return given.encode() if given is not None else None


def draw_seed() -> bytes:
    """A new secret of 128 bits."""
    return secrets.token_bytes(16)


def write_ahead(
    assignment: Assignment,
    found: Sequence[tuple[str, Path]],
    seed: bytes,
    only: tuple[str, ...],
    profile: str,
    jobs: int,
) -> None:
    """Write the papers of the first submission, which the session in this process will then find written.

    Of several processes each writes its own.
    """
    if min(jobs, len(found)) == 1:
        prepare(assignment, variant_seed(seed, found[0][0]), only, seed, profile)


def perform(
    order: Order,
    opening: Callable[[], Session],
    jobs: int,
    store: Store | None,
    tick: Callable[[str], None],
    draw: Draw | None = None,
) -> Outcome:
    """Grade everything that is not finished; `tick` is called with each name when it is done.

    Each document is written as soon as it is there, so that whatever stops a run loses nothing that was graded; beside
    it stands its page, where `draw` makes one.
    """
    outcome = Outcome()
    done: dict[str, Document | Ungraded] = {}
    files = dict(zip((name for name, _ in order.found), file_names([name for name, _ in order.found]), strict=True))
    waiting = dict(_read(order, done))
    assigned = digest(order.assignment)
    keys = {name: _key(order, submission, assigned) for name, submission in waiting.items()}
    submissions = dict(waiting)
    pages = Pages(store, draw, files) if store and draw else None
    for name in list(waiting) if store else []:
        finished = store.find(files[name], keys[name]) if store else None
        if finished is not None:
            done[name] = finished
            if pages:
                pages.keep(finished, waiting[name])
            del waiting[name]
            outcome.skipped += 1
    for name in done:
        tick(name)
    for graded in grade_all(list(waiting.values()), opening, jobs):
        if graded.unreadable:
            done[graded.name] = Ungraded(graded.name, graded.unreadable)
        else:
            done[graded.name] = made = _document(order, graded)
            outcome.ours += graded.ours or _has_error(made)
            if store:
                store.save(files[graded.name], keys[graded.name], made)
            if pages:
                pages.write(made, submissions[graded.name])
        tick(graded.name)
    outcome.pages = pages.paths if pages else {}
    return _finish(order, outcome, done, store)


def _read(order: Order, done: dict[str, Document | Ungraded]) -> Iterator[tuple[str, Submission]]:
    for name, path in order.found:
        try:
            follow, folders = not order.is_class, order.assignment.kit.folders
            yield name, read_submission(path, order.assignment.name, name, follow_link=follow, folders=folders)
        except Unreadable as reason:
            done[name] = Ungraded(name, str(reason))


def _key(order: Order, submission: Submission, assigned: str) -> str:
    return key(
        submission_sha256=submission.sha256,
        assignment=order.assignment.name,
        assignment_sha256=assigned,
        seed=order.seed,
        audience=order.audience,
        tasks=order.only,
        profile=order.profile,
    )


def _document(order: Order, graded: Graded) -> Document:
    assert graded.report is not None
    return document(
        graded.report,
        assignment=order.assignment.name,
        submission=graded.name,
        sha256=graded.sha256,
        seed=order.seed,
        audience=order.audience,
        environment=environment(),
        isolation=order.isolation,
        review=_too_good(order, graded.report),
        hints=order.assignment.hints,
    )


def _has_error(made: Document) -> bool:
    """Whether a check failed through no fault of the submission."""
    return any(check.status == "error" for task in made.tasks for check in task.checks)


def _too_good(order: Order, report: Report) -> bool:
    """Full marks on a machine that does not confine student code may have been read off: somebody should look."""
    return order.isolation.level < CONFINED and report.score == report.max_score


def _finish(order: Order, outcome: Outcome, done: dict[str, Document | Ungraded], store: Store | None) -> Outcome:
    for name, _ in order.found:
        made = done[name]
        if isinstance(made, Ungraded):
            outcome.ungraded.append(made)
        else:
            outcome.documents.append(made)
    if store:
        outcome.notes += store.notes
        if order.is_class:
            store.write(GRADES, grades(outcome.documents, outcome.ungraded))
    return outcome
