"""Reports as they are read: 80 and 120 columns, with colour and without, compared with files written by hand."""

import re
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from rich.console import Console

from grader.report import markdown, terminal
from grader.report.summary import Ungraded
from tests.report.documents import ALICE, BOB, EMIL, EVIL, JOSE

GOLDEN = Path(__file__).parent / "golden"
DAVE = Ungraded("dave", "dave.zip is no zip file; send it again")


def golden(name):
    return (GOLDEN / name).read_text("utf-8")


def printed(show, *given, width=80, **options):
    """What is printed; spaces at the end of a line cannot be seen."""
    file = StringIO()
    show(terminal.console(file, width=width), *given, **options)
    return "".join(line.rstrip() + "\n" for line in file.getvalue().splitlines())


def printed_in(encoding, *given):
    raw = BytesIO()
    stream = TextIOWrapper(raw, encoding=encoding)
    terminal.show(terminal.console(stream, width=80), *given)
    stream.flush()
    return "".join(line.rstrip() + "\n" for line in raw.getvalue().decode(encoding).splitlines())


FIVE = {"alice": ALICE, "bob": BOB, "jose": JOSE, "emil": EMIL, "evil": EVIL}


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("name", FIVE)
def test_five_submissions(name, width):
    assert printed(terminal.show, FIVE[name], width=width) == golden(f"{name}_{width}.txt")


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("name", FIVE)
def test_colour_changes_no_word(name, width):
    coloured = in_colour(FIVE[name], width)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == golden(f"{name}_{width}.txt")


def test_colour_repeats_what_the_signs_say():
    """What failed is red, what waits cyan; of the map, what is right is dim, and the worst is bold."""
    lines = in_colour(EMIL, 80).splitlines()
    assert next(line for line in lines if "3/17" in line).startswith("\x1b[31m█")
    assert [line for line in lines if "two_layer_loss" in line][-1].startswith("\x1b[31m✗")
    assert next(line for line in lines if " train " in line).startswith("\x1b[36m–")
    [row] = [line for line in lines if line.startswith("  1")]
    assert row.startswith("  1\x1b[1;31m 9\x1b[0m\x1b[2m .\x1b[0m\x1b[1;31m 9\x1b[0m\x1b[31m 6\x1b[0m\x1b[1;35m x")


def in_colour(document, width):
    file = StringIO()
    console = Console(
        file=file, width=width, force_terminal=True, color_system="standard", markup=False, emoji=False, highlight=False
    )
    terminal.show(console, document)
    return "".join(_ended(line) + "\n" for line in file.getvalue().splitlines())


def _ended(line):
    """A line without the spaces at its end, which cannot be seen, whatever colour they have."""
    return re.sub(r" +((?:\x1b\[[0-9;]*m)*)$", r"\1", line)


def test_with_verbose_the_passing_checks_are_shown_too():
    assert printed(terminal.show, ALICE, verbose=True) == golden("alice_verbose.txt")


def test_a_class():
    assert printed(terminal.show_class, [ALICE, BOB], [DAVE]) == golden("class.txt")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437"])
def test_a_stream_that_cannot_encode_the_signs_gets_ascii(encoding):
    assert printed_in(encoding, JOSE) == golden("jose_ascii.txt")


def test_markdown():
    assert markdown.submission(BOB) == golden("bob.md")


def test_markdown_of_a_class():
    assert markdown.class_report([ALICE], [DAVE]) == golden("class.md")
