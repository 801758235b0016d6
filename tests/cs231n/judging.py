"""Grade a few functions of a CS231n assignment, the reference's standing in for the rest."""

from importlib import import_module

import numpy as np

from grader.answerers import InProcess
from grader.grade import grade, prepare

SEED = b"cs231n"


def declared(name):
    return import_module(f"assignments.{name}").ASSIGNMENT


def judged(name, functions, only, profile="auto", year="", seed=SEED):
    """The report on `functions` beside the reference's, for the tasks of `only`; None stands for "not there"."""
    assignment = declared(name)
    answers = {task.name: task.reference for task in assignment.tasks} | functions
    answers = {name: function for name, function in answers.items() if function is not None}
    return grade(prepare(assignment, seed, only, profile=profile, year=year), InProcess(answers, {}))


def statuses(report, task):
    """Map the claims of one task to what became of them."""
    (found,) = [each for each in report.tasks if each.name == task]
    return {row.name: row.verdict.status for row in found.rows}


def written(source, **known):
    """The functions that a text defines."""
    names = {"np": np, **known}
    exec(source, names)
    return {name: value for name, value in names.items() if name not in ("np", "__builtins__", *known)}
