"""Names of submissions become names of files: safe, different, the same at every run."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.classroom.filenames import file_names


def test_ordinary_names_stay():
    names = ["alice", "bob_2", "Müller", "a.b-c", "x@y.org"]
    assert file_names(names) == [f"{name}.json" for name in names]


UNSAFE = [
    "../../etc/passwd",
    "a/b",
    "..",
    ".",
    "",
    ".hidden",
    "-rf",
    "=cmd()",
    "a\nb",
    "a\x00b",
    "\ud800",
    "\u202ea",
    "a b",
]
TAKEN = ["con", "NUL", "com1", "aux.x", "run", "grades", "RUN", "a-0123456789abcdef"]
ELSEWHERE = ["dot.", "a\\b", "C:x", "n" * 5_000]


@pytest.mark.parametrize("name", [*UNSAFE, *TAKEN, *ELSEWHERE])
def test_odd_names_are_made_safe_and_told_apart_by_a_hash(name):
    [file] = file_names([name])
    assert re.fullmatch(r"[\w.@+-]+-[0-9a-f]{16}\.json", file)
    assert file[0] not in ".-+@"
    assert len(file.encode()) < 200


@pytest.mark.parametrize("pair", [("alice", "Alice"), ("a/b", "a_b"), ("a b", "a\tb"), ("é", "e\u0301"), ("ſ", "s")])
def test_names_that_a_file_system_could_mistake_get_different_files(pair):
    one, other = file_names(pair)
    assert one.casefold() != other.casefold()
    assert file_names(pair[::-1]) == [other, one]


def test_the_very_same_name_twice_gives_two_files():
    assert len(set(file_names(["hw", "hw", "hw"]))) == 3


def test_nobody_can_take_the_file_of_another():
    [victim] = file_names(["a b"])
    assert len(set(file_names(["a b", victim.removesuffix(".json")]))) == 2


@given(st.lists(st.text(st.characters(codec=None), max_size=40), max_size=12, unique=True))
def test_no_two_names_share_a_file(names):
    files = file_names(names)
    assert len({file.casefold() for file in files}) == len(names)
    assert not {"/", "\\", "\0"} & set("".join(files))
