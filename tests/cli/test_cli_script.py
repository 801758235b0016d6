"""How the process of `grader` ends: at once, with all that was to be done at the end, and with its exit code."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from grader.cli.exits import OURS
from tests.cli.command import RIGHT, ROOT

RUN = """
import atexit, sys, threading, time
import grader.cli as cli
{before}
def main():
    {body}
cli.main = main
cli.script()
"""
TAKEN_APART = "import weakref\nclass Late:\n    pass\nlate = Late()\nweakref.finalize(late, print, 'end').atexit = True"


def run(body, before="pass"):
    text = RUN.format(body=body, before=before)
    return subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("body", "code", "err"),
    [
        ("print('said')", 0, ""),
        ("print('said'); sys.exit()", 0, ""),
        ("print('said'); sys.exit(3)", 3, ""),
        ("print('said'); sys.exit('why')", 1, "why\n"),
    ],
)
def test_what_was_said_is_flushed_and_the_code_is_kept(body, code, err):
    done = run(body)
    assert (done.returncode, done.stdout, done.stderr) == (code, "said\n", err)


def test_what_was_registered_for_the_end_is_done():
    assert run("print('said')", "atexit.register(print, 'end')").stdout == "said\nend\n"
    assert run("print('said')", TAKEN_APART).stdout == "said\nend\n"


def test_a_thread_is_waited_for():
    thread = "threading.Thread(target=lambda: (time.sleep(0.3), print('thread'))).start()"
    assert run(f"{thread}; sys.exit(2)").stdout == "thread\n"


def test_a_fault_of_ours_is_still_a_traceback():
    done = run("raise RuntimeError('ours')")
    assert done.returncode == 1
    assert "RuntimeError: ours" in done.stderr


def test_a_reader_who_has_left_changes_no_code():
    reading, writing = os.pipe()
    os.close(reading)
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    text = RUN.format(body="print('said')", before="pass")
    done = subprocess.run(
        [sys.executable, "-c", text], stdout=writing, stderr=subprocess.PIPE, env=buffered, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full disk here")
def test_what_could_not_be_written_is_a_failure_of_the_machine():
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    for body, code in (("print('said')", OURS), ("print('said'); sys.exit(2)", 2), ("pass", 0)):
        with open("/dev/full", "w") as full:
            text = RUN.format(body=body, before="pass")
            assert (
                subprocess.run([sys.executable, "-c", text], stdout=full, env=buffered, check=False).returncode == code
            )


@pytest.mark.parametrize("before", ["sys.settrace(lambda *_: None)", "sys.setprofile(lambda *_: None)"])
def test_whoever_watches_goes_on_afterwards(before):
    text = RUN.format(body="sys.exit(3)", before=before).replace(
        "cli.script()", "try:\n    cli.script()\nfinally:\n    print('after')"
    )
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (3, "after\n")


LATE = """
class Late:
    def __del__(self, write=__import__("os").write):
        write(1, b"apart\\n")
late = cli.late = Late()
"""


def test_nothing_is_taken_apart():
    """Seen by an object that says when it goes: it does at an ordinary exit, and not here."""
    assert run("sys.exit(0)", LATE).stdout == ""
    assert run("sys.exit(0)", f"{LATE}\ncli.os._exit = sys.exit").stdout == "apart\n"


GRADER = [sys.executable, "-m", "grader"]
FULL = "/dev/full"


@pytest.mark.skipif(not os.path.exists(FULL), reason="this system has no device that is always full")
@pytest.mark.parametrize("words", [["list"], ["explain", "sign"]], ids=" ".join)
def test_a_full_disk_is_a_failure_of_the_machine_in_one_line(words):
    with open(FULL, "w") as full:
        done = subprocess.run([*GRADER, *words], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 4
    assert done.stderr == "grader: what it has to say cannot be written (No space left on device)\n"


@pytest.mark.skipif(os.name != "posix", reason="a shell's way to close a stream")
@pytest.mark.parametrize("closed", ["0<&-", "1>&-", "2>&-", "0<&- 1>&- 2>&-"])
def test_a_stream_that_was_closed_before_the_start_is_missed_by_nobody(closed):
    grade = f"grade {RIGHT} -a softmax_classifier --allow-unconfined"
    for words in ("list", grade):
        done = subprocess.run(
            f"{' '.join(GRADER)} {words} {closed}", shell=True, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert bool(done.stdout) == ("1>&-" not in closed)
