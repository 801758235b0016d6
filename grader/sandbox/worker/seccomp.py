"""The main barrier: a filter in the kernel that lets a process compute, and nothing else.

A filter is a program of the classic Berkeley packet filter over

    struct seccomp_data { int nr; u32 arch; u64 instruction_pointer; u64 args[6]; }

Another architecture, and the x32 numbers of x86_64, end the process: they would be read by the wrong table.
Everything that is not listed is answered EPERM, so that `open()` is an ordinary PermissionError for its author.

Source: the kernel's Documentation/userspace-api/seccomp_filter.rst.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct

from . import kernel
from .syscalls import COMPUTE, MACHINES, MAPPING

_LOAD, _IF_EQUAL, _IF_AT_LEAST, _IF_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NR, _ARCH, _THIRD_ARGUMENT = 0, 4, 32
_KILL, _ALLOW, _REFUSE = 0x80000000, 0x7FFF0000, 0x00050000 | errno.EPERM
_X32 = 0x40000000
_PROT_EXEC = 4

Instruction = tuple[int, int, int, int]
"""code, jump if true, jump if false, constant"""


def program(machine: str) -> list[Instruction]:
    """Write the filter for a machine of `MACHINES`."""
    audit, numbers = MACHINES[machine]
    mapping = [numbers[name] for name in MAPPING]
    listed = [numbers[name] for name in COMPUTE]
    body: list[Instruction] = [
        (_LOAD, 0, 0, _ARCH),
        (_IF_EQUAL, 1, 0, audit),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NR),
    ]
    if machine == "x86_64":
        body += [(_IF_AT_LEAST, 0, 1, _X32), (_RETURN, 0, 0, _KILL)]
    # The end is: …, refuse, allow, load the protection, is it executable, refuse, allow.
    left = len(mapping) + len(listed)
    for place, number in enumerate([*mapping, *listed]):
        to_refuse = left - place - 1
        body.append((_IF_EQUAL, to_refuse + (2 if place < len(mapping) else 1), 0, number))
    body += [(_RETURN, 0, 0, _REFUSE), (_RETURN, 0, 0, _ALLOW)]
    body += [(_LOAD, 0, 0, _THIRD_ARGUMENT), (_IF_ANY_BIT, 0, 1, _PROT_EXEC), (_RETURN, 0, 0, _REFUSE)]
    return [*body, (_RETURN, 0, 0, _ALLOW)]


class Filter(ctypes.Structure):
    """`struct sock_fprog`, with the instructions that it points to."""

    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def compiled(machine: str) -> Filter:
    """Return the filter in the form that the kernel takes."""
    written = program(machine)
    return Filter(len(written), b"".join(struct.pack("=HBBI", *each) for each in written))


def supported() -> bool:
    """Whether this kernel takes filters and this machine has a table. Asking installs nothing."""
    if not kernel.AVAILABLE or os.uname().machine not in MACHINES:
        return False
    try:
        kernel.prctl(kernel.PR_SET_SECCOMP, kernel.SECCOMP_MODE_FILTER)  # no filter at all: EFAULT where known
    except OSError as error:
        return error.errno == errno.EFAULT
    return False


def install(compiled_filter: Filter) -> None:
    """Put the filter on this process, for good. Raises OSError."""
    kernel.prctl(kernel.PR_SET_SECCOMP, kernel.SECCOMP_MODE_FILTER, ctypes.byref(compiled_filter))
