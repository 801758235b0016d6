"""Each medium's one function, shown to catch what acts there and to leave alone what does not."""

import csv
import html.parser
import io
import sys
import unicodedata
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from grader.report import safe

HONEST = "dW[0, 1] is 0.14; expected 0.98 × (λ = 0.1), ∂L/∂W = Xᵀ dF, José's 王 file — √2"
ANY = st.text(st.characters(codec=None))


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[2J\x1b[31mred", r"\x1b[2J\x1b[31mred"),
        ("\x1b]0;owned\x07", r"\x1b]0;owned\x07"),
        ("\x1b]8;;http://x\x1b\\link", "\\x1b]8;;http://x\\x1b\\link"),
        ("\x9b31m", r"\x9b31m"),
        ("100\r  0", r"100\r  0"),
        ("a\bb\x00", r"a\x08b\x00"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("\u2066x\u2069", r"\u2066x\u2069"),
        ("half \ud800", r"half \ud800"),
        ("in\u200bvisible\ufeff", r"in\u200bvisible\ufeff"),
        ("line\u2028end", r"line\u2028end"),
        ("tag\U000e0041", r"tag\U000e0041"),
        ("\x7f", r"\x7f"),
    ],
)
def test_plain_writes_out_what_cannot_be_seen(hostile, shown):
    assert safe.plain(hostile) == shown


def test_plain_keeps_what_can_be_seen():
    assert safe.plain(HONEST) == HONEST


def test_plain_keeps_lines_or_writes_them_out():
    assert safe.plain("a\r\nb\n\tc") == "a\nb\n    c"
    assert safe.plain("a\r\nb\n\tc", newlines=False) == r"a\r\nb\n\tc"


def test_plain_leaves_no_control_surrogate_or_separator_of_unicode():
    left = [
        code
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in ("Cc", "Cs", "Zl", "Zp") and safe.plain(chr(code), False) == chr(code)
    ]
    assert left == []


def test_plain_leaves_no_character_that_turns_the_direction():
    turning = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    for code in range(0x2000, 0x2100):
        if unicodedata.bidirectional(chr(code)) in turning:
            assert safe.plain(chr(code)).isascii()


@given(ANY)
def test_plain_is_always_encodable_and_done_once(text):
    shown = safe.plain(text)
    shown.encode()
    assert safe.plain(shown) == shown


def test_terminal_text_is_no_markup_and_moves_nothing():
    file = io.StringIO()
    console = Console(file=file, force_terminal=True, color_system="truecolor", width=80)
    console.print(safe.terminal("[red]x[/red] :smile: [link=http://x]y[/link] \x1b[31m"))
    assert file.getvalue() == "[red]x[/red] :smile: [link=http://x]y[/link] \\x1b[31m\n"


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("`code` **b** _i_ ~~s~~", r"\`code\` \*\*b\*\* \_i\_ \~\~s\~\~"),
        ("![x](http://e/p.png)", "!\\[x\\](http:\u200b//e/p.png)"),
        ("a | b", r"a \| b"),
        ("a\\|b", r"a\\\|b"),
        ("@team and me@example.org", "@\u200bteam and me@\u200bexample.org"),
        ("www.evil.example", "www.\u200bevil.example"),
        ("fixes #12", "fixes \\#\u200b12"),
        ("&lt;b&gt;", "&amp;lt;b&amp;gt;"),
        ("$\\href{x}$", r"&#36;\\href{x}&#36;"),
        ("# head\n- item\n1. item\n> q", r"\# head<br>\- item<br>1\. item<br>&gt; q"),
        ("--- | ---", r"\--- \| ---"),
        ("\u202eabc\x1b", r"\\u202eabc\\x1b"),
    ],
)
def test_markdown_is_text_and_nothing_else(hostile, shown):
    assert safe.markdown(hostile) == shown


def test_markdown_leaves_formulas_readable():
    assert safe.markdown("X @ W is (7, 3); 0.1 * 2") == r"X @ W is (7, 3); 0.1 \* 2"


@given(ANY)
def test_markdown_never_breaks_a_row_of_a_table(text):
    cell = safe.markdown(text)
    assert "\n" not in cell
    assert "|" not in cell.replace("\\\\", "").replace("\\|", "")


def test_html_has_no_element_and_no_way_out_of_an_attribute():
    class Elements(html.parser.HTMLParser):
        def __init__(self):
            super().__init__()
            self.seen, self.data = [], ""

        def handle_starttag(self, tag, attributes):
            self.seen.append((tag, dict(attributes)))

        def handle_data(self, data):
            self.data += data

    hostile = "\"><img src=x onerror='alert(1)'>\x1b&amp;"
    parser = Elements()
    parser.feed(f'<p title="{safe.html(hostile)}">{safe.html(hostile)}</p>')
    assert parser.seen == [("p", {"title": hostile.replace("\x1b", "\\x1b")})]
    assert parser.data == hostile.replace("\x1b", "\\x1b")


def test_xml_says_what_it_cannot_hold():
    assert safe.xml("a\x1b[31m\x00\ud800 <&\"'>") == "a#x1B[31m#x00#xD800 &lt;&amp;&quot;&#x27;&gt;"


@given(ANY)
def test_xml_is_always_well_formed(text):
    shown = safe.xml(text)
    ET.fromstring(f'<e a="{shown}">{shown}</e>')


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", " =", "\n="])
def test_csv_is_no_formula(start):
    assert safe.csv(f"{start}cmd|' /C calc'!A0").startswith("'")


def test_csv_leaves_names_alone():
    assert safe.csv("O'Neil, José (2)") == "O'Neil, José (2)"


@given(ANY)
def test_csv_is_one_cell_of_one_row(text):
    file = io.StringIO()
    csv.writer(file).writerow(["a", safe.csv(text), "b"])
    assert len(file.getvalue().splitlines()) == 1
    [row] = csv.reader([file.getvalue()])
    assert row == ["a", safe.csv(text), "b"]


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("::add-mask::x", ":\u200b:add-mask:\u200b:x"),
        ("ok\n::set-output name=a::b", "ok%0A:\u200b:set-output name=a:\u200b:b"),
        ("ok\r::stop", "ok\\r:\u200b:stop"),
        ("##[command]x", "##\u200b[command]x"),
        ("100 %0A", "100 %250A"),
    ],
)
def test_workflow_text_commands_nothing(hostile, shown):
    assert safe.workflow(hostile) == shown


def test_workflow_values_end_no_property():
    assert safe.workflow("a.py,line=9::x", value=True) == "a.py%2Cline=9%3A\u200b%3Ax"


@given(ANY)
def test_workflow_text_is_one_line_without_a_command(text):
    shown = safe.workflow(text)
    assert "::" not in shown
    assert "##[" not in shown
    assert len(shown.splitlines()) <= 1
