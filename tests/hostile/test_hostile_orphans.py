"""A grading run that is killed takes its processes with it, those of student code among them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from tests.cli.command import RIGHT, ROOT
from tests.hostile.test_hostile_class import descendants, stat

LOOP = "\n\ndef scores(*args):\n    while True:\n        continue\n"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")


def alive(pid):
    return stat(pid) not in (None, "Z")


def until(holds, seconds):
    """Whether something holds within some time."""
    deadline = time.perf_counter() + seconds
    while not holds() and time.perf_counter() < deadline:
        time.sleep(0.05)
    return holds()


@pytest.fixture
def loops(tmp_path):
    """A class in which every submission takes seconds."""
    for number in range(4):
        shutil.copytree(RIGHT, tmp_path / f"student{number}")
        for file in (tmp_path / f"student{number}").glob("*.py"):
            file.write_text(file.read_text() + LOOP)
    return tmp_path


@pytest.fixture
def pids():
    """What is to be gone; whatever is not, is ended."""
    found = []
    yield found
    for pid in filter(alive, found):
        os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_who_kills_the_grader_kills_all_of_it(loops, pids, jobs):
    run = subprocess.Popen(
        [
            *(sys.executable, "-m", "grader", "grade", "--class", str(loops), "-a", "softmax_classifier"),
            *("--jobs", jobs, "--allow-unconfined"),
        ],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    workers = 2 * int(jobs) + (2 if jobs == "2" else 0)  # a zygote in a namespace and its worker for each process
    assert until(lambda: len(list(descendants(run.pid))) >= workers, 20)
    time.sleep(1.5)  # in the middle of the first loop
    pids += descendants(run.pid)
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert until(lambda: not any(map(alive, pids)), 20), [pid for pid in pids if alive(pid)]
