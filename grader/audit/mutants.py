"""All mutants of a task's function: every edit of every rule, each text once."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence
from random import Random
from typing import Any

import msgspec

from grader.audit.damage import damages
from grader.audit.rules import RULES, Rule
from grader.audit.scene import Scene, scene
from grader.audit.source import NoSource
from grader.model import Assignment, Task


class Mutant(msgspec.Struct, frozen=True):
    """One function with one edit. `text` is all of it, `line` the edited line in its file."""

    task: str
    rule: str
    says: str
    behaviour: bool
    line: int
    text: str

    def build(self, reference: Callable[..., Any]) -> Callable[..., Any]:
        """Compile the text among the names that the reference sees; it meets itself where it calls itself."""
        name = f"<mutant of {self.task}, {self.rule}, line {self.line}>"
        known = {**reference.__globals__, **damages()}
        exec(compile(self.text, name, "exec"), known)
        function: Callable[..., Any] = known[reference.__name__]
        return function


def mutants_of(task: Task, rules: Sequence[Rule] = RULES) -> list[Mutant]:
    """Make the mutants of one task. Raises `NoSource`."""
    seen = scene(task)
    known = {_dump(seen.source.text)}
    made = []
    for rule, line, text in _texts(seen, rules):
        shape = _dump(text)
        if shape and shape not in known:
            known.add(shape)
            made.append(Mutant(task.name, rule.id, rule.says, rule.behaviour, line, text))
    return made


def mutants(tasks: Iterable[Task]) -> tuple[list[Mutant], list[str]]:
    """The mutants of several tasks, and a line for each function of which there can be none."""
    made: list[Mutant] = []
    without = []
    for task in tasks:
        try:
            made += mutants_of(task)
        except NoSource as why:
            without.append(str(why))
    return made, without


def sampled(made: Sequence[Mutant], count: int | None, seed: str) -> list[Mutant]:
    """A fixed choice of so many mutants, in their own order; all of them without a count."""
    if count is None or count >= len(made):
        return list(made)
    return [made[place] for place in sorted(Random(seed).sample(range(len(made)), count))]


def dependents(assignment: Assignment, task: Task) -> tuple[Task, ...]:
    """The tasks that are given this one's cache: what it holds shows nowhere else."""
    return tuple(other for other in assignment.tasks if other.forward and other.forward.__name__ == task.name)


def _texts(seen: Scene, rules: Sequence[Rule]) -> Iterator[tuple[Rule, int, str]]:
    for rule in rules:
        for change in rule.changes(seen):
            line = min(getattr(node, "lineno", 1) for node in change)
            texts = {node: seen.text(node, new) for node, new in change.items()}
            yield rule, seen.source.first - 1 + line, seen.source.edited(texts)


def _dump(text: str) -> str:
    try:
        return ast.dump(ast.parse(text))
    except SyntaxError:
        return ""
