"""Names that strangers chose are shown safely and still tell who is who."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.submissions import display_name
from grader.submissions.naming import bad_name, long_name


@pytest.mark.parametrize("name", ["alice", "René Müller", "山田太郎", "σοφία", "o'neil <b>", "a b", "🦊"])
def test_an_ordinary_name_is_shown_as_it_is(name):
    assert display_name(name) == name


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a\nb", r"a\x0ab"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("a\x00b", r"a\x00b"),
        ("a\x9bb", r"a\x9bb"),
        ("ab\u202egpj.exe", r"ab\u202egpj.exe"),
        ("a\u2028b", r"a\u2028b"),
        ("a\u200bb", r"a\u200bb"),
        ("caf\udce9", r"caf\xe9"),
        ("a\ud800b", r"a\ud800b"),
        ("a\ufffeb", r"a\ufffeb"),
        ("a\U000e0041b", r"a\U000e0041b"),
    ],
)
def test_what_misleads_a_reader_is_written_out(raw, shown):
    assert display_name(raw) == shown


@pytest.mark.parametrize("raw", ["", " ", "\u3000\u00a0"])
def test_a_name_is_never_empty(raw):
    assert display_name(raw) == "unnamed"


def test_a_long_name_keeps_both_ends():
    shown = display_name("submission_" + "x" * 300 + "_s1234567")
    assert len(shown) == 80
    assert shown.startswith("submission_")
    assert shown.endswith("_s1234567")


def test_a_cut_never_halves_an_escape():
    shown = display_name("\x1b" * 100)
    assert len(shown) <= 80
    assert set(shown.replace("…", "").split(r"\x1b")) == {""}


@given(st.text(st.characters(), max_size=300))
def test_any_name_becomes_one_printable_line(raw):
    shown = display_name(raw)
    assert 0 < len(shown) <= 80
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    shown.encode("utf-8")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/etc/passwd.py", "absolute"),
        ("C:/x.py", "absolute"),
        ("../x.py", "climbs"),
        ("a/../../x.py", "climbs"),
        ("a\\b.py", "backslash"),
        ("a\nb.py", "control"),
        ("a\u202eyp.b", "control"),
    ],
)
def test_a_bad_path_is_named_for_what_it_is(path, reason):
    assert reason in bad_name(path)


@pytest.mark.parametrize("path", ["layers.py", "src/affine.py", "année/été.py", "a..b.py", "...py", "nn\u200c.py"])
def test_an_honest_path_is_not_refused(path):
    assert bad_name(path) is None


def test_endless_paths_are_refused():
    assert "characters" in long_name("x" * 401)
    assert "deep" in long_name("d/" * 12 + "x.py")
    assert long_name("d/" * 11 + "x.py") is None
