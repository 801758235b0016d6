"""A student's copy of a template folder, as it comes and filled in, and a Python in which no answer can be imported."""

import ast
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


def fill_homes(folder, assignment):
    """Fill in every stub file, also where its functions come from several modules of the reference."""
    for home in set(assignment.homes.values()):
        (folder / f"{home}.py").write_text(filled(assignment, home, folder), "utf-8")


def filled(assignment, home, folder):
    """The text of one file with all answers; what it needs beyond the template goes into files of its own."""
    tasks = [task for task in assignment.tasks if task.module == home]
    elsewhere = {task.reference.__name__ for task in assignment.tasks} - {task.reference.__name__ for task in tasks}
    parts = ["import numpy as np"]
    for module in dict.fromkeys(task.reference.__module__ for task in tasks):
        source = (ROOT / f"{module.replace('.', '/')}.py").read_text("utf-8")
        for node in ast.parse(source).body:
            if isinstance(node, ast.ImportFrom):
                parts += [imported(assignment, home, node.module, alias.name, folder) for alias in node.names]
            elif isinstance(node, ast.FunctionDef | ast.ClassDef):
                taken = node.name in elsewhere
                parts.append(
                    f"from {assignment.homes[node.name]} import {node.name}"
                    if taken
                    else ast.get_source_segment(source, node)
                )
    return "\n\n".join(filter(None, parts)) + "\n"


def imported(assignment, home, module, name, folder):
    """An import of the reference as a student would write it; a module that no stub stands for comes along."""
    if name in assignment.homes:
        return "" if assignment.homes[name] == home else f"from {assignment.homes[name]} import {name}"
    return f"from {brought(module, folder)} import {name}"


def brought(module, folder):
    """Write a module of the reference, and those that it imports, beside the stubs; return its name there."""
    name = f"more_{module.rpartition('.')[2]}"
    source = (ROOT / f"{module.replace('.', '/')}.py").read_text("utf-8")
    for other in re.findall(r"^from (reference\.\w+)", source, flags=re.MULTILINE):
        brought(other, folder)
    (folder / f"{name}.py").write_text(re.sub(r"^from reference\.", "from more_", source, flags=re.MULTILINE), "utf-8")
    return name


def fill_notebook(folder, functions):
    """Replace every stub of the notebook by the source given for its function."""
    [path] = folder.glob("*.ipynb")
    notebook = json.loads(path.read_text("utf-8"))
    for cell in notebook["cells"]:
        match = re.match(r"(?:def|class) (\w+)", "".join(cell["source"]))
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
