"""A submission that tries to get out, one way a function: what `isolation` sends into a throw-away worker.

Only its text is used. Each function returns "" where it got through, and what it was told where it was refused;
anything else it raises means that the attempt itself was no good.
"""

from __future__ import annotations

import _thread
import ctypes
import mmap
import os
import socket

REFUSALS = (OSError, RuntimeError)


def attempt_open() -> str:
    try:
        os.close(os.open("/", os.O_RDONLY))
    except REFUSALS as refusal:
        return str(refusal)
    return ""


def attempt_stat() -> str:
    try:
        os.stat("/")
    except REFUSALS as refusal:
        return str(refusal)
    return ""


def attempt_write() -> str:
    said = ""
    for folder in ("/tmp", "/dev/shm", "/"):
        try:
            os.close(os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o600))  # a file that never gets a name
        except REFUSALS as refusal:
            said = str(refusal)
        else:
            return ""
    return said


def attempt_socket() -> str:
    try:
        socket.socket().close()
    except REFUSALS as refusal:
        return str(refusal)
    return ""


def attempt_fork() -> str:
    try:
        child = os.fork()
    except REFUSALS as refusal:
        return str(refusal)
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return ""


def attempt_thread() -> str:
    try:
        _thread.start_new_thread(os.getpid, ())
    except REFUSALS as refusal:
        return str(refusal)
    return ""


def attempt_exec() -> str:
    """Succeeds by ending the worker."""
    said = ""
    for program in ("/bin/true", "/usr/bin/true", "/proc/self/exe"):
        try:
            os.execv(program, ["true"])
        except REFUSALS as refusal:
            said = str(refusal)
    return said


def attempt_kill() -> str:
    try:
        os.kill(os.getpid(), 0)
    except REFUSALS as refusal:
        return str(refusal)
    return ""


def attempt_ptrace() -> str:
    c_library = ctypes.CDLL(None, use_errno=True)
    if c_library.ptrace(0, 0, 0, 0) == -1:  # PTRACE_TRACEME
        return os.strerror(ctypes.get_errno())
    return ""


def attempt_executable_memory() -> str:
    try:
        mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC).close()
    except REFUSALS as refusal:
        return str(refusal)
    return ""


def attempt_memory(megabytes: int) -> str:
    try:
        return "" if bytearray(megabytes * 2**20) else "nothing was allocated"
    except MemoryError:
        return "MemoryError"
