"""What the first argument sets off: the zygote is under way before anything slow is imported, and only for `grade`."""

from __future__ import annotations

import subprocess
import sys

import pytest

SAY = """
import sys
from grader.sandbox import shared
shared.prestart = lambda: print("numpy" in sys.modules, "typer" in sys.modules)
sys.argv = ["grader", *{arguments!r}]
from grader.cli import main
main()
"""


def said(*arguments):
    """What is printed first, by a `prestart` that tells what has been imported when it is called."""
    done = subprocess.run(
        [sys.executable, "-c", SAY.format(arguments=arguments)], capture_output=True, text=True, check=False
    )
    return done.stdout.splitlines()


def test_the_zygote_starts_before_typer_and_numpy_are_there():
    assert said("grade", "no-such-folder")[0] == "False False"


@pytest.mark.parametrize("arguments", [("--help",), ("list",), ("check", "--help"), ("grade", "--help")])
def test_other_commands_do_not_start_it(arguments):
    assert not any(line in ("False False", "False True", "True True") for line in said(*arguments))
