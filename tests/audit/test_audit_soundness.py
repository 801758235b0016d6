"""Reference, stubs and template: each fault is one line, and a sound assignment has none."""

import shutil
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from grader.audit.soundness import reference_faults, soundness, stub_faults, template_faults
from grader.release import template
from tests.grader import toy

ROOT = Path(__file__).resolve().parents[2]
NAME = "softmax_classifier"
STUB = f"student_template/{NAME}/scores.py"


@pytest.fixture(scope="module")
def assignment():
    return import_module(f"assignments.{NAME}").ASSIGNMENT


@pytest.fixture(scope="module")
def files(assignment):
    return template([assignment])


@pytest.fixture
def released(tmp_path, files):
    """A course's folder with the template as it would be written."""
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(text.encode())
    return tmp_path


def test_a_sound_assignment_has_no_fault(assignment, released):
    sound = soundness(assignment, assignment.tasks, "seed", released)
    assert sound.faults == sound.notes == ()
    assert len(sound.proven) == 3


def test_an_assignment_without_a_handout_has_no_template_to_audit():
    sound = soundness(toy.toy(), toy.toy().tasks, "seed", None)
    assert sound.faults == ()
    assert sound.notes == ("no handout is declared, so there is no template to audit",)


def test_a_reference_that_does_not_pass_is_named_with_its_check():
    def product(x, w):
        return x @ w + 1e-3 * np.random.default_rng().standard_normal()

    drawn = toy.FORWARD
    task = type(drawn)(product, drawn.draws, drawn.returns, drawn.cases, drawn.checks)
    assignment = toy.toy(points=3, equations={"T-1": "y = x w"}, tasks=(task,))
    faults = reference_faults(assignment, assignment.tasks, "seed")
    assert any(fault.startswith("the reference does not pass product, 'y is right': fail, ") for fault in faults)


def test_a_stale_template_is_reported(assignment, files, released):
    (released / STUB).write_text("# mine\n" + files[STUB], "utf-8")
    (released / f"student_template/{NAME}/handout.md").unlink()
    faults = template_faults(assignment, files, released)
    assert faults == [
        f"student_template/{NAME}/handout.md is missing; run make release",
        f"{STUB} is stale; run make release",
    ]


def test_a_leak_is_reported_wherever_it_stands(assignment, files, released):
    (released / f"student_template/{NAME}/notes.txt").write_text("try  return np.outer(x,df)  here\n", "utf-8")
    (released / STUB).write_text(files[STUB].replace("raise NotImplementedError", "return X @ W + b", 1), "utf-8")
    faults = "\n".join(template_faults(assignment, files, released))
    assert f"student_template/{NAME}/notes.txt is not generated; delete it" in faults
    assert f"student_template/{NAME}/notes.txt holds line" in faults
    assert "return np.outer(x, df)" in faults
    assert f"{STUB}:" in faults
    assert "does more than raise NotImplementedError" in faults


def test_a_file_that_is_no_notebook_is_reported_not_raised(assignment, files, released):
    (released / f"student_template/{NAME}/{NAME}.ipynb").write_text("{", "utf-8")
    assert any("cannot be searched" in fault for fault in template_faults(assignment, files, released))


def test_a_filled_in_stub_is_reported(assignment, files):
    filled = dict(files)
    filled[STUB] = files[STUB].replace("raise NotImplementedError", "return X @ W + b", 1)
    faults = stub_faults(assignment, assignment.tasks, filled, "seed")
    assert faults == [
        "the stub of scores is pass in 'F has shape (N, K)'; expected absent",
        "the stub of scores is pass in 'F is right'; expected absent",
    ]


def test_the_template_on_disk_is_the_one_that_would_be_written(assignment, files, tmp_path):
    shutil.copytree(ROOT / "student_template", tmp_path / "student_template")
    assert template_faults(assignment, files, tmp_path) == []
