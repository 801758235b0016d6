"""Mistakes that were written down with their names before any rule had seen them, from the handouts alone.

Files and labels were fixed before the first run; both stand here as they were. `names` are the ids that an honest
marker could write down, "none" among them where no id but a general one is true.
"""

import json
from importlib import import_module
from pathlib import Path

import pytest

from grader.classroom.session import Session
from tests.diagnosis.students import GENERAL, alike, certain, is_right, said

FOLDER = Path(__file__).parent / "strangers"
LABELS = json.loads((FOLDER / "labels.json").read_text("utf-8"))
LEAST = 0.9


def graded():
    """Every mistake: its label, and the rows of its task."""
    for assignment in sorted({place.partition("/")[0] for place in LABELS}):
        with Session(import_module(f"assignments.{assignment}").ASSIGNMENT, b"strangers") as session:
            for place in (place for place in LABELS if place.startswith(f"{assignment}/")):
                report = session.grade(session.read(place, FOLDER / f"{place}.py")).report
                [task] = [task for task in report.tasks if task.name == LABELS[place]["task"]]
                yield place, LABELS[place]["names"], task.rows


@pytest.fixture(scope="module")
def found():
    return list(graded())


def test_nine_of_ten_are_named(found):
    right = {place: is_right(names, rows) for place, names, rows in found}
    print(f"\nmistakes of strangers named: {sum(right.values())} of {len(right)}")
    for place, names, rows in found:
        if not right[place]:
            print(" ", place, "is", " or ".join(names.split()), "and was called", sorted(said(rows)) or "nothing")
    assert sum(right.values()) >= LEAST * len(right)


def test_none_has_a_wrong_name_for_certain(found):
    wrong = [
        (place, names, sorted(certain(rows)))
        for place, names, rows in found
        if not all(one in GENERAL or any(alike(name, one) for name in names.split()) for one in certain(rows))
    ]
    assert wrong == []


def test_every_mistake_costs_points_or_is_warned_of(found):
    assert [place for place, _, rows in found if all(row.verdict.status == "pass" for row in rows)] == []
