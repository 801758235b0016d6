"""Bytes of a pipe, as they come, to whole frames: strict, and with nothing allocated before its length is checked."""

from __future__ import annotations

import os

from .worker.wire import HEADER_MAX, MAGIC, PREFIX, Frame, Violation

_CHUNK = 2**16


class Inbox:
    """The replies of one worker. `due` counts the frames that somebody waits for."""

    __slots__ = ("_bytes", "_filled", "_payload", "_pipe", "_sizes", "closed", "due")

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self._bytes = b""
        self._sizes: tuple[int, int] | None = None
        self._payload: bytearray | None = None
        self._filled = 0
        self.due = 0
        self.closed = False

    @property
    def empty(self) -> bool:
        """Whether nothing has come that has not been taken."""
        return not self._bytes and self._sizes is None

    def read(self) -> None:
        """Take what is in the pipe, once; `closed` is true when nothing will follow."""
        if self._payload is not None:
            got = os.readv(self._pipe, [memoryview(self._payload)[self._filled :]])
            self._filled += got
        else:
            chunk = os.read(self._pipe, _CHUNK)
            self._bytes = self._bytes + chunk if self._bytes else chunk
            got = len(chunk)
        self.closed = not got

    def frame(self, payload_max: int) -> Frame | None:
        """Return the next frame if it is whole. Raises `Violation`."""
        if self._sizes is None:
            if len(self._bytes) < PREFIX.size:
                return None
            self._sizes = self._announced(payload_max)
        header_size, payload_size = self._sizes
        start, end = PREFIX.size + header_size, PREFIX.size + header_size + payload_size
        if self._payload is None:
            if len(self._bytes) >= end:
                return self._take(self._bytes[PREFIX.size : start], self._bytes[start:end], self._bytes[end:])
            if len(self._bytes) < start:
                return None
            self._payload = bytearray(payload_size)
            self._filled = len(self._bytes) - start
            self._payload[: self._filled] = self._bytes[start:]
        if self._filled < payload_size:
            return None
        return self._take(self._bytes[PREFIX.size : start], self._payload, b"")

    def _announced(self, payload_max: int) -> tuple[int, int]:
        if self.due < 1:
            raise Violation("a reply came that nobody had asked for")
        magic, header_size, payload_size = PREFIX.unpack_from(self._bytes)
        if magic != MAGIC:
            raise Violation("what came is no frame")
        if header_size > HEADER_MAX or payload_size > payload_max:
            raise Violation(f"a frame of {header_size} + {payload_size} bytes was announced")
        return header_size, payload_size

    def _take(self, header: bytes, payload: bytes | bytearray, rest: bytes) -> Frame:
        self._bytes, self._sizes, self._payload, self._filled = rest, None, None, 0
        self.due -= 1
        return Frame(header, payload)
