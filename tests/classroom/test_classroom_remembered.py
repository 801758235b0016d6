"""What is remembered of one submission changes nothing of the next: in one session as in one for each."""

from __future__ import annotations

import re
from itertools import count, islice
from pathlib import Path

import pytest

from assignments.softmax_classifier import ASSIGNMENT
from grader.classroom.session import Session
from grader.posing import variant_seed
from grader.sandbox import shared

ROOT = Path(__file__).resolve().parents[1]
SEED = b"remembered"
RIGHT = sorted((ROOT / "styles" / "softmax_classifier").iterdir())
CLASS = [
    ROOT / "submissions" / "softmax_classifier" / name for name in ("alma", "bence.py", "chiara.ipynb", "dmitri.zip")
]
MEASURED = re.compile(r"'(?:budget_)?cpu_s': [-.e\d]+")

pytestmark = pytest.mark.skipif(not shared.possible(), reason="one worker after another takes too long here")


def alike(number):
    """Names of submissions that are all put the same papers."""
    wanted = variant_seed(SEED, "0")
    return list(islice((str(n) for n in count() if variant_seed(SEED, str(n)) == wanted), number))


def graded(pairs):
    with Session(ASSIGNMENT, SEED) as session:
        found = [session.grade(session.read(name, path)) for name, path in pairs]
    return [(one.report, MEASURED.sub("", repr(one))) for one in found]


def test_submissions_that_follow_one_another_are_graded_as_if_each_were_alone():
    paths = [*RIGHT, *CLASS] * 2
    names = alike(len(paths))
    together = graded(zip(names, paths, strict=True))
    scores = {path.name: report.score / report.max_score for path, (report, _) in zip(paths, together, strict=True)}
    assert all(scores[path.name] == 1 for path in RIGHT)
    assert len(set(scores.values())) > 2
    for place, path in enumerate(paths[: len(paths) // 2]):
        [(_, alone)] = graded([(names[place], path)])
        for again in (place, place + len(paths) // 2):
            assert together[again][1].replace(repr(names[again]), repr(names[place])) == alone, path.name
