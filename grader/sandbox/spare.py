"""The worker that is forked ahead: while one submission is at work, the next finds its process ready.

It is a worker like any other: confined before it reads its first request, and without anything of a submission's.
"""

from __future__ import annotations

import select
from typing import NamedTuple

from .pipes import close_all

Caps = dict[str, int]
"""What a worker may use, as it is asked for."""

ENOUGH = 2
"""So many workers with the same caps, one after another, make a third likely."""


class Born(NamedTuple):
    """A worker: its number for the zygote, a handle on the process, and the grader's ends of its pipes."""

    pid: int
    handle: int
    requests: int
    replies: int
    output: int


class Spare:
    """At most one worker: asked for, or ready, or refused; and what was asked for lately."""

    def __init__(self) -> None:
        self._caps: Caps = {}
        self._pipes: list[int] = []
        self._there: Born | str | None = None
        self._asked: tuple[Caps, int] = ({}, 0)

    @property
    def due(self) -> bool:
        """Whether one was asked for, and nothing has been heard of it."""
        return bool(self._pipes)

    def likely(self, caps: Caps) -> bool:
        """Note that a worker was handed out; say whether another like it will be wanted."""
        same, times = self._asked
        self._asked = (caps, times + 1 if same == caps else 1)
        return self._asked[1] >= ENOUGH

    def ordered(self, caps: Caps, pipes: list[int]) -> None:
        """One was asked for; `pipes` are our ends."""
        self._caps, self._pipes = caps, pipes

    def came(self, pid: int, handles: list[int], why: str) -> None:
        """It is there, or was refused for a reason."""
        pipes, self._pipes = self._pipes, []
        if handles:
            self._there = Born(pid, handles[0], *pipes)
        else:
            close_all(pipes)
            self._there = why

    def fits(self, caps: Caps) -> bool:
        """Whether one is there that may use so much, and has not ended by now."""
        return self._caps == caps and isinstance(self._there, Born) and not _has_ended(self._there)

    def taken(self) -> Born | str | None:
        """Hand out what came of the request: the worker, or why there is none."""
        there, self._there = self._there, None
        return there

    def drop(self) -> None:
        """Let go of it: its zygote ends, and every worker with it."""
        born = self.taken()
        close_all([*self._pipes, *(born[1:] if isinstance(born, Born) else ())])
        self._pipes, self._asked = [], ({}, 0)


def _has_ended(born: Born) -> bool:
    poll = select.poll()
    poll.register(born.handle, select.POLLIN)
    return bool(poll.poll(0))
