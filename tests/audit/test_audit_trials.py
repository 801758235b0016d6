"""What becomes of mutants: killed, survived, equivalent, warned, late; and what a weak assignment looks like."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from grader import course
from grader.audit import Order, audit
from grader.audit.crew import Crew, CrewError, Ended
from grader.audit.equivalence import difference
from grader.audit.mutants import mutants_of, sampled
from grader.audit.run import _ended, _tried
from grader.audit.trial import Court, opening
from grader.battery import Array, Normal
from grader.checks import Gradient, Unchanged, Value
from grader.model import Assignment, Case, Task
from tests.grader import toy

WEAK = str(Path(__file__).with_name("weak.py"))
CASES = (
    Case("example", {}, dict(x=Array([1.0, 2.0])), public=True),
    Case("generic", dict(N=5)),
    Case("one entry", dict(N=1)),
)


def total(x):
    i = 0
    found = 0.0
    while i < len(x):
        found += 2 * x[i]
        i += 1
    return found


def mean(x):
    count = len(x)
    return np.sum(x) / count + 0 * x[0]


def half(x):
    return x / 2


def loaded(checks, function, returns, name="trial"):
    """An assignment of one task."""
    task = Task(function, dict(x=Normal("N", shift=2)), returns, CASES, checks)
    return Assignment(name, "A trial", sum(checks.values()), {"T-1": "it"}, (task,))


def fates(assignment, rule=None):
    """Try the mutants of the first task in this process: [(mutant, trial)]."""
    court = Court(assignment, b"seed")
    tried = [mutant for mutant in mutants_of(assignment.tasks[0]) if rule in (None, mutant.rule)]
    return [(mutant, court.try_(mutant) or court.compare(mutant)) for mutant in tried]


@pytest.fixture(scope="module")
def weak():
    return audit(Order(course.assignment(WEAK, None), WEAK, jobs=2))


def test_a_weak_assignment_has_survivors_where_nothing_is_asked(weak):
    survivors = {(trial.mutant.task, trial.mutant.rule) for trial in weak.with_fate("survived")}
    assert ("product_gradient", "scale") in survivors
    assert {task for task, _ in survivors} == {"product_gradient"}
    assert all("dw" in trial.why or "argument" in trial.why for trial in weak.with_fate("survived"))
    assert weak.of("product").rate == 100
    assert 0 < weak.of("product_gradient").rate < 100
    assert weak.faults == ()
    assert not weak.holds(100)
    assert weak.holds(50)


def test_a_survivor_is_shown_as_a_diff_of_its_file(weak):
    [survivor] = [trial for trial in weak.with_fate("survived") if trial.mutant.rule == "scale"]
    lines = survivor.diff.splitlines()
    assert lines[0] == "--- audit/weak.py"
    assert "-    return dx, dw" in lines
    assert "+    return (dx, doubled(dw))" in lines
    first = int(lines[2].split("-")[1].split(",")[0])
    assert "def product_gradient(dy, x, w):" in Path(WEAK).read_text().splitlines()[first - 1 : first + 6]


def test_the_counts_add_up(weak):
    assert weak.total.made == len(weak.trials) == weak.made == sum(weak.of(task).made for task in weak.tasks)
    killed = weak.with_fate("killed")
    by_check = sum(catch.caught for catch in weak.caught_by_checks())
    assert by_check == sum(len(trial.checks) for trial in killed)
    assert all(trial.checks or trial.raised for trial in killed)


def test_cases_are_credited_with_what_they_alone_catch(weak):
    catches = {(catch.task, catch.name): catch for catch in weak.caught_by_cases()}
    assert catches["product", "square"].only > 0
    assert catches["product", "generic"].caught > catches["product", "generic"].only


def test_a_case_that_catches_nothing_is_silent():
    task = toy.FORWARD
    doubled = Case("the same again", dict(N=1, D=2, M=1), dict(x=Array([[0, 0]])), still=("y",))
    quiet = Task(task.reference, task.draws, task.returns, (*task.cases, doubled), task.checks)
    court = Court(Assignment("quiet", "", 3, {"T-1": ""}, (quiet,)), b"seed")
    caught = [trial.cases for mutant in mutants_of(quiet) if (trial := court.try_(mutant)) and mutant.rule == "scale"]
    assert caught
    assert all(("product", "the same again") not in cases for cases in caught)
    assert all(("product", "generic") in cases for cases in caught)


def test_equal_code_is_proven_equivalent():
    tried = fates(loaded({Value("m", proves=("T-1",)): 1}, mean, {"m": ""}))
    same = [mutant for mutant, trial in tried if trial.fate == "equivalent"]
    assert any("np.sum(x, axis=0)" in mutant.text for mutant in same)
    assert any("return np.sum(x) / count\n" in mutant.text for mutant in same)
    assert not any("doubled" in mutant.text for mutant in same)


def test_a_difference_says_where_it_shows():
    task = loaded({Value("h", proves=("T-1",)): 1}, half, {"h": "N"}).tasks[0]
    only_single = {"half": lambda x: x / 2 if len(x) > 1 else x}
    assert difference(task, {"half": half}, {"half": half}, arguments=True) is None
    where = difference(task, only_single, {"half": half}, arguments=True)
    assert "N = 1" in where
    assert "h is not the reference's" in where
    assert "raises ZeroDivisionError" in difference(task, {"half": lambda x: 1 // 0}, {"half": half}, arguments=False)


def test_another_order_of_the_same_sum_is_no_difference():
    task = loaded({Value("m", proves=("T-1",)): 1}, mean, {"m": ""}).tasks[0]
    backwards = {"mean": lambda x: float(sum(x[::-1] / len(x)))}
    assert difference(task, backwards, {"mean": mean}, arguments=False) is None


def test_a_changed_argument_is_a_difference_where_it_is_asked():
    task = loaded({Value("h", proves=("T-1",)): 1}, half, {"h": "N"}).tasks[0]

    def greedy(x):
        result = x / 2
        x += 1
        return result

    assert difference(task, {"half": greedy}, {"half": half}, arguments=False) is None
    assert "an argument is changed" in difference(task, {"half": greedy}, {"half": half}, arguments=True)


def test_behaviour_costs_points_only_where_the_assignment_gives_some():
    free = dict(fate for fate in _by_rule(loaded({Value("h", proves=("T-1",)): 1}, half, {"h": "N"})))
    asked = dict(_by_rule(loaded({Value("h", proves=("T-1",)): 1, Unchanged(): 1}, half, {"h": "N"})))
    assert free["mutates-input"] in ("warned", "unjudged")
    assert free["float32"] == asked["float32"] == "warned"
    assert asked["mutates-input"] == "killed"


def _by_rule(assignment):
    return [(mutant.rule, trial.fate) for mutant, trial in fates(assignment)]


def square_forward(x):
    return x * x, x + 0


def square_backward(dout, cache):
    return 2 * cache * dout


def _cached():
    cases = (
        Case("example", {}, dict(x=Array([1.0, 2.0]), dout=Array([1.0, -1.0])), public=True),
        Case("generic", dict(N=5)),
    )
    ahead = tuple(replace(case, draws={"x": case.draws["x"]} if case.draws else {}) for case in cases)
    drawn = dict(x=Normal("N", shift=2))
    backward = Task(
        square_backward,
        drawn | dict(dout=Normal("N")),
        {"dx": "N"},
        cases,
        {Gradient("dx", proves=("T-1",)): 1},
        forward=square_forward,
    )
    forward = Task(square_forward, drawn, {"out": "N", "cache": ""}, ahead, {Value("out", proves=("T-1",)): 1})
    tasks = (forward, backward)
    return Assignment("cached", "", 2, {"T-1": ""}, tasks)


def test_a_wrong_cache_is_killed_by_the_backward_pass():
    [trial] = [trial for mutant, trial in fates(_cached()) if "x * x, x - 0" in mutant.text]
    assert trial.fate == "equivalent"
    [trial] = [trial for mutant, trial in fates(_cached()) if "x * x, x + 1" in mutant.text]
    assert trial.fate == "killed"
    assert trial.checks == (("square_backward", "dx is the true derivative"),)


class Loop:
    """What a crew may be given to do."""

    def spin(self, job):
        while job:
            pass
        return "done"

    def leave(self, job):
        raise SystemExit(job)

    def fail(self, job):
        raise ValueError(job)


def broken_start():
    raise RuntimeError("no such course")


def test_a_job_without_end_is_ended_and_the_next_ones_are_done():
    with Crew(Loop, 2) as crew:
        found = dict(crew.work("spin", [False, True, False, False], limit_s=1.0))
        again = dict(crew.work("spin", [False]))
    assert found[1] == Ended("timeout")
    assert [found[place] for place in (0, 2, 3)] == ["done"] * 3
    assert again == {0: "done"}


def test_a_job_that_ends_its_process_or_fails_costs_itself_alone():
    with Crew(Loop, 1) as crew:
        assert dict(crew.work("leave", [3, 4])) == {0: Ended("crashed"), 1: Ended("crashed")}
        assert dict(crew.work("fail", ["x"])) == {0: Ended("raised", "ValueError: x")}
        assert dict(crew.work("spin", [False])) == {0: "done"}


def test_a_crew_that_cannot_start_says_so():
    with pytest.raises(CrewError, match="no such course"), Crew(broken_start, 1) as crew:
        list(crew.work("spin", [False]))


def test_an_endless_mutant_is_killed_by_the_clock(tmp_path):
    path = tmp_path / "loops.py"
    path.write_text(LOOPS, "utf-8")
    assignment = course.assignment(str(path), None)
    order = Order(assignment, str(path), jobs=1, limit_s=1.0)
    [endless] = [
        mutant
        for mutant in mutants_of(assignment.tasks[0])
        if mutant.rule == "overwrite-for-accumulate" and "i = 1" in mutant.text
    ]
    told = []
    [trial] = _tried(order, [endless], told.append)
    assert trial.fate == "killed"
    assert trial.why == "does not come to an end"
    assert told == ["total"]
    assert _ended(endless, Ended("crashed")).fate == "killed"


LOOPS = """
from grader.battery import Array, Normal
from grader.checks import Value
from grader.model import Assignment, Case, Task

def total(x):
    i = 0
    found = 0.0
    while i < len(x):
        found += 2 * x[i]
        i += 1
    return found

CASES = (Case("example", {}, dict(x=Array([1.0, 2.0])), public=True), Case("generic", dict(N=5)))
TASK = Task(total, dict(x=Normal("N")), {"t": ""}, CASES, {Value("t", proves=("T-1",)): 1})
ASSIGNMENT = Assignment("loops", "", 1, {"T-1": ""}, (TASK,))
"""


def test_a_sample_is_fixed_by_its_seed():
    made = mutants_of(toy.BACKWARD)
    assert sampled(made, 7, "a") == sampled(made, 7, "a") != sampled(made, 7, "b")
    assert len(sampled(made, 7, "a")) == 7
    assert sampled(made, None, "a") == sampled(made, 10**6, "a") == made


def test_mutants_of_one_function_differ_and_each_compiles():
    made = mutants_of(toy.BACKWARD)
    assert len({mutant.text for mutant in made}) == len(made) > 60
    for mutant in made:
        assert mutant.build(toy.product_gradient).__name__ == "product_gradient"


def test_a_court_is_opened_by_name(tmp_path):
    assert isinstance(opening(WEAK, None, b"seed")(), Court)
