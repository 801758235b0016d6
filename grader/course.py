"""Find the course: the packages `assignments` and `reference`, and one assignment in them.

The grader never imports them by statement. They are found in the folder given, else in the current folder or one
above it, else wherever Python finds them (an editable install).
"""

from __future__ import annotations

import difflib
import importlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from grader.declare import DeclarationError
from grader.model import Assignment

PACKAGES = ("assignments", "reference")


class CourseError(Exception):
    """A wrong path, a wrong name or a wrong declaration; one line for the instructor."""


def locate(given: Path | None, start: Path | None = None) -> Path | None:
    """Find the folder that holds the course; None means that Python is left to find it.

    Raises `CourseError` where a given folder holds none.
    """
    if given is not None:
        if not holds_course(given):
            raise CourseError(f"{given} holds no course; expected the folders assignments/ and reference/")
        return given.resolve()
    here = (start or Path.cwd()).resolve()
    return next((folder for folder in (here, *here.parents) if holds_course(folder)), None)


def holds_course(folder: Path) -> bool:
    """Whether a folder holds both packages."""
    return all((folder / package / "__init__.py").is_file() for package in PACKAGES)


def enter(folder: Path | None) -> ModuleType:
    """Make the course importable and return its `assignments` package. Raises `CourseError` where there is none."""
    if folder is not None and str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    try:
        return importlib.import_module("assignments")
    except ModuleNotFoundError as missing:
        raise CourseError(
            "no course found here; run inside the course's folder, or give --course DIR or GRADER_COURSE"
        ) from missing


def names(package: ModuleType) -> list[str]:
    """Name the assignments of a course, in alphabetical order."""
    folder = Path(next(iter(package.__path__)))
    packages = {path.parent.name: path for path in folder.glob("*/__init__.py")}
    modules = packages | {path.stem: path for path in folder.glob("*.py")}
    return sorted(name for name, path in modules.items() if "ASSIGNMENT" in path.read_text(encoding="utf-8"))


def is_path(name: str) -> bool:
    """Whether an assignment is named by the path of its file."""
    return name.endswith(".py") or "/" in name or "\\" in name


def assignment(name: str, course: Path | None) -> Assignment:
    """Load one assignment by its name, or from the path of a Python file that defines ASSIGNMENT.

    Raises `CourseError` in one line for an unknown name, a missing file or a wrong declaration.
    """
    if is_path(name):
        return _from_file(Path(name), course)
    package = enter(course)
    known = names(package)
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
        raise CourseError(f"no assignment {name!r}; {hint}")
    return _built(f"assignments.{name}", lambda: importlib.import_module(f"assignments.{name}"))


def _from_file(path: Path, course: Path | None) -> Assignment:
    if not path.is_file():
        raise CourseError(f"{path} is no file; -a takes the name of an assignment or a Python file with ASSIGNMENT")
    if course is not None and str(course) not in sys.path:
        sys.path.insert(0, str(course))
    return _built(str(path), lambda: _module_at(path))


def _module_at(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"_assignment_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise CourseError(f"{path} cannot be read as Python; give a .py file with ASSIGNMENT")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    sys.path.insert(0, str(path.resolve().parent))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(path.resolve().parent))
    return module


def _built(where: str, load: Any) -> Assignment:
    try:
        module = load()
    except DeclarationError as wrong:
        raise CourseError(f"{where}: {wrong}") from wrong
    except CourseError:
        raise
    except Exception as broken:
        raise CourseError(f"{where} cannot be loaded; {type(broken).__name__}: {broken}") from broken
    found = getattr(module, "ASSIGNMENT", None)
    if not isinstance(found, Assignment):
        raise CourseError(f"{where} defines no ASSIGNMENT; expected a grader.model.Assignment of that name")
    return found
