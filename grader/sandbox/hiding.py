"""The grader keeps to one of its own layers: while a zygote lives, nobody looks into its memory."""

from __future__ import annotations

import contextlib

from .worker import kernel

_hiding: set[object] = set()


def hide(holder: object) -> None:
    """Close this process, which holds the answers, to others of the same user: no tracing, no reading of memory."""
    _hiding.add(holder)
    with contextlib.suppress(OSError):
        kernel.undumpable()


def show(holder: object) -> None:
    """Undo that with the last holder: a debugger may attach again."""
    if holder in _hiding:
        _hiding.remove(holder)
        if not _hiding:
            with contextlib.suppress(OSError):
                kernel.prctl(kernel.PR_SET_DUMPABLE, 1)
