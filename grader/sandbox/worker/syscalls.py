"""The numbers of the system calls that a computation needs, on the machines that are known.

They are the kernel's, from its headers: asm/unistd_64.h for x86_64, asm-generic/unistd.h for aarch64. The table of
aarch64 is compared with the header in the tests; it has not been run.
"""

from __future__ import annotations

from typing import NamedTuple

COMPUTE = (
    "read", "write", "readv", "writev", "close", "lseek",
    "munmap", "brk", "mremap", "madvise",
    "futex", "sched_yield", "restart_syscall",
    "clock_gettime", "clock_getres", "gettimeofday", "nanosleep", "clock_nanosleep",
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack",
    "getrandom", "getpid", "gettid", "getrusage", "exit", "exit_group",
)  # fmt: skip
"""What runs on memory, time and descriptors that are open already. Nothing opens, names, starts or signals."""

MAPPING = ("mmap", "mprotect")
"""Allowed unless they ask for executable memory."""


class Machine(NamedTuple):
    """How the kernel names an architecture to a filter (AUDIT_ARCH_…), and its numbers."""

    audit: int
    numbers: dict[str, int]


_X86_64 = {
    "read": 0, "write": 1, "close": 3, "lseek": 8, "mmap": 9, "mprotect": 10, "munmap": 11, "brk": 12,
    "rt_sigaction": 13, "rt_sigprocmask": 14, "rt_sigreturn": 15, "readv": 19, "writev": 20, "sched_yield": 24,
    "mremap": 25, "madvise": 28, "nanosleep": 35, "getpid": 39, "exit": 60, "gettimeofday": 96, "getrusage": 98,
    "sigaltstack": 131, "gettid": 186, "futex": 202, "restart_syscall": 219, "clock_gettime": 228,
    "clock_getres": 229, "clock_nanosleep": 230, "exit_group": 231, "getrandom": 318,
}  # fmt: skip

_AARCH64 = {
    "close": 57, "lseek": 62, "read": 63, "write": 64, "readv": 65, "writev": 66, "exit": 93, "exit_group": 94,
    "futex": 98, "nanosleep": 101, "clock_gettime": 113, "clock_getres": 114, "clock_nanosleep": 115,
    "sched_yield": 124, "restart_syscall": 128, "sigaltstack": 132, "rt_sigaction": 134, "rt_sigprocmask": 135,
    "rt_sigreturn": 139, "getrusage": 165, "gettimeofday": 169, "getpid": 172, "gettid": 178, "brk": 214,
    "munmap": 215, "mremap": 216, "mmap": 222, "mprotect": 226, "madvise": 233, "getrandom": 278,
}  # fmt: skip

MACHINES = {"x86_64": Machine(0xC000003E, _X86_64), "aarch64": Machine(0xC00000B7, _AARCH64)}
