"""Why a worker process is gone, in the words that a student reads."""

from __future__ import annotations

import signal

from ..limits import Limits
from ..questions import Trouble
from .worker.wire import Violation


class Death(Exception):
    """The process is gone, or had to go. `message` completes a sentence that begins with what it was doing."""

    def __init__(self, status: Trouble, message: str) -> None:
        super().__init__(status, message)
        self.status: Trouble = status
        self.message = message


def exited(code: int | None, limits: Limits) -> Death:
    """Return the death of a child that ended by itself, by its exit code; None where it only closed its replies."""
    if code is None:
        return Death("crashed", "closed the connection to the grader")
    if code >= 0:
        return Death("crashed", f"ended its process (exit code {code})")
    name = _signal_name(-code)
    if name == "SIGXCPU":
        return Death("timeout", f"used more than {limits.cpu_s} s of processor time and was stopped")
    hint = "; the machine may have run out of memory" if name == "SIGKILL" else ""
    return Death("crashed", f"crashed its process ({name}{hint})")


def flooded(limits: Limits) -> Death:
    """Return the death of a child that printed too much."""
    return Death("flood", f"printed more than {limits.output_max / 2**20:.3g} MB and was stopped")


def violated(violation: Violation) -> Death:
    """Return the death of a child that did not keep to the protocol."""
    return Death("violation", f"broke the protocol: {violation}")


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
