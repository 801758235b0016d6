"""One range for all tests of a run, and what they have to say at its end."""

import pytest

from grader.sandbox import shared
from tests.hostile.ground import Ground

LINES = pytest.StashKey[list]()


@pytest.fixture(scope="session")
def ground():
    if not shared.possible():
        pytest.skip("this machine has no kernel filter: nothing confines, so nothing is attacked")
    one = Ground()
    yield one
    one.close()


@pytest.fixture
def tell(request):
    """Have a line printed in the summary, whatever the outcome."""
    return request.config.stash.setdefault(LINES, []).append


def pytest_terminal_summary(terminalreporter, config):
    lines = config.stash.get(LINES, [])
    if lines:
        terminalreporter.section("attacks")
        for line in lines:
            terminalreporter.write_line(line)
