"""The table once more, as a user who owns nothing here."""

import os
import re
import sys

import pytest

from tests.hostile.ordinary import run_as

NOBODY = 65534
SAMPLE = "layers or (each_level and full)"
"""What a layer stops may depend on the user; the rest is run again with GRADER_WHOLE alone."""


def test_the_table_as_an_ordinary_user(ground, tell):
    if os.getuid() != 0:
        pytest.skip("not root: the table has run as this user, and the half as root is left out")
    ground.close_all()
    select = [] if os.environ.get("GRADER_WHOLE") else ["-k", SAMPLE]
    table = "tests/hostile/test_hostile_table.py"
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *select, table]
    ran = run_as(NOBODY, words, capture_output=True, text=True, timeout=600)
    if ran.returncode != 0 and "PermissionError" in ran.stderr:
        pytest.skip(f"this root may not become another user: {ran.stderr.strip().splitlines()[-1]}")
    assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-2000:]
    for line in ran.stdout.splitlines():
        if re.match(r"\d\d-.*not shown|full: |seccomp only: |limits only: |\d+ passed", line):
            tell(f"as user {NOBODY}: {line}")
