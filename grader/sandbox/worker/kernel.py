"""The system calls that Python has no word for, through the C library.

Everything is looked up when this module is imported, so that a freshly forked child need not do so. On a system
without them the module imports all the same, and `AVAILABLE` is false.
"""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Any

AVAILABLE = sys.platform == "linux"

PR_SET_PDEATHSIG, PR_GET_DUMPABLE, PR_SET_DUMPABLE = 1, 3, 4
PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2
PR_CAPBSET_READ, PR_CAPBSET_DROP = 23, 24
PR_SET_NO_NEW_PRIVS = 38
PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 47, 4

_CAPABILITY_VERSION_3 = 0x20080522
_CAPABILITIES_MAX = 64
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _KEPT_BYTES = -1, -3, 2**25


def _c_library() -> Any:
    return ctypes.CDLL(None, use_errno=True) if AVAILABLE else None


_libc = _c_library()
_library_holding_the_lock = ctypes.PyDLL(None, use_errno=True) if AVAILABLE else None


class _CapabilityHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


_no_capabilities = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable: two words each


def checked(result: int, what: str) -> int:
    """Return the result of a call of the C library. Raises OSError for -1."""
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def fork() -> int:
    """Fork, without what Python does after it for programs with threads. Raises OSError.

    Python's own `os.fork` reseeds generators and makes locks anew, on some hundred pages that the child must copy
    first. Where there is one thread, which keeps the interpreter's lock over the call, none of it is needed.
    """
    if not _holds_one_lock():
        return os.fork()
    return checked(int(_library_holding_the_lock.fork()), "fork")  # type: ignore[union-attr]


def _holds_one_lock() -> bool:
    """Whether this interpreter has the lock that is kept: there are builds without."""
    return sys.implementation.name == "cpython" and getattr(sys, "_is_gil_enabled", lambda: True)()


def prctl(option: int, *arguments: Any) -> int:
    """Call prctl(2). Raises OSError."""
    rest = (*arguments, 0, 0, 0, 0)[:4]
    return checked(
        _libc.prctl(option, *(ctypes.c_ulong(each) if type(each) is int else each for each in rest)), "prctl"
    )


def syscall(number: int, *arguments: Any) -> int:
    """Make a system call by its number. Raises OSError."""
    whole = (ctypes.c_long(each) if type(each) is int else each for each in arguments)
    return checked(int(_libc.syscall(ctypes.c_long(number), *whole)), f"system call {number}")


def libc() -> Any:
    """Return the C library, for the calls that it wraps."""
    return _libc


def undumpable() -> None:
    """Close /proc/<pid>/mem and ptrace to other processes of the same user."""
    prctl(PR_SET_DUMPABLE, 0)


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent ends. A change of user id clears it: set it after."""
    prctl(PR_SET_PDEATHSIG, 9)


def no_new_privileges() -> None:
    """Never gain privileges again: what an unprivileged process must promise before it filters its own calls."""
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def keep_freed_memory() -> None:
    """Have the C library reuse what is freed instead of giving it back: fresh pages are what large arrays cost most."""
    tune = getattr(_libc, "mallopt", None)  # not every C library has it
    if tune is not None:
        tune(_M_TRIM_THRESHOLD, _KEPT_BYTES)
        tune(_M_MMAP_THRESHOLD, _KEPT_BYTES)


def shrink_bounds() -> None:
    """Empty the bounding set, as far as this process may: no program can ever give a capability back."""
    for number in range(_CAPABILITIES_MAX):
        if _libc.prctl(PR_CAPBSET_READ, number, 0, 0, 0) != 1 or _libc.prctl(PR_CAPBSET_DROP, number, 0, 0, 0) != 0:
            return


def drop_capabilities() -> None:
    """Give up every capability. Raises OSError."""
    header = _CapabilityHeader(_CAPABILITY_VERSION_3, 0)
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    checked(_libc.capset(ctypes.byref(header), ctypes.byref(_no_capabilities)), "capset")
