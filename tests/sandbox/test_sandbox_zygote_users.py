"""The same confinement for root and for an ordinary user; and what `grader doctor` says of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from grader.cli.commands import app
from grader.sandbox import confine, shared, zygote
from grader.sandbox.selfcheck import NAMES
from grader.sandbox.worker.layers import Layers

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("unprivileged.py")

filtered = pytest.mark.skipif(not shared.possible(), reason="this machine has no kernel filter")


@pytest.fixture(scope="module")
def ordinary():
    """What an ordinary user finds."""
    if not shared.possible():
        pytest.skip("this machine has no kernel filter")
    if os.getuid() != 0:
        pytest.skip("is an ordinary user already: the other tests run as one, and those that need root are skipped")
    run = subprocess.run(
        [sys.executable, SCRIPT], env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60, check=False
    )
    if "Operation not permitted: mount" in run.stderr:
        pytest.skip("the interpreter lies in a closed folder, and this root may mount nothing")
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_an_ordinary_user_is_confined_as_well(ordinary):
    assert ordinary["user"] != 0
    assert ordinary["failed"] == []
    assert ordinary["level"] == (2 if ordinary["missing"] else 3)
    assert ordinary["level without namespaces"] == 2
    assert set(ordinary["layers"]) >= {*Layers().names()} - {"drop_uid", "namespaces", "landlock"}


def test_a_process_of_the_same_user_cannot_open_the_memory_of_zygote_and_grader(ordinary):
    assert ordinary["open"] == ["opened", "opened"]
    assert all("PermissionError" in message for message in ordinary["closed"])


@filtered
def test_root_drops_to_a_user_who_is_nobody(zygotes):
    if os.getuid() != 0:
        pytest.skip("needs root")
    assert zygotes().layers.drop_uid
    assert zygote.spare_user() != 0


@pytest.fixture
def fresh():
    confine.isolation.cache_clear()
    yield
    confine.isolation.cache_clear()


@filtered
def test_doctor_prints_every_self_check_and_one_sentence(fresh):
    run = CliRunner().invoke(app, ["doctor"])
    assert run.exit_code == 0, run.output
    lines = run.output.splitlines()
    assert [line[10:28].strip() for line in lines[:12]] == list(NAMES)
    assert all(line.split()[0] == "held" for line in lines[:12])
    assert any(line.startswith("layers in force: ") for line in lines)
    assert "12 of 12 self-checks passed" in lines[-1]


@pytest.mark.skipif(sys.platform != "linux", reason="the attempts are Linux's")
def test_doctor_says_so_where_nothing_confines(fresh, monkeypatch):
    monkeypatch.setattr(shared, "possible", lambda: False)
    run = CliRunner().invoke(app, ["doctor"])
    assert run.exit_code == 4
    assert run.output.count("FAILED") >= 9
    assert "isolation level 1: student code is NOT confined" in run.output
