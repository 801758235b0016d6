"""Where attacks are tried: zygotes with any set of layers, targets to aim at, and honest work to grade after."""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from assignments.softmax_classifier import ASSIGNMENT
from grader.grade import grade, prepare
from grader.limits import Limits
from grader.questions import Call, Failed, Question, Returned
from grader.sandbox import Sandbox, SandboxError
from grader.sandbox.forked import Forked
from grader.sandbox.worker.layers import Layers
from grader.sandbox.zygote import Zygote
from tests.hostile.attack import Tried

ROOT = Path(__file__).resolve().parents[2]
HONEST = ROOT / "tests" / "styles" / "softmax_classifier" / "vectorised"
SECRET = "the-secret-of-the-grader"
ANSWERS = b"the answers are\0"
SHARED_S = 1.5


@dataclass(frozen=True)
class File:
    path: str
    content: bytes


@dataclass(frozen=True)
class Handed:
    files: tuple[File, ...]


def only(*names):
    """The layers of these names, and no others."""
    return Layers(**{name: name in names for name in Layers._fields})


def without(*names):
    """All layers but these."""
    return Layers(**dict.fromkeys(names, False))


LEVELS = {
    "full": Layers(),
    "seccomp only": only("drop_uid", "rlimits", "seccomp"),
    "limits only": only("drop_uid", "rlimits"),
}


class Targets:
    """What attacks aim at: listeners that note what they hear, and memory that holds answers."""

    def __init__(self):
        self._tcp = socket.create_server(("127.0.0.1", 0))
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(("127.0.0.1", 0))
        self._abstract = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        name = f"grader-target-{os.getpid()}"
        self._abstract.bind(f"\0{name}")
        for listener in self.listeners:
            listener.setblocking(False)
        self._secret = ctypes.create_string_buffer(ANSWERS, len(ANSWERS))
        self.handed = {
            "tcp": self._tcp.getsockname()[1],
            "udp": self._udp.getsockname()[1],
            "abstract": name,
            "machine": platform.machine(),
            "grader": os.getpid(),
            "address": ctypes.addressof(self._secret),
            "array": np.ones(3),
        }

    @property
    def listeners(self):
        return self._tcp, self._udp, self._abstract

    def heard(self):
        """How many messages and connections have come since this was asked last."""
        count = 0
        with contextlib.suppress(BlockingIOError):
            while True:
                self._tcp.accept()[0].close()
                count += 1
        for listener in (self._udp, self._abstract):
            with contextlib.suppress(BlockingIOError):
                while listener.recv(100):
                    count += 1
        return count

    def close(self):
        for listener in self.listeners:
            listener.close()


class Ground:
    """Tries attacks; each zygote is started once."""

    def __init__(self):
        os.environ["GRADER_TEST_SEED"] = SECRET
        self.targets = Targets()
        self._zygotes = {}
        self._kept = {}

    def close(self):
        self.targets.close()
        self.close_all()
        del os.environ["GRADER_TEST_SEED"]

    def close_all(self, but=None):
        for zygote in self._zygotes.values():
            if zygote is not but:
                zygote.close()

    def zygote(self, layers):
        return self._zygotes.setdefault(layers, Zygote(layers))

    def sandbox(self):
        """A sandbox with shipped defaults, whose workers come from the zygote that was attacked."""
        return Sandbox(Limits(), lambda limits: Forked(self.zygote(Layers()), limits))

    # -- in the sandbox -----------------------------------------------------------------------------------------------

    def full(self, attack):
        """What becomes of an attack with shipped defaults."""
        return self.at("full", attack)

    def at(self, level, attack):
        """What becomes of it at a level; tried once."""
        key = level, attack
        if key not in self._kept:
            self._kept[key] = self.tried(attack, LEVELS[level], attack.limits)
        return self._kept[key]

    def off(self, attack):
        """What becomes of it with all the layers off that stop it, or under looser limits."""
        if attack.needs and "grader" in attack.needs:
            self.close_all(but=self.zygote(without(*attack.layers)))  # any other keeps the grader's memory closed
        return self.tried(attack, without(*attack.layers), attack.off or attack.limits)

    def tried(self, attack, layers, limits):
        mother, workers = self.zygote(layers), []

        def start(limits):
            workers.append(Forked(mother, limits))
            return workers[-1]

        _ = mother.layers
        before, begun = mother.pid, time.perf_counter()
        args = tuple(self.targets.handed[name] for name in attack.needs)
        try:
            with Sandbox(limits, start) as box:
                with box.open(_submission(attack.source), {"attack": "attack", "double": "honest"}) as confined:
                    [answer] = confined.ask(Question((Call("attack", args),)))
                    seconds = time.perf_counter() - begun
                    [other] = confined.ask(Question((Call("double", (21,)),)))
                output = confined.output
        except SandboxError as error:
            return Tried(Failed("error", str(error)), "", False, zygote_lived=False)
        goes_on = isinstance(other, Returned) and other.value == 42
        peak = max(worker.ended.peak_mb for worker in workers)
        changed = not bool((self.targets.handed["array"] == 1.0).all())
        return Tried(answer, output, goes_on, mother.pid == before, peak, seconds, changed)

    # -- afterwards ---------------------------------------------------------------------------------------------------

    @cached_property
    def _exam(self):
        return prepare(ASSIGNMENT, b"hostile", only=("scores", "softmax", "cross_entropy"))

    def honest_share(self):
        """The points that an honest submission gets now, as a share of all."""
        files = tuple(File(path.name, path.read_bytes()) for path in sorted(HONEST.glob("*.py")))
        with self.sandbox() as box, box.open(Handed(files), ASSIGNMENT.homes) as confined:
            report = grade(self._exam, confined)
        return report.score / report.max_score


def in_one_process(source):
    """Run an attack in the grader that holds all in one process; return what is seen."""
    words = [sys.executable, str(Path(__file__).with_name("one_process.py"))]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(
            words, input=source.encode("utf-8", "surrogatepass"), capture_output=True, timeout=SHARED_S, env=environment
        )
    except subprocess.TimeoutExpired:
        return "hangs"
    return f"exit {done.returncode}\n{done.stdout.decode('utf-8', 'replace')}"


def _submission(source):
    content = source.encode("utf-8", "surrogatepass")
    return Handed((File("attack.py", content), File("honest.py", b"def double(x):\n    return 2 * x\n")))


def memory_mb():
    """The most memory that this process has had."""
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
