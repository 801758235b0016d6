"""The declared mistakes: where none is made they are the reference, and each of them changes something."""

import numpy as np
import pytest

from grader.diagnosis.closed import NONE, Bench
from grader.diagnosis.slips import Key, Slip
from grader.posing import write
from tests.diagnosis.students import COURSE, declared

YEARS = ("cs231n_a1", "cs231n_a2", "cs231n_a3")


def variants(task):
    """A task under each of its conventions, by their names."""
    return task.variants or {"": task}


def params(*names):
    """Every task of some assignments that has declared mistakes, under every convention."""
    return [
        pytest.param(name, task.name, way, id=f"{name}: {task.name}{f' ({way})' if way else ''}")
        for name in names
        for task in declared(name).tasks
        for way, variant in variants(task).items()
        if variant.mistakes
    ]


TASKS = params(*COURSE, "layers", *YEARS)


def bench_of(name, function, way):
    tasks = {task.name: task for task in declared(name).tasks}
    variant = variants(tasks[function])[way]
    return Bench(write(variant, b"slips", forwards={**tasks, function: variant}))


def test_every_task_of_the_course_declares_mistakes_under_every_convention():
    bare = {
        task.name
        for name in YEARS
        for task in declared(name).tasks
        for variant in variants(task).values()
        if not variant.mistakes
    }
    assert bare == set()


@pytest.mark.parametrize(("name", "function", "way"), TASKS)
def test_without_a_slip_the_declared_copy_is_the_reference(name, function, way):
    tried = bench_of(name, function, way)
    for case in tried.paper.ordinary:
        if case.group == "training" or case.allows:
            continue  # what is drawn at random has no one value, nor has a gradient at a kink
        answer = tried.answer(NONE, case)
        for place, expected in case.arrays.items():
            assert np.all(np.abs(answer[place] - expected) <= case.tolerance[place]), (case.name, place)


def test_every_slip_changes_an_answer_or_breaks_the_call_of_some_task():
    idle, busy = set(), set()
    for param in TASKS:
        tried = bench_of(*param.values)
        cases = tried.paper.ordinary
        for key in tried.keys(cases):
            (busy if any(changes(tried, key, case) for case in cases) else idle).add(key[:2])
    assert idle - busy == set()


def changes(tried, key, case):
    answer = tried.answer(frozenset([key]), case)
    return any(
        place not in answer
        or answer[place].shape != expected.shape
        or not np.all(np.abs(answer[place] - expected) <= case.tolerance[place])
        for place, expected in case.arrays.items()
    )


def test_a_slip_in_one_part_is_not_made_in_another():
    slip = Slip([Key("sign", "turned", "first layer")])
    assert slip.within("first layer")("sign", "turned")
    assert not slip.within("second layer")("sign", "turned")
    assert not slip("sign", "turned")


def test_a_slip_everywhere_is_made_in_every_part():
    slip = Slip([Key("sign", "turned")])
    assert slip("sign", "turned")
    assert slip.within("first layer")("sign", "turned")
    assert not slip("sign", "another")


def test_what_may_go_wrong_shows_when_it_is_asked_for():
    asked = {}
    Slip(asked=asked).within("top")("sign", "turned")
    assert list(asked) == [Key("sign", "turned"), Key("sign", "turned", "top")]
