"""The frames that pass between grader and worker, and the values in them.

    frame = magic (4 bytes) | length of the header (u32) | length of the payload (u64) | header | payload

The header is one JSON object in ASCII; the payload is the raw little-endian bytes of all arrays, in their order and
with nothing between. No pickle and no numpy file format: what arrives can be wrong, but it cannot run.

How a value is written into the two is told in `values`. The receiver believes nothing: lengths are checked before
anything is allocated, and whatever is not as described is a `Violation`. The sender truncates nothing: what is too
large is `Oversize`.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from typing import Any, NamedTuple

MAGIC = b"GRD1"
PREFIX = struct.Struct("<4sIQ")
HEADER_MAX = 256 * 1024
"""Bytes: 2,000 numbers of 25 characters, or one longest text of which every character is escaped, fit in."""


class Violation(Exception):
    """The other side sent what no honest one sends."""


class Oversize(ValueError):
    """A value that has too many parts, is nested too deeply, or cannot be written at all."""


class Frame(NamedTuple):
    """One message as it was read: nothing in it has been interpreted."""

    header: bytes
    payload: bytes | bytearray


_write_json = json.JSONEncoder(check_circular=False, allow_nan=False, separators=(",", ":")).encode


def pack(header: dict[str, Any], parts: list[Any]) -> bytes:
    """Write one frame; `parts` are bytes or C-ordered arrays. Raises `Oversize` where the header is too long."""
    return pack_text(_write_json(header).encode("ascii"), parts)


def pack_text(text: bytes, parts: list[Any]) -> bytes:
    """Write one frame whose header is JSON already. Raises `Oversize` where it is too long."""
    if len(text) > HEADER_MAX:
        raise Oversize(f"the description of the value takes {len(text)} bytes; at most {HEADER_MAX} are sent")
    size = sum(memoryview(part).nbytes for part in parts)
    return b"".join((PREFIX.pack(MAGIC, len(text), size), text, *parts))


def read_frame(read: Callable[[int], bytes], payload_max: int, due: Callable[[], bool] | None = None) -> Frame | None:
    """Read one frame from a blocking `read`; None at the end of the stream.

    `due` is asked once the prefix is there: a frame that nobody waits for is a `Violation`, as are a wrong magic and
    a length above its cap. Nothing is allocated before.
    """
    prefix = read(PREFIX.size)
    if len(prefix) < PREFIX.size:
        return None
    if due is not None and not due():
        raise Violation("a reply came that nobody had asked for")
    magic, header_size, payload_size = PREFIX.unpack(prefix)
    if magic != MAGIC:
        raise Violation("what came is no frame")
    if header_size > HEADER_MAX or payload_size > payload_max:
        raise Violation(f"a frame of {header_size} + {payload_size} bytes was announced")
    header = read(header_size)
    payload = read(payload_size) if payload_size else b""
    return Frame(header, payload) if len(header) == header_size and len(payload) == payload_size else None


def _refuse_constant(name: str) -> Any:
    raise Violation(f"the header holds {name}")


_read_json = json.JSONDecoder(parse_constant=_refuse_constant).decode


def header_of(frame: Frame) -> dict[str, Any]:
    """Parse the header of a frame. Raises `Violation` for whatever is no JSON object."""
    try:
        header = _read_json(frame.header.decode("ascii"))
    except (ValueError, RecursionError, MemoryError) as error:
        raise Violation(f"the header cannot be read ({type(error).__name__})") from None
    if type(header) is not dict:
        raise Violation("the header is no object")
    return header
