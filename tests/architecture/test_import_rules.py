"""Who may import whom, as a table; and proof that the table and the import-linter contracts object.

The contracts in pyproject.toml say what a room may not import, through any chain. The table says what it
may, which a contract cannot: numpy and nothing else, no I/O in the pure rooms.
"""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TREES = ("grader", "reference", "assignments")
LIBRARIES = {"numpy", "rich", "nbformat", "pytest", "typer", "msgspec", "jinja2", "markupsafe", "latex2mathml"}
STDLIB = sys.stdlib_module_names

# Modules that reach outside the process; whatever a pure room needs from there is handed to it.
IO = {"asyncio", "io", "multiprocessing", "os", "pathlib", "shutil", "signal", "socket", "subprocess", "tempfile"}
IO |= {"threading", "urllib"}


def pure_rooms():
    """The lines of the contract `rooms` below the sandbox's, lowest first: [["grader.limits", …], …]."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    [rooms] = [contract for contract in contracts if contract["id"] == "rooms"]
    lines = [[f"grader.{room}" for room in re.findall(r"\w+", line)] for line in rooms["layers"]]
    [edges] = [place for place, line in enumerate(lines) if "grader.sandbox" in line]
    return lines[edges + 1 :][::-1]


def table():
    """Module or package: what it may import beside itself. The longest name that fits a module is its row."""
    lines = pure_rooms()
    pure = {
        room: (STDLIB - IO)
        | {"numpy", "msgspec", "grader.__version__"}
        | {below for line in lines[: place + 1] for below in line}
        for place, line in enumerate(lines)
        for room in line
    }
    vocabulary = pure.keys() - {"grader.drive", "grader.answerers", "grader.grade", "grader.diagnosis"}
    return pure | {
        "reference": (STDLIB - IO) | {"numpy"},
        "assignments": STDLIB | vocabulary | {"numpy", "reference"},
        "grader.sandbox.worker": STDLIB | {"numpy", "nbformat"},
        "grader": STDLIB | LIBRARIES,
    }


MAY_IMPORT = table()


def fits(name, prefix):
    """Whether the dotted `name` is `prefix` or lies in it."""
    return name == prefix or name.startswith(prefix + ".")


def running(tree):
    """The nodes of `tree`, without what stands under `if TYPE_CHECKING:` and is imported by no interpreter."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        yield node
        yield from running(node)


def imported(node, module, is_package):
    """The absolute names that one import statement of `module` brings in."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    base = node.module or ""
    if node.level:
        package = module.split(".") if is_package else module.split(".")[:-1]
        package = package[: len(package) - node.level + 1]
        base = ".".join([*package, *filter(None, [node.module])])
    return [f"{base}.{alias.name}" for alias in node.names]


def row(module):
    """The longest name of the table that `module` lies in."""
    return max((name for name in MAY_IMPORT if fits(module, name)), key=len)


def breaches(root):
    """`<file>:<line> imports <name>` for every import under `root` that the table does not allow."""
    found = []
    for path in sorted(path for tree in TREES for path in (root / tree).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        module = ".".join(parts[:-1] if is_package else parts)
        allowed = MAY_IMPORT[row(module)] | {row(module)}
        for node in running(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import | ast.ImportFrom):
                found += [
                    f"{path.relative_to(root).as_posix()}:{node.lineno} imports {name}"
                    for name in imported(node, module, is_package)
                    if not any(fits(name, prefix) for prefix in allowed)
                ]
    return found


def lint_imports(root):
    """Run the contracts of `root`/pyproject.toml on the packages beside it."""
    command = "import sys; sys.path.insert(0, ''); from importlinter.cli import lint_imports_command as run; run()"
    return subprocess.run(
        [sys.executable, "-P", "-c", command, "--no-cache", "--no-logo"],
        cwd=root, capture_output=True, encoding="utf-8", errors="replace", timeout=60, check=False,
    )  # fmt: skip


@pytest.fixture
def copy(tmp_path):
    """The three trees and their contracts, to be spoilt."""
    for tree in TREES:
        shutil.copytree(ROOT / tree, tmp_path / tree, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_nothing_imports_what_it_may_not():
    assert breaches(ROOT) == []


def test_the_pure_rooms_are_pure():
    nine = {"model", "questions", "limits", "battery", "numerics", "checks", "drive", "grade", "diagnosis"}
    assert {f"grader.{room}" for room in nine} <= {room for line in pure_rooms() for room in line}


def test_the_contracts_hold_on_an_unspoilt_copy(copy):
    assert breaches(copy) == []
    run = lint_imports(copy)
    assert run.returncode == 0, run.stdout


# where the import is written, the import, and the name that the table's objection ends with
FORBIDDEN = [
    ("reference", "import rich", "rich"),
    ("reference", "from grader import model", "grader.model"),
    ("reference", "import assignments", "assignments"),
    ("grader.battery", "from grader import model", "grader.model"),
    ("grader.checks", "import grader.grade", "grader.grade"),
    ("grader.battery", "from grader.cli import main", "grader.cli.main"),
    ("grader.questions", "from reference import affine", "reference.affine"),
    ("grader.drive", "from . import sandbox", "grader.sandbox"),
    ("grader.grade", "import grader.submissions", "grader.submissions"),
    ("grader.sandbox.worker", "from grader import questions", "grader.questions"),
    ("grader.sandbox.worker", "import reference", "reference"),
    ("grader.cli", "import assignments", "assignments"),
    ("grader.cli", "import reference", "reference"),
]


@pytest.mark.parametrize(("module", "statement", "name"), FORBIDDEN)
def test_a_forbidden_import_is_seen_by_the_table_and_by_import_linter(copy, module, statement, name):
    before = breaches(copy)
    spoil(copy, module, statement)
    [breach] = [line for line in breaches(copy) if line not in before]
    assert breach.endswith(f" imports {name}")
    run = lint_imports(copy)
    assert run.returncode == 1, run.stdout
    assert "BROKEN" in run.stdout


# What the contracts cannot say and the table can: "nothing but numpy", "no I/O".
ONLY_THE_TABLE = [
    ("reference", "import scipy", "scipy"),
    ("reference", "import os", "os"),
    ("grader.grade", "from pathlib import Path", "pathlib.Path"),
    ("grader.model", "import rich", "rich"),
    ("grader.sandbox.worker", "import rich", "rich"),
    ("grader.sandbox.worker", "from grader.sandbox import process", "grader.sandbox.process"),
    ("assignments", "import rich", "rich"),
    ("assignments", "import grader.sandbox", "grader.sandbox"),
    ("grader.cli", "import scipy", "scipy"),
]


@pytest.mark.parametrize(("module", "statement", "name"), ONLY_THE_TABLE)
def test_what_is_not_listed_is_seen_by_the_table(copy, module, statement, name):
    before = breaches(copy)
    spoil(copy, module, statement)
    [breach] = [line for line in breaches(copy) if line not in before]
    assert breach.endswith(f" imports {name}")


@pytest.mark.parametrize("statement", ["def late():\n    import reference", "if False:\n    import reference"])
def test_an_import_hidden_in_a_function_or_a_branch_is_seen(copy, statement):
    before = breaches(copy)
    spoil(copy, "grader.model", statement)
    assert len(breaches(copy)) == len(before) + 1
    assert lint_imports(copy).returncode == 1


def spoil(root, module, statement):
    """Add `statement` at the end of `module`'s file."""
    path = root.joinpath(*module.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n\n{statement}\n")
