"""What must hold before any mutant counts: the reference earns all, a stub nothing, the template is up to date."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from grader.answerers import InProcess
from grader.grade import grade, prepare
from grader.model import Assignment, Task, TaskReport
from grader.release import FOLDER, ReleaseError, leaks, reference_sources, stale, template
from grader.sandbox.worker.named import NAMED
from grader.sandbox.worker.stubs import is_stub

SEEDS = 5
TEXTS = {".py", ".md", ".json", ".ipynb", ".txt", ".toml", ".yml", ".cfg"}

Functions = Mapping[str, Callable[..., Any]]


class Sound(msgspec.Struct, frozen=True):
    """`faults` are what is wrong, `proven` what was found to hold, `notes` what could not be asked."""

    faults: tuple[str, ...]
    proven: tuple[str, ...]
    notes: tuple[str, ...] = ()


def soundness(assignment: Assignment, tasks: Sequence[Task], seed: str, root: Path | None) -> Sound:
    """Grade the reference and the stubs, and compare the template under `root` with what would be written."""
    faults = reference_faults(assignment, tasks, seed)
    proven = [] if faults else [f"the reference passes every check on {SEEDS} seeds"]
    if not assignment.handout:
        return Sound(tuple(faults), tuple(proven), ("no handout is declared, so there is no template to audit",))
    try:
        files = template([assignment])
    except ReleaseError as wrong:
        return Sound((*faults, str(wrong)), tuple(proven))
    scoring = stub_faults(assignment, tasks, files, seed)
    proven += [] if scoring else ["the stubs score zero, and every check finds them absent"]
    released = template_faults(assignment, files, root) if root else []
    proven += [] if released or root is None else ["the template is current, and nothing of an answer is in it"]
    return Sound((*faults, *scoring, *released), tuple(proven))


def reference_faults(assignment: Assignment, tasks: Sequence[Task], seed: str) -> list[str]:
    """Say in a line each which checks the reference does not simply pass, and on which seed."""
    functions = {task.name: task.reference for task in assignment.tasks}
    found: dict[tuple[str, str], str] = {}
    for variant in _seeds(seed):
        for report in _graded(assignment, tasks, functions, variant):
            for row in report.rows:
                if row.verdict.status != "pass":
                    said = f"{row.verdict.status}, {row.verdict.sentence}"
                    found.setdefault((report.name, row.name), said)
    return [f"the reference does not pass {task}, {check!r}: {said}" for (task, check), said in found.items()]


def stub_faults(assignment: Assignment, tasks: Sequence[Task], files: Mapping[str, str], seed: str) -> list[str]:
    """Say in a line each which checks of the template's stubs are not `absent`."""
    found = []
    for report in _graded(assignment, tasks, released_functions(assignment, files), next(_seeds(seed))):
        odd = [row for row in report.rows if row.verdict.status != "absent"]
        found += [f"the stub of {report.name} is {row.verdict.status} in {row.name!r}; expected absent" for row in odd]
    return found


def released_functions(assignment: Assignment, files: Mapping[str, str]) -> dict[str, Callable[..., Any]]:
    """What the released modules define beyond stubs, told as the worker tells it. Nothing, where all is well."""
    found: dict[str, Callable[..., Any]] = {}
    for path, text in files.items():
        if path.startswith(f"{FOLDER}/{assignment.name}/") and path.endswith(".py"):
            for name, node in _defined(ast.parse(text)):
                if name in assignment.homes and not is_stub(node):
                    known: dict[str, Any] = {}
                    exec(compile(ast.Module([node], []), path, "exec"), known)
                    found[name] = known[node.name]
    return found


def _defined(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every function and every method of a module, by the name that it is asked by."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{part.name}", part) for part in node.body if isinstance(part, ast.FunctionDef))


def template_faults(assignment: Assignment, files: Mapping[str, str], root: Path) -> list[str]:
    """Say in a line each what is stale under `root`, and what of an answer is found in the files that are there."""
    own = f"{FOLDER}/{assignment.name}"
    ours = {path: text for path, text in files.items() if path.startswith(f"{own}/")}
    there = {
        path.relative_to(root).as_posix(): path.read_text("utf-8", "replace")
        for path in sorted((root / own).rglob("*"))
        if path.is_file() and path.suffix in TEXTS and "__pycache__" not in path.parts
    }
    sources = {module.replace(".", "/") + ".py": source for module, source in reference_sources(assignment).items()}
    try:
        leaking = leaks(there, sources)
    except ValueError as broken:
        leaking = [f"{own} holds a file that cannot be searched: {broken}; run make release"]
    return stale(root, ours) + leaking


def _graded(assignment: Assignment, tasks: Sequence[Task], functions: Functions, seed: bytes) -> tuple[TaskReport, ...]:
    exam = prepare(assignment, seed, [task.name for task in tasks])
    return grade(exam, InProcess(functions, NAMED), explain=False).tasks


def _seeds(seed: str) -> Any:
    return (hashlib.blake2b(f"{seed} {number}".encode()).digest()[:32] for number in range(SEEDS))
