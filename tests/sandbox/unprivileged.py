"""Run as a script, by root: become an ordinary user, open a sandbox, and print as JSON what is found.

An interpreter in a closed folder (a home of mode 0700) is first put back in its place in a private view of the files
in which the folder is open.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
import tempfile
from functools import partial
from pathlib import Path

NOBODY = 65534
LOOT = "def f(pid):\n    return len(open(f'/proc/{pid}/mem', 'rb').name)\n"


def c_call(name: str, *arguments: object) -> None:
    """Call the C library. Raises OSError."""
    library = ctypes.CDLL(None, use_errno=True)
    if getattr(library, name)(*arguments) != 0:
        raise OSError(ctypes.get_errno(), name)


def open_up(folder: Path) -> None:
    """Make `folder` reachable for everybody, in a mount namespace of our own."""
    closed = [parent for parent in reversed(folder.parents) if not parent.stat().st_mode & 0o001]
    if not closed:
        return
    aside = tempfile.mkdtemp()
    c_call("unshare", 0x20000)
    c_call("mount", b"none", b"/", None, 16384 | 1 << 18, None)
    c_call("mount", os.fsencode(folder), os.fsencode(aside), None, 4096, None)
    c_call("mount", b"none", os.fsencode(closed[0]), b"tmpfs", 0, b"mode=755")
    folder.mkdir(parents=True)
    c_call("mount", os.fsencode(aside), os.fsencode(folder), None, 4096, None)


def become_ordinary() -> None:
    """Give up root."""
    open_up(Path(os.path.realpath(sys.executable)).parents[1])
    os.chdir("/")
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # dumpable, as a process is that was never root


def stolen(undumpable: bool) -> list[str]:
    """Whether a worker without a filter can open the memory of the zygote and of the grader."""
    from types import SimpleNamespace

    from grader.questions import Call, Question
    from grader.sandbox import Limits, Sandbox
    from grader.sandbox.forked import Forked
    from grader.sandbox.worker.layers import Layers
    from grader.sandbox.zygote import Zygote

    weak = Layers(**{**dict.fromkeys(Layers().as_dict(), False), "undumpable": undumpable})
    submission = SimpleNamespace(files=[SimpleNamespace(path="a.py", content=LOOT.encode())])
    with Zygote(weak) as mother, Sandbox(Limits(), partial(Forked, mother)) as box:
        confined = box.open(submission, {"f": "a"})
        answers = confined.ask(Question((Call("f", (mother.pid,)), Call("f", (os.getpid(),)))))
    return [getattr(answer, "message", "opened") for answer in answers]


def found() -> dict[str, object]:
    """Measure."""
    from grader.sandbox.confine import measured
    from grader.sandbox.worker.layers import Layers
    from grader.sandbox.zygote import Zygote

    with Zygote() as mother, Zygote(Layers(namespaces=False)) as lesser:
        strong, medium = measured(mother), measured(lesser)
    return {
        "user": os.getuid(),
        "level": strong.level,
        "layers": strong.layers,
        "missing": strong.missing,
        "failed": [check for check in strong.checks + medium.checks if not check.held],
        "level without namespaces": medium.level,
        "open": stolen(undumpable=False),
        "closed": stolen(undumpable=True),
    }


if __name__ == "__main__":
    become_ordinary()
    print(json.dumps(found()))
