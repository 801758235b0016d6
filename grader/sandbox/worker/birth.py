"""From a fork of the zygote to a worker that is confined. Nothing of the student's runs before the last layer is on."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NoReturn

from .layers import Caps, Wrapping
from .serve import serve

REQUESTS, REPLIES, FIRST_SPARE = 3, 4, 5
UNCONFINED = 71
"""Exit code of a child that could not be confined, and therefore did nothing."""

_BUFFER = 2**16
_OPEN_MAX = os.sysconf("SC_OPEN_MAX") if hasattr(os, "sysconf") else 0


def live(pipes: Sequence[int], nothing: int, wrapping: Wrapping, caps: Caps) -> NoReturn:
    """Be a worker on `pipes` (requests, replies, output), and end. `nothing` is a descriptor with nothing to read."""
    code = UNCONFINED
    try:
        wire(pipes, nothing)
        requests, replies = os.fdopen(REQUESTS, "rb", _BUFFER), os.fdopen(REPLIES, "wb", 0)
        wrapping.put_on(caps)
        code = 1
        serve(requests, replies)
        code = 0
    except BaseException as error:
        os.write(2, f"{type(error).__name__}: {error}\n".encode("utf-8", "replace"))
    finally:
        os._exit(code)


def wire(pipes: Sequence[int], nothing: int) -> None:
    """Put the pipes where they belong, and close all else. The zygote receives them at the lowest free numbers."""
    requests, replies, output = pipes
    if (requests, replies) != (REQUESTS, REPLIES):
        raise OSError(f"the pipes came as {requests} and {replies}; expected {REQUESTS} and {REPLIES}")
    os.dup2(nothing, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.closerange(FIRST_SPARE, _OPEN_MAX)
