"""What the child asks of the kernel for itself, where there is such a kernel."""

from __future__ import annotations

import contextlib
import os
from typing import Any

MB = 2**20
FILE_BYTES = 16 * MB
OPEN_FILES = 64
CONFINED_FILES = 8
STACK_BYTES = 8 * MB


def apply(cpu_s: int, memory_mb: int) -> None:
    """Limit processor time (seconds), memory above what is in use (2**20 bytes), file sizes and open files.

    Does nothing where the `resource` module is missing (Windows); a limit that a system refuses is skipped.
    """
    try:
        import resource
    except ImportError:
        return
    _limit(resource, "RLIMIT_CPU", cpu_s, cpu_s + 1)  # the first ends with SIGXCPU, which says why
    _limit(resource, "RLIMIT_FSIZE", FILE_BYTES)
    _limit(resource, "RLIMIT_NOFILE", OPEN_FILES)
    _limit(resource, "RLIMIT_CORE", 0)
    in_use = address_space()
    if in_use:
        _limit(resource, "RLIMIT_AS", in_use + memory_mb * MB)


def confine(cpu_s: int, bytes_in_all: int) -> None:
    """Limit a worker of the zygote: nothing to write, nobody to start. Raises OSError or ValueError.

    Processor time has one limit, not two: the softer signal does not reach the first process of a namespace.
    """
    import resource

    for kind, most in (
        (resource.RLIMIT_CPU, cpu_s),
        (resource.RLIMIT_AS, bytes_in_all),
        (resource.RLIMIT_STACK, STACK_BYTES),
        (resource.RLIMIT_NOFILE, CONFINED_FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))


def _limit(resource: Any, name: str, soft: int, hard: int | None = None) -> None:
    # macOS refuses some, and a limit inherited from outside may be lower already.
    with contextlib.suppress(AttributeError, ValueError, OSError):
        resource.setrlimit(getattr(resource, name), (soft, soft if hard is None else hard))


def address_space() -> int:
    """Return the bytes of address space in use, 0 where that cannot be known."""
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:
            return int(statm.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return 0
