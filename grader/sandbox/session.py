"""One submission in a worker that may die: started when it is needed, loaded again, within one budget of time."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from ..kit import Kit
from ..limits import Limits
from ..questions import Failed, Trouble
from .death import Death, violated
from .errors import SandboxError
from .inventory import Inventory, parse_inventories, parse_texts, text, texts
from .worker.wire import Frame, Violation, header_of, pack, pack_text

START_S = 60.0
"""For Python and numpy to be loaded: ours, so it is not counted against the submission."""

READING_S, READING_S_PER_BYTE = 2e-3, 6e-9
"""What a worker may take to read the arguments of a timed call; several times what it needs."""

TOGETHER_S = 2.0
"""For all calls of a question at once; where it is too little, they are put again one by one, each with its own."""

_OUR_OWN = "the worker process cannot be started"


class Worker(Protocol):
    """A process that answers frames; `Process` is one. Where it is gone, `send` and `receive` raise `Death`."""

    @property
    def output(self) -> bytes: ...
    def send(self, frame: bytes, replies: int) -> None: ...
    def receive(self, timeout_s: float) -> Frame: ...
    def be_quiet(self) -> None: ...
    def cpu_s(self) -> float: ...
    def cpu_limit_s(self) -> int | None: ...
    def close(self) -> None: ...


class Files(NamedTuple):
    """The files of a submission, as they are sent, the functions that are looked for in them, and the course's own."""

    contents: Mapping[str, bytes]
    wanted: Sequence[str]
    kit: Kit = Kit()


class Sent(NamedTuple):
    """Calls as they go out: described in JSON, [[index, function, arguments, keep, echo, bytes], …], and their arrays.

    It holds nothing of one submission, so that it is made once for all that are asked the same.
    """

    number: int
    description: str
    payload: bytes


class Session:
    """What is known of one submission, whichever process it runs in at the moment."""

    def __init__(self, start: Callable[[Limits], Worker], limits: Limits, files: Files) -> None:
        self._start = start
        self._limits = limits
        self._files = files
        self._worker: Worker | None = None
        self._loaded: set[str] = set()
        self._spent_s = self._marked_s = 0.0
        self._old_output = b""

    # -- the process --------------------------------------------------------------------------------------------------

    @property
    def left_s(self) -> float:
        """What is left of the submission's wall time."""
        return self._limits.submission_s - self._spent_s

    def mark(self) -> None:
        """Remember how much time is left, for an attempt that may be taken back."""
        self._marked_s = self._spent_s

    def take_back(self) -> None:
        """End the process, and count the time since the mark as not spent."""
        self.close()
        self.refund()

    def refund(self) -> None:
        """Count the time since the mark as not spent."""
        self._spent_s = self._marked_s

    @property
    def used_up(self) -> str:
        """Say that nothing is left of it."""
        return f"the {self._limits.submission_s:.3g} s that a submission has are used up"

    @property
    def output(self) -> bytes:
        """What was printed in all the processes so far, as far as it is kept."""
        now = self._worker.output if self._worker is not None else b""
        return (self._old_output + now)[: self._limits.output_kept]

    def close(self) -> None:
        """End the process."""
        if self._worker is not None:
            worker, self._worker = self._worker, None
            worker.close()
            self._old_output = (self._old_output + worker.output)[: self._limits.output_kept]
            self._loaded.clear()

    def start_over(self) -> None:
        """Forget the process, which was lost by no fault of the submission, and the time that it took."""
        self._worker = None
        self._loaded.clear()
        self._spent_s = self._marked_s = 0.0

    def _started(self) -> Worker:
        worker = self._start_one()
        try:
            worker.receive(START_S)
        except Death as death:
            said = worker.output.decode("utf-8", "replace").strip().splitlines()
            raise SandboxError(f"{_OUR_OWN}: it {death.message}{': ' + said[-1] if said else ''}") from None
        return worker

    def _start_one(self) -> Worker:
        try:
            return self._start(self._limits)
        except OSError as error:
            raise SandboxError(f"{_OUR_OWN}: {error}") from None

    # -- requests -----------------------------------------------------------------------------------------------------

    def _receive(self, nonce: int, timeout_s: float) -> tuple[dict[str, Any], bytes | bytearray]:
        """Return the header and payload of the reply to `nonce`. Raises `Death`; the process has been closed then."""
        frame = self._frame(timeout_s)
        try:
            return header_of_reply(frame, nonce), frame.payload
        except Violation as violation:
            self.close()
            raise violated(violation) from None

    def _frame(self, timeout_s: float) -> Frame:
        """Return the next frame, unread. Raises `Death`; the process has been closed then."""
        assert self._worker is not None
        before, left_s = time.perf_counter(), self.left_s
        try:
            return self._worker.receive(min(timeout_s, left_s))
        except Death as death:
            self.close()
            if death.status == "timeout" and left_s < timeout_s:
                raise Death("timeout", f"was stopped: {self.used_up}") from None
            raise
        finally:
            self._spent_s += time.perf_counter() - before

    def _send(self, header: dict[str, Any], parts: Sequence[Any], replies: int = 1) -> None:
        self._dispatch(pack(header, list(parts)), replies)

    def _texts(self, header: dict[str, Any], parts: Sequence[Any], timeout_s: float) -> Any:
        nonce = secrets.randbits(62)
        self._send({**header, "nonce": nonce}, parts)
        try:
            return parse_texts(self._receive(nonce, timeout_s)[1])
        except Violation as violation:
            self.close()
            raise violated(violation) from None

    def read(self, paths: Sequence[str]) -> list[Inventory]:
        """Send these files to a fresh process and return what each of them defines. Raises `Death`, `SandboxError`."""
        self.close()
        self._worker = self._started()
        said = self._texts(*self._reading(paths), self._limits.load_s)
        try:
            return parse_inventories(said, paths, self._files.wanted)
        except Violation as violation:
            self.close()
            raise violated(violation) from None

    def holds(self, paths: Collection[str]) -> bool:
        """Whether a process is there, and has imported all these files."""
        return self._worker is not None and self._loaded.issuperset(paths)

    def _reading(self, paths: Sequence[str]) -> tuple[dict[str, Any], list[bytes]]:
        """Write a request to read files; after the submission's own come those that the course gives away."""
        kit = self._files.kit
        given = {path: text.encode("utf-8") for path, text in kit.files.items()}
        contents = [(path, self._files.contents[path]) for path in paths] + list(given.items())
        index = json.dumps([[path, len(content)] for path, content in contents]).encode("ascii")
        request = {"op": "read", "index": len(index), "wanted": list(self._files.wanted), "given": len(given)}
        request |= {"replaced": list(kit.replaced), "beginnings": kit.beginnings(self._files.wanted)}
        return request, [index, *(content for _, content in contents)]

    def load(self, paths: Sequence[str], path: str, names: Sequence[str]) -> tuple[dict[str, Failed], tuple[str, ...]]:
        """Import one file, once a process; return what it does not define after all, and notes. Raises `Death`."""
        if self._worker is None:
            self.read(paths)
        if path in self._loaded:
            return {}, ()
        said = self._texts({"op": "load", "path": path, "names": list(names)}, [], self._limits.load_s)
        self._loaded.add(path)
        try:
            failed = {name: _failed(said["loaded"][name]) for name in names if said["loaded"][name] is not None}
            return failed, texts(said["notes"])
        except (TypeError, ValueError, LookupError):
            self.close()
            raise violated(Violation("a loaded file is not described")) from None

    def ask(self, calls: Sent, first: bool, last: bool) -> Iterator[tuple[dict[str, Any], bytes | bytearray]]:
        """Put calls of one question; yield each reply, (header, payload).

        Raises `Death` where the next reply would have come. A reply too many is found after the last.
        """
        base = secrets.randbits(62)
        self._ask(calls, base, {"first": first, "last": last, "timed": False}, calls.number + 1)
        for nonce in range(base, base + calls.number):
            yield self._receive(nonce, self._limits.call_s)
        self._finish(base + calls.number)

    def put(self, questions: Sequence[Sent]) -> Iterator[tuple[int, Frame]]:
        """Put whole questions; yield a reply for each, unread, and the number that it has to carry.

        That takes few turns, but does not tell which call has died. Raises `Death` where the next reply would have
        come. A reply too many is found after the last.
        """
        base = secrets.randbits(62)
        described = ", ".join([sent.description for sent in questions])
        header = f'{{"op": "put", "nonce": {base}, "questions": [{described}]}}'
        self._dispatch(pack_text(header.encode("ascii"), [sent.payload for sent in questions]), len(questions))
        for nonce in range(base, base + len(questions)):
            yield nonce, self._frame(min(TOGETHER_S, self._limits.call_s))
        self._be_quiet()

    def ask_timed(self, call: Sent, first: bool, last: bool) -> tuple[dict[str, Any], bytes | bytearray, float]:
        """Put one call; return its reply and the processor seconds that it took, (header, payload, seconds).

        The worker reads the arguments and says that it is ready; the clock is read; it is told to go. A worker that
        takes longer over the reading than anyone needs has that counted as well. Raises `Death`.
        """
        base, begin_s = secrets.randbits(62), self.cpu_s()
        self._ask(call, base, {"first": first, "last": last, "timed": True}, 1)
        if self._receive(base, self._limits.call_s)[0].get("ready") is not True:
            self.close()
            raise violated(Violation("a reply came before its question"))
        ready_s = self.cpu_s()
        self._send({}, [], 2)
        header, payload = self._receive(base, self._limits.call_s)
        done_s = self.cpu_s()
        self._finish(base + 1)
        honest = ready_s - begin_s <= READING_S + READING_S_PER_BYTE * len(call.payload)
        return header, payload, done_s - (ready_s if honest else begin_s)

    def _ask(self, calls: Sent, base: int, flags: dict[str, bool], replies: int) -> None:
        """Send calls; their replies carry the numbers from `base` on, and the frame that ends them the next."""
        header = json.dumps({"op": "ask", "nonce": base, **flags})
        text = f'{header[:-1]}, "calls": {calls.description}}}'.encode("ascii")
        self._dispatch(pack_text(text, [calls.payload]), replies)

    def _dispatch(self, frame: bytes, replies: int) -> None:
        assert self._worker is not None
        try:
            self._worker.send(frame, replies)
        except Death:
            self.close()
            raise

    def _finish(self, end: int) -> None:
        """Take the frame that ends a request, and make sure that it is the last."""
        self._receive(end, self._limits.call_s)
        self._be_quiet()

    def _be_quiet(self) -> None:
        assert self._worker is not None
        try:
            self._worker.be_quiet()
        except Death:
            self.close()
            raise

    def cpu_s(self) -> float:
        """Processor seconds of the worker so far; 0 where none runs."""
        return self._worker.cpu_s() if self._worker is not None else 0.0


def header_of_reply(frame: Frame, nonce: int) -> dict[str, Any]:
    """Parse the header of a reply. Raises `Violation`, also where it is not to the question of this number."""
    header = header_of(frame)
    if header.get("nonce") != nonce or type(header["nonce"]) is not int:
        raise Violation("a reply is to another question")
    return header


_LOADING: dict[str, Trouble] = {"raised": "raised", "memory": "memory", "absent": "absent"}
CALLING: dict[str, Trouble] = {**_LOADING, "blocked": "blocked"}
"""What a child may say of itself; everything else is seen from outside."""


def _failed(said: Any) -> Failed:
    return parse_failure(said, _LOADING)


def parse_failure(said: Any, allowed: Mapping[str, Trouble]) -> Failed:
    """Read `[status, message, detail]`. Raises `TypeError`, `ValueError` or `LookupError`."""
    status, message, detail = said
    return Failed(allowed[status], " ".join(text(message).split()), text(detail, 4_000))
