"""Students who do everything right but one thing: the corpora of wrong solutions, graded and named."""

from functools import cache
from importlib import import_module

from grader.answerers import InProcess
from grader.grade import grade, prepare
from tests.engine.layers import ASSIGNMENT as LAYERS
from tests.named import NAMED
from tests.styles.folders import STYLES, functions

SEED = b"diagnosis"
COURSE = ("softmax_classifier", "two_layer_mlp", "deep_mlp")

ALIKE = (
    {"softmax-jacobian-diagonal", "delta-on-softmax"},
    {"bias-not-summed", "shape"},
    {"softmax-shift", "overflow"},
    {"overwrite-for-accumulate", "index-add"},
    {"transpose", "column-row"},
    {"shared-buffer", "state"},
)
"""Names of one and the same array, which may be kept from call to call: either is right."""


@cache
def declared(name):
    """An assignment of the course, or the layers that courses teach beyond it."""
    if name == "layers":
        return LAYERS
    return import_module(f"assignments.{name}").ASSIGNMENT


@cache
def base(name):
    """The functions of a student who is right."""
    return functions(STYLES / name / "vectorised", set(declared(name).homes))


@cache
def exam(name, function, seed=SEED):
    return prepare(declared(name), seed, [function])


def rows_of(name, function, source, seed=SEED):
    """The rows of one task, for a student who wrote this source over what is right."""
    written = dict(base(name))
    exec(compile(source, "<wrong>", "exec"), written)
    student = {wanted: written[wanted] for wanted in base(name)}
    return grade(exam(name, function, seed), InProcess(student, NAMED)).tasks[0].rows


def diagnoses(rows):
    """Every diagnosis of some rows, once."""
    return list(dict.fromkeys(row.verdict.diagnosis for row in rows if row.verdict.diagnosis))


def alike(name, other):
    """Whether two names stand for the same mistake."""
    return name == other or any({name, other} <= names for names in ALIKE)


def said(rows):
    """The names that rows are given, alternatives included."""
    return {name for told in diagnoses(rows) for name in (told.id, *told.alternatives)}


GENERAL = {"none", "scale", "one-element", "rows", "columns", "shape"}
"""Names that are right only where no other is, and that for none."""


def is_right(names, rows):
    """Whether one of some names is given, alone or beside another; where "none" is one, whether no other is."""
    if "none" in names.split() and not said(rows) - GENERAL:
        return True
    return any(alike(name, word) for name in names.split() for word in said(rows))


def certain(rows):
    """The names that are given for certain."""
    return {told.id for told in diagnoses(rows) if told.confidence == "certain"}
