"""Reports as they are read: 80 columns, no colour, compared with files written by hand."""

from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest

from grader.report import markdown, terminal
from grader.report.summary import Ungraded
from tests.report.documents import ALICE, BOB, JOSE

GOLDEN = Path(__file__).parent / "golden"
DAVE = Ungraded("dave", "dave.zip is no zip file; send it again")


def golden(name):
    return (GOLDEN / name).read_text("utf-8")


def printed(show, *given, **options):
    """What is printed at 80 columns; spaces at the end of a line cannot be seen."""
    file = StringIO()
    show(terminal.console(file, width=80), *given, **options)
    return "".join(line.rstrip() + "\n" for line in file.getvalue().splitlines())


def printed_in(encoding, *given):
    raw = BytesIO()
    stream = TextIOWrapper(raw, encoding=encoding)
    terminal.show(terminal.console(stream, width=80), *given)
    stream.flush()
    return "".join(line.rstrip() + "\n" for line in raw.getvalue().decode(encoding).splitlines())


def test_a_submission_with_everything_that_can_happen():
    assert printed(terminal.show, BOB) == golden("bob.txt")


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
