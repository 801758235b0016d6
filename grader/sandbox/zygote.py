"""The grader's end of the zygote: it is started once a run, forks a worker when told to, and says how each ended.

This module imports little, so that a zygote can be under way while the rest of the grader is still being imported.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from .command import command, environment
from .errors import Lost, SandboxError
from .hiding import hide, show
from .pipes import close_all, pipes
from .spare import Born, Caps, Spare
from .worker.layers import Layers

if TYPE_CHECKING:
    from ..limits import Limits

START_S, SILENCE_S, _PATIENCE_S = 60.0, 10.0, 1.0
_MESSAGE_MAX = 4096
_SPARE_USERS = range(60_900, 61_000)


class Ended(NamedTuple):
    """How a worker ended, by the kernel: wait status, processor seconds, and memory at its peak in megabytes."""

    status: int
    cpu_s: float
    peak_mb: float


class Zygote:
    """One zygote at a time: where it is lost, the next fork starts another. A context manager."""

    def __init__(self, layers: Layers | None = None) -> None:
        self._asked = layers if layers is not None else Layers()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._in_force: Layers | None = None
        self._spare = Spare()
        self.refused = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- its life -----------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start it, unless it runs already; do not wait until it is ready. Raises `SandboxError`."""
        if self._process is not None:
            return
        if self._asked.undumpable:
            hide(self)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        numbers = (theirs.fileno(), spare_user(), *self._asked.as_dict().values())
        try:
            self._process = subprocess.Popen(
                command("zygote", *map(int, numbers)),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                cwd="/",
                env=environment(),
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        except OSError as error:
            ours.close()
            raise SandboxError(f"the zygote cannot be started: {error}") from None
        finally:
            theirs.close()
        self._control = ours

    @property
    def layers(self) -> Layers:
        """The layers that are in force. Starts it and waits until it is ready. Raises `SandboxError`."""
        self.start()
        if self._in_force is None:
            hello, _ = self._hear(START_S)
            self._in_force, self.refused = Layers(**hello["in_force"]), hello["refused"]
        return self._in_force

    @property
    def pid(self) -> int | None:
        """The number of the process that was started, None before and after."""
        return self._process.pid if self._process is not None else None

    def close(self) -> None:
        """End it, and all its workers with it. May be called twice; the next fork starts another."""
        process, control, idle = self._process, self._control, self._in_force is None
        self._spare.drop()
        self._process, self._control, self._in_force = None, None, None
        show(self)
        if control is not None:
            control.close()
        if process is not None:
            if idle:
                process.kill()  # it is still importing, and has nothing that could be lost
            try:
                process.wait(_PATIENCE_S)  # it ends when the socket closes
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stderr is not None:
                process.stderr.close()

    # -- what it does -------------------------------------------------------------------------------------------------

    def fork(self, limits: Limits) -> Born:
        """Have it fork a worker; where it is lost, once more with another. Raises `SandboxError`.

        Where one after another is asked for, each is forked while the one before it is at work.
        """
        try:
            return self._fork(limits)
        except Lost:
            return self._fork(limits)

    def _fork(self, limits: Limits) -> Born:
        _ = self.layers
        self._settle()
        caps = {"cpu_s": limits.cpu_s, "memory_mb": limits.memory_mb}
        if not self._spare.fits(caps):
            self._discard()
            self._order(caps)
            self._settle()
        if self._spare.likely(caps):
            self._order(caps)  # where this loses the zygote, what is ready is let go of with it
        ready = self._spare.taken()
        if isinstance(ready, Born):
            return ready
        raise SandboxError(f"a worker cannot be forked: {ready}")

    def _order(self, caps: Caps) -> None:
        """Ask for a worker, and do not wait for it. Raises `Lost`."""
        theirs, ours = pipes()
        try:
            self._say(caps, theirs)
        except BaseException:
            close_all(ours)
            raise
        finally:
            close_all(theirs)
        self._spare.ordered(caps, ours)

    def _settle(self) -> None:
        """Hear what became of the worker that was asked for, if one was. Raises `Lost`."""
        if self._spare.due:
            reply, handles = self._hear(SILENCE_S)
            self._spare.came(reply.get("pid", 0), handles, reply.get("error", "no reason given"))

    def _discard(self) -> None:
        """End a worker that nobody needs. Raises `Lost`."""
        born = self._spare.taken()
        if isinstance(born, Born):
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(born.handle, signal.SIGKILL)
            try:
                self.reap(born.pid)
            finally:
                close_all(list(born[1:]))

    def reap(self, pid: int) -> Ended:
        """Wait for a worker that was killed or has ended. Raises `Lost`."""
        self._settle()
        self._say({"reap": pid}, [])
        reply, _ = self._hear(SILENCE_S)
        return Ended(reply["status"], reply["cpu_s"], reply["peak_kb"] / 1024)

    def _say(self, message: dict[str, Any], pipes: list[int]) -> None:
        if self._control is None:
            raise Lost("the zygote is gone")
        try:
            socket.send_fds(self._control, [json.dumps(message).encode()], pipes)
        except OSError as error:
            raise self._lost(str(error)) from None

    def _hear(self, timeout_s: float) -> tuple[dict[str, Any], list[int]]:
        assert self._control is not None
        self._control.settimeout(timeout_s)
        try:
            message, handles, _, _ = socket.recv_fds(self._control, _MESSAGE_MAX, 1, socket.MSG_CMSG_CLOEXEC)
        except TimeoutError:
            raise self._lost(f"it did not answer for {timeout_s:.3g} s") from None
        except OSError as error:
            raise self._lost(str(error)) from None
        if not message:
            raise self._lost(self._last_words())
        return json.loads(message), handles

    def _lost(self, why: str) -> Lost:
        self.close()
        return Lost(f"the zygote is gone: {why}")

    def _last_words(self) -> str:
        """What it said before it ended: the last line of a traceback, where our own code or numpy failed."""
        if self._process is None or self._process.stderr is None:
            return "it ended"
        with contextlib.suppress(OSError):
            os.set_blocking(self._process.stderr.fileno(), False)
            said = (self._process.stderr.read() or b"").decode("utf-8", "replace").strip().splitlines()
            return said[-1][:300] if said else "it ended"
        return "it ended"


def spare_user() -> int:
    """Return a user id that belongs to nobody here."""
    import pwd

    for user in _SPARE_USERS:
        try:
            pwd.getpwuid(user)
        except KeyError:
            return user
    return _SPARE_USERS[-1]
