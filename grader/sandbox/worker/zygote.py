"""The parent of all workers of one run: warm, alone, without an answer anywhere in it; it forks where it is told to.

It speaks on one socket that keeps messages apart, in JSON, with descriptors beside them:

    at the start        →  {"in_force": {layer: bool}, "refused": why or ""}
    {"cpu_s", "memory_mb"} + requests, replies, output  →  {"pid"} + a descriptor of the process, or {"error"}
    {"reap": pid}       →  {"status", "cpu_s", "peak_kb"}: of a process that has ended or was killed

When the other end of the socket closes, it ends.
"""

from __future__ import annotations

import fcntl
import gc
import json
import os
import socket
import sys
from typing import Any, NamedTuple

from . import kernel, namespaces, rlimits
from .birth import live
from .layers import Caps, Layers, Wrapping, given
from .rehearsal import rehearse
from .warming import warm_up

_ABOVE_THE_PIPES = 20
_MESSAGE_MAX = 4096
_PIPES = 3


class Kept(NamedTuple):
    """What stays open in the zygote."""

    control: socket.socket
    nothing: int
    own_processes: int | None
    base_bytes: int


def main(control: int, spare: int, *asked: int) -> None:
    """Warm up, confine oneself as far as children are to be confined for good, and serve.

    `control` is the socket, `spare` the user id for a root's workers; `asked` are the layers, in their order.
    """
    channel = socket.socket(fileno=_moved(control))
    nothing = _empty_input()
    kernel.keep_freed_memory()
    gc.disable()  # what is imported is no garbage
    warm_up()
    rehearse()
    _settle()
    base = rlimits.address_space()
    layers, refused = _confine_oneself(given(Layers(*map(bool, asked))), spare, channel)
    own = _processes_of_this_namespace() if layers.namespaces else None
    if layers.namespaces:
        namespaces.empty_root()
    if layers.no_capabilities:
        kernel.shrink_bounds()
    channel.send(json.dumps({"in_force": layers.as_dict(), "refused": refused}).encode())
    _serve(Kept(channel, nothing, own, base), Wrapping(layers))
    os._exit(0)


def _moved(descriptor: int) -> int:
    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, _ABOVE_THE_PIPES)
    os.close(descriptor)
    return moved


def _empty_input() -> int:
    reading, writing = os.pipe()
    os.close(writing)
    return _moved(reading)


def _settle() -> None:
    """Make what is there permanent: no thread, nothing half written, no path of the machine to be read.

    What garbage there is stays: to look for it takes longer than a worker lives.
    """
    threads = len(os.listdir("/proc/self/task"))
    if threads != 1:
        raise RuntimeError(f"the zygote has {threads} threads; expected 1")
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace", line_buffering=True)  # type: ignore[union-attr]
    sys.orig_argv[:] = [""]
    gc.freeze()
    gc.enable()


def _confine_oneself(layers: Layers, spare: int, channel: socket.socket) -> tuple[Layers, str]:
    """Change the user, then enter namespaces; return what came of it, and what the kernel refused."""
    layers = layers._replace(drop_uid=layers.drop_uid and _drop_to(spare))
    if layers.undumpable:
        kernel.undumpable()
    refused = namespaces.possible() if layers.namespaces else ""
    layers = layers._replace(namespaces=layers.namespaces and not refused)
    if layers.namespaces:
        namespaces.enter()
        _become_the_first_process(channel)
        if not layers.undumpable:
            kernel.prctl(kernel.PR_SET_DUMPABLE, 1)
    return layers, refused


def _drop_to(spare: int) -> bool:
    """Leave root for a user who owns nothing. False where this is not root, or the system knows no such user."""
    if os.getuid() != 0:
        return False
    try:
        os.setgroups([])
        os.setresgid(spare, spare, spare)
        os.setresuid(spare, spare, spare)
    except OSError:
        return False
    return True


def _become_the_first_process(channel: socket.socket) -> None:
    """Go on in a child, the first of its process namespace; what remains here waits for it, and ends with it."""
    child = os.fork()
    if child:
        channel.close()
        os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) & 0xFF)
    kernel.die_with_parent()


def _processes_of_this_namespace() -> int:
    return _moved(os.open("/proc/self/ns/pid", os.O_RDONLY))


def _serve(kept: Kept, wrapping: Wrapping) -> None:
    while True:
        message, pipes, _, _ = socket.recv_fds(kept.control, _MESSAGE_MAX, _PIPES)
        if not message:
            return
        request = json.loads(message)
        if "reap" in request:
            kept.control.send(json.dumps(_reap(request["reap"])).encode())
        else:
            _bear(kept, wrapping, request, pipes)


def _bear(kept: Kept, wrapping: Wrapping, request: dict[str, Any], pipes: list[int]) -> None:
    """Fork one worker, and hand its process over. In the child this does not return."""
    try:
        child = _fork(kept.own_processes)
    except OSError as error:
        _close_all(pipes)
        kept.control.send(json.dumps({"error": str(error)}).encode())
        return
    if child == 0:
        kept.control.detach()
        caps = Caps(request["cpu_s"], kept.base_bytes + request["memory_mb"] * rlimits.MB)
        live(pipes, kept.nothing, wrapping, caps)
    _close_all(pipes)  # before the grader hears of the worker: the end of its replies is its own end alone
    handle = os.pidfd_open(child)
    socket.send_fds(kept.control, [json.dumps({"pid": child}).encode()], [handle])
    os.close(handle)


def _close_all(descriptors: list[int]) -> None:
    for descriptor in descriptors:
        os.close(descriptor)


def _fork(own_processes: int | None) -> int:
    """Fork, into a process namespace of the child's own where this process has one."""
    if own_processes is None:
        return kernel.fork()
    namespaces.unshare(namespaces.NEW_PROCESSES)
    try:
        child = kernel.fork()
    except OSError:
        namespaces.set_process_namespace(own_processes)
        raise
    if child:
        namespaces.set_process_namespace(own_processes)
    return child


def _reap(child: int) -> dict[str, Any]:
    try:
        _, status, usage = os.wait4(child, 0)
    except ChildProcessError:
        return {"status": 0, "cpu_s": 0.0, "peak_kb": 0}
    return {"status": status, "cpu_s": usage.ru_utime + usage.ru_stime, "peak_kb": usage.ru_maxrss}
