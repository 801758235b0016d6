"""The handout: copied as it is written, with the points at its end; and taken apart for the notebook."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from grader import public
from grader.model import Assignment, Task, decimal, exact
from grader.release.markers import ReleaseError

HEADING = re.compile(r"#{1,3} ")
ASKS = "**Implement "
"""How a paragraph begins that asks for functions; their signatures stand in its bold part as code."""

SIGNATURE = re.compile(r"`([\w.]+)\(([^)`]*)\)`")


class Section(msgspec.Struct, frozen=True):
    """A part of the handout under one heading, and the functions it asks for, with their parameters."""

    text: str
    asks: Mapping[str, tuple[str, ...]]

    @property
    def title(self) -> str:
        return self.text.partition("\n")[0].lstrip("# ")


def with_points(assignment: Assignment, handout: str) -> str:
    """The handout with a section that says what each check is worth."""
    return f"{handout.rstrip()}\n\n{points(assignment)}"


def points(assignment: Assignment) -> str:
    """The rubric as a Markdown section: function, claim, points, equations."""
    total = decimal(exact(assignment.points))
    lines = [
        "## Points",
        "",
        f"{total} points in all. Claims with a * are decided by your instructor's run alone: "
        "`grader check` has no case for them.",
        "",
        "| function | claim | points | equations |",
        "|---|---|---:|---|",
        *(row for task in assignment.tasks for row in _rows(task)),
    ]
    return "\n".join(lines) + "\n"


def _rows(task: Task) -> list[str]:
    rows = [_row(f"**`{task.name}`**", "", f"**{decimal(task.points)}**", ())]
    for check, worth in task.checks.items():
        star = "" if public.decides(task, check) else " *"
        rows.append(_row("", check.statement(task.shapes) + star, f"{decimal(exact(worth))}", check.proves))
    return rows


def _row(name: str, claim: str, worth: str, equations: Sequence[str]) -> str:
    cells = (name, claim.replace("|", "\\|"), worth, ", ".join(equations))
    return "| " + " | ".join(cells) + " |"


def sections(text: str) -> list[Section]:
    """Take a handout apart at its headings (down to three #), outside fenced code."""
    parts: list[list[str]] = [[]]
    fenced = False
    for line in text.splitlines():
        fenced ^= line.lstrip().startswith("```")
        if HEADING.match(line) and not fenced and any(parts[-1]):
            parts.append([])
        parts[-1].append(line)
    return [_section("\n".join(part).strip()) for part in parts if any(part)]


def _section(text: str) -> Section:
    asks = {}
    for start in (match.end() for match in re.finditer(re.escape(ASKS), text)):
        for name, arguments in SIGNATURE.findall(text[start : text.find("**", start)]):
            asks[name] = tuple(part.strip() for part in arguments.split(",") if part.strip())
    return Section(text, asks)


def refuse_drift(assignment: Assignment, parts: Sequence[Section], path: str) -> None:
    """Raise `ReleaseError` where the handout and the declaration ask for different functions or signatures."""
    asked = {name: arguments for part in parts for name, arguments in part.asks.items()}
    for task in assignment.tasks:
        signature = _signature(task.name, task.asked)
        if task.name not in asked:
            hint = f"write a paragraph that begins {ASKS}{signature}.**"
            raise ReleaseError(f"{path} asks for no {signature}; {hint}")
        if asked[task.name] != task.asked:
            raise ReleaseError(
                f"{path} asks for {_signature(task.name, asked[task.name])}; the reference is {signature}"
            )
    for name in asked:
        if name not in assignment.homes:
            raise ReleaseError(f"{path} asks for `{name}`, which no task grades; declare it or take the paragraph out")
    for title, count in Counter(part.title for part in parts).items():
        if count > 1:
            raise ReleaseError(f"{path} has {count} sections named {title!r}; names must differ")


def _signature(name: str, arguments: Sequence[str]) -> str:
    return f"`{name}({', '.join(arguments)})`"
