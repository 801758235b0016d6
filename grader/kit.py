"""What a course hands out with an assignment, as far as reading a submission depends on it.

A course gives files away, names its folders, and changes from year to year; a student hands all of that in again.
Everything here is data of the assignment: the machine itself knows no course.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

AUTO = "auto"


@dataclass(frozen=True)
class Clue:
    """A sign of the year in a submission: the pattern `sign` (a regular expression) in files named like `file`.

    `file` is matched with the path, `*` for anything. Of the clues that are found, the first ones decide: each narrows
    the years down as long as some are left. `said` completes "the conventions of 2016 are taken: …".
    """

    sign: str
    years: tuple[str, ...]
    said: str
    file: str = "*.py"
    found: re.Pattern[bytes] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "found", re.compile(self.sign.encode("utf-8"), re.MULTILINE))


@dataclass(frozen=True)
class Kit:
    """Files, folders and years of a course.

    `files` maps paths to sources that the course gives away: a submission that imports one and does not hold it gets
    this one, and of those named in `replaced` always. `folders` are regular expressions, in lower case, that are found
    in the names of folders which hold this assignment, where several are handed in together.
    `starts` maps functions to the places of what they return that the course's own stub fills in already; with
    `blank`, a function that returns the zeros or the arguments that its stub began with is as absent as one that
    returns None.
    `years` are the profiles that can be asked for; `refused` maps others to the reason.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    replaced: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    blank: bool = False
    starts: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    years: tuple[str, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)
    clues: tuple[Clue, ...] = ()

    def beginnings(self, names: Iterable[str]) -> dict[str, tuple[int, ...]]:
        """Map functions to the places that their stubs fill in; empty where a stub returns None throughout."""
        return {name: self.starts.get(name, ()) for name in names} if self.blank else {}
