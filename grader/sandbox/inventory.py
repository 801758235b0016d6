"""What the child says that the files of a submission define, parsed strictly.

The child that reads the files has run nothing of the student's, but its parser has seen the text: it may be wrong,
and it is not believed where it names what was not asked for.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from .worker.wire import Violation


class Defined(msgspec.Struct, frozen=True):
    """How one file defines one function: `place` is "line 12", `times` counts real definitions.

    `fingerprint` is equal for definitions that differ in comments, docstrings and layout alone; it is empty where no
    other file defines the function.
    """

    place: str
    times: int
    stub: bool
    fingerprint: str


class Inventory(msgspec.Struct, frozen=True):
    """One file: what it defines, or the `error` that kept it from being read.

    `mentioned` maps functions that seem to stand in what could not be read to the reason why it could not.
    """

    path: str
    error: str
    notes: tuple[str, ...]
    mentioned: Mapping[str, str]
    definitions: Mapping[str, Defined]


def parse_texts(payload: bytes | bytearray) -> Any:
    """Read what the child sends as texts. Raises `Violation`."""
    try:
        return json.loads(payload.decode("ascii"))
    except (ValueError, RecursionError) as error:
        raise Violation(f"a text cannot be read ({type(error).__name__})") from None


def parse_inventories(texts: Any, paths: Sequence[str], wanted: Collection[str]) -> list[Inventory]:
    """Check that there is one entry a file, in order, about wanted names alone. Raises `Violation`."""
    try:
        found = [_inventory(entry, wanted) for entry in texts]
    except (TypeError, ValueError, KeyError, AttributeError):
        raise Violation("an inventory cannot be read") from None
    if [one.path for one in found] != list(paths):
        raise Violation("an inventory is of other files")
    return found


def _inventory(entry: Any, wanted: Collection[str]) -> Inventory:
    definitions = {name: Defined(*_typed(parts)) for name, parts in entry["definitions"].items() if name in wanted}
    mentioned = {name: text(reason) for name, reason in entry["mentioned"].items() if name in wanted}
    return Inventory(text(entry["path"]), text(entry["error"]), texts(entry["notes"]), mentioned, definitions)


def _typed(parts: Any) -> tuple[str, int, bool, str]:
    place, times, stub, fingerprint = parts
    return text(place)[:80], int(times), bool(stub), text(fingerprint)[:16]


def text(value: Any, most: int = 600) -> str:
    """Return a text of at most `most` characters. Raises TypeError."""
    if type(value) is not str:
        raise TypeError("expected a text")
    return value[:most]


def texts(value: Any) -> tuple[str, ...]:
    """Return at most 40 texts. Raises TypeError."""
    return tuple(text(one) for one in value[:40])
