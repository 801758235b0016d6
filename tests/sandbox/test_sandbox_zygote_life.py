"""The zygote is started once, may be lost at any moment, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from grader.cli import grade
from grader.cli.exits import OURS, Stop
from grader.limits import Limits
from grader.questions import Call, Question
from grader.sandbox import Sandbox, SandboxError, command, confine, hiding, shared, spare, zygote
from grader.sandbox.worker import kernel
from grader.sandbox.worker.layers import Layers

pytestmark = pytest.mark.skipif(not shared.possible(), reason="this machine has no kernel filter")

TEXT = "def f(x): return x + 1\ndef die(x):\n    import os; os._exit(3)\n    return 1\n"
SUBMISSION = SimpleNamespace(files=[SimpleNamespace(path="a.py", content=TEXT.encode())])
WANTED = {"f": "a", "die": "a"}


@pytest.fixture
def backend():
    """Each test says which."""


@pytest.fixture
def mother():
    with zygote.Zygote() as one:
        yield one


def start(mother):
    from grader.sandbox.forked import Forked

    return partial(Forked, mother)


def put(confined, name="f", x=1):
    [answer] = confined.ask(Question((Call(name, (x,)),)))
    return answer


def children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]


def family(pid):
    return [pid, *(one for child in children(pid) for one in family(child))]


def alive(pid):
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    return False


# -- death ------------------------------------------------------------------------------------------------------------


def kill(pids):
    """Kill processes, and wait until they are gone."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    deadline = time.perf_counter() + 5
    while any(map(alive, pids)) and time.perf_counter() < deadline:
        time.sleep(0.005)


def test_a_lost_zygote_is_replaced_and_the_question_put_again(mother):
    with Sandbox(Limits(), start(mother)) as box, box.open(SUBMISSION, WANTED) as confined:
        assert put(confined).value == 2
        kill(family(mother.pid))
        assert put(confined).value == 2
        assert put(confined, "die").status == "crashed"


def test_a_lost_worker_is_the_submissions_affair(mother, monkeypatch):
    monkeypatch.setattr(spare, "ENOUGH", 99)  # the youngest process is the one at work
    with Sandbox(Limits(), start(mother)) as box, box.open(SUBMISSION, WANTED) as confined:
        kill(family(mother.pid)[-1:])
        assert put(confined).value == 2  # asked again, and from now on one by one
        kill(family(mother.pid)[-1:])
        answer = put(confined)
        assert (answer.status, answer.message[:39]) == ("crashed", "f crashed its process (SIGKILL; the mac")


def test_the_second_time_it_is_our_fault_and_never_the_students(mother):
    with Sandbox(Limits(), start(mother)) as box:
        with box.open(SUBMISSION, WANTED) as confined:
            kill(family(mother.pid))
            assert put(confined).value == 2
            kill(family(mother.pid))
            with pytest.raises(SandboxError, match="the zygote is gone"):
                put(confined)
        with box.open(SUBMISSION, WANTED) as confined:  # the next submission is graded
            assert put(confined).value == 2


def test_a_silent_zygote_is_given_up(mother, monkeypatch):
    monkeypatch.setattr(zygote, "SILENCE_S", 0.3)
    with Sandbox(Limits(), start(mother)) as box, box.open(SUBMISSION, WANTED) as confined:
        inner = children(mother.pid)[0] if mother.layers.namespaces else mother.pid
        os.kill(inner, signal.SIGSTOP)
        assert put(confined, "die").status == "crashed"  # dies, cannot be reaped, and is asked again
        assert put(confined).value == 2


def test_a_zygote_lost_between_submissions_is_replaced(mother):
    with Sandbox(Limits(), start(mother)) as box:
        for _ in range(3):
            with box.open(SUBMISSION, WANTED) as confined:
                assert put(confined).value == 2
            kill([mother.pid])


def test_one_that_cannot_start_says_why(mother, monkeypatch):
    monkeypatch.setattr(command, "BOOTSTRAP", "raise SystemExit('no numpy here')")
    with pytest.raises(SandboxError, match="the zygote is gone: no numpy here"):
        mother.fork(Limits())
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(SandboxError, match=r"the zygote cannot be started: .*No such file"):
        mother.fork(Limits())


def patched(monkeypatch, line):
    """Have the zygote run `line` before it begins."""
    before, main, after = command.BOOTSTRAP.rpartition('__import__("importlib")')
    monkeypatch.setattr(command, "BOOTSTRAP", f"{before}{line}\n{main}{after}")


def test_a_worker_that_cannot_be_confined_runs_nothing(mother, monkeypatch):
    patched(monkeypatch, "import _worker.seccomp as s\ndef no(f): raise OSError('no filter today')\ns.install = no")
    with Sandbox(Limits(), start(mother)) as box, pytest.raises(SandboxError, match=r"code 71\): OSError: no filter"):
        box.open(SUBMISSION, WANTED)


def test_a_filter_that_is_skipped_is_noticed(mother, monkeypatch):
    patched(monkeypatch, "import _worker.seccomp as s\ns.install = lambda f: None")
    found = confine.measured(mother)
    assert mother.layers.seccomp  # so it says
    assert found.level == 1
    assert "stat" in found.claim


def test_grade_refuses_to_run_unconfined(monkeypatch):
    monkeypatch.setattr(confine, "isolation", lambda: confine.Isolation(1, "nothing holds."))
    with pytest.raises(Stop, match=r"nothing holds\. Give --allow-unconfined") as stopped:
        grade._measured(False, lambda: None)
    assert stopped.value.code == OURS
    done = []
    assert grade._measured(True, lambda: done.append("meanwhile")).level == 1
    assert done == ["meanwhile"]


def test_what_goes_wrong_while_it_is_measured_is_raised_where_the_result_is_asked_for(monkeypatch):
    def fails():
        raise SandboxError("the zygote cannot be started")

    monkeypatch.setattr(confine, "isolation", fails)
    result = confine.measuring()
    with pytest.raises(SandboxError, match="cannot be started"):
        result()


def test_where_the_system_refuses_a_thread_it_is_measured_at_once(monkeypatch):
    def refused(thread):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(confine.threading.Thread, "start", refused)
    monkeypatch.setattr(confine, "isolation", lambda: "as it is")
    before = sys.getswitchinterval()
    assert confine.measuring()() == "as it is"
    assert sys.getswitchinterval() == before


def test_blocked_namespaces_cost_a_level_and_nothing_else(mother, monkeypatch):
    """As on systems that deny them to ordinary users, and in most containers."""
    patched(
        monkeypatch, "import _worker.namespaces as n\ndef no(f): raise PermissionError(1, 'unshare')\nn.unshare = no"
    )
    found = confine.measured(mother)
    assert found.level == 2
    assert "unshare" in found.missing[0]
    assert mother.layers == Layers(namespaces=False, drop_uid=os.getuid() == 0)


# -- the worker that is forked ahead ----------------------------------------------------------------------------------


def ended(mother, born):
    signal.pidfd_send_signal(born.handle, signal.SIGKILL)
    mother.reap(born.pid)
    spare.close_all(list(born[1:]))


def forked(mother, limits=Limits()):  # noqa: B008
    """Have a worker forked and ended; return its number."""
    born = mother.fork(limits)
    ended(mother, born)
    return born.pid


@pytest.fixture
def orders(mother, monkeypatch):
    """What the zygote was asked for, in order."""
    found, say = [], mother._say
    monkeypatch.setattr(mother, "_say", lambda message, pipes: (found.append(next(iter(message))), say(message, pipes)))
    return found


def test_the_third_of_a_kind_is_ready_when_it_is_asked_for(mother, orders):
    forked(mother)
    assert orders == ["cpu_s", "reap"]
    forked(mother)
    assert orders == ["cpu_s", "reap", "cpu_s", "cpu_s", "reap"]
    before = len(orders)
    born = mother.fork(Limits())
    assert orders[before:] == ["cpu_s"]  # for the one after it
    ended(mother, born)


def test_one_that_has_ended_is_not_handed_out(mother):
    forked(mother)
    forked(mother)
    mother._settle()
    there = mother._spare._there
    kill(family(mother.pid)[-1:])
    born = mother.fork(Limits())
    assert born.pid != there.pid
    ended(mother, born)


def test_one_with_other_limits_is_ended_and_not_handed_out(mother):
    forked(mother)
    forked(mother)
    mother._settle()
    there, count = mother._spare._there, len(family(mother.pid))
    born = mother.fork(Limits(memory_mb=64))
    assert born.pid != there.pid
    assert len(family(mother.pid)) == count  # the new one in its place
    ended(mother, born)


def test_one_that_was_refused_is_asked_for_again(mother, monkeypatch):
    forked(mother)
    forked(mother)
    mother._settle()
    ended(mother, mother._spare.taken())
    mother._spare._there = "not today"
    forked(mother)
    mother.close()
    patched(monkeypatch, "import _worker.kernel as k\ndef no(): raise OSError('never again')\nk.fork = no")
    with pytest.raises(SandboxError, match="a worker cannot be forked: never again"):
        mother.fork(Limits())


# -- what is left -----------------------------------------------------------------------------------------------------


def test_one_that_is_ready_when_the_zygote_is_lost_leaves_no_pipe_open(mother, monkeypatch):
    forked(mother)
    open_before, say = len(os.listdir("/proc/self/fd")), zygote.Zygote._say
    forked(mother)

    def losing(self, message, pipes):
        monkeypatch.setattr(zygote.Zygote, "_say", say)
        raise self._lost("the test ended it")

    mother._settle()  # the next is ready, and the zygote is lost when the one after it is asked for
    monkeypatch.setattr(zygote.Zygote, "_say", losing)
    forked(mother)
    assert len(os.listdir("/proc/self/fd")) == open_before


def test_nothing_is_left_behind(mother):
    files = len(os.listdir("/proc/self/fd"))
    with Sandbox(Limits(call_s=0.3), start(mother)) as box:
        for _ in range(3):
            confined = box.open(SUBMISSION, WANTED)
            confined.ask(Question(tuple(Call(name, (1,)) for name in ("f", "die", "f"))))
        pids = family(mother.pid)
        assert len(pids) >= 4
    assert len(family(mother.pid)) <= 3  # no worker but the one that is ready
    mother.close()
    mother.close()
    assert not any(map(alive, pids))
    assert len(os.listdir("/proc/self/fd")) == files


def test_it_ends_when_the_grader_is_killed():
    program = (
        "import os, time\nfrom grader.limits import Limits\nfrom grader.sandbox.zygote import Zygote\n"
        "z = Zygote(); z.fork(Limits()); print(z.pid, flush=True); time.sleep(100)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as graders:
        pids = family(int(graders.stdout.readline()))
        graders.kill()
    deadline = time.perf_counter() + 5
    while any(map(alive, pids)) and time.perf_counter() < deadline:
        time.sleep(0.01)
    assert not any(map(alive, pids))


def test_starting_it_needs_no_numpy():
    program = (
        "import sys\nfrom grader.sandbox.shared import current, prestart\nprestart()\n"
        "assert current().pid and 'numpy' not in sys.modules, 'too much is imported'"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


def test_the_grader_hides_while_it_has_one(mother):
    mother.start()
    assert kernel.prctl(kernel.PR_GET_DUMPABLE) == 0
    mother.close()
    assert kernel.prctl(kernel.PR_GET_DUMPABLE) == (0 if hiding._hiding else 1)  # other tests may keep one


def test_it_is_shared_and_ends_with_its_last_user():
    kept = shared.acquire()
    one, other = Sandbox(), Sandbox()
    with one, other:
        assert put(one.open(SUBMISSION, WANTED)).value == put(other.open(SUBMISSION, WANTED)).value == 2
        assert kept.pid is not None
    users = shared._users
    shared.release()
    assert (kept.pid is None) == (users == 1)


# -- time -------------------------------------------------------------------------------------------------------------

TIMED = """
import time
def f(x):
    end = time.process_time() + 0.02
    while time.process_time() < end: pass
    return x[0]
def g(x): return x[0]
"""
EARLY = (
    TIMED
    + """
import sys
def arguments(self, call, reader, start, real=sys.modules["_worker.calling"].Caller.arguments):
    f([0])
    return real(self, call, reader, start)
sys.modules["_worker.calling"].Caller.arguments = arguments
"""
)


def timed(confined, name, size=2_000_000):
    [answer] = confined.ask(Question((Call(name, (np.ones(size),), timed=True),)))
    return answer.cpu_s


@pytest.mark.parametrize("kind", ["process", "zygote"])
def test_the_call_alone_is_timed(opened, kind):
    from grader.sandbox.process import Process

    confined = opened(TIMED, "f g", start=Process if kind == "process" else None)
    assert 0.02 <= timed(confined, "f") < 0.06
    assert min(timed(confined, "g") for _ in range(5)) < 0.002


def test_work_done_before_the_clock_is_read_is_charged(opened):
    confined = opened(EARLY, "f g", start=None)
    assert timed(confined, "g", size=10) >= 0.02


def test_a_zygote_that_is_not_ready_is_killed_and_one_that_is_ends_by_itself():
    early, ready = zygote.Zygote(), zygote.Zygote()
    early.start()
    assert ready.layers.seccomp
    processes = [early._process, ready._process]
    early.close()
    ready.close()
    assert [process.returncode for process in processes] == [-signal.SIGKILL, 0]
