"""Open regular files, and nothing else, below a path that a stranger may have prepared."""

import os
import stat
from pathlib import Path

from grader.submissions.limits import in_mb
from grader.submissions.model import Refused

# NOFOLLOW: not through a link put there since lstat. NONBLOCK: a pipe must not hold the grader up.
FLAGS = os.O_RDONLY
for _flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"):
    FLAGS |= getattr(os, _flag, 0)  # Windows has only the last

JUNCTION = 0xA0000003  # Windows: a folder that is really elsewhere
KINDS = {
    stat.S_IFLNK: "is a symbolic link; links are not followed, hand in the file itself",
    stat.S_IFIFO: "is a named pipe; regular files are expected",
    stat.S_IFSOCK: "is a socket; regular files are expected",
    stat.S_IFCHR: "is a device; regular files are expected",
    stat.S_IFBLK: "is a device; regular files are expected",
}


def lstat(path: Path) -> os.stat_result:
    """Return the state of the path itself, not of what a link points to. Raises Refused."""
    try:
        return os.lstat(path)
    except (OSError, ValueError) as error:
        raise Refused(why(error)) from None


def oddity(status: os.stat_result) -> str | None:
    """Say what makes a path neither a regular file nor a folder, or None."""
    if getattr(status, "st_reparse_tag", 0) == JUNCTION:
        return KINDS[stat.S_IFLNK]
    return odd_mode(status.st_mode)


def odd_mode(mode: int) -> str | None:
    """The same, from mode bits alone, which is all that an archive has."""
    kind = stat.S_IFMT(mode)
    if kind in (0, stat.S_IFREG, stat.S_IFDIR):
        return None
    return KINDS.get(kind, "is no regular file; regular files are expected")


def read_regular(path: Path, limit: int) -> bytes:
    """Return the bytes of a regular file of at most `limit` bytes. Raises Refused, whatever stands there."""
    if odd := oddity(lstat(path)):
        raise Refused(odd)  # before opening: to open a device can act on it
    try:
        descriptor = os.open(path, FLAGS)
        try:
            return _content(descriptor, limit)
        finally:
            os.close(descriptor)
    except (OSError, ValueError) as error:
        raise Refused(why(error)) from None


def why(error: Exception) -> str:
    """Put a failure of the operating system into the second half of a sentence."""
    if isinstance(error, FileNotFoundError):
        return "does not exist; check the path"
    if isinstance(error, PermissionError):
        return "cannot be read: permission denied; make it readable"
    if isinstance(error, IsADirectoryError):
        return "is a folder; a regular file is expected"
    reason = getattr(error, "strerror", None) or "the path is not valid here"
    return f"cannot be read: {reason.lower()}; check the path"


def _content(descriptor: int, limit: int) -> bytes:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise Refused(odd_mode(status.st_mode) or "is a folder; a regular file is expected")
    content = _up_to(descriptor, limit + 1)  # whatever size it claims: a file can grow while it is read
    if len(content) > limit:
        raise Refused(too_large(limit), cost=limit)
    return content


def _up_to(descriptor: int, size: int) -> bytes:
    parts = []
    while size > 0 and (part := os.read(descriptor, size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def too_large(limit: int) -> str:
    """The reason given for a file above its limit."""
    return f"is larger than {in_mb(limit)}, the limit for its kind; remove data and saved outputs from it"
