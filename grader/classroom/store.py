"""The folder of a run: documents, `grades.csv`, and `run.json`, which holds the seed and what is finished.

Whatever is written is whole or not there: a temporary file beside it takes its name when it is complete. Whatever is
read may be damaged or somebody else's: it costs a note and another grading, nothing more.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from grader import __version__
from grader.classroom import files
from grader.classroom.filenames import RUN
from grader.classroom.files import NotAFile
from grader.document import LARGEST, Document, NotADocument, decode, encode, seed_id
from grader.profiles import AUTO
from grader.report import safe

_LARGEST_RUN = 64 * 2**20  # bytes; some 300,000 submissions
SEED_BYTES = 16


class StoreError(Exception):
    """A folder that cannot hold a run: one line that says what, where and what to do."""


class NotARun(ValueError):
    """The bytes of a `run.json` that cannot be used."""


class Finished(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a document was graded from (`key`), and the SHA-256 of its file."""

    key: str
    sha256: str


class Run(msgspec.Struct, forbid_unknown_fields=True):
    """The content of `run.json`. The seed gives every hidden input away: the file is for its owner alone."""

    seed: str
    schema: Literal["grader.run/1"] = "grader.run/1"
    finished: dict[str, Finished] = msgspec.field(default_factory=dict)


def key(
    *,
    submission_sha256: str,
    assignment: str,
    assignment_sha256: str,
    seed: bytes,
    audience: str,
    tasks: Iterable[str],
    profile: str = AUTO,
) -> str:
    """Digest all that a document depends on. `tasks` is the selection; empty means all."""
    parts = [submission_sha256, assignment, assignment_sha256, __version__, seed_id(seed), audience, sorted(set(tasks))]
    parts += [profile]
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


class Store:
    """The folder of a run, open for reading and writing. Raises `StoreError` where it cannot be.

    `seed` is the one given, else the one kept there, else a new one of 128 random bits. `notes` say what was found
    damaged or foreign. One process writes at a time; its threads may share a store.
    """

    def __init__(self, folder: Path, seed: bytes | None = None) -> None:
        self.folder = folder
        self.notes: list[str] = []
        self._lock = threading.Lock()
        _make(folder)
        run = self._read_run()
        chosen = seed if seed is not None else bytes.fromhex(run.seed) if run else secrets.token_bytes(SEED_BYTES)
        self._run = Run(chosen.hex(), finished=run.finished if run else {})
        self._write_run()

    @property
    def seed(self) -> bytes:
        """The secret that hidden inputs are drawn from."""
        return bytes.fromhex(self._run.seed)

    def find(self, file_name: str, key: str) -> Document | None:
        """Return the document that was finished for `key` in an earlier run, or None."""
        finished = self._run.finished.get(file_name)
        if finished and finished.key != key:
            return None
        try:
            content = files.read(self.folder / file_name, LARGEST)
            if content is None:
                return None
            document = decode(content)
        except (OSError, NotAFile, NotADocument) as reason:
            self._note(f"{file_name} {_why(reason)}; the submission is graded again")
            return None
        if not finished or finished.sha256 != hashlib.sha256(content).hexdigest():
            what = "was changed since it was written" if finished else "was not written by this run"
            self._note(f"{file_name} {what}; the submission is graded again")
            return None
        return document

    def save(self, file_name: str, key: str, document: Document) -> Path:
        """Write a document and remember that it is finished. One that holds an error of ours is not finished."""
        content = encode(document)
        path = self.write(file_name, content)
        with self._lock:
            self._run.finished.pop(file_name, None)
            if not any(check.status == "error" for task in document.tasks for check in task.checks):
                self._run.finished[file_name] = Finished(key, hashlib.sha256(content).hexdigest())
            self._write_run()
        return path

    def write(self, file_name: str, content: bytes, mode: int = 0o666) -> Path:
        """Write a file of the folder, whole or not at all."""
        path = self.folder / file_name
        if path.parent != self.folder or file_name in ("", ".", ".."):
            raise ValueError(f"{file_name!r} is no name of a file in {self.folder}")
        try:
            files.write(path, content, mode)
        except OSError as reason:
            raise StoreError(_unwritable(path, reason)) from None
        return path

    def _read_run(self) -> Run | None:
        try:
            content = files.read(self.folder / RUN, _LARGEST_RUN)
            return _decode(content) if content is not None else None
        except (OSError, NotAFile, NotARun) as reason:
            self._note(f"{RUN} {_why(reason)}; a new one takes its place, and everything is graded again")
            return None

    def _write_run(self) -> None:
        self.write(RUN, msgspec.json.encode(self._run), mode=0o600)

    def _note(self, text: str) -> None:
        self.notes.append(safe.plain(text, newlines=False))


def _decode(content: bytes) -> Run:
    try:
        run = msgspec.json.decode(content, type=Run, strict=True)
        if bytes.fromhex(run.seed):
            return run
    except (msgspec.MsgspecError, ValueError, RecursionError):
        pass
    raise NotARun("is damaged or not ours")


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise StoreError(f"{safe.plain(str(folder), False)} is a file; expected a folder for the results") from None
    except OSError as reason:
        raise StoreError(_unwritable(folder, reason)) from None


def _unwritable(path: Path, reason: OSError) -> str:
    shown = safe.plain(str(path), newlines=False)
    return f"{shown} cannot be written ({reason.strerror or reason}); free it or choose another folder"


def _why(reason: Exception) -> str:
    return f"cannot be read ({reason.strerror})" if isinstance(reason, OSError) else str(reason)
