"""What a student is told of an exception: one line, and the frames of the student's own code.

Exceptions are the student's objects. Their text may raise or be of any length; nothing of the machine's paths, and
no address that differs from run to run, may show.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import TracebackType
from typing import NamedTuple

MESSAGE_MAX = 300
DETAIL_MAX = 4_000
NAME_MAX = 80
_FRAMES_SHOWN = 6

_ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]+")
_SPACE = re.compile(r"\s+")
_CLOSED = " (files, network and processes are closed to code that is graded)"


class Listing(NamedTuple):
    """A piece of source as tracebacks show it: `where` is "layers.py, " or "hw.ipynb, cell 7, "."""

    where: str
    lines: list[str]


Listings = Mapping[str, Listing]
"""By the file name under which the piece was compiled."""

_Place = tuple[str, int, str, str]


def one_line(error: BaseException) -> str:
    """Write `ExceptionName: text` in one line of at most 300 characters."""
    name = type(error).__name__[:NAME_MAX]
    try:
        text = _SPACE.sub(" ", _ADDRESS.sub("", str(error)[: 4 * MESSAGE_MAX])).strip()
    except BaseException:
        text = "(its text cannot be read)"
    line = f"{name}: {text}" if text else name
    if isinstance(error, PermissionError):
        line = f"{line[: MESSAGE_MAX - len(_CLOSED)]}{_CLOSED}"
    return line if len(line) <= MESSAGE_MAX else line[: MESSAGE_MAX - 1] + "…"


def message(error: BaseException, listings: Listings) -> str:
    """Write the one line, and the innermost place of the student's code: `ValueError: … (layers.py, line 12)`."""
    places = _places(error.__traceback__, listings)
    return f"{one_line(error)} ({places[-1][0]}line {places[-1][1]})" if places else one_line(error)


def line_of(error: BaseException, listings: Listings) -> str:
    """Name the outermost place of the student's code: where a module stopped. Empty if there is none."""
    places = _places(error.__traceback__, listings)
    return f"line {places[0][1]}" if places else ""


def detail(error: BaseException, listings: Listings) -> str:
    """Write a traceback of the student's frames alone, at most 4,000 characters."""
    places = _places(error.__traceback__, listings)
    shown = places if len(places) <= 2 * _FRAMES_SHOWN else places[:_FRAMES_SHOWN] + places[-_FRAMES_SHOWN:]
    lines = [f"  {where}line {line}, in {name}\n    {source}" for where, line, name, source in shown]
    if len(shown) < len(places):
        lines.insert(_FRAMES_SHOWN, f"  … {len(places) - len(shown)} more calls …")
    return "\n".join([*lines, one_line(error)])[-DETAIL_MAX:]


def _places(trace: TracebackType | None, listings: Listings) -> list[_Place]:
    places: list[_Place] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        listing = listings.get(code.co_filename)
        if listing is not None:
            line = trace.tb_lineno or 0
            source = listing.lines[line - 1].strip()[:200] if 0 < line <= len(listing.lines) else ""
            places.append((listing.where, line, code.co_name[:NAME_MAX], source))
        trace = trace.tb_next
    return places
