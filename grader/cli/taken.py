"""Which hints a student has taken, kept in the template folder as `.grader-hints.json`.

It is a record, not evidence: whoever can write the folder can change it. No submission carries hidden files.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

FILE = ".grader-hints.json"
RUNGS = 3


class Taken(msgspec.Struct, forbid_unknown_fields=True):
    """One ladder as far as it was climbed, and what it has cost in points."""

    task: str
    about: str
    level: int
    cost: float = 0


class Record(msgspec.Struct, forbid_unknown_fields=True):
    """The content of the file."""

    schema: Literal["grader.hints/1"] = "grader.hints/1"
    taken: list[Taken] = msgspec.field(default_factory=list)

    def level(self, task: str, about: str) -> int:
        """The highest rung that was taken, 0 for none."""
        return max((each.level for each in self.taken if (each.task, each.about) == (task, about)), default=0)

    @staticmethod
    def agreed(price: str | int | float, rung: int, reached: int) -> float:
        """What it costs to climb from a rung to another: every rung in between is paid for."""
        return 0.0 if isinstance(price, str) else float(price) * (rung - reached)

    def take(self, task: str, about: str, rung: int, price: str | int | float, reached: int) -> None:
        """Write down that a rung was taken."""
        before = sum(each.cost for each in self.taken if (each.task, each.about) == (task, about))
        self.taken = [each for each in self.taken if (each.task, each.about) != (task, about)]
        self.taken.append(Taken(task, about, rung, before + self.agreed(price, rung, reached)))

    @property
    def cost(self) -> float:
        """All that was charged, in points."""
        return sum(each.cost for each in self.taken)


def read(folder: Path) -> Record:
    """Read the record of a folder; one that is missing or damaged is begun anew."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Record)
    except (OSError, msgspec.MsgspecError, ValueError, RecursionError):
        return Record()


def write(folder: Path, record: Record) -> None:
    """Write the record. Raises `Stop` in one line where that is not possible."""
    from grader.cli.exits import Stop

    try:
        (folder / FILE).write_bytes(msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n")
    except OSError as reason:
        raise Stop(f"{folder / FILE} cannot be written ({reason.strerror}), so no hint is recorded or shown") from None
