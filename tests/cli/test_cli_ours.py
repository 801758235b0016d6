"""A check that fails through no fault of the submission is a failure of ours: exit code 4, and no points either way."""

import json

from grader.checks import Shape
from tests.cli.command import RIGHT, grade


def test_a_check_of_ours_that_fails_is_told_by_the_exit_code(monkeypatch, tmp_path):
    def broken(self, paper):
        raise RuntimeError("ours")
        yield

    assert grade(RIGHT).code == 0
    monkeypatch.setattr(Shape, "__call__", broken)
    ran = grade(RIGHT, "-o", tmp_path / "out")
    assert ran.code == 4
    (path,) = [path for path in (tmp_path / "out").glob("*.json") if path.name != "run.json"]
    checks = [check for task in json.loads(path.read_text())["tasks"] for check in task["checks"]]
    assert {check["status"] for check in checks} == {"error", "pass"}
