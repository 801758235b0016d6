"""Processor time is that of the function, not of threads that wait for one another."""

import os
import subprocess
import sys
import threading

import numpy as np
import pytest

THREADS = "/proc/self/task"
SAY = f"""
import sys
sys.argv = ["grader", "list"]
from grader.cli import main
try:
    main()
except SystemExit:
    pass
import os, numpy as np
np.ones((600, 600)) @ np.ones((600, 600))
print("threads", len(os.listdir({THREADS!r})))
"""

pytestmark = pytest.mark.skipif(not os.path.isdir(THREADS), reason="the threads of a process are not to be seen here")


def threads(source, **environment):
    """How many threads a process has that multiplies large matrices in the end."""
    kept = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True, env={**kept, **environment}
    )
    return int(done.stdout.rpartition("threads ")[2])


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one processor has one thread in any case")
def test_the_command_line_computes_in_one_thread_where_numpy_alone_takes_several():
    assert threads(SAY.replace("    main()", "    pass")) > 1
    assert threads(SAY) == 1
    assert threads(SAY, OPENBLAS_NUM_THREADS="2") == 2  # whoever asks for more is given more


def test_these_tests_do_too():
    np.ones((600, 600)) @ np.ones((600, 600))
    assert len(os.listdir(THREADS)) == threading.active_count()
