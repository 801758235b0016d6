"""Where submissions are opened, and where their processes end at the latest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Protocol, Self

from ..kit import Kit
from ..limits import Limits
from . import shared
from .confined import Confined
from .process import Process
from .resolve import Homes
from .session import Files, Session, Worker
from .zygote import Zygote


class SourceFile(Protocol):
    """One file: its POSIX path in the submission, and its bytes."""

    @property
    def path(self) -> str: ...
    @property
    def content(self) -> bytes: ...


class Submission(Protocol):
    """What is read of a submission here."""

    @property
    def files(self) -> Iterable[SourceFile]: ...


class Sandbox:
    """Where submissions are opened in one run: a context manager that leaves no process behind.

    Workers are forked by the zygote that this process shares where the kernel can confine them, and are processes
    without confinement elsewhere. `start`, which makes one worker, takes the place of both.
    """

    def __init__(self, limits: Limits | None = None, start: Callable[[Limits], Worker] | None = None) -> None:
        self._limits = limits if limits is not None else Limits()
        self._borrows = start is None and shared.possible()
        self._start = start or (_confined(shared.acquire()) if self._borrows else Process)
        self._open: list[Confined] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for one in self._open:
            one.close()
        if self._borrows:
            self._borrows = False
            shared.release()

    def open(self, submission: Submission, wanted: Mapping[str, Homes], kit: Kit | None = None) -> Confined:
        """Read and import a submission; `wanted` maps each graded function to its template files, without ending.

        Raises `SandboxError` where no worker can be started; whatever the submission does becomes an answer.
        """
        contents = {file.path: file.content for file in submission.files}
        session = Session(self._start, self._limits, Files(contents, tuple(wanted), kit or Kit()))
        self._open = [one for one in self._open if not one.closed]
        confined = Confined(session)
        self._open.append(confined)
        confined.prepare(tuple(contents), wanted)
        return confined


def _confined(source: Zygote) -> Callable[[Limits], Worker]:
    from .forked import Forked  # needs modules that not every system has

    return partial(Forked, source)
