"""The student's side on this system: the wheel alone, outside the repository, by hand.

For each template folder: `grader check` on the stubs must exit 1, and on a copy whose stubs are filled in from the
reference must exit 0. Standard library only, so that it runs before anything is installed.

    python .ci/check_student.py [ASSIGNMENT ...]
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ASSIGNMENTS = ("softmax_classifier", "two_layer_mlp", "deep_mlp")


def run(*command, cwd=ROOT):
    print("$", *command, flush=True)
    subprocess.run(command, cwd=cwd, check=True)


def install(folder):
    """Build the wheel, install it and nothing else of the repository; return the `grader` command."""
    scripts = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    venv.create(folder / "venv", with_pip=True)
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    pip = (python, "-m", "pip", "--disable-pip-version-check", "--quiet", "install")
    run(*pip, "--require-hashes", "--only-binary", ":all:", "-r", "requirements-dev.lock")
    run(python, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder / "dist", ROOT)
    [wheel] = (folder / "dist").glob("*.whl")
    run(*pip, "--no-deps", wheel)
    for answer in ("reference", "assignments"):
        absent = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({answer!r}) is not None)"
        run(python, "-c", absent, cwd=folder)
    return scripts / "grader"


def fill_in(template):
    """Replace every stub by the module of the reference that it was made from."""
    for stub in template.glob("*.py"):
        source = (ROOT / "reference" / stub.name).read_text("utf-8")
        stub.write_text(re.sub(r"^from reference\.", "from ", source, flags=re.MULTILINE), "utf-8")


def expect(status, grader, folder, template):
    print("$ grader check", template.relative_to(folder), flush=True)
    got = subprocess.run([grader, "check", template], cwd=folder, check=False).returncode
    if got != status:
        sys.exit(f"grader check exits {got}; expected {status}")


def main(names):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        grader = install(folder)
        for assignment in names:
            template = Path(shutil.copytree(ROOT / "student_template" / assignment, folder / assignment))
            expect(1, grader, folder, template)
            fill_in(template)
            expect(0, grader, folder, template)
    print(f"{len(names)} assignments: stubs exit 1, solutions exit 0")


if __name__ == "__main__":
    main(sys.argv[1:] or ASSIGNMENTS)
