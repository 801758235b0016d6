"""Runs a command as a user who owns nothing here, from a root's shell.

Python may lie in a folder that only root can enter. Nothing is copied: in a mount namespace of its own the command
sees an open, empty folder in that place, with the interpreter bound into it.

    python -m tests.hostile.ordinary USER COMMAND...
"""

import ctypes
import os
import stat
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NEW_MOUNTS, BIND, RECURSIVE, PRIVATE = 0x20000, 4096, 16384, 1 << 18


def run_as(user, command, **options):
    """Run `command` as `user` (a number), and return what became of it as `subprocess.run` does."""
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"}
    environment |= {name: os.environ[name] for name in ("GRADER_WHOLE", "PYTHONPATH") if name in os.environ}
    words = [sys.executable, "-m", "tests.hostile.ordinary", str(user), *map(str, command)]
    return subprocess.run(words, cwd=ROOT, env=environment, check=False, **options)


def open_the_way():
    """Make the interpreter, its libraries and this project readable for everybody, for this process alone."""
    needed = {Path(place).resolve() for place in (sys.base_prefix, sys.prefix, ROOT)}
    closed = {}
    for place in needed:
        for folder in reversed([place, *place.parents]):
            if not folder.stat().st_mode & stat.S_IXOTH:
                closed.setdefault(folder, []).append(place)
                break
    if not closed:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    checked(libc.unshare(NEW_MOUNTS))
    checked(libc.mount(b"none", b"/", None, RECURSIVE | PRIVATE, None))
    for folder, places in closed.items():
        handles = [(place, os.open(place, os.O_PATH)) for place in places if place != folder]
        checked(libc.mount(b"none", bytes(folder), b"tmpfs", 0, b"mode=755"))
        for place, handle in handles:
            place.mkdir(parents=True)
            checked(libc.mount(f"/proc/self/fd/{handle}".encode(), bytes(place), None, BIND | RECURSIVE, None))


def checked(result):
    if result == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def become(user):
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


if __name__ == "__main__":
    open_the_way()
    become(int(sys.argv[1]))
    os.execv(sys.argv[2], sys.argv[2:])
