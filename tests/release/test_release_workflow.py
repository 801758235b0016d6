"""The workflow of the template, each step run as the runner would, with a `grader` that is a stand-in."""

import os
import shutil
import subprocess
import sys
import textwrap

import pytest

from grader.release.pages import WORKFLOW

STAND_IN = """#!{python}
import pathlib, sys
folder = pathlib.Path(sys.argv[2]).resolve().name
assert sys.argv[1] == "check" and sys.argv[3:] == ["--format", "markdown", "--fail-under", "60"], sys.argv
print(f"## {{folder}}")
sys.exit(int((pathlib.Path(sys.argv[2]) / "status").read_text()))
"""


def script():
    """The shell of the last step, as it stands under `run: |`."""
    return textwrap.dedent(WORKFLOW.partition("shell: bash\n")[2].partition("run: |\n")[2])


def push(folder, statuses):
    """Run the step on a repository whose assignments end in these exit codes; return exit code and summary."""
    for name, status in statuses.items():
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "public.json").write_text("{}")
        (folder / name / "status").write_text(str(status))
    (folder / "bin").mkdir()
    stand_in = folder / "bin" / "grader"
    stand_in.write_text(STAND_IN.format(python=sys.executable))
    stand_in.chmod(0o755)
    summary = folder / "summary.md"
    summary.touch()
    environment = {
        **os.environ,
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "GITHUB_STEP_SUMMARY": str(summary),
        "FAIL_UNDER": "60",
    }
    # How the runner starts `shell: bash`.
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script()]
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=30)
    return ran.returncode, summary.read_text()


bash = pytest.mark.skipif(os.name == "nt" or not shutil.which("bash"), reason="the workflow runs on Linux, in bash")


@bash
@pytest.mark.parametrize(
    ("statuses", "code"), [({"a": 0, "b": 0}, 0), ({"a": 1, "b": 0}, 1), ({"a": 3, "b": 1}, 3), ({".": 0}, 0)]
)
def test_every_assignment_is_in_the_summary_and_the_highest_exit_code_wins(tmp_path, statuses, code):
    status, summary = push(tmp_path, statuses)
    assert status == code
    for name in statuses.keys() - {"."}:
        assert f"## {name}\n" in summary
    assert summary.endswith("This result is advice: the instructor's run, with its hidden cases, decides.\n")


@bash
def test_a_repository_without_the_template_fails(tmp_path):
    status, summary = push(tmp_path, {})
    assert (status, summary) == (2, "")


def test_it_may_only_read_and_holds_no_secret():
    assert "\npermissions:\n  contents: read\n\n" in WORKFLOW
    assert WORKFLOW.count("permissions:") == 1
    assert "secrets" not in WORKFLOW
    assert "persist-credentials: false" in WORKFLOW
    assert "\non: push\n" in WORKFLOW
    assert "advice" in WORKFLOW.splitlines()[0]
