"""What a course hands out with an assignment, as far as reading a submission depends on it.

A course gives files away, names its folders, and changes from year to year; a student hands all of that in again.
Everything here is data of the assignment: the machine itself knows no course.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Clue:
    """A sign of the year in a submission: the regular expression `sign` in a file whose path fits the pattern `file`.

    It counts in no file in which `unless` is found, too. `years` are those that it speaks for, and `said` is how a
    report names it. Lines are matched one by one (`^`, `$`); nothing in a comment or docstring is left out.
    """

    said: str
    years: tuple[str, ...]
    sign: str = ""
    file: str = "*.py"
    unless: str = ""


@dataclass(frozen=True)
class Kit:
    """Files, folders and years of a course.

    `files` maps paths to sources that the course gives away: a submission that imports one and does not hold it gets
    this one, and of those named in `replaced` always. `folders` are regular expressions, in lower case, that are found
    in the names of folders which hold this assignment, where several are handed in together.
    `starts` maps functions to the places of what they return that the course's own stub fills in already; with
    `blank`, a function that returns the zeros or the arguments that its stub began with is as absent as one that
    returns None.
    `years` are the profiles that can be asked for, each of which stands for the years up to the next; `refused` maps
    years that cannot be graded to the reason. Of the `clues` to the year that are found, each narrows down what those
    before it have left open, as long as something is left.
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
