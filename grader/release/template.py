"""All files of the student's template, as text."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Sequence
from pathlib import Path

from grader import public
from grader.model import Assignment, Task
from grader.release import pages
from grader.release.handout import Section, refuse_drift, sections, with_points
from grader.release.leak import leaks
from grader.release.markers import ReleaseError
from grader.release.notebook import notebook
from grader.release.stubs import Topic, stub_functions, stub_module

FOLDER = "student_template"


def template(assignments: Sequence[Assignment]) -> dict[str, str]:
    """Write the template of these assignments: {path: text}, paths relative to the course's folder.

    Raises `ReleaseError` in one line where a solution is not marked, a handout asks for something else than the
    declaration, or anything of an answer is found in what was written.
    """
    files = {f"{FOLDER}/README.md": pages.TOP, f"{FOLDER}/.github/workflows/check.yml": pages.WORKFLOW}
    references: dict[str, str] = {}
    for assignment in assignments:
        sources = reference_sources(assignment)
        references |= {displayed(module): source for module, source in sources.items()}
        files |= {f"{FOLDER}/{assignment.name}/{name}": text for name, text in _folder(assignment, sources).items()}
    found = leaks(files, references)
    if found:
        raise ReleaseError(found[0] + (f" (and {len(found) - 1} more)" if len(found) > 1 else ""))
    return dict(sorted(files.items()))


def _folder(assignment: Assignment, sources: dict[str, str]) -> dict[str, str]:
    text = _handout(assignment)
    stubs: dict[str, str] = {}
    files: dict[str, str] = {}
    for home in dict.fromkeys(assignment.homes.values()):
        tasks = [task for task in assignment.tasks if task.module == home]
        topics = [_topic(module, sources[module], tasks) for module in _modules(tasks)]
        for topic in topics:
            stubs |= stub_functions(topic)
        files[f"{home}.py"] = stub_module(topics, home, assignment.homes, assignment.files.get(home, ""))
    parts = _sections(assignment, text)
    return files | {
        "handout.md": with_points(assignment, text),
        f"{assignment.name}.ipynb": notebook(assignment.name, parts, stubs),
        "README.md": pages.readme(assignment, set(assignment.homes.values())),
        "public.json": _public(assignment),
    }


def _topic(module: str, source: str, tasks: Sequence[Task]) -> Topic:
    asked = {task.name: task.equations for task in tasks if task.reference.__module__ == module}
    return Topic(displayed(module), source, module.rpartition(".")[0], asked)


def _modules(tasks: Sequence[Task]) -> list[str]:
    return list(dict.fromkeys(task.reference.__module__ for task in tasks))


def _public(assignment: Assignment) -> str:
    try:
        return public.dump(assignment)
    except public.PublicError as error:
        raise ReleaseError(f"assignment {assignment.name!r}: {error}") from None


def _sections(assignment: Assignment, text: str) -> list[Section]:
    refuse_drift(assignment, sections(text), f"the handout of {assignment.name}")
    return sections(with_points(assignment, text))


def _handout(assignment: Assignment) -> str:
    try:
        return Path(assignment.handout).read_text("utf-8")
    except OSError:
        where = assignment.handout or "none is declared"
        raise ReleaseError(f"assignment {assignment.name!r} has no handout ({where}); a template needs one") from None


def reference_sources(assignment: Assignment) -> dict[str, str]:
    """The source of every reference module of an assignment, by module, in the order of its tasks."""
    return {module: inspect.getsource(sys.modules[module]) for module in _modules(assignment.tasks)}


def displayed(module: str) -> str:
    """The file of a module as messages name it."""
    return module.replace(".", "/") + ".py"
