"""The three pipes of a worker of the zygote: requests, replies, output."""

from __future__ import annotations

import contextlib
import os

_PIPE_BYTES = 2**20


def pipes() -> tuple[list[int], list[int]]:
    """Make the pipes of a worker: its ends, and ours (requests, replies, output)."""
    (requests, to), (replies, answers), (output, printed) = os.pipe(), os.pipe(), os.pipe()
    for ours in (to, replies, output):
        os.set_blocking(ours, False)
    for wide in (to, answers):
        _widen(wide)
    return [requests, answers, printed], [to, replies, output]


def _widen(pipe: int) -> None:
    import fcntl

    with contextlib.suppress(OSError):  # an unprivileged user has only so much
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def close_all(descriptors: list[int]) -> None:
    for descriptor in descriptors:
        os.close(descriptor)
