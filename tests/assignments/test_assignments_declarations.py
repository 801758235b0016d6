"""A wrong declaration cannot be built; each fault is one line that says what is wrong, and where."""

from dataclasses import replace

import pytest

from grader.battery import Normal
from grader.checks import Gradient, Numeric, Shape, Value
from grader.declare import DeclarationError
from grader.model import Assignment, Case, Convention, Slope, Task


def double(x):
    return 2 * x


def halve(y, cache):
    return y / 2


CASES = (Case("example", dict(N=2), public=True), Case("generic", dict(N=3)))
TASK = dict(
    reference=double,
    draws=dict(x=Normal("N")),
    returns={"y": "N"},
    cases=CASES,
    checks={Shape("y"): 1, Value("y", proves=("T-1",)): 2},
)
DOUBLE = Task(**TASK)
ASSIGNMENT = dict(name="toy", title="Toy", points=3, equations={"T-1": "y = 2x"}, tasks=(DOUBLE,))


def refused(build, **changed):
    with pytest.raises(DeclarationError) as refusal:
        build(changed)
    return str(refusal.value)


def task(changed):
    return Task(**{**TASK, **changed})


def assignment(changed):
    return Assignment(**{**ASSIGNMENT, **changed})


def test_the_right_declaration_is_built():
    assert Assignment(**ASSIGNMENT).task("double").points == 3


SLOPE = Slope("double", ("x",), "y", {"x": "y"})

OWN = Convention("own", "its own way")


def other(**changes):
    return (OWN, Convention("other", "another way", changes))


WRONG_TASKS = [
    (
        dict(conventions=(Convention("own", "its own way", dict(reference=halve)), OWN)),
        "task 'double' has two conventions named 'own'; names must differ",
    ),
    (
        dict(conventions=(Convention("new", "", dict(reference=halve)), OWN)),
        "task 'double' changes itself in its first convention; the first is the task as it stands",
    ),
    (dict(conventions=(OWN,)), "task 'double' has one convention; give two or more, or none"),
    (dict(conventions=other()), "task 'double', convention 'other' changes nothing; leave it out"),
    (dict(reference="double"), "task 'double' has no reference function; give the function itself"),
    (dict(draws=dict(z=Normal("N"))), "task 'double' has no draw for 'x'; its draws are z"),
    (dict(slope=replace(SLOPE, args=("w",))), "task 'double' has no draw for 'w'; its draws are x"),
    (dict(slope=replace(SLOPE, against="c")), "task 'double' has no draw for 'c'; its draws are x"),
    (
        dict(cases=(*CASES, Case("odd", dict(N=3), dict(z=Normal("N"))))),
        "task 'double', case 'odd' draws 'z', which is no input of the task",
    ),
    (
        dict(slope=replace(SLOPE, moves={"x": "dx"})),
        "task 'double' takes the slope of 'dx' along 'x'; it has no such output or input",
    ),
    (dict(checks={}), "task 'double' has no checks; a task must be judged by something"),
    (
        dict(checks={Shape("y"): -1}),
        "task 'double', Shape(output='y', group='', proves=(), ones='') is worth -1; points must not be negative",
    ),
    (
        dict(checks={Shape("z"): 1}),
        "task 'double', Shape(output='z', group='', proves=(), ones='') judges 'z'; it returns y",
    ),
    (
        dict(checks={Shape("y", group="large"): 1}),
        "task 'double', Shape(output='y', group='large', proves=(), ones='') has no case in group 'large'; "
        "it would measure nothing",
    ),
    (
        dict(checks={Value("y", claim="y is right"): 1, Value("y"): 1}),
        "task 'double' has two checks named 'y is right'; names must differ",
    ),
    (
        dict(cases=(*CASES, Case("generic", dict(N=5)))),
        "task 'double' has two cases named 'generic'; names must differ",
    ),
    (dict(cases=CASES[1:]), "task 'double' has no public first case; the first case is the worked example"),
    (dict(cases=CASES[:1]), "task 'double' has no case 'generic'; its sizes tell dimensions apart"),
    (
        dict(cases=(CASES[0], Case("generic", dict(N=3, D=2, K=3)))),
        "task 'double', case 'generic' has N = K = 3; sizes must differ",
    ),
    (
        dict(cases=(CASES[0], Case("generic", dict(widths=(2, 3, 5, 3))))),
        "task 'double', case 'generic' has widths[1] = widths[3] = 3; sizes must differ",
    ),
]


@pytest.mark.parametrize(("changed", "line"), WRONG_TASKS, ids=[line for _, line in WRONG_TASKS])
def test_a_wrong_task_is_refused_in_one_line(changed, line):
    assert refused(task, **changed) == line


BACKWARD = Task(**{**TASK, "reference": halve, "forward": double, "draws": dict(x=Normal("N"), y=Normal("N"))})
SLOPING = Task(
    **{**TASK, "slope": replace(SLOPE, forward="triple"), "checks": {Gradient("y", proves=("T-1",)): 2, Numeric(): 1}}
)

UNEVEN = Task(**{**TASK, "conventions": other(checks={Shape("y"): 1, Value("y", proves=("T-1",)): 3})})

WRONG_ASSIGNMENTS = [
    (
        dict(tasks=(UNEVEN,)),
        "assignment 'toy', task 'double', convention 'other' is worth other points than the task; give it the same",
    ),
    (dict(name="my toy"), "assignment 'my toy' is no identifier; use letters, digits and _"),
    (dict(tasks=(DOUBLE, DOUBLE), points=6), "assignment 'toy' has two tasks named 'double'; names must differ"),
    (dict(points=4), "assignment 'toy' states 4 points; its tasks add up to 3"),
    (
        dict(tasks=(Task(**{**TASK, "checks": {Value("y", proves=("T-1",)): 0}}),), points=0),
        "assignment 'toy' is worth nothing; give its checks points",
    ),
    (dict(equations={}), "assignment 'toy' grades equation 'T-1', which does not exist"),
    (dict(equations={"T-1": "", "T-2": ""}), "assignment 'toy' grades equation 'T-2' by no check"),
    (dict(tasks=(SLOPING,)), "assignment 'toy', task 'double' takes the slope of unknown function 'triple'"),
    (dict(tasks=(BACKWARD,)), "assignment 'toy', task 'halve' needs unknown function 'double'"),
]


@pytest.mark.parametrize(("changed", "line"), WRONG_ASSIGNMENTS, ids=[line for _, line in WRONG_ASSIGNMENTS])
def test_a_wrong_assignment_is_refused_in_one_line(changed, line):
    assert refused(assignment, **changed) == line


def test_points_are_added_as_they_are_written():
    thirds = Task(**{**TASK, "checks": {Shape("y"): 0.1, Value("y", proves=("T-1",)): 0.2}})
    assert assignment(dict(tasks=(thirds,), points=0.3)).points == 0.3
