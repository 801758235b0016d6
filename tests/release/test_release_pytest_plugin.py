"""`pytest` in a template folder: one test a check, sentences as names, and nothing where there is nothing of ours."""

import json
import tomllib
import xml.etree.ElementTree as ElementTree

import pytest

from tests.release.kit import ROOT, change, fill_modules, run_pytest, template


@pytest.fixture
def folder(tmp_path):
    return template("two_layer_mlp", tmp_path)


def claims(folder):
    document = json.loads((folder / "public.json").read_text("utf-8"))
    return [f"{task['name']}: {claim['claim']}" for task in document["tasks"] for claim in task["checks"]]


def test_stubs_fail_with_what_to_do_first(folder):
    ran = run_pytest(folder, "-q", "--junitxml=report.xml")
    assert ran.returncode == 1, ran.stdout
    assert "affine_forward is still the stub" in ran.stdout
    assert "→ write affine_forward in affine.py or in the notebook; handout.md derives it" in ran.stdout
    assert "Traceback" not in ran.stdout
    assert "grader/" not in ran.stdout
    cases = ElementTree.parse(folder / "report.xml").getroot().findall(".//testcase")
    assert [case.get("name") for case in cases] == claims(folder)
    assert "affine_backward: dw has shape (D, M)" in claims(folder)
    assert all(case.find("failure") is not None for case in cases)


def test_filled_in_stubs_pass(folder):
    fill_modules(folder)
    ran = run_pytest(folder.parent, "-v")
    assert ran.returncode == 0, ran.stdout
    assert "two_layer_mlp/public.json::affine_backward: dw has shape (D, M) PASSED" in ran.stdout
    assert f"{len(claims(folder))} passed" in ran.stdout


def test_one_mistake_fails_its_own_tests_with_sentence_and_particulars(folder):
    fill_modules(folder)
    change(folder / "affine.py", "return w.T.copy()", "return w.copy()")
    ran = run_pytest(folder, "-q")
    assert ran.returncode == 1
    assert "affine_input_jacobian: J" in ran.stdout
    assert "; expected (" in ran.stdout
    assert "FAILED public.json::affine_forward" not in ran.stdout


def test_one_check_can_be_picked_by_its_name(folder):
    fill_modules(folder)
    ran = run_pytest(folder, "public.json::affine_backward: dw has shape (D, M)")
    assert ran.returncode == 0, ran.stdout
    assert "1 passed" in ran.stdout


def test_foreign_files_are_left_alone(tmp_path):
    for index, text in enumerate(['{"schema": "other/1"}', "[]", "{", "\ufeff", '{"schema": 3}']):
        (tmp_path / str(index)).mkdir()
        (tmp_path / str(index) / "public.json").write_text(text, "utf-8")
    (tmp_path / "test_own.py").write_text("def test_own():\n    pass\n")
    ran = run_pytest(tmp_path, "-q")
    assert ran.returncode == 0, ran.stdout
    assert "1 passed" in ran.stdout


def test_data_of_another_version_is_one_line(folder):
    change(folder / "public.json", "grader.public/1", "grader.public/9")
    ran = run_pytest(folder, "-q")
    assert ran.returncode == 2
    assert (
        "has schema 'grader.public/9'; expected 'grader.public/1', fetch the template's public.json again" in ran.stdout
    )
    assert "Traceback" not in ran.stdout


def test_a_folder_without_python_is_one_line_a_test(folder):
    for path in [*folder.glob("*.py"), *folder.glob("*.ipynb")]:
        path.unlink()
    ran = run_pytest(folder, "-q", "-x")
    assert ran.returncode == 1
    assert "holds no Python" in ran.stdout
    assert "Traceback" not in ran.stdout
    assert "grader/" not in ran.stdout


def test_installing_the_grader_installs_the_plugin():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["entry-points"]["pytest11"] == {"grader": "grader.pytest_plugin"}
