"""Which file each graded function is taken from, by the rules of what a submission is.

A stub is no definition. A file with the template's name wins over others; where a function is taught in several files,
the first of them that defines it does. Several others count as one where they say the same; where they differ, a human
decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

import msgspec

from ..questions import Failed
from .inventory import Inventory


class Resolution(msgspec.Struct, frozen=True):
    """`defined` maps each function to its file, `missing` to why there is none; every wanted name is in one of them."""

    defined: Mapping[str, str]
    missing: Mapping[str, Failed]
    notes: tuple[str, ...]


Homes = str | tuple[str, ...]
"""Names of files without ending, the best first."""


def resolve(inventories: Sequence[Inventory], wanted: Mapping[str, Homes]) -> Resolution:
    """Choose a file for each wanted function; `wanted` maps it to the names of its template files without ending."""
    defined: dict[str, str] = {}
    missing: dict[str, Failed] = {}
    notes = [note for one in inventories for note in one.notes]
    notes += [one.error for one in inventories if one.error]
    for name, homes in wanted.items():
        found = _choose(name, (homes,) if isinstance(homes, str) else homes, inventories, notes)
        if isinstance(found, Failed):
            missing[name] = found
        else:
            defined[name] = found
    return Resolution(defined, missing, tuple(notes))


def _choose(name: str, homes: tuple[str, ...], inventories: Sequence[Inventory], notes: list[str]) -> str | Failed:
    real = sorted(
        (one for one in inventories if name in one.definitions and not one.definitions[name].stub),
        key=lambda one: one.path,
    )
    if not real:
        return _missing(name, inventories)
    pools = ([one for one in real if PurePosixPath(one.path).stem == stem] for stem in homes)
    pool = next(filter(None, pools), real)
    chosen = pool[0]
    if len({one.definitions[name].fingerprint for one in pool}) > 1:
        return _conflict(name, pool)
    others = ", ".join(one.path for one in real if one not in pool)
    if others:
        notes.append(f"{name} is taken from {chosen.path}, which has the template's name; {others} defines it too")
    times, place = chosen.definitions[name].times, chosen.definitions[name].place
    if times > 1:
        notes.append(f"{chosen.path} defines {name} {times} times; the last definition counts ({place})")
    return chosen.path


def _conflict(name: str, pool: Sequence[Inventory]) -> Failed:
    places = " and ".join(f"{one.path} ({one.definitions[name].place})" for one in pool[:3])
    message = f"{name} is defined differently in {places}; expected one definition; keep the one that counts"
    return Failed("blocked", message, needs_review=True)


def _missing(name: str, inventories: Sequence[Inventory]) -> Failed:
    broken = next((one for one in inventories if name in one.mentioned), None)
    if broken is not None:
        return Failed("raised", broken.mentioned[name])
    stub = next((one for one in inventories if name in one.definitions), None)
    if stub is not None:
        where = f"{stub.path}, {stub.definitions[name].place}"
        return Failed("absent", f"{name} is still the stub: it raises NotImplementedError or returns None ({where})")
    return Failed("absent", f"{name} is not defined in any file")
