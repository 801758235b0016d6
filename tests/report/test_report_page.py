"""The page of a submission: what stands on it, compared with outlines written by hand, and that nothing on it acts."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from msgspec.structs import replace

from grader.report.page import Course, Finder, compose
from grader.report.page.source import LINES, WIDTH
from tests.report.documents import ALICE, BOB, EMIL, EVIL, JOSE, check, document, task

GOLDEN = Path(__file__).parent / "golden" / "pages"
FIVE = {"alice": ALICE, "bob": BOB, "jose": JOSE, "emil": EMIL, "evil": EVIL}
COURSE = Course(
    "A course", {"AS-1": "F = X W + b", "MLP-8": "the gradient of the mean loss"}, {"AS-1": "F = X W + b"}, "free"
)
HANDED_IN = b'import os\n\ndef softmax_loss(z, y):\n    return "</pre><script>alert(1)</script>", z\n\nos.abort()\n'
FINDER = Finder([("layers.py", HANDED_IN)])
BLOCKS = {"title", "a", "p", "h1", "h2", "h3", "h4", "dt", "dd", "caption", "li", "summary", "figcaption", "pre"}
VOID = {"meta", "br", "rect", "link", "img", "input"}
ELEMENTS = BLOCKS | VOID | {
    "html", "head", "body", "style", "header", "main", "section", "article", "footer", "div", "span", "b", "code", "dl",
    "ul", "details", "table", "thead", "tbody", "tr", "th", "td", "figure", "svg", "text",
    "math", "mrow", "mi", "mo", "mn", "msub", "msup", "msubsup", "mfrac", "mtext", "mspace", "mover", "munder", "msqrt",
    "mstyle",
}  # fmt: skip


class Outline(HTMLParser):
    """The page as a list of its blocks; `seen` are the elements and attributes that it has."""

    def __init__(self, content):
        super().__init__()
        self.lines, self.seen, self._open, self._text, self._cells = [], set(), [], [], None
        self.feed(content)
        assert self._open == [], "an element is not closed"

    def handle_starttag(self, tag, attributes):
        self.seen |= {(tag, name, value) for name, value in attributes} | {(tag, "", "")}
        if tag == "tr":
            self._cells = []
        if tag in BLOCKS or tag in ("th", "td"):
            self._text = []
        if tag == "br":
            self._text.append(" ")
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.seen |= {(tag, name, value) for name, value in attributes} | {(tag, "", "")}

    def handle_data(self, data):
        if not {"style"} & set(self._open):
            inside = "text" in self._open or "pre" in self._open
            self._text.append(f" {data} " if inside else data.strip() if "math" in self._open else data)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag
        said = " ".join("".join(self._text).split())
        if tag in ("th", "td"):
            self._cells.append(said)
        elif tag == "tr":
            self.lines.append(f"tr: {' | '.join(self._cells)}")
        elif tag in BLOCKS:
            self.lines.append(f"{tag}: {said}")
        elif tag == "svg" and said:
            self.lines.append(f"text: {said}")
        if tag in BLOCKS or tag in ("svg", "th", "td"):
            self._text = []


def page(shown, course=COURSE, finder=FINDER):
    return compose(shown, course, finder).decode()


@pytest.mark.parametrize("name", FIVE)
def test_five_pages(name):
    assert "".join(f"{line}\n" for line in Outline(page(FIVE[name])).lines) == (GOLDEN / f"{name}.txt").read_text(
        "utf-8"
    )


@pytest.mark.parametrize("name", FIVE)
def test_no_page_holds_anything_that_acts_or_is_fetched(name):
    seen = Outline(page(FIVE[name])).seen
    assert {tag for tag, _, _ in seen} <= ELEMENTS
    attributes = {attribute for _, attribute, _ in seen}
    assert not [name for name in attributes if name.startswith("on")]
    assert not attributes & {"src", "srcset", "action", "formaction", "data", "style", "ping", "background"}
    assert {value for _, attribute, value in seen if attribute == "href"} == {"#fix"}


def test_a_page_that_held_a_script_would_be_seen():
    seen = Outline(page(EVIL).replace("&lt;script&gt;", "<script>").replace("&lt;/script&gt;", "</script>")).seen
    assert not {tag for tag, _, _ in seen} <= ELEMENTS


def test_the_policy_comes_before_anything_that_it_binds():
    content = page(EVIL)
    policy = "default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:".replace("&#39;", "'")
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in content
    assert content.index("Content-Security-Policy") < content.index("<style>") < content.index("<title>") + 10_000
    assert content.startswith("<!DOCTYPE html>")


def test_every_table_has_headers_a_caption_and_every_section_a_name():
    content = page(EMIL)
    assert content.count("<table") == content.count("<caption") == content.count("<thead>")
    assert len(re.findall(r"<section[^>]*aria-labelledby", content)) == content.count("<section")
    for name in re.findall(r'aria-labelledby="([^"]+)"', content):
        assert content.count(f'id="{name}"') == 1
    assert "<th>" not in content


def test_a_student_is_led_and_not_told():
    content = page(replace(EMIL, audience="student"))
    assert [line for line in Outline(content).lines if line.startswith("summary: ")][:3] == [
        "summary: A nudge",
        "summary: A question",
        "summary: The equation",
    ]
    assert "<dt>written</dt>" not in content


def test_hints_that_are_off_or_cost_points_are_not_on_the_page():
    off = page(replace(EMIL, audience="student"), Course(hints="off"))
    cost = page(replace(EMIL, audience="student"), Course(hints=0.5))
    for content in (off, cost):
        assert "A nudge" not in content
        assert "Paths" not in content
    assert "A hint costs 0.5 points: <code>grader hint softmax_loss</code>" in cost
    assert "costs" not in off.partition("</style>")[2]


def test_a_page_of_many_failures_is_of_bounded_size():
    rows = [check(f"c{n}", "fail", message="x" * 900) for n in range(300)]
    assert len(page(document("a", *(task(f"t{n}", row) for n, row in enumerate(rows))))) < 2_000_000


SOURCE = '''
def dw(x):  # an earlier one
    return 0

class Net:
    def loss(self, x):
        """One

line."""
        return (
            x
    )

    def other(self):
        pass

async def dw(
    x,
):
    # inside
    return x

y = 1
f = lambda x: x
'''


@pytest.mark.parametrize(
    ("name", "first", "lines"),
    [
        ("dw", 17, ["async def dw(", "    x,", "):", "    # inside", "    return x"]),
        ("f", 24, ["f = lambda x: x"]),
        ("Net.loss", 6, ["    def loss(self, x):",
                         '        """One', "", 'line."""', "        return (", " " * 12 + "x", "    )"]),
    ],
)  # fmt: skip
def test_the_lines_of_a_function_are_found(name, first, lines):
    found = Finder([("a.py", SOURCE.encode())]).find(name)
    assert (found.first, list(found.lines), found.where) == (first, lines, f"a.py, line {first}")


@pytest.mark.parametrize("name", ["dx", "Net.dw", "Other.loss", "os"])
def test_what_is_not_there_is_not_found(name):
    assert Finder([("a.py", SOURCE.encode())]).find(name) is None


def test_a_method_of_the_same_name_is_not_the_function():
    text = b"def f(x):\n    return x\nclass Net:\n    def f(self):\n        pass\n"
    assert Finder([("a.py", text)]).find("f").where == "a.py, line 1"


def test_a_stub_gives_way_and_the_templates_file_wins():
    stub, real = b"def f(x):\n    raise NotImplementedError\n", b"def f(x):\n    return x\n"
    finder = Finder([("a.py", real), ("home.py", real), ("z.py", stub)], {"f": "home"})
    assert finder.find("f").where == "home.py, line 1"
    assert Finder([("a.py", real), ("home.py", stub)], {"f": "home"}).find("f").where == "a.py, line 1"


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("loss = Net().loss", "a.py, line 2"),
        ("loss = Net(3, 4).loss  # bound", "a.py, line 2"),
        ("loss = plain", "a.py, line 4"),
        ("loss = unknown", "a.py, line 6"),
        ("loss = loss", "a.py, line 6"),
        ("loss = lambda x: x", "a.py, line 6"),
    ],
)
def test_what_a_name_is_bound_to_is_shown(line, where):
    text = f"class Net:\n    def loss(self):\n        pass\ndef plain(x):\n    return x\n{line}\n"
    assert Finder([("a.py", text.encode())]).find("loss").where == where


def test_a_cell_of_a_notebook_is_found():
    book = b'{"cells": [{"cell_type": "markdown", "source": "def f(x): no"}, 7, null,' \
           b' {"cell_type": "code", "source": ["x = 1\\n", "def f(x):\\n", "    return x"]}]}'  # fmt: skip
    assert Finder([("a.ipynb", book)]).find("f").where == "a.ipynb, cell 4, line 2"


@pytest.mark.parametrize("content", [b"", b"[", b"[[" * 100_000, b'{"cells": 3}', b"\xff\xfe\x00", b"null"])
def test_what_is_no_notebook_holds_nothing(content):
    assert Finder([("a.ipynb", content)]).find("f") is None


def test_what_is_shown_of_a_function_is_bounded_and_made_safe():
    long = b"def f(x):\n" + b"    x = '\x1b[2J" + b"y" * 1_000 + b"'\n" * 1 + b"    x = 1\n" * 500
    found = Finder([("\x1b.py", long)]).find("f")
    assert len(found.lines) == LINES
    assert found.left == 502 - LINES
    assert max(map(len, found.lines)) <= WIDTH + 10
    assert r"\x1b[2J" in found.lines[1]
    assert found.where == r"\x1b.py, line 1"


def test_a_card_that_is_none_is_left_out():
    for card in ({}, {"output": 1}, {**EMIL.tasks[0].checks[1].evidence["card"], "map": ["<>"]}, "x", None):
        shown = document("a", task("one", check("x", "fail", evidence={"card": card})))
        assert "<svg class" not in page(shown)


def test_neither_library_is_imported_before_a_page_is_written():
    code = "import grader.report.page, grader.cli.pages, sys; print({'jinja2', 'latex2mathml'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
