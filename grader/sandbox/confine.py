"""What keeps the student's code away from the machine: measured once a run, and said in one sentence.

    level 3   a kernel filter that lets a worker compute and nothing else, in namespaces of its own
    level 2   the filter without the namespaces
    level 1   limits alone (any POSIX system)
    level 0   not even a limit on memory (Windows)

A level above 1 is only given to a worker that did not get out in any of twelve attempts.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from functools import cache, partial

import msgspec

from ..limits import Limits
from . import shared
from .errors import SandboxError
from .selfcheck import SelfCheck, self_checks
from .session import Worker
from .zygote import Zygote


class Isolation(msgspec.Struct, frozen=True):
    """How far the student's code is confined: `level` 0 or 1 is not at all. `claim` is printed in every report.

    `layers` are those in force, `missing` says of each that was refused why; `checks` are the twelve, where they were
    made.
    """

    level: int
    claim: str
    layers: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    checks: tuple[SelfCheck, ...] = ()


_NOT_CONFINED = (
    "student code is NOT confined: it runs as you, and can read your files, the answers among them, and use the "
    "network. It runs in another process, with limits on time, output{memory}; the answers are never in that process"
)
_LEAKS = (
    "student code is NOT confined: {count} of {total} self-checks failed ({names}), so it may reach your files or the "
    "network. The answers are in another process"
)
_TURN_S = 2e-4
"""How long a thread may keep the others waiting; Python's own 5 ms a turn are as long as a whole worker."""

_UNKNOWN = "nothing is known of how student code is confined: {error}"
_CONFINED = "student code is confined: a kernel filter lets it compute, and refuses it files, network and processes"
_OWN_WORLD = "; it runs in namespaces of its own, on an empty root"
_NO_NAMESPACES = "; this machine grants it no namespaces"


@cache
def isolation(thorough: bool = False) -> Isolation:
    """Measure what this machine gives, in throw-away workers; once a process.

    `thorough` makes the attempts where nothing confines, too, and waits for the kernel's own limit of processor time.
    """
    if shared.possible():
        try:
            return measured(shared.current(), thorough)
        except SandboxError as error:
            return Isolation(1, _UNKNOWN.format(error=error))
    return _unconfined(_attempts_without(thorough))


def measuring() -> Callable[[], Isolation]:
    """Begin to measure, and return what waits for the result; it raises what `isolation` raised.

    Meanwhile the caller may do anything but use the shared zygote. Threads take turns oftener until the result is
    there: who measures has little to do at a time, and often.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(_TURN_S)
    found: list[Isolation] = []
    failed: list[BaseException] = []

    def measure() -> None:
        try:
            found.append(isolation())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=measure)
    try:
        thread.start()
    except RuntimeError:  # the system refuses one more thread
        measure()

    def result() -> Isolation:
        if thread.ident is not None:
            thread.join()
        sys.setswitchinterval(before)
        if failed:
            raise failed[0]
        return found[0]

    return result


def measured(source: Zygote, thorough: bool = False, limits: Limits | None = None) -> Isolation:
    """Measure what the workers of one zygote are kept from. Raises `SandboxError` where none can be had."""
    from .forked import Forked

    layers, missing = source.layers, (source.refused,) if source.refused else ()
    checks = self_checks(partial(Forked, source), limits or Limits(), thorough)
    failed = [check.name for check in checks if not check.held]
    passed = f"; {len(checks) - len(failed)} of {len(checks)} self-checks passed"
    if failed or not layers.seccomp:
        claim = _LEAKS.format(count=len(failed), total=len(checks), names=", ".join(failed))
        return Isolation(1, claim, layers.names(), missing, checks)
    level, where = (3, _OWN_WORLD) if layers.namespaces else (2, _NO_NAMESPACES)
    return Isolation(level, f"{_CONFINED}{where}{passed}", layers.names(), missing, checks)


def _unconfined(checks: tuple[SelfCheck, ...]) -> Isolation:
    if os.name == "posix":
        return Isolation(1, _NOT_CONFINED.format(memory=" and memory"), checks=checks)
    return Isolation(0, _NOT_CONFINED.format(memory=", but none on memory"), checks=checks)


def _attempts_without(thorough: bool) -> tuple[SelfCheck, ...]:
    from .process import Process

    start: Callable[[Limits], Worker] = Process
    return self_checks(start, Limits(), thorough) if thorough and os.name == "posix" else ()
