"""The grader's end of one worker process: frames out, frames in, and a hand on the switch.

Threads read, so that nothing here needs fork, select or signals, and a child that neither reads nor ends holds up
nobody. Time and exit status are taken from outside; nothing that the child says about itself is believed.
"""

from __future__ import annotations

import contextlib
import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from typing import IO, cast

from ..limits import Limits
from . import processor
from .command import command, environment
from .death import Death, exited, flooded, violated
from .worker.wire import Frame, Violation, read_frame

AT_ONCE = 4096
"""Bytes that an empty pipe takes on every system without waiting for a reader."""

_PATIENCE_S = 1.0
_CHUNK = 65536
_PIPE_BYTES = 2**20


class Process:
    """One child. Raises OSError where it cannot be started."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._folder = tempfile.mkdtemp(prefix="grader-")
        try:
            self._child = subprocess.Popen(
                command("serve", limits.cpu_s, limits.memory_mb),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=self._folder,
                env=environment(),
                start_new_session=True,
            )
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        self._frames: queue.SimpleQueue[Frame | Violation | None] = queue.SimpleQueue()
        for pipe in (self._child.stdin, self._child.stdout):
            _widen(cast("IO[bytes]", pipe).fileno())
        self._closed = False
        self._due, self._seen = 1, 0  # the child says once, unasked, that it is ready
        self._output = bytearray()
        self._printed = 0
        self._writer: threading.Thread | None = None
        self._threads = [self._thread(self._read_replies), self._thread(self._drain)]

    def _thread(self, target: object, *args: object) -> threading.Thread:
        thread = threading.Thread(target=target, args=args, daemon=True)  # type: ignore[arg-type]
        thread.start()
        return thread

    # -- threads ------------------------------------------------------------------------------------------------------

    def _read_replies(self) -> None:
        replies = cast("IO[bytes]", self._child.stdout)
        found: Frame | Violation | None
        while True:
            try:
                found = read_frame(replies.read, self._limits.reply_mb * 2**20, self._is_due)
            except Violation as violation:
                found = violation
            except (OSError, ValueError):
                found = None
            self._frames.put(found)
            if not isinstance(found, Frame):
                return

    def _is_due(self) -> bool:
        self._seen += 1
        return self._seen <= self._due

    def _drain(self) -> None:
        pipe = cast("IO[bytes]", self._child.stderr).fileno()
        with contextlib.suppress(OSError):
            while chunk := os.read(pipe, _CHUNK):
                self._output += chunk[: max(0, self._limits.output_kept - len(self._output))]
                self._printed += len(chunk)
                if self.flooded:
                    self.kill()

    def _write(self, frame: bytes) -> None:
        with contextlib.suppress(OSError, ValueError):  # a dead child is noticed by who waits for its reply
            requests = cast("IO[bytes]", self._child.stdin)
            requests.write(frame)
            requests.flush()

    # -- what the session does ----------------------------------------------------------------------------------------

    @property
    def flooded(self) -> bool:
        """Whether the child printed more than it may."""
        return self._printed > self._limits.output_max

    @property
    def output(self) -> bytes:
        """What the child printed, as far as it is kept."""
        return bytes(self._output)

    def send(self, frame: bytes, replies: int) -> None:
        """Send a request that `replies` frames will answer; returns at once, whether the child reads or not.

        Raises `Death` where the child answered the last request without having read it.
        """
        if self._writer is not None:
            self._writer.join(_PATIENCE_S)
            if self._writer.is_alive():
                self.close()
                raise violated(Violation("a reply came before its question had been read"))
            self._writer = None
        self._due += replies
        if len(frame) <= AT_ONCE:
            self._write(frame)
        else:
            self._writer = self._thread(self._write, frame)

    def receive(self, timeout_s: float) -> Frame:
        """Wait for the next frame. Raises `Death`, and the child is dead then."""
        try:
            found = self._frames.get(timeout=max(timeout_s, 0.0))
        except queue.Empty:
            self.close()
            raise Death("timeout", f"took longer than {timeout_s:.3g} s and was stopped") from None
        if isinstance(found, Frame):
            return found
        if isinstance(found, Violation):
            self.close()
            raise violated(found)
        raise self._ended()

    def be_quiet(self) -> None:
        """Make sure that nothing has come that nobody asked for. Raises `Death`."""
        if not self._frames.empty():
            self.close()
            raise violated(Violation("a reply came that nobody had asked for"))

    def cpu_s(self) -> float:
        """Return the processor seconds that the child has used so far, by the kernel's clock; elsewhere wall time."""
        used = processor.used_s(self._child.pid)
        return time.perf_counter() if used is None else used

    def cpu_limit_s(self) -> int | None:
        """Return the kernel's hard limit on them; None for none, or where it cannot be seen."""
        return processor.limit_s(self._child.pid)

    def _ended(self) -> Death:
        """Say why the replies ended. A child that has only closed them is ended too."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(0.5)
        code = self._child.poll()
        self.close()
        return flooded(self._limits) if self.flooded else exited(code, self._limits)

    def kill(self) -> None:
        """End the child and what it started. Does not wait. The group may outlive its leader."""
        killpg = getattr(os, "killpg", None)
        with contextlib.suppress(OSError):
            if killpg is not None:
                killpg(self._child.pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            self._child.kill()

    def close(self) -> None:
        """End the child, wait for it, and leave nothing behind. May be called twice."""
        if self._closed:
            return
        self._closed = True
        self.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(_PATIENCE_S)
        threads = [*self._threads, *([self._writer] if self._writer else [])]
        for thread in threads:
            thread.join(_PATIENCE_S)
        if not any(thread.is_alive() for thread in threads):  # else something that fled holds the other end
            for pipe in (self._child.stdin, self._child.stdout, self._child.stderr):
                with contextlib.suppress(OSError):
                    cast("IO[bytes]", pipe).close()
        shutil.rmtree(self._folder, ignore_errors=True)


def _widen(pipe: int) -> None:
    """Let a pipe hold a megabyte where the system can: a large array crosses in fewer turns."""
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
