"""Grade a class, in this process or in several, and hand out each result as it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from grader.classroom.session import Graded, Session
from grader.sandbox.shared import end_with_parent
from grader.submissions import Submission

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

Opening = Callable[[], Session]
"""Opens a session; for several processes it must be picklable, as a `functools.partial` of a module's function is."""


def grade_all(submissions: Sequence[Submission], opening: Opening, jobs: int) -> Iterator[Graded]:
    """Grade submissions with `jobs` processes. Results come in any order."""
    jobs = min(jobs, len(submissions))
    if jobs <= 1:
        with opening() as session:
            for submission in submissions:
                yield session.grade(submission)
        return
    import multiprocessing  # not needed, and not loaded, for one process
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_open, initargs=(opening,)) as pool:
        yield from _in_any_order(pool, submissions)


def _in_any_order(pool: ProcessPoolExecutor, submissions: Sequence[Submission]) -> Iterator[Graded]:
    from concurrent.futures import FIRST_COMPLETED, wait

    pending: set[Future[Graded]] = {pool.submit(_grade, submission) for submission in submissions}
    while pending:
        done, pending = wait(pending, return_when=FIRST_COMPLETED)
        for future in done:
            yield future.result()


_session: Session | None = None


def _open(opening: Opening) -> None:
    from multiprocessing.util import Finalize

    global _session
    end_with_parent()
    _session = opening().__enter__()
    Finalize(None, _session.__exit__, args=(None, None, None), exitpriority=10)


def _grade(submission: Submission) -> Graded:
    assert _session is not None
    return _session.grade(submission)
