"""What a diagnosis costs: nothing where everything passes; a share of the grading where something fails."""

import os
from functools import partial
from pathlib import Path

import pytest

from grader.answerers import InProcess
from grader.classroom import session
from grader.diagnosis import engine
from grader.grade import grade, prepare
from tests.diagnosis.students import COURSE, base, declared
from tests.named import NAMED
from tests.submissions.manifest import CLASS

SUBMISSIONS = Path(__file__).resolve().parents[1] / "submissions"
SHARE = 0.5
LEFT_OUT = ("gita", "farid")
"""One never ends, and one raises: they cost what they like."""


@pytest.mark.parametrize("name", COURSE)
def test_nothing_is_looked_at_where_everything_passes(name, monkeypatch):
    def refuse(*_):
        raise AssertionError("looked at")

    monkeypatch.setattr(engine, "look", refuse)
    monkeypatch.setattr(engine, "explain", refuse)
    report = grade(prepare(declared(name), b"cost"), InProcess(base(name), NAMED))
    assert report.score == report.max_score


def failing(name):
    """The files of a class whose submissions lose points."""
    names = {s for s, written in CLASS[name].items() if written["not passing"]} - set(LEFT_OUT)
    return [path for path in (SUBMISSIONS / name).iterdir() if path.name.split(".")[0] in names]


def spent(monkeypatch, explain):
    """CPU seconds of grading each failing submission by itself, papers, sandbox and worker included."""
    monkeypatch.setattr(session, "grade", partial(grade, explain=explain))
    before = sum(os.times()[:4])
    for name in COURSE:
        for path in failing(name):
            with session.Session(declared(name), b"cost %d" % explain + path.name.encode()) as running:
                running.grade(running.read(path.stem, path))
    return sum(os.times()[:4]) - before


def test_a_diagnosis_costs_at_most_half_of_the_grading(monkeypatch):
    grading = spent(monkeypatch, False)
    diagnosis = spent(monkeypatch, True) - grading
    count = sum(len(failing(name)) for name in COURSE)
    print(f"\n{count} submissions: grading {grading:.2f} s of CPU, diagnosis {diagnosis:.2f} s more")
    print(f"a share of {diagnosis / grading:.2f}")
    assert diagnosis <= SHARE * grading
