"""Processes of our own that try mutants, each against a clock: an edit may loop without end, or eat all memory.

The standard pools cannot end a single job. Here a process that is late is killed, and another takes its place.
"""

from __future__ import annotations

import math
import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Literal

import msgspec

Opening = Callable[[], Any]
"""Makes the object whose methods are the jobs, in a process of its own; it must be picklable."""

MEMORY_BYTES = 4 * 2**30
START_S = 120.0
LIMIT_S = 15.0
"""Seconds for one job unless more are given: the slowest task of the course takes 0.1 s."""

SPAWN = multiprocessing.get_context("spawn")


class CrewError(Exception):
    """The processes cannot work at all: our own failure, in one line."""


class Ended(msgspec.Struct, frozen=True):
    """A job without a result: it was late, it ended its process, or it raised an error of our own."""

    how: Literal["timeout", "crashed", "raised"]
    text: str = ""


class Hand(msgspec.Struct, eq=False):
    """One process; `place` is the job it works at, `until` when it must have answered."""

    process: Any
    wire: Connection
    until: float
    ready: bool = False
    place: int | None = None

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.wire.close()


class Crew:
    """Some processes that do jobs; a context manager, for they must be ended."""

    def __init__(self, opening: Opening, hands: int) -> None:
        self._opening = opening
        self._hands = [self._hire() for _ in range(hands)]

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        for hand in self._hands:
            hand.end()

    def work(self, method: str, jobs: Sequence[Any], limit_s: float = LIMIT_S) -> Iterator[tuple[int, Any]]:
        """Call a method with each job. Yields (place in `jobs`, what it returned or how it `Ended`), in any order.

        Raises `CrewError` where the processes cannot even start.
        """
        waiting = deque(range(len(jobs)))
        missing = len(jobs)
        while missing:
            for hand in self._hands:
                if hand.ready and hand.place is None and waiting:
                    hand.place, hand.until = waiting.popleft(), time.monotonic() + limit_s
                    with suppress(OSError):  # it is gone, which is heard below
                        hand.wire.send((method, jobs[hand.place]))
            for place, result in self._news():
                missing -= 1
                yield place, result

    def _news(self) -> list[tuple[int, Any]]:
        busy = [hand for hand in self._hands if not hand.ready or hand.place is not None]
        patience = max(0.0, min(hand.until for hand in busy) - time.monotonic())
        wait([hand.wire for hand in busy], timeout=None if math.isinf(patience) else patience)
        return [news for hand in busy for news in self._heard(hand)]

    def _heard(self, hand: Hand) -> list[tuple[int, Any]]:
        """What one process has to say, if anything; one that is late or gone is replaced."""
        place = hand.place
        if hand.wire.poll():
            with suppress(EOFError, OSError):
                said = hand.wire.recv()
                hand.place, hand.until = None, math.inf
                if hand.ready:
                    return [(place, said)] if place is not None else []
                hand.ready = _started(said)
                return []
            return self._lost(hand, place, "crashed")
        return self._lost(hand, place, "timeout") if time.monotonic() > hand.until else []

    def _lost(self, hand: Hand, place: int | None, how: Literal["timeout", "crashed"]) -> list[tuple[int, Any]]:
        hand.end()
        if place is None:
            raise CrewError(f"a process that tries mutants did not start ({how})")
        self._hands[self._hands.index(hand)] = self._hire()
        return [(place, Ended(how))]

    def _hire(self) -> Hand:
        ours, theirs = SPAWN.Pipe()
        process = SPAWN.Process(target=_serve, args=(self._opening, theirs), daemon=True)
        process.start()
        theirs.close()
        return Hand(process, ours, time.monotonic() + START_S)


def _started(said: Any) -> bool:
    if isinstance(said, Ended):
        raise CrewError(f"a process that tries mutants did not start: {said.text}")
    return True


def _serve(opening: Opening, wire: Connection) -> None:
    """The whole life of one process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    try:
        worker = opening()
    except Exception as error:
        wire.send(Ended("raised", f"{type(error).__name__}: {error}"))
        return
    wire.send(None)
    while True:
        method, job = wire.recv()
        wire.send(_done(worker, method, job))


def _done(worker: Any, method: str, job: Any) -> Any:
    try:
        return getattr(worker, method)(job)
    except Exception as error:
        return Ended("raised", f"{type(error).__name__}: {error}")


def _limit_memory() -> None:
    """An array of a mutant may be as large as all memory; where the system can, that is an error and no more."""
    limits: Mapping[str, Any]
    with suppress(ImportError, OSError, ValueError):
        import resource

        limits = vars(resource)
        limits["setrlimit"](limits["RLIMIT_AS"], (MEMORY_BYTES, MEMORY_BYTES))
