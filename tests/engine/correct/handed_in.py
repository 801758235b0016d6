"""Load the correct solutions, each file by itself: what it does not define is the reference's."""

import ast
import importlib.util
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from io import StringIO
from pathlib import Path
from sys import modules

from tests.engine.layers import ASSIGNMENT as LAYERS

HERE = Path(__file__).parent
ASSIGNMENTS = ("layers", "softmax_classifier", "two_layer_mlp", "deep_mlp")
SINGLE = "single"
"""The student who computes in float32: what is said of that is a warning."""


@dataclass(frozen=True)
class HandedIn:
    """One file, and the tasks of an assignment whose functions it defines, in the order of the assignment."""

    assignment: str
    path: Path
    asked: tuple[str, ...]

    @property
    def student(self):
        return self.path.parent.name

    @property
    def name(self):
        return f"{self.assignment}/{self.student}/{self.path.stem}"


def declared(name):
    return LAYERS if name == "layers" else import_module(f"assignments.{name}").ASSIGNMENT


def definitions(path):
    """The functions at the top of a file, by name."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return {node.name: node for node in body if isinstance(node, ast.FunctionDef)}


@cache
def everything():
    """Every file of every student."""
    found = []
    for name in ASSIGNMENTS:
        tasks = [task.name for task in declared(name).tasks]
        for path in sorted((HERE / name).glob("*/*.py")):
            defined = definitions(path)
            found.append(HandedIn(name, path, tuple(task for task in tasks if task in defined)))
    return tuple(found)


@cache
def functions(handed):
    """The functions of an assignment: those of the file, and the reference's for what it leaves out."""
    name = "handed_in_" + handed.name.replace("/", "_")
    spec = importlib.util.spec_from_file_location(name, handed.path)
    module = modules[name] = importlib.util.module_from_spec(spec)
    with redirect_stdout(StringIO()):
        spec.loader.exec_module(module)
    return {task.name: getattr(module, task.name, task.reference) for task in declared(handed.assignment).tasks}
