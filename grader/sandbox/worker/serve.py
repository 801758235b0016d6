"""The child's main loop: frames in, frames out.

    {"op": "read", "nonce", "index", "wanted": [name, …], "given", "replaced", "beginnings"}
                                                                     → what each file defines; nothing runs
    {"op": "load", "nonce", "path", "names": [name, …]}              → for each name, None or why it is not there
    {"op": "ask", "nonce", "first", "last", "timed", "calls": [[index, …]]}   → a frame a call, and one to end them
    {"op": "put", "nonce", "questions": [[[index, …]]]}              → a frame a question, with all its results

The payload of `read` is an index, JSON of `index` bytes: [[path, bytes], …], and then the files. The last `given` of
them are the course's own, `replaced` names those that stand in for the submission's, and `beginnings` maps functions
to the places of the result that their stubs fill in.

Standard input and output are the wire. They are moved away at once: the student's `input()` finds nothing, and what
the student prints goes to standard error, which the grader drains.
"""

from __future__ import annotations

import json
import os
import random
import sys
from dataclasses import replace
from time import perf_counter as _clock
from typing import Any, BinaryIO

import numpy as np

from . import rlimits
from .arguments import Arguments
from .calling import Caller
from .definitions import Definition, find_definitions, overruled
from .imports import Absent
from .inert import InertModules
from .loading import Modules
from .naming import REAL
from .older import bring_up_to_date
from .sources import Source, read_source
from .wire import Frame, Oversize, header_of, pack, read_frame

REQUEST_MAX = 2**31
NOTES_MAX = 20
TOGETHER_BYTES, TOGETHER_S = 2**15, 0.05


def main(cpu_s: int, memory_mb: int) -> None:
    """Serve until the grader closes the wire."""
    requests, replies = take_wire()
    warm_up()
    rlimits.apply(cpu_s, memory_mb)
    serve(requests, replies)


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Say that all is ready, and answer frames until there are no more."""
    _write(replies, pack({"nonce": 0}, []))
    desk = Desk(requests, replies)
    while (frame := read_frame(requests.read, REQUEST_MAX)) is not None:
        desk.handle(frame)


def take_wire() -> tuple[BinaryIO, BinaryIO]:
    """Move the wire to other descriptors; leave an empty input, and one pipe for all that is printed."""
    requests, replies = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace", line_buffering=True)  # type: ignore[union-attr]
    return os.fdopen(requests, "rb"), os.fdopen(replies, "wb", buffering=0)


def warm_up() -> None:
    """Do once what Python and numpy do late, so that no call is charged for it."""
    np.ones((2, 2)) @ np.ones((2, 2))
    random.seed(0)
    np.random.seed(0)


def _write(replies: BinaryIO, frame: bytes) -> None:
    view = memoryview(frame)
    while view:
        view = view[replies.write(view) :]


class Desk:
    """Does what the requests ask."""

    def __init__(self, requests: BinaryIO, replies: BinaryIO) -> None:
        self._requests, self._replies = requests, replies
        self._sources: list[Source] = []
        self._found: dict[str, dict[str, list[Definition]]] = {}
        self._modules = Modules([], ())
        self._caller = Caller({})

    def handle(self, frame: Frame) -> None:
        """Answer one request."""
        request = header_of(frame)
        if request["op"] == "ask":
            self._ask(request, self._caller.reader(frame.payload))
        elif request["op"] == "put":
            self._put(request, self._caller.reader(frame.payload))
        elif request["op"] == "read":
            self._read(request, frame.payload)
        else:
            self._load(request)

    def _read(self, request: dict[str, Any], payload: bytes | bytearray) -> None:
        index, wanted = json.loads(payload[: request["index"]]), frozenset(request["wanted"])
        start, own, sources = request["index"], len(index) - request["given"], list[Source]()
        for number, (path, size) in enumerate(index):
            source = read_source(path, bytes(payload[start : start + size]), request["wanted"])
            sources.append(source if number < own else replace(source, given=True))
            start += size
        self._sources = sources[:own]
        bring_up_to_date(self._sources)
        for source in self._sources:
            self._found[source.path] = find_definitions(source, wanted, request["beginnings"])
        skipped = {one for found in self._found.values() for one in overruled(found)}
        self._modules = Modules(sources, skipped, request["replaced"])
        self._caller = Caller(self._modules.listings)
        self._tell(request, [self._entry(source) for source in self._sources])

    def _tell(self, request: dict[str, Any], text: Any) -> None:
        """Send texts: they may be longer than a header, so they travel as the payload."""
        _write(self._replies, pack({"nonce": request["nonce"]}, [json.dumps(text).encode("ascii")]))

    def _entry(self, source: Source) -> dict[str, Any]:
        found = self._found[source.path]
        return {
            "path": source.path,
            "error": source.error[:400],
            "notes": [note[:400] for note in (*source.notes, *_shadow(source))][:NOTES_MAX],
            "mentioned": source.mentioned,
            "definitions": {name: self._definition(several) for name, several in found.items()},
        }

    def _definition(self, several: list[Definition]) -> list[Any]:
        real = [one for one in several if not one.stub]
        last = (real or several)[-1]
        # Only names that several files define are ever compared.
        rivals = sum(any(not one.stub for one in found.get(last.name, ())) for found in self._found.values())
        return [last.place, sum(one.plain for one in real), not real, last.fingerprint() if rivals > 1 else ""]

    def _load(self, request: dict[str, Any]) -> None:
        if self._modules not in sys.meta_path:  # first a neighbour, then a stand-in, then what Python finds
            absent = Absent(self._modules)
            sys.meta_path[:0] = [self._modules, InertModules(), absent]
            sys.meta_path.append(absent.last())
        path, loaded = request["path"], {}
        self._modules.load(path)
        for name in request["names"]:
            found = self._modules.function(path, name)
            loaded[name] = list(found) if isinstance(found, tuple) else None
            if not isinstance(found, tuple):
                self._caller.functions[name] = found
        notes = [note[:600] for note in self._modules.notes[:NOTES_MAX]]
        self._modules.notes.clear()
        self._tell(request, {"loaded": loaded, "notes": notes})

    def _ask(self, request: dict[str, Any], reader: Arguments) -> None:
        """Make calls one by one, each with a reply of its own."""
        start, nonce = 0, request["nonce"]
        if request["first"]:
            self._caller.forget()
        for *call, size in request["calls"]:
            args = self._caller.arguments(call, reader, start)
            if request["timed"]:
                self._wait_for_go(nonce)
            _write(self._replies, self._caller.reply(nonce, call, args))
            start, nonce = start + size, nonce + 1
            del args  # as in any loop: the next arguments may lie where these lay, and `id` tells nothing apart
        if request["last"]:
            self._caller.forget()
        _flush()
        _write(self._replies, pack({"nonce": nonce}, []))

    def _put(self, request: dict[str, Any], reader: Arguments) -> None:
        """Make all calls of several questions. Short replies wait for one another, but not for a slow question."""
        start, replies, written = 0, b"", _clock()
        for nonce, calls in enumerate(request["questions"], request["nonce"]):
            results: list[Any] = []
            parts: list[bytes] = []
            self._caller.forget()
            for *call, size in calls:
                args = self._caller.arguments(call, reader, start)
                results.append(self._caller.result(call, args, parts))
                start += size
                del args  # as in `_ask`
            replies += _together(nonce, results, parts)
            if len(replies) >= TOGETHER_BYTES or _clock() - written > TOGETHER_S:
                _write(self._replies, replies)
                replies, written = b"", _clock()
        self._caller.forget()
        _flush()
        _write(self._replies, replies)

    def _wait_for_go(self, nonce: int) -> None:
        """Say that a call is about to begin: the grader looks at the clock, and sends a frame that says no more."""
        _write(self._replies, pack({"nonce": nonce, "ready": True}, []))
        read_frame(self._requests.read, 0)


def _together(nonce: int, results: list[Any], parts: list[bytes]) -> bytes:
    try:
        return pack({"nonce": nonce, "results": results}, parts)
    except Oversize:  # they may fit one by one
        return pack({"nonce": nonce, "apart": True}, [])


def _shadow(source: Source) -> list[str]:
    name = source.parts[-1] if source.parts else ""
    if name not in REAL or source.is_notebook:
        return []
    return [f"{source.path} has the name of a library; `import {name}` gives the library"]


def _flush() -> None:
    """Send on what the student printed, unless the student has put something else in its place."""
    try:
        sys.stdout.flush()
    except BaseException:
        sys.stdout = sys.__stdout__ or sys.stderr
