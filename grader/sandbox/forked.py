"""The grader's end of one worker of the zygote: one loop that watches all its pipes and its end, and no thread.

A worker that does not read, does not answer, prints without end or is gone is noticed in the same place, in time.
Time, processor time and exit status come from the grader's clock and from the kernel.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import time

from ..limits import Limits
from . import processor
from .death import Death, exited, flooded, violated
from .inbox import Inbox
from .spare import Born
from .worker.wire import Frame, Violation
from .zygote import Ended, Zygote

_CHUNK = 2**16
_PATIENCE_S = 0.5
_BY_TICKS = 0.7
"""The kernel counts ticks against a limit, and exact time for its report; on a busy machine they differ."""


class Forked:
    """One worker. Raises `SandboxError` where none can be had."""

    def __init__(self, zygote: Zygote, limits: Limits) -> None:
        self._zygote = zygote
        self._limits = limits
        self._born: Born = zygote.fork(limits)
        self._inbox = Inbox(self._born.replies)
        self._inbox.due = 1  # it says once, unasked, that it is ready
        self._unsent = memoryview(b"")
        self._output = bytearray()
        self._printed = 0
        self._seen_pid = 0
        self._over = False
        self.ended: Ended | None = None
        self._poll = select.poll()
        self._poll.register(self._born.replies, select.POLLIN)
        self._poll.register(self._born.output, select.POLLIN)
        self._poll.register(self._born.handle, select.POLLIN)

    @property
    def output(self) -> bytes:
        """What it printed, as far as it is kept."""
        return bytes(self._output)

    # -- what the session does ----------------------------------------------------------------------------------------

    def send(self, frame: bytes, replies: int) -> None:
        """Send a request that `replies` frames will answer; returns at once, whether it is read or not.

        Raises `Death` where something waits that nobody asked for, or the last request has not been read.
        """
        self.be_quiet()
        if self._unsent:
            raise self._guilty(Violation("a reply came before its question had been read"))
        self._inbox.due += replies
        self._unsent = memoryview(frame)
        self._write()
        if self._unsent:
            self._poll.register(self._born.requests, select.POLLOUT)

    def be_quiet(self) -> None:
        """Make sure that nothing can be read now. Raises `Death`."""
        if self._inbox.empty and not self._inbox.closed:
            with contextlib.suppress(BlockingIOError):
                self._inbox.read()
        if not self._inbox.empty:
            raise self._guilty(Violation("a reply came that nobody had asked for"))

    def receive(self, timeout_s: float) -> Frame:
        """Wait for the next frame. Raises `Death`, and the worker is dead then."""
        deadline = time.perf_counter() + timeout_s
        try:
            while (frame := self._inbox.frame(self._limits.reply_mb * 2**20)) is None:
                if self._over or self._inbox.closed:
                    raise self._end()
                self._turn(deadline, timeout_s)
        except Violation as violation:
            raise self._guilty(violation) from None
        return frame

    def cpu_s(self) -> float:
        """Return the processor seconds that the worker has used so far, by the kernel's clock of its process."""
        used = processor.used_s(self._pid())
        return time.perf_counter() if used is None else used

    def cpu_limit_s(self) -> int | None:
        """Return the kernel's limit on them; None for none."""
        return processor.limit_s(self._pid())

    def _pid(self) -> int:
        """Return its number in our own process namespace, which is not the zygote's."""
        if not self._seen_pid:
            with open(f"/proc/self/fdinfo/{self._born.handle}", encoding="ascii") as about:
                self._seen_pid = next(int(line.split()[1]) for line in about if line.startswith("Pid:"))
        return self._seen_pid

    def close(self) -> None:
        """End the worker, wait for it, and leave nothing behind. May be called twice. Raises `Lost`."""
        if self.ended is not None:
            return
        self.ended = Ended(0, 0.0, 0.0)
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._born.handle, signal.SIGKILL)
        try:
            self.ended = self._zygote.reap(self._born.pid)
            with contextlib.suppress(BlockingIOError):
                while self._drain():
                    continue
        finally:
            for descriptor in self._born[1:]:
                os.close(descriptor)

    # -- the loop -----------------------------------------------------------------------------------------------------

    def _turn(self, deadline: float, timeout_s: float) -> None:
        """Wait until something happens, and deal with it. Raises `Death`."""
        left_ms = (deadline - time.perf_counter()) * 1000
        ready = dict(self._poll.poll(left_ms)) if left_ms > 0 else {}
        if not ready:
            self.close()
            raise Death("timeout", f"took longer than {timeout_s:.3g} s and was stopped")
        if self._born.output in ready:
            self._hear_output()
        if self._born.requests in ready:
            self._write()
        if self._born.replies in ready:
            self._inbox.read()
        if self._born.handle in ready:
            self._over = True
            with contextlib.suppress(BlockingIOError):
                while not self._inbox.closed:  # what it had sent before it ended
                    self._inbox.read()

    def _write(self) -> None:
        try:
            while self._unsent:
                self._unsent = self._unsent[os.write(self._born.requests, self._unsent) :]
        except BlockingIOError:
            return
        except OSError:  # nobody reads any more: noticed by who waits for the reply
            self._unsent = memoryview(b"")
        with contextlib.suppress(KeyError):
            self._poll.unregister(self._born.requests)

    def _hear_output(self) -> None:
        with contextlib.suppress(BlockingIOError):
            if not self._drain():
                self._poll.unregister(self._born.output)
        if self._printed > self._limits.output_max:
            self.close()
            raise flooded(self._limits)

    def _drain(self) -> bool:
        chunk = os.read(self._born.output, _CHUNK)
        self._output += chunk[: max(0, self._limits.output_kept - len(self._output))]
        self._printed += len(chunk)
        return bool(chunk)

    # -- its end ------------------------------------------------------------------------------------------------------

    def _guilty(self, violation: Violation) -> Death:
        self.close()
        return violated(violation)

    def _end(self) -> Death:
        """Say why there are no more replies. A worker that has only closed them is ended too."""
        by_itself = self._over or self._ends_soon()
        self.close()
        if self._printed > self._limits.output_max:
            return flooded(self._limits)
        if not by_itself:
            return exited(None, self._limits)
        assert self.ended is not None
        code = os.waitstatus_to_exitcode(self.ended.status)
        if code == -signal.SIGKILL and self.ended.cpu_s >= _BY_TICKS * self._limits.cpu_s:
            code = -signal.SIGXCPU  # one limit, not two: see `rlimits.confine`
        return exited(code, self._limits)

    def _ends_soon(self) -> bool:
        poll = select.poll()
        poll.register(self._born.handle, select.POLLIN)
        return bool(poll.poll(_PATIENCE_S * 1000))
