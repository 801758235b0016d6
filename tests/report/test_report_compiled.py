"""Templates compiled before: kept beside Python's own bytecode, bound to what made them, and never a condition."""

from __future__ import annotations

import sys

import pytest

pytest.importorskip("jinja2")

from jinja2 import DictLoader, Environment

from grader.report.page import compiled


@pytest.fixture
def setter(tmp_path, monkeypatch):
    """A module that sets templates up, in a folder of its own."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    module = tmp_path / "setter.py"
    module.write_text("TRIM = True\n")
    return module


def page(setter, text):
    environment = Environment(loader=DictLoader({"page": text}), bytecode_cache=compiled.kept(str(setter)))
    return environment.get_template("page").render(name="you")


def kept(setter):
    return sorted(setter.parent.glob("__pycache__/*.jinja"))


def test_what_was_compiled_is_used_again(setter):
    (setter.parent / "__pycache__").mkdir()
    assert page(setter, "for {{ name }}") == "for you"
    [file] = kept(setter)
    before = file.stat().st_mtime_ns
    assert page(setter, "for {{ name }}") == "for you"
    assert file.stat().st_mtime_ns == before


def test_another_text_or_another_set_up_is_compiled_anew(setter):
    (setter.parent / "__pycache__").mkdir()
    page(setter, "for {{ name }}")
    assert page(setter, "from {{ name }}") == "from you"
    setter.write_text("TRIM = False\n")
    page(setter, "from {{ name }}")
    assert len(kept(setter)) == 2


def test_a_folder_that_cannot_be_written_to_costs_nothing_else(setter):
    (setter.parent / "__pycache__").write_text("no folder")
    assert page(setter, "for {{ name }}") == "for you"


def test_what_is_kept_but_spoiled_is_compiled_anew(setter):
    (setter.parent / "__pycache__").mkdir()
    page(setter, "for {{ name }}")
    kept(setter)[0].write_bytes(b"spoiled")
    assert page(setter, "for {{ name }}") == "for you"


def test_nothing_is_written_where_python_writes_nothing_but_what_is_there_is_read(setter, monkeypatch):
    (setter.parent / "__pycache__").mkdir()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert page(setter, "for {{ name }}") == "for you"
    assert kept(setter) == []
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    page(setter, "for {{ name }}")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setattr(Environment, "_generate", lambda *_: pytest.fail("compiled again"))
    assert page(setter, "for {{ name }}") == "for you"


def test_nothing_is_kept_where_python_has_no_place_for_it(setter, monkeypatch):
    monkeypatch.setattr(sys.implementation, "cache_tag", None)
    assert compiled.kept(str(setter)) is None
