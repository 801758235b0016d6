"""The command line: thin. It finds the course, calls the rooms, and turns what they say into text and exit codes.

Commands import what they need when they run, so that `grader --help` and `grader check` stay quick.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
import threading
from typing import NoReturn

from grader.cli.exits import OURS, Stop
from grader.sandbox.command import ONE_THREAD

_CONFINES = "grade"
"""The command that always needs the zygote: it gets ready while all else, this room too, is still being imported."""

_GARBAGE = 50_000
"""New objects between two searches for garbage. What is imported is none; to look for it took a tenth of a start."""


_TOOLS = 6
"""How many tools can watch a Python process."""


def script() -> NoReturn:
    """Be `grader`: run the command line, and leave the process.

    The system takes back all memory at once. For Python to take apart what was imported, object by object, takes as
    long as to grade a submission, so that is left out; what was registered for the end is done.
    """
    code: str | int | None = 0
    try:
        main()
    except SystemExit as end:
        code = end.code
    if threading.active_count() > 1 or isinstance(code, str) or _is_watched():
        sys.exit(code)
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (BrokenPipeError, ValueError, AttributeError):  # whoever read it has left; closed; missing
            continue
        except OSError:  # the disk is full: what was said is lost
            code = code or OURS
    os._exit(code or 0)


def _have_streams() -> None:
    """Let what was closed before the start be there and lead nowhere: other files would take its descriptors."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115


def _is_watched() -> bool:
    """Whether a debugger, a profiler or a measure of coverage looks on: it goes on when we have ended."""
    monitoring = getattr(sys, "monitoring", None)  # from Python 3.12 on
    tools = map(monitoring.get_tool, range(_TOOLS)) if monitoring else ()
    return bool(sys.gettrace() or sys.getprofile() or any(tools))


def main() -> None:
    """Run the command line. Expected failures end in one line and their exit code, never in a traceback."""
    gc.set_threshold(_GARBAGE)
    for name in ONE_THREAD:  # threads that wait for one another by counting spoil every measure of processor time
        os.environ.setdefault(name, "1")
    _have_streams()
    if sys.argv[1:2] == [_CONFINES] and "--help" not in sys.argv:
        from grader.sandbox import shared

        shared.prestart()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    from grader.cli.commands import app

    try:
        app(prog_name="grader")
    except Stop as stop:
        print(f"grader: {stop}", file=sys.stderr)  # noqa: T201
        sys.exit(stop.code)
    except OSError as reason:
        if reason.filename is not None:
            raise
        print(f"grader: what it has to say cannot be written ({reason.strerror})", file=sys.stderr)  # noqa: T201
        sys.exit(OURS)
    except KeyboardInterrupt:
        print("grader: interrupted; what was graded is kept", file=sys.stderr)  # noqa: T201
        sys.exit(130)
