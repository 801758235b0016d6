"""From what each file defines to the file that counts."""

from __future__ import annotations

from grader.sandbox.inventory import Defined, Inventory
from grader.sandbox.resolve import resolve


def file(path, *, error="", mentioned=(), **definitions):
    mentioned = dict.fromkeys(mentioned, error)
    known = {
        name: Defined("line 1", 1, False, value) if isinstance(value, str) else value
        for name, value in definitions.items()
    }
    return Inventory(path, error, (), mentioned, known)


STUB = Defined("line 9", 0, True, "")


def one(*files, stem="affine"):
    found = resolve(files, {"f": stem})
    assert set(found.defined) | set(found.missing) == {"f"}
    return found


def test_the_only_definition_counts():
    found = one(file("x.py", f="1"), file("y.py"))
    assert found.defined == {"f": "x.py"}
    assert found.notes == ()


def test_a_stub_is_no_definition():
    assert one(file("affine.py", f=STUB), file("hw.ipynb", f="1")).defined == {"f": "hw.ipynb"}
    missing = one(file("affine.py", f=STUB)).missing["f"]
    assert missing.status == "absent"
    assert missing.message == "f is still the stub: it raises NotImplementedError or returns None (affine.py, line 9)"


def test_the_templates_file_wins_with_a_note():
    found = one(file("a.py", f="1"), file("hw/affine.py", f="2"))
    assert found.defined == {"f": "hw/affine.py"}
    assert found.notes == ("f is taken from hw/affine.py, which has the template's name; a.py defines it too",)


def test_two_other_files_that_differ_are_left_to_a_human():
    missing = one(file("a.py", f="1"), file("b.py", f="2")).missing["f"]
    assert missing.status == "blocked"
    assert missing.needs_review
    assert "a.py (line 1) and b.py (line 1)" in missing.message


def test_two_template_files_that_differ_are_left_to_a_human():
    assert one(file("affine.py", f="1"), file("old/affine.py", f="2")).missing["f"].needs_review


def test_equal_definitions_are_one_and_the_first_by_path_is_taken():
    assert one(file("b.py", f="1"), file("a.py", f="1")).defined == {"f": "a.py"}


def test_the_last_definition_counts_with_a_note():
    found = one(file("x.py", f=Defined("line 30", 2, False, "")))
    assert found.notes == ("x.py defines f 2 times; the last definition counts (line 30)",)


def test_a_file_that_does_not_parse_is_the_reason_unless_another_defines_it():
    broken = file("affine.py", error="affine.py line 12: invalid syntax", mentioned=("f",))
    missing = one(broken).missing["f"]
    assert (missing.status, missing.message) == ("raised", "affine.py line 12: invalid syntax")
    found = one(broken, file("other.py", f="1"))
    assert found.defined == {"f": "other.py"}
    assert found.notes == ("affine.py line 12: invalid syntax",)


def test_nothing_at_all():
    missing = one(file("x.py")).missing["f"]
    assert (missing.status, missing.message) == ("absent", "f is not defined in any file")
