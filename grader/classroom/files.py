"""Files in a folder that others may have touched: written whole or not at all, read with suspicion."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path


class NotAFile(Exception):
    """Something else stands there, or too much of it; completes a sentence that begins with the name."""


def read(path: Path, largest: int) -> bytes | None:
    """Read an ordinary file, None where there is none. A link is not followed, a pipe not waited for.

    Raises `NotAFile` for anything else and for more than `largest` bytes; OSError where it cannot be read.
    """
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found.st_mode):
        raise NotAFile("is no ordinary file")
    if found.st_size > largest:
        raise NotAFile(f"has {found.st_size} bytes; expected at most {largest}")
    return path.read_bytes()


def write(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Write a file beside its place, and put it there when it is complete and on the disk. Raises OSError."""
    beside = path.with_name(f".{secrets.token_hex(8)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(beside, flags, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Make a new name outlast a power failure, where folders can be opened (not on Windows)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
