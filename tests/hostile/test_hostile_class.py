"""Two hostile submissions in a class of 30 change nothing for the others, and leave nothing behind."""

import contextlib
import json
import os
import re
import subprocess
import time
from pathlib import Path

import pytest

from tests.hostile.classmates import honest, hostile
from tests.hostile.handing import QUICK, ROOT, command, environment, hand_in

HONEST = 28
RSS_MB = 300
MEASURED = re.compile(r"cpu|ratio|seconds|_s$")


class Family:
    """A process and all that come from it, looked at while it runs."""

    def __init__(self, pid):
        self.root = pid
        self.seen = set()
        self.largest_mb = 0.0

    def look(self):
        for pid in {self.root, *self.seen, *descendants(self.root)}:
            started = stat(pid)
            if started is None:
                continue
            self.seen.add(pid)
            if pid == self.root or is_grader(pid):
                self.largest_mb = max(self.largest_mb, resident_mb(pid))

    def left(self):
        return [pid for pid in self.seen if stat(pid) not in (None, "Z")]


def stat(pid):
    """The state of a process, one letter; None where there is none."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    return None


def descendants(pid):
    with contextlib.suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split():
            yield int(child)
            yield from descendants(int(child))


def is_grader(pid):
    """Whether it runs the grader: a zygote and its workers are started by a line of their own."""
    with contextlib.suppress(OSError):
        return b"_worker" not in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def resident_mb(pid):
    with contextlib.suppress(OSError, StopIteration):
        lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
    return 0.0


def graded(folder, out, temporary):
    """Grade a class; return its documents as they were written, and what was seen of the processes."""
    words = command("--class", folder, "-a", QUICK, "-o", out, "--jobs", 2)
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    with subprocess.Popen(words, cwd=ROOT, env=environment(TMPDIR=str(temporary)), **pipes) as run:
        family = Family(run.pid)
        while run.poll() is None:
            family.look()
            time.sleep(0.02)
        said = run.stderr.read().decode()
    assert run.returncode == 0, said[-3000:]
    documents = {path.stem: json.loads(path.read_text("utf-8")) for path in out.glob("*.json") if path.stem != "run"}
    return {name: untimed(document) for name, document in documents.items()}, family


def untimed(value):
    """A document without the times that were measured."""
    if isinstance(value, dict):
        return {key: untimed(part) for key, part in value.items() if not MEASURED.search(key)}
    return [untimed(part) for part in value] if isinstance(value, list) else value


def differences(one, other):
    """The checks of two documents that differ, as they would be read."""
    pairs = zip(one["tasks"], other["tasks"], strict=True)
    checks = [(a["name"], c, d) for a, b in pairs for c, d in zip(a["checks"], b["checks"], strict=True)]
    return [f"{task}: {c} != {d}" for task, c, d in checks if c != d]


def litter():
    """What students left where programs leave things."""
    folders = [folder for folder in ("/tmp", "/dev/shm", "/var/tmp", "/") if os.path.isdir(folder)]
    return {f"{folder}/{name}" for folder in folders for name in os.listdir(folder) if "loot" in name}


@pytest.fixture(scope="module")
def temporary(tmp_path_factory):
    """Where the grader puts what it needs for a while."""
    return tmp_path_factory.mktemp("temporary")


@pytest.fixture(scope="module")
def classes(tmp_path_factory, temporary):
    folder = tmp_path_factory.mktemp("classes")
    hand_in(folder / "with", {**honest(HONEST), **hostile()})
    hand_in(folder / "without", honest(HONEST))
    return [graded(folder / name, folder / f"out_{name}", temporary) for name in ("with", "without")]


def test_the_other_28_get_the_same_documents(classes):
    (those, _), (these, _) = classes
    assert len(these) == HONEST
    assert set(those) == {*these, *hostile()}
    for name, document in these.items():
        assert differences(those[name], document) == []
        assert those[name] == document
    scores = [document["score"] / document["max_score"] for document in these.values()]
    assert 1.0 in scores
    assert min(scores) < 1.0


def test_the_two_are_graded_as_well(classes, tell):
    (those, _), _ = classes
    for name in hostile():
        checks = [check for task in those[name]["tasks"] for check in task["checks"]]
        told = sorted({check["status"] for check in checks})
        tell(f"{name}: {those[name]['score']} of {those[name]['max_score']} points; {', '.join(told)}")
        assert "error" not in told
    assert {"crashed", "flood", "violation", "memory"} <= {
        c["status"] for t in those["mallory"]["tasks"] for c in t["checks"]
    }


def test_no_process_file_or_socket_is_left_behind(classes, temporary):
    for _, family in classes:
        assert len(family.seen) >= 4
        assert family.left() == []
    assert list(temporary.iterdir()) == []
    assert litter() == set()
    assert "loot" not in Path("/proc/net/unix").read_text("utf-8", "replace")


def test_the_grader_stays_small(classes, tell):
    for name, (_, family) in zip(("with", "without"), classes, strict=True):
        tell(f"class of 30, {name} the two: the largest grader process had {family.largest_mb:.0f} MB")
        assert 20 < family.largest_mb < RSS_MB


def test_no_descriptor_is_left_open(tmp_path):
    """One job runs in the process that was started: here."""
    from tests.cli.command import run

    hand_in(tmp_path / "class", {**honest(1), "mallory": hostile()["mallory"]})
    words = ("grade", "--class", tmp_path / "class", "-a", QUICK, "--course", ROOT, "--jobs", "1", "--seed", "s")
    children = set(descendants(os.getpid()))
    assert run(*words).code == 0
    files = sorted(os.listdir("/proc/self/fd"))
    assert run(*words).code == 0
    assert sorted(os.listdir("/proc/self/fd")) == files
    assert set(descendants(os.getpid())) <= children
