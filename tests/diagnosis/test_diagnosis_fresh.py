"""Mistakes that the rules had not seen: named right, or right as one of two; never a wrong name for certain."""

import numpy as np
import pytest

from grader.answerers import InProcess
from grader.grade import grade
from tests.diagnosis.fresh import FRESH
from tests.diagnosis.students import base, certain, exam, is_right, said
from tests.engine.layers import ASSIGNMENT as LAYERS
from tests.named import NAMED

LEAST = 0.9


def right_functions(name):
    return {task.name: task.reference for task in LAYERS.tasks} if name == "layers" else base(name)


def told(name, function, source):
    right = right_functions(name)
    written = {**right, **{f"right_{key}": value for key, value in right.items()}, "np": np}
    written |= {"INPUT": lambda cache: cache if isinstance(cache, np.ndarray) else cache[0], "BN": standing}
    exec(compile(source, "<fresh>", "exec"), written)
    answerer = InProcess({key: written[key] for key in right}, NAMED)
    return grade(exam(name, function), answerer).tasks[0].rows


def standing(cache):
    """(x but for its mean, γ, ε = 0) of the reference's cache: what a gradient needs."""
    centred, std, gamma = cache
    scale = np.sqrt(np.maximum(std**2, 1e-30) / np.maximum(centred.var(0), 1e-30))
    return centred * scale, gamma, 0.0


@pytest.fixture(scope="module")
def found():
    return [(name, function, names, told(name, function, source)) for name, function, names, source in FRESH]


def test_fresh_mistakes_are_named(found):
    right = [is_right(names, rows) for _, _, names, rows in found]
    print(f"\nfresh mistakes named: {sum(right)} of {len(right)}")
    for (name, function, names, rows), fine in zip(found, right, strict=True):
        if not fine:
            print(" ", name, function, "is", names, "and was called", sorted(said(rows)) or "nothing")
    assert sum(right) >= LEAST * len(right)


def test_no_fresh_mistake_has_a_wrong_name_for_certain(found):
    wrong = [
        (f, names, sorted(certain(rows))) for _, f, names, rows in found if certain(rows) and not is_right(names, rows)
    ]
    assert wrong == []
