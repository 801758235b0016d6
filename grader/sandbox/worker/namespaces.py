"""A machine of its own, as far as the kernel makes believe: no files, no network, no other processes.

A process enters once, its children are in. There is no way back, so a child tries first.

Source: namespaces(7), user_namespaces(7), pivot_root(2).
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable

from . import kernel

_NEW_MOUNTS, _NEW_HOST_NAME, _NEW_IPC, _NEW_USERS = 0x20000, 0x4000000, 0x8000000, 0x10000000
NEW_PROCESSES, _NEW_NETWORK = 0x20000000, 0x40000000
_ALL = _NEW_MOUNTS | _NEW_HOST_NAME | _NEW_IPC | _NEW_USERS | NEW_PROCESSES | _NEW_NETWORK

_READ_ONLY, _NO_SUID, _NO_DEVICES, _NO_EXEC, _REMOUNT, _BIND, _RECURSIVE, _PRIVATE = (
    1, 2, 4, 8, 32, 4096, 16384, 1 << 18,
)  # fmt: skip
_DETACH = 2
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}


def enter() -> None:
    """Leave everything that the machine shares, and become the user of before in namespaces of one's own.

    Children are in the new process namespace, this process is not. Raises OSError, and with more than one thread
    the kernel answers EINVAL.
    """
    user, group = os.getuid(), os.getgid()
    unshare(_ALL)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)  # else the maps belong to root; a change of user id took it away
    _write("setgroups", "deny")
    _write("uid_map", f"{user} {user} 1")
    _write("gid_map", f"{group} {group} 1")
    kernel.undumpable()


def empty_root() -> None:
    """Replace the whole tree of files by an empty one that nobody can write to. Raises OSError."""
    _mount("none", "/", None, _RECURSIVE | _PRIVATE, None)
    _mount("none", "/tmp", "tmpfs", _NO_SUID | _NO_DEVICES | _NO_EXEC, "size=4k,nr_inodes=2,mode=555")
    os.chdir("/tmp")
    kernel.syscall(_PIVOT_ROOT[os.uname().machine], b".", b".")
    kernel.checked(kernel.libc().umount2(b".", _DETACH), "umount2")
    os.chdir("/")
    _mount("none", "/", None, _REMOUNT | _BIND | _READ_ONLY | _NO_SUID | _NO_DEVICES | _NO_EXEC, None)


def unshare(flags: int) -> None:
    """Call unshare(2). Raises OSError."""
    kernel.checked(kernel.libc().unshare(flags), "unshare")


def set_process_namespace(descriptor: int) -> None:
    """Choose the process namespace of the children to come. Raises OSError."""
    kernel.checked(kernel.libc().setns(descriptor, NEW_PROCESSES), "setns")


def possible() -> str:
    """Try all of it in a child; return "" where it works, else why not."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            os.write(writing, _tried(_rehearse).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        reason = said.read().decode("utf-8", "replace")
    os.waitpid(child, 0)
    return "" if reason == "entered" else reason or "namespaces: the trial ended early"


def _rehearse() -> None:
    """Enter, and have a child make the root and a process namespace for a worker."""
    enter()
    child = os.fork()
    if child == 0:
        os._exit(0 if _tried(_as_first_process) == "entered" else 1)
    if os.waitpid(child, 0)[1]:
        raise OSError("an empty root or a process namespace is refused")


def _as_first_process() -> None:
    own = os.open("/proc/self/ns/pid", os.O_RDONLY)
    empty_root()
    unshare(NEW_PROCESSES)
    if (child := os.fork()) == 0:
        os._exit(0)
    os.waitpid(child, 0)
    set_process_namespace(own)


def _tried(act: Callable[[], None]) -> str:
    try:
        act()
    except OSError as error:
        return f"namespaces: {error}"
    return "entered"


def _write(name: str, text: str) -> None:
    with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
        file.write(text)


def _mount(source: str, target: str, kind: str | None, flags: int, options: str | None) -> None:
    texts = [text.encode() if text is not None else None for text in (source, target, kind, options)]
    kernel.checked(kernel.libc().mount(texts[0], texts[1], texts[2], flags, texts[3]), f"mount {target}")
