"""Processor time of another process, by the kernel alone."""

from __future__ import annotations

import contextlib
import sys
import time


def used_s(pid: int) -> float | None:
    """Return the processor seconds that a process has used; None where the system has no such clock (Linux has)."""
    clock = getattr(time, "clock_gettime", None)
    if clock is None or sys.platform != "linux":
        return None
    with contextlib.suppress(OSError):
        return float(clock((~pid << 3) | 2))
    return None


def limit_s(pid: int) -> int | None:
    """Return the hard limit on a process's processor seconds, as it is seen from outside; None for none."""
    for line in _limits_of(pid).splitlines():
        if line.startswith("Max cpu time"):
            hard = line.split()[4]
            return int(hard) if hard.isdigit() else None
    return None


def _limits_of(pid: int) -> str:
    with contextlib.suppress(OSError), open(f"/proc/{pid}/limits", encoding="ascii") as limits:
        return limits.read()
    return ""
