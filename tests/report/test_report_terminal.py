"""Hostile text, narrow screens, large classes: what is printed stays readable and moves nothing."""

from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from grader.document import Diagnosis
from grader.report import markdown, terminal
from grader.report.summary import Ungraded
from grader.report.symbols import ascii_only, can_show
from tests.report.documents import ALICE, BOB, check, document, task

EVIL = "\x1b[2J\x1b]0;x\x07[red]\u202e<script>|::error::|@all\ud800\n=cmd()"
HOSTILE = document(EVIL, task(EVIL, check(EVIL, "raised", 1, EVIL), check("x", "fail", 1, EVIL)), messages=(EVIL,))


def printed(show, *given, width=80, **options):
    file = StringIO()
    show(terminal.console(file, width), *given, **options)
    return file.getvalue()


@pytest.mark.parametrize("width", [20, 40, 80, 120])
@pytest.mark.parametrize("shown", [ALICE, BOB, HOSTILE])
def test_no_line_is_wider_than_the_screen(shown, width):
    text = printed(terminal.show, shown, width=width) + printed(terminal.show, shown, width=width, verbose=True)
    assert max(map(cell_len, text.splitlines())) <= width


def test_no_line_ends_in_spaces():
    assert not [line for line in printed(terminal.show, BOB).splitlines() if line != line.rstrip()]


@pytest.mark.parametrize("width", [40, 80])
def test_nothing_hostile_reaches_the_terminal(width):
    text = printed(terminal.show, HOSTILE, width=width)
    text += printed(terminal.show_class, [HOSTILE], [Ungraded(EVIL, EVIL)], width=width)
    assert not {"\x1b", "\x07", "\u202e", "\ud800"} & set(text)
    assert "[red]" in text


def test_nothing_hostile_acts_in_markdown():
    text = markdown.submission(HOSTILE) + markdown.class_report([HOSTILE], [Ungraded(EVIL, EVIL)])
    assert "<script" not in text
    assert "@all" not in text
    rows = [line for line in text.splitlines() if line.startswith("| ✗")]
    assert all(line.replace("\\\\", "").replace("\\|", "").count("|") == 6 for line in rows)
    text.encode()


def test_without_colour_the_words_are_the_same():
    file = StringIO()
    coloured = Console(file=file, width=80, force_terminal=True, color_system="standard")
    terminal.show(coloured, BOB)
    assert "\x1b[" in file.getvalue()
    assert "fail" in printed(terminal.show, BOB)
    assert "\x1b[" not in printed(terminal.show, BOB)


def test_every_status_is_a_word_beside_its_sign():
    statuses = ["pass", "fail", "warn", "absent", "raised", "timeout", "crashed", "memory", "flood", "violation"]
    statuses += ["blocked", "error"]
    whole = document("a", *(task(f"task_{status}", check("x", status)) for status in statuses))
    lines = printed(terminal.show, whole).splitlines()
    for status in statuses:
        line = next(line for line in lines if f" task_{status} " in line)
        assert line.split()[3] == status


@pytest.mark.parametrize(
    ("name", "status", "shown"),
    [("dW has shape (D, K)", "fail", True), ("dW is right", "raised", True), ("dW is right", "fail", False)],
)
def test_beside_a_name_stands_what_says_more_than_it(name, status, shown):
    came = "dW is (K, D) = (3, 7); expected (D, K) = (7, 3): that is dFᵀ X"
    row = check(name, status, 1, came, diagnosis=Diagnosis("transpose", "dW is turned"))
    text = printed(terminal.show, document("a", task("one", row)))
    assert "dW is turned" in text
    assert (came in text) is shown


def test_a_long_message_is_cut_unless_all_is_asked_for():
    whole = document("a", task("one", check("x", "raised", 1, "line\n" * 500)))
    assert len(printed(terminal.show, whole).splitlines()) < 45
    assert len(printed(terminal.show, whole, verbose=True).splitlines()) > 500


def test_markdown_ends_at_a_row_before_the_limit_of_a_step_summary():
    tasks = [task(f"task_{n}", check("x", "fail", 1, "é" * 4_000)) for n in range(300)]
    text = markdown.submission(document("a", *tasks))
    assert 900 * 1024 < len(text.encode()) <= 1_000 * 1024
    *_, row, empty, note = text.splitlines()
    assert row.startswith("| task")
    assert row.endswith(" |")
    assert empty == ""
    assert note.endswith("more lines are left out; the result documents hold everything.")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("✓ ✗", "ok FAIL"),
        ("∂L/∂W = Σ λ Δ", "dL/dW = Sum lambda Delta"),
        ("½ λ‖W‖² ≤ 3 × σ", "1/2 lambda||W||^2 <= 3 x sigma"),
        ("José Ångström", "Jose Angstrom"),
        ("王 🎓", r"\u738b \U0001f393"),
        ("εφθ ά", "epsilonphitheta alpha"),
    ],
)
def test_ascii_names_what_it_cannot_show(text, shown):
    assert ascii_only(text) == shown


@pytest.mark.parametrize(("encoding", "can"), [("utf-8", True), ("utf-16", True), ("cp1252", False), ("ascii", False)])
def test_an_encoding_is_asked_what_it_can_show(encoding, can):
    assert can_show(encoding) is can


def test_an_unknown_encoding_gets_ascii():
    assert not can_show("klingon")


def test_what_others_print_on_a_console_survives_ascii(tmp_path):
    with open(tmp_path / "out", "w", encoding="ascii") as file:
        terminal.console(file, 80).print("✓ ∂ é")
    assert (tmp_path / "out").read_text("ascii") == "ok d e\n"
