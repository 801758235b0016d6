"""Which year of a course a submission was written for, by what stands in its files."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from fnmatch import fnmatchcase

import msgspec

from grader.kit import Clue, Kit

AUTO = "auto"
"""The profile under which the year is guessed, and every convention is open."""
_READ = 1_000_000
"""Bytes of one file that are looked at; no file of a course is as long."""


class NoProfile(ValueError):
    """A year that cannot be graded, or is none; the message is one line."""


class Guess(msgspec.Struct, frozen=True):
    """A year and the clues that led to it; `year` is empty where nothing gives it away.

    `refused` says why the submission cannot be graded where it is of such a year.
    """

    year: str = ""
    said: tuple[str, ...] = ()
    refused: str = ""

    def __str__(self) -> str:
        return f"profile {self.year}, by {', '.join(self.said)}" if self.year else "no sign of a year"


def guess(files: Iterable[tuple[str, bytes]], kit: Kit) -> Guess:
    """Guess the year from the files, each its path and its bytes. Nothing is parsed, and nothing can fail."""
    contents = [_plain(path, content[:_READ]) for path, content in files]
    left: tuple[str, ...] = (*kit.refused, *kit.years)
    said: list[str] = []
    for clue in kit.clues:
        narrowed = tuple(year for year in left if year in clue.years)
        if narrowed and narrowed != left and any(_found(clue, path, content) for path, content in contents):
            left = narrowed
            said.append(clue.said)
    if not said:
        return Guess()
    graded = [year for year in left if year in kit.years]
    return Guess(graded[0], tuple(said)) if graded else Guess(left[0], tuple(said), kit.refused[left[0]])


def _plain(path: str, content: bytes) -> tuple[str, bytes]:
    """Read a notebook as if it were a file: its lines stand in JSON, each between quotes or all in one text."""
    if not path.lower().endswith(".ipynb"):
        return path, content
    lines = content.replace(b"\\n", b"\n").replace(b'\\"', b'"')
    return f"{path[:-6]}.py", re.sub(rb'^[ \t]*(?:"source": )?"', b"", lines, flags=re.MULTILINE)


def _found(clue: Clue, path: str, content: bytes) -> bool:
    if not fnmatchcase(path.lower(), clue.file):
        return False
    if clue.unless and re.search(clue.unless.encode("utf-8"), content, re.MULTILINE):
        return False
    return bool(re.search(clue.sign.encode("utf-8"), content, re.MULTILINE))


def profile(asked: str, kit: Kit, assignment: str) -> str:
    """Return the profile that a year stands for: itself, or the last one before it. Raises `NoProfile`."""
    if asked == AUTO:
        return AUTO
    if not kit.years:
        raise NoProfile(f"assignment {assignment!r} is the same every year; leave --profile out")
    if asked in kit.refused:
        raise NoProfile(f"profile {asked} cannot be graded: {kit.refused[asked]}")
    earlier = [year for year in kit.years if _is_year(asked) and year <= asked]
    if not earlier:
        raise NoProfile(f"no profile {asked!r}; there are {_listed(kit.years)}, or auto")
    return earlier[-1]


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"2\d{3}", text, re.ASCII))


def _listed(years: Collection[str]) -> str:
    return ", ".join(sorted(years))
