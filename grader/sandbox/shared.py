"""The one zygote that a run shares: started when it is first needed, or ahead of that, and ended with its last user."""

from __future__ import annotations

import atexit
import contextlib
import os
import sys

from .errors import SandboxError
from .worker import seccomp
from .zygote import Zygote

_shared = Zygote()
_users = 0


def possible() -> bool:
    """Whether this machine has what a zygote and a filter need. Starts nothing."""
    if sys.platform != "linux" or not hasattr(os, "pidfd_open"):
        return False
    try:
        import fcntl  # noqa: F401
        import resource  # noqa: F401
        import select  # noqa: F401
    except ImportError:
        return False
    return seccomp.supported()


def prestart() -> None:
    """Have the shared zygote under way while the caller imports the rest; what goes wrong is told when it is used."""
    if possible():
        with contextlib.suppress(SandboxError):
            _shared.start()


def current() -> Zygote:
    """Return the zygote of this process. It ends with its last user, or with the process."""
    return _shared


def acquire() -> Zygote:
    """Return the shared zygote, and be one of its users."""
    global _users
    _users += 1
    return _shared


def release() -> None:
    """No longer be one of its users."""
    global _users
    _users -= 1
    if not _users:
        _shared.close()


def end_with_parent() -> None:
    """Have this process end when the one that started it does, killed or not. On Linux alone; elsewhere it goes on."""
    if sys.platform == "linux":
        from .worker import kernel

        kernel.die_with_parent()


atexit.register(_shared.close)
