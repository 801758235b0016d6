"""`grade -o` writes a page beside each document; without the extra it says so once; `--open` shows it."""

import json
import webbrowser
from importlib import import_module, util

import pytest

from tests.cli.command import RIGHT, grade

WRONG = "def bias_gradient(dF):\n    return '<script>alert(1)</script>' and dF.mean(axis=0)\n"


@pytest.fixture
def handed_in(tmp_path):
    path = tmp_path / "=1+1<b>.py"
    path.write_text(WRONG)
    return path


def test_the_page_shows_the_students_own_lines_as_text(handed_in, tmp_path):
    ran = grade(handed_in, "-o", tmp_path / "out", "--task", "bias_gradient")
    assert ran.err == ""
    [page] = (tmp_path / "out").glob("*.html")
    content = page.read_text("utf-8")
    assert page.with_suffix(".json").is_file()
    assert "return &#39;&lt;script&gt;alert(1)&lt;/script&gt;&#39; and dF.mean(axis=0)" in content
    assert "<h1>=1+1&lt;b&gt;</h1>" in content
    assert "Backpropagation through a softmax classifier" in content
    assert '<svg class="map"' in content


def test_a_students_page_holds_no_value_of_a_hidden_case(handed_in, tmp_path):
    """Wrong where there are more than five examples, which no public case has."""
    handed_in.write_text("def bias_gradient(dF):\n    return dF.sum(axis=0) + (len(dF) > 5)\n")
    ran = grade(handed_in, "-o", tmp_path / "s", "--task", "bias_gradient", "--audience", "student")
    assert ran.code == 0
    [document] = (json.loads(path.read_text()) for path in (tmp_path / "s").glob("*.json") if path.name != "run.json")
    assert [check["status"] for check in document["tasks"][0]["checks"]][1] == "fail"
    [page] = (tmp_path / "s").glob("*.html")
    assert '<svg class="map"' not in page.read_text("utf-8")
    assert "card" not in json.dumps(document["tasks"])
    grade(handed_in, "-o", tmp_path / "i", "--task", "bias_gradient")
    [page] = (tmp_path / "i").glob("*.html")
    assert '<svg class="map"' in page.read_text("utf-8")


def test_without_the_extra_it_is_said_once_and_no_page_is_written(tmp_path, monkeypatch):
    found = util.find_spec
    monkeypatch.setattr(util, "find_spec", lambda name, *rest: None if name == "jinja2" else found(name, *rest))
    ran = grade(RIGHT, "-o", tmp_path / "out")
    assert ran.code == 0
    assert ran.line == ("grader: no pages are written: jinja2 cannot be imported; pip install 'gradient-grader[html]'")
    assert list((tmp_path / "out").glob("*.html")) == []
    assert len(list((tmp_path / "out").glob("*.json"))) == 2


def test_a_page_of_an_earlier_run_stays_and_one_that_is_missing_is_written(tmp_path):
    out = tmp_path / "out"
    grade(RIGHT, "-o", out)
    [page] = out.glob("*.html")
    before = page.read_bytes()
    page.write_text("mine")
    grade(RIGHT, "-o", out)
    assert page.read_text() == "mine"
    page.unlink()
    assert "were graded in an earlier run" in grade(RIGHT, "-o", out).out
    assert page.read_bytes() == before


def test_a_page_that_cannot_be_drawn_costs_a_note_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr("grader.report.page.compose", lambda *given: 1 / 0)
    ran = grade(RIGHT, "-o", tmp_path / "out")
    assert ran.code == 0
    assert ran.line == "grader: einsum.html could not be drawn (ZeroDivisionError)"
    assert (tmp_path / "out" / "einsum.json").is_file()


def test_open_shows_the_page(tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr(webbrowser, "open", lambda url: shown.append(url) or True)
    grade(RIGHT, "-o", tmp_path / "out", "--open")
    assert shown == [(tmp_path / "out" / "einsum.html").as_uri()]


def test_open_without_a_place_for_the_page_is_wrong_use():
    ran = grade(RIGHT, "--open")
    assert (ran.code, ran.line) == (2, "grader: --open shows a page that -o writes; give -o OUT, too")


def test_without_out_neither_library_is_touched(tmp_path, monkeypatch):
    import sys

    for name in [name for name in sys.modules if name.startswith("grader.report.page")]:
        monkeypatch.delitem(sys.modules, name)
    grade(RIGHT)
    assert "grader.report.page" not in sys.modules


def test_templates_that_cannot_be_read_cost_a_note_and_never_the_result(monkeypatch, tmp_path):
    """They are read before there is a result, so that this must not end the run."""

    def spoiled():
        raise SyntaxError("a template")

    monkeypatch.setattr(import_module("grader.report.page.compose"), "_template", spoiled)
    ran = grade(RIGHT, "-o", tmp_path / "out")
    assert ran.code == 0
    assert "could not be drawn (SyntaxError)" in ran.line
    assert (tmp_path / "out" / "einsum.json").is_file()
