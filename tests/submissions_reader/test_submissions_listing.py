"""A class folder: who is in it, and under which name."""

import os

import pytest

from grader.submissions import Unreadable, list_class, read_submission


def names(folder, out=None):
    return [name for name, _ in list_class(folder, out)]


def make(folder, *files, folders=()):
    for name in folders:
        (folder / name).mkdir()
    for name in files:
        (folder / name).write_bytes(b"x = 1\n")


def test_every_child_is_a_submission_named_without_its_ending(tmp_path):
    make(tmp_path, "alice.py", "bob.ipynb", "carol.ZIP", "notes.txt", folders=["dave", "eve.smith"])
    listed = list_class(tmp_path)
    assert [name for name, _ in listed] == ["alice", "bob", "carol", "dave", "eve.smith", "notes"]
    assert [path.name for _, path in listed] == ["alice.py", "bob.ipynb", "carol.ZIP", "dave", "eve.smith", "notes.txt"]


def test_what_cannot_be_graded_is_listed_and_then_unreadable(tmp_path):
    make(tmp_path, "notes.txt")
    ((name, path),) = list_class(tmp_path)
    with pytest.raises(Unreadable, match=r"notes\.txt is not a submission") as caught:
        read_submission(path, "a", name)
    assert caught.value.name == "notes"


def test_what_nobody_handed_in_is_skipped(tmp_path):
    make(
        tmp_path,
        "alice.py",
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        folders=["__MACOSX", "__pycache__", ".git", "out"],
    )
    assert names(tmp_path, tmp_path / "out") == ["alice"]
    assert names(tmp_path, tmp_path / "alice.py" / ".." / "out") == ["alice"]
    assert names(tmp_path) == ["alice", "out"]


def test_the_results_may_lie_elsewhere_or_nowhere_yet(tmp_path):
    make(tmp_path, "alice.py")
    assert names(tmp_path, tmp_path / "later") == names(tmp_path, tmp_path.parent / "results") == ["alice"]


def test_the_ending_stays_where_two_would_be_the_same(tmp_path):
    make(tmp_path, "alice.py", "alice.zip", "bob.py", folders=["carol"])
    make(tmp_path, "carol.py")
    assert names(tmp_path) == ["alice.py", "alice.zip", "bob", "carol", "carol.py"]


def test_a_full_name_that_meets_another_short_one_is_told_apart(tmp_path):
    make(tmp_path, "alice.py", "alice.zip", "alice.py.zip")
    assert names(tmp_path) == ["alice.py", "alice.py.zip", "alice.zip"]


@pytest.mark.skipif(os.name != "posix", reason="such names need POSIX")
def test_names_that_would_be_shown_alike_are_told_apart(tmp_path):
    make(tmp_path, *("a" * 60 + middle + "z" * 60 + ".py" for middle in "bc"), "evil\n.py", "evil\\x0a.py")
    listed = names(tmp_path)
    assert len(set(listed)) == 4
    assert all(len(name) <= 80 and "\n" not in name for name in listed)


def test_the_order_is_that_of_the_file_names(tmp_path):
    make(tmp_path, "b.py", "a.py", "C.py")
    assert names(tmp_path) == ["C", "a", "b"]


def test_a_class_may_stand_behind_a_link_but_no_student(tmp_path):
    (tmp_path / "real").mkdir()
    make(tmp_path / "real", "alice.py")
    (tmp_path / "real/bob.py").symlink_to(tmp_path / "real/alice.py")
    (tmp_path / "class").symlink_to(tmp_path / "real")
    (alice, its_path), (bob, link) = list_class(tmp_path / "class")
    assert read_submission(its_path, "a", alice).files
    with pytest.raises(Unreadable, match="symbolic link"):
        read_submission(link, "a", bob)


def test_a_class_that_is_no_folder_is_said_in_one_line(tmp_path):
    make(tmp_path, "alice.py")
    with pytest.raises(Unreadable, match=r"alice\.py is not a folder; --class takes the folder of all submissions"):
        list_class(tmp_path / "alice.py")
    with pytest.raises(Unreadable, match="does not exist"):
        list_class(tmp_path / "no_such")


def test_an_empty_class_has_no_submissions(tmp_path):
    assert list_class(tmp_path) == ()
