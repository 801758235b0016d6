"""Every layer is seen to bite: the same code gets its loot with the layer off, and not with it on."""

from __future__ import annotations

import os
from functools import partial

import pytest

from grader.limits import Limits
from grader.questions import Call, Question, Returned
from grader.sandbox import shared
from grader.sandbox.confine import measured
from grader.sandbox.selfcheck import NAMES
from grader.sandbox.worker.layers import Layers, Wrapping

pytestmark = pytest.mark.skipif(not shared.possible(), reason="this machine has no kernel filter")
root = pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="needs root")
NONE = dict.fromkeys(Layers().as_dict(), False)

LOOT = {
    "drop_uid": ("return __import__('os').getuid()", 0),
    "namespaces": ("return 'tmp' in __import__('os').listdir('/')", True),
    "own_session": ("import os; return os.getpgrp() == os.getpid()", False),
    "undumpable": ("import ctypes; return ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)", 1),
    "no_capabilities": (
        "return int(next(l for l in open('/proc/self/status') if l.startswith('CapEff')).split()[1], 16) > 0",
        True,
    ),
    "rlimits": ("import mmap; return len(mmap.mmap(-1, 2**31))", 2**31),
    "landlock": ("return 'tmp' in __import__('os').listdir('/')", True),
    "seccomp": ("import socket; return [s.close() for s in socket.socketpair()]", [None, None]),
}


@pytest.fixture
def ask(opened, zygotes):
    def one(body, **layers):
        from grader.sandbox.forked import Forked

        confined = opened(f"def f():\n    {body}", start=partial(Forked, zygotes(**layers)))
        [answer] = confined.ask(Question((Call("f", ()),)))
        return answer

    return one


@pytest.fixture
def backend():
    """Each test says which."""


@root
@pytest.mark.parametrize("layer", LOOT)
def test_a_layer_bites(ask, layer):
    body, loot = LOOT[layer]
    assert ask(body, **NONE).value == loot
    alone = ask(body, **{**NONE, layer: True})
    assert not (isinstance(alone, Returned) and alone.value == loot)


ATTACKS = {
    "kill the group": "import os; os.kill(0, 0); return 1",
    "kill the zygote": "import os; os.kill(os.getppid(), 0); return 1",
    "fork": "import os\n    if os.fork() == 0: os._exit(0)\n    return 1",
    "udp": "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close(); return 1",
    "memory file": "import os; os.close(os.memfd_create('x')); return 1",
    "descriptors": "import os; return len(os.listdir('/proc/self/fd')) > 2",
    "machine name": "import os; return bool(os.uname())",
    "raise a limit": "import resource as r; r.setrlimit(r.RLIMIT_CPU, (1, 1)); return 1",
    "limit the zygote": "import os, resource as r; r.prlimit(os.getppid(), r.RLIMIT_CORE, (0, 0)); return 1",
    "setns": "import ctypes as c; return c.CDLL(None).unshare(0) == 0",
    "executable": "import mmap; mmap.mmap(-1, 4096, prot=7).close(); return 1",
    "make executable": (
        "import ctypes as c, mmap; m = mmap.mmap(-1, 4096); "
        "return c.CDLL(None).mprotect(c.c_void_p(c.addressof(c.c_char.from_buffer(m))), 4096, 5) == 0"
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_filter_refuses_what_works_without_it(ask, attack):
    assert ask(ATTACKS[attack], **NONE).value
    full = ask(ATTACKS[attack])
    assert not (isinstance(full, Returned) and full.value)


def test_x32_numbers_end_the_process(ask):
    answer = ask("import ctypes; ctypes.CDLL(None).syscall(0x40000000 + 39); return 1")
    assert (answer.status, answer.message) == ("crashed", "f crashed its process (SIGSYS)")


def test_a_worker_holds_its_five_descriptors_and_no_more(ask):
    body = "import os; return sorted(int(n) for n in os.listdir('/proc/self/fd'))"
    found = ask(body, **NONE).value
    assert list(found) == [0, 1, 2, 3, 4, 5]  # and the last is the listing's own


def test_the_zygote_is_the_parent_of_nothing_that_a_worker_can_name(ask):
    assert ask("import os; return os.getpid()").value == 1
    assert ask("import os; return os.getppid()", seccomp=False).value == 0


def test_the_filter_is_the_last_layer():
    order = [on for on, _ in Wrapping(Layers())._order(None)]
    names = [getattr(act, "__name__", "") for _, act in Wrapping(Layers())._order(None)]
    assert all(order)
    assert names[:4] == ["setsid", "die_with_parent", "undumpable", "drop_capabilities"]
    assert names[-3:] == ["no_new_privileges", "<lambda>", "<lambda>"]
    assert [on for on, _ in Wrapping(Layers(seccomp=False))._order(None)][-1] is None
    assert [on for on, _ in Wrapping(Layers(landlock=False))._order(None)][-2:][0] is None


def test_all_twelve_hold(zygotes):
    found = measured(zygotes())
    assert [check.name for check in found.checks] == list(NAMES)
    assert all(check.held for check in found.checks)
    assert found.level == (3 if zygotes().layers.namespaces else 2)
    assert found.claim.endswith("12 of 12 self-checks passed")


def test_without_namespaces_it_is_level_two(zygotes):
    found = measured(zygotes(namespaces=False))
    assert (found.level, all(check.held for check in found.checks)) == (2, True)
    assert "no namespaces" in found.claim


@pytest.mark.parametrize(
    ("off", "failing"),
    [
        ({"seccomp": False}, {"stat", "socket", "kill", "ptrace", "executable memory"}),
        ({"seccomp": False, "landlock": False}, {"open", "stat", "socket", "kill", "ptrace", "executable memory"}),
        (NONE, set(NAMES)),
    ],
    ids=["no filter", "neither", "nothing"],
)
def test_each_self_check_fails_where_nothing_holds_it(zygotes, off, failing):
    found = measured(zygotes(**off))
    assert failing <= {check.name for check in found.checks if not check.held}
    assert found.level == 1
    assert "NOT confined" in found.claim


def test_the_kernels_own_limit_of_processor_time(zygotes):
    check = measured(zygotes(), thorough=True).checks[-1]
    assert (check.held, check.said) == (True, "spin used more than 1 s of processor time and was stopped")


def test_memory_is_that_of_the_process_and_the_allowance(opened, zygotes):
    from grader.sandbox.forked import Forked

    workers = []

    def start(limits):
        workers.append(Forked(zygotes(), limits))
        return workers[-1]

    confined = opened("import numpy as np\ndef f(n): return float(np.ones(n).sum())", start=start)
    [small, large] = confined.ask(Question((Call("f", (10_000_000,)), Call("f", (150_000_000,)))))
    assert small.value == 10_000_000.0
    assert large.status == "memory"
    confined.close()
    assert 76 < workers[0].ended.peak_mb < 76 + 150
    assert 0 < workers[0].ended.cpu_s < 5


def test_limits_can_be_small(zygotes):
    found = measured(zygotes(), limits=Limits(memory_mb=64, cpu_s=5))
    assert all(check.held for check in found.checks)
