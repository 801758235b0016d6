"""What a submission is once it has been read."""

import hashlib
from collections.abc import Iterable

import msgspec


class SourceFile(msgspec.Struct, frozen=True):
    """One .py file or .ipynb notebook, undecoded; `path` is POSIX and relative to the submission."""

    path: str
    content: bytes


class Submission(msgspec.Struct, frozen=True):
    """The Python of one submission, sorted by path; `notes` name what was refused, and why."""

    name: str
    files: tuple[SourceFile, ...]
    notes: tuple[str, ...]
    sha256: str


class Unreadable(Exception):
    """A submission that cannot be graded at all: one line that says what, where and what to do."""

    def __init__(self, message: str, name: str) -> None:
        super().__init__(message, name)  # both, so that the exception survives pickling
        self.message = message
        self.name = name

    def __str__(self) -> str:
        return self.message


class Refused(Exception):
    """Why one file, or the whole, is not read. Completes a sentence that begins with its name.

    `cost` counts the bytes that were unpacked in vain; they use up the submission's allowance.
    """

    def __init__(self, reason: str, cost: int = 0) -> None:
        super().__init__(reason)
        self.cost = cost


def digest(files: Iterable[SourceFile]) -> str:
    """Return the SHA-256 of all (path, content) pairs, in hexadecimal.

    Every part is preceded by its length, so no two sets of files run together into one stream of bytes;
    the pairs are sorted, so the order in which a file system lists them has no say.
    """
    total = hashlib.sha256(b"grader.submission/1")
    for path, content in sorted((file.path.encode("utf-8", "surrogatepass"), file.content) for file in files):
        for part in (path, content):
            total.update(len(part).to_bytes(8, "big"))
            total.update(part)
    return total.hexdigest()
