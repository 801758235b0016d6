"""Nothing is needed that Windows or macOS lacks, nothing is left behind, and nothing is claimed that is not so."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from grader.limits import Limits
from grader.questions import Call, Question
from grader.sandbox import Sandbox, command, confine, shared, zygote
from grader.sandbox.process import Process
from grader.sandbox.worker import rlimits

TEXT = (
    "def f(x): return x\ndef g(x):\n    while True: pass\n    return 1\ndef h(x):\n    import os; os._exit(1); return 1"
)


@pytest.fixture
def backend():
    """The one without confinement."""
    return Process


HIDDEN = ("resource", "select", "fcntl", "pwd", "grp", "termios")
MISSING = {os: ("fork", "killpg", "forkpty", "waitid"), time: ("clock_gettime",), __import__("signal"): ("alarm",)}


def test_it_works_without_fork_resource_and_select(opened, monkeypatch):
    for name in HIDDEN:
        monkeypatch.setitem(sys.modules, name, None)
    for module, names in MISSING.items():
        for name in names:
            monkeypatch.delattr(module, name, raising=False)
    assert not shared.possible()
    confined = opened(TEXT, "f g h", start=None)
    answers = confined.ask(Question(tuple(Call(name, (1,), timed=True) for name in "fghf")))
    assert [getattr(one, "status", "returned") for one in answers] == ["returned", "timeout", "crashed", "returned"]
    assert answers[0].cpu_s >= 0


def test_the_child_works_without_resource(opened, put, monkeypatch):
    hide = f"import sys\nsys.modules.update(dict.fromkeys({HIDDEN}))\n"
    monkeypatch.setattr("grader.sandbox.command.BOOTSTRAP", hide + command.BOOTSTRAP)
    assert put(opened(TEXT), "f", 1).value == 1
    monkeypatch.setitem(sys.modules, "resource", None)
    rlimits.apply(1, 1)


def processes():
    """The command lines of all workers, and of what the submission below starts."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            found.append((folder.name, (folder / "cmdline").read_bytes()))
    return [one for one in found if b"\0serve\0" in one[1] or b"4321" in one[1].split(b"\0")]


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="counts processes and files in /proc")
def test_nothing_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before, threads, fds = set(processes()), threading.active_count(), len(os.listdir("/proc/self/fd"))
    child = "import subprocess\ndef k(x):\n    subprocess.Popen(['sleep', '4321'])\n    return 1\n"
    handed = SimpleNamespace(files=[SimpleNamespace(path="a.py", content=(child + TEXT).encode())])
    with Sandbox(Limits(call_s=0.5), Process) as box:
        for _ in range(2):
            confined = box.open(handed, dict.fromkeys("fghk", "a"))
            confined.ask(Question(tuple(Call(name, (1,)) for name in "kfgkhf")))
        assert len(processes()) > len(before)
        assert os.listdir(tmp_path)
    assert set(processes()) <= before
    assert threading.active_count() == threads
    assert len(os.listdir("/proc/self/fd")) == fds
    assert os.listdir(tmp_path) == []


def test_the_child_sees_an_empty_folder_and_a_clean_environment(opened, put, monkeypatch):
    monkeypatch.setenv("SECRET_TOKEN", "hunter2")
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Haswell")
    confined = opened("import os\ndef f(): return os.listdir('.'), sorted(os.environ)")
    listing, names = put(confined, "f").value
    assert listing == []
    assert set(names) <= {*command.environment(), "LC_CTYPE"}
    assert "OPENBLAS_CORETYPE" in names
    assert "SECRET_TOKEN" not in names


def test_another_backend_can_take_its_place(opened, put):
    started = []

    def start(limits):
        started.append(Process(limits))
        return started[-1]

    assert put(opened(TEXT, start=start), "f", 1).value == 1
    assert len(started) == 1


def test_what_is_claimed(monkeypatch):
    monkeypatch.setattr(shared, "possible", lambda: False)
    found = confine.isolation.__wrapped__()
    assert found.level == (1 if os.name == "posix" else 0)
    assert "NOT confined" in found.claim
    assert ("none on memory" in found.claim) == (found.level == 0)


@pytest.mark.parametrize("name", ["call_s", "memory_mb"])
def test_limits_are_positive(name):
    with pytest.raises(ValueError, match=f"the limit {name} is 0; expected a positive number"):
        Limits(**{name: 0})


def test_without_a_filter_there_is_a_process_and_no_claim(monkeypatch):
    monkeypatch.setattr("grader.sandbox.worker.seccomp.supported", lambda: False)
    assert not shared.possible()
    with Sandbox() as box:
        assert box._start is Process
    assert confine.isolation.__wrapped__().level < 2


@pytest.mark.skipif(not shared.possible(), reason="this machine has no kernel filter")
def test_a_sandbox_that_cannot_start_is_not_called_confined(monkeypatch):
    monkeypatch.setattr(shared, "_shared", zygote.Zygote())
    monkeypatch.setattr(command, "BOOTSTRAP", "raise SystemExit('no numpy here')")
    found = confine.isolation.__wrapped__()
    assert (found.level, "no numpy here" in found.claim) == (1, True)
