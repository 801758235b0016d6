"""What a student can install holds the machine alone: no answer, no declaration."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return out


def test_the_wheel_holds_grader_alone(built):
    (wheel,) = built.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"grader"}
    assert "grader/py.typed" in names
    assert "grader/sandbox/worker/serve.py" in names
    assert not [name for name in names if "reference" in name or "assignments" in name]


def test_the_source_distribution_holds_no_answer(built):
    import tarfile

    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        names = [name.partition("/")[2] for name in opened.getnames()]
    assert not [name for name in names if name.startswith(("reference", "assignments", "tests"))]
    assert "grader/cli/__init__.py" in names


def test_importing_the_command_line_imports_neither_numpy_nor_the_course():
    code = (
        "import grader.cli, sys; print([n for n in ('numpy', 'reference', 'assignments', 'rich') if n in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
