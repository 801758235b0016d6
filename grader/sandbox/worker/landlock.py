"""The second barrier: a ruleset that handles every right the kernel knows, and grants none.

Source: the kernel's Documentation/userspace-api/landlock.rst.
"""

from __future__ import annotations

import ctypes
import os

from . import kernel

_CREATE_RULESET, _RESTRICT_SELF = 444, 446
"""One number on every architecture."""

_ASK_VERSION = 1
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}
"""ABI version: how many of the bits of `handled_access_fs` are defined since."""

_TCP_SINCE, _SCOPES_SINCE = 4, 6
_BIND_AND_CONNECT = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11


class Ruleset(ctypes.Structure):
    """`struct landlock_ruleset_attr`."""

    _fields_ = [("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


def version() -> int:
    """Return the ABI version of this kernel, 0 where it has no Landlock."""
    try:
        return kernel.syscall(_CREATE_RULESET, 0, 0, _ASK_VERSION) if kernel.AVAILABLE else 0
    except OSError:
        return 0


def everything(abi: int) -> Ruleset:
    """Return the ruleset that handles all that version `abi` knows; what came later than version 7 is left out."""
    bits = max(count for since, count in _FILE_RIGHTS.items() if since <= abi)
    net = _BIND_AND_CONNECT if abi >= _TCP_SINCE else 0
    return Ruleset((1 << bits) - 1, net, _ABSTRACT_SOCKETS_AND_SIGNALS if abi >= _SCOPES_SINCE else 0)


def _size(abi: int) -> int:
    """Return the bytes of the structure that version `abi` knows."""
    return 24 if abi >= _SCOPES_SINCE else 16 if abi >= _TCP_SINCE else 8


def install(ruleset: Ruleset, abi: int) -> None:
    """Deny this process everything that `ruleset` handles, for good. Raises OSError."""
    descriptor = kernel.syscall(_CREATE_RULESET, ctypes.byref(ruleset), _size(abi), 0)
    try:
        kernel.syscall(_RESTRICT_SELF, descriptor, 0)
    finally:
        os.close(descriptor)
