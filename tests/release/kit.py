"""A student's copy of a template folder, as it comes and filled in, and a Python in which no answer can be imported."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ABSENT = ("reference", "assignments", "rich")
"""What the student's side must do without: the answers, and what only the terminal's report needs."""

BARE = f"""
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {ABSENT!r}:
            raise ModuleNotFoundError(f"no module named {{name!r}} on this machine", name=name)
sys.meta_path.insert(0, Absent())
sys.path.insert(0, {str(ROOT)!r})
"""


def template(name, folder):
    """Copy the template of one assignment."""
    return Path(shutil.copytree(ROOT / "student_template" / name, folder / name))


def fill_modules(folder):
    """Replace every stub module by the module of the reference that it was made from."""
    for stub in folder.glob("*.py"):
        source = (ROOT / "reference" / stub.name).read_text("utf-8")
        stub.write_text(re.sub(r"^from reference\.", "from ", source, flags=re.MULTILINE), "utf-8")


def fill_notebook(folder, functions):
    """Replace every stub of the notebook by the source given for its function."""
    [path] = folder.glob("*.ipynb")
    notebook = json.loads(path.read_text("utf-8"))
    for cell in notebook["cells"]:
        match = re.match(r"def (\w+)", "".join(cell["source"]))
        if cell["cell_type"] == "code" and match:
            cell["source"] = functions[match[1]]
    path.write_text(json.dumps(notebook), "utf-8")


def change(path, old, new):
    """Edit a file, once."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), "utf-8")


def run_bare(code, cwd):
    """Run Python where neither the answers nor rich can be imported."""
    return subprocess.run(
        [sys.executable, "-c", BARE + code], cwd=cwd, capture_output=True, encoding="utf-8", timeout=120, check=False,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONIOENCODING": "utf-8", "COLUMNS": "120"},
    )  # fmt: skip


def run_pytest(cwd, *options):
    """Run pytest with the plugin alone."""
    options = ("-p", "grader.pytest_plugin", "-p", "no:cacheprovider", *options)
    return run_bare(f"import pytest; raise SystemExit(pytest.main({list(options)!r}))", cwd)
