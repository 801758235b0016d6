"""Files and folders: what is read, what is skipped, what is refused, and in which words."""

import os
import pickle
import socket
import stat
from contextlib import nullcontext
from itertools import count
from types import SimpleNamespace

import pytest

from grader.submissions import SourceFile, Submission, Unreadable, limits, read_submission, regular
from grader.submissions.model import digest

CODE = b"def softmax(F):\n    return F\n"
needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this platform has no named pipes")


def read(path, **how):
    return read_submission(path, "two_layer_mlp", **how)


def write(root, **files):
    for name, content in files.items():
        put(root / name, content)


def put(path, content=CODE):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def paths(submission):
    return [file.path for file in submission.files]


def refusal(path, **how):
    with pytest.raises(Unreadable) as caught:
        read(path, **how)
    message = str(caught.value)
    assert "\n" not in message
    assert "Traceback" not in message
    return message


# One file


@pytest.mark.parametrize("name", ["alice.py", "alice.ipynb", "alice.PY", "alice.IPynb"])
def test_one_file_is_a_submission(tmp_path, name):
    alice = read(put(tmp_path / name))
    assert alice == Submission("alice", (SourceFile(name, CODE),), (), alice.sha256)


def test_bytes_are_kept_as_they_are(tmp_path):
    content = b"\xef\xbb\xbf# -*- coding: latin-1 -*-\r\n\xe9 = 1\r\n\x00\xff"
    assert read(put(tmp_path / "a.py", content)).files[0].content == content


def test_a_given_name_wins(tmp_path):
    assert read(put(tmp_path / "alice.py"), name="alice.py").name == "alice.py"


@pytest.mark.parametrize("name", ["notes.txt", "hw.pyc", "README", "hw.tar.gz", "hw.7z"])
def test_another_kind_of_file_is_unreadable(tmp_path, name):
    message = refusal(put(tmp_path / name))
    assert message.startswith(f"{name} is not a submission; ")
    assert "a .py file, an .ipynb notebook, a folder of them or a zip" in message


@pytest.mark.parametrize("content", [b"", b" \r\n\t\n"])
def test_an_empty_file_is_unreadable(tmp_path, content):
    assert refusal(put(tmp_path / "alice.py", content)) == "alice.py is empty; hand in the file with your work in it"


def test_a_missing_path_is_said_in_full(tmp_path):
    (tmp_path / "here").mkdir()
    assert "no_such/alice.py does not exist" in refusal(tmp_path / "no_such" / "alice.py").replace(os.sep, "/")


def test_a_path_that_no_system_takes_is_unreadable(tmp_path):
    assert "cannot be read" in refusal(tmp_path / ("x" * 5000))
    assert "cannot be read" in refusal(tmp_path / "a\0.py")


def test_unreadable_carries_the_name_and_survives_pickling(tmp_path):
    with pytest.raises(Unreadable) as caught:
        read(tmp_path / "alice.py")
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (copy.name, str(copy)) == ("alice", str(caught.value))


@pytest.mark.parametrize(("name", "limit"), [("a.py", limits.PYTHON_BYTES), ("a.ipynb", limits.NOTEBOOK_BYTES)])
def test_a_file_may_have_its_limit_and_no_more(tmp_path, name, limit):
    assert len(read(put(tmp_path / name, b"#" * limit)).files[0].content) == limit
    assert f"is larger than {limit // limits.MB} MB" in refusal(put(tmp_path / name, b"#" * (limit + 1)))


def test_of_an_endless_file_no_more_than_the_limit_is_read(tmp_path, monkeypatch):
    path = put(tmp_path / "a.py", b"")
    monkeypatch.setattr(regular.os, "read", lambda descriptor, size: b"#" * min(size, 1_000))  # it grows all the time
    with pytest.raises(regular.Refused, match="larger") as caught:
        regular.read_regular(path, 10_500)
    assert caught.value.cost == 10_500


def test_a_file_replaced_after_it_was_looked_at_is_refused(tmp_path, monkeypatch):
    honest = os.lstat(put(tmp_path / "a.py"))
    (tmp_path / "folder.py").mkdir()
    monkeypatch.setattr(regular.os, "lstat", lambda path: honest)
    with pytest.raises(regular.Refused, match=r"folder|cannot be read"):
        regular.read_regular(tmp_path / "folder.py", 100)


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="this platform opens through links")
def test_a_link_put_there_after_the_look_is_not_followed(tmp_path, monkeypatch):
    honest = os.lstat(put(tmp_path / "a.py"))
    (tmp_path / "link.py").symlink_to(tmp_path / "a.py")
    monkeypatch.setattr(regular.os, "lstat", lambda path: honest)
    with pytest.raises(regular.Refused, match="cannot be read"):
        regular.read_regular(tmp_path / "link.py", 100)


# No regular files


@needs_pipes
def test_a_pipe_does_not_hold_the_grader_up(tmp_path):
    os.mkfifo(tmp_path / "alice.py")
    assert refusal(tmp_path / "alice.py") == "alice.py is a named pipe; regular files are expected"


@needs_pipes
def test_a_pipe_put_there_after_the_look_is_refused(tmp_path, monkeypatch):
    honest = os.lstat(put(tmp_path / "a.py"))
    os.mkfifo(tmp_path / "pipe.py")
    monkeypatch.setattr(regular.os, "lstat", lambda path: honest)
    with pytest.raises(regular.Refused, match="named pipe"):
        regular.read_regular(tmp_path / "pipe.py", 100)


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="this platform has no /dev/zero")
def test_a_device_is_not_opened(tmp_path):
    assert "zero is a device" in refusal(os.path.join("/dev", "zero"))
    (tmp_path / "alice.py").symlink_to("/dev/zero")
    assert "is a device" in refusal(tmp_path / "alice.py")


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this platform has no sockets in the file system")
def test_a_socket_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("alice.py")
        assert "alice.py is a socket" in refusal(tmp_path / "alice.py")


@needs_pipes
def test_odd_things_in_a_folder_cost_themselves_alone(tmp_path):
    put(tmp_path / "alice/layers.py")
    os.mkfifo(tmp_path / "alice/pipe.py")
    (tmp_path / "alice/link.py").symlink_to(put(tmp_path / "bob.py"))
    (tmp_path / "alice/up").symlink_to(tmp_path)
    (tmp_path / "alice/nowhere.py").symlink_to("missing")
    alice = read(tmp_path / "alice")
    assert paths(alice) == ["layers.py"]
    assert alice.notes == (
        "link.py is a symbolic link; links are not followed, hand in the file itself",
        "nowhere.py is a symbolic link; links are not followed, hand in the file itself",
        "pipe.py is a named pipe; regular files are expected",
        "up is a symbolic link; links are not followed, hand in the file itself",
    )


def test_a_typed_link_is_followed_and_gives_the_name(tmp_path):
    put(tmp_path / "store/v3/layers.py")
    (tmp_path / "alice").symlink_to(tmp_path / "store/v3")
    (tmp_path / "bob").symlink_to(tmp_path / "store/v3/layers.py")
    put(tmp_path / "store/7f3a")
    (tmp_path / "carol.py").symlink_to(tmp_path / "store/7f3a")
    assert (read(tmp_path / "alice").name, paths(read(tmp_path / "alice"))) == ("alice", ["layers.py"])
    assert (read(tmp_path / "bob").name, paths(read(tmp_path / "bob"))) == ("bob", ["layers.py"])
    assert (read(tmp_path / "carol.py").name, paths(read(tmp_path / "carol.py"))) == ("carol", ["carol.py"])


def test_a_link_in_a_class_folder_is_not_followed(tmp_path):
    (tmp_path / "alice").symlink_to(put(tmp_path / "bob/layers.py").parent)
    assert "alice is a symbolic link" in refusal(tmp_path / "alice", name="alice")
    assert read(tmp_path / "alice", name="alice", follow_link=True).files
    assert "alice is a symbolic link" in refusal(tmp_path / "alice", follow_link=False)


def test_a_circle_of_links_is_unreadable(tmp_path):
    (tmp_path / "a.py").symlink_to(tmp_path / "b.py")
    (tmp_path / "b.py").symlink_to(tmp_path / "a.py")
    assert "a.py cannot be read" in refusal(tmp_path / "a.py")


@needs_pipes
def test_what_is_no_regular_file_is_not_even_opened(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "pipe.py")
    monkeypatch.setattr(regular.os, "open", lambda *arguments: pytest.fail("opened"))
    with pytest.raises(regular.Refused, match="named pipe"):
        regular.read_regular(tmp_path / "pipe.py", 100)


def test_a_junction_of_windows_counts_as_a_link():
    state = SimpleNamespace(st_mode=stat.S_IFDIR, st_reparse_tag=0xA0000003)
    assert "symbolic link" in regular.oddity(state)
    state.st_reparse_tag = 0x9000001A  # a file kept in the cloud
    assert regular.oddity(state) is None


# Permission


def deny(monkeypatch, function, denied):
    original = getattr(os, function)

    def guarded(path, *arguments, **options):
        if str(path).endswith(denied):
            raise PermissionError(13, "Permission denied", path)
        return original(path, *arguments, **options)

    monkeypatch.setattr(os, function, guarded)


def test_a_file_that_may_not_be_opened_is_named(tmp_path, monkeypatch):
    put(tmp_path / "alice/layers.py")
    secret = put(tmp_path / "alice/secret.py")
    deny(monkeypatch, "open", "secret.py")
    assert read(tmp_path / "alice").notes == ("secret.py cannot be read: permission denied; make it readable",)
    assert refusal(secret) == "secret.py cannot be read: permission denied; make it readable"


def test_a_folder_that_may_not_be_listed_is_named(tmp_path, monkeypatch):
    put(tmp_path / "alice/layers.py")
    put(tmp_path / "alice/locked/more.py")
    deny(monkeypatch, "scandir", "locked")
    assert read(tmp_path / "alice").notes == ("locked cannot be read: permission denied; make it readable",)
    assert "locked cannot be read: permission denied" in refusal(tmp_path / "alice/locked")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may open everything")
def test_the_file_system_denies_likewise(tmp_path):
    secret = put(tmp_path / "secret.py")
    secret.chmod(0)
    assert "permission denied" in refusal(secret)


# Folders


def test_a_folder_gives_its_python_sorted_by_path(tmp_path):
    write(tmp_path / "alice", **{"b.py": b"1", "a.ipynb": b"2", "src/c.py": b"3", "notes.txt": b"4", "d.csv": b"5"})
    alice = read(tmp_path / "alice")
    assert [(file.path, file.content) for file in alice.files] == [
        ("a.ipynb", b"2"),
        ("b.py", b"1"),
        ("src/c.py", b"3"),
    ]
    assert (alice.name, alice.notes) == ("alice", ())


def test_a_folder_keeps_its_name_whole(tmp_path):
    put(tmp_path / "alice.smith/layers.py")
    assert read(tmp_path / "alice.smith").name == "alice.smith"


def test_the_current_folder_has_a_name(tmp_path, monkeypatch):
    put(tmp_path / "alice/layers.py")
    monkeypatch.chdir(tmp_path / "alice")
    assert read(".").name == "alice"


@pytest.mark.parametrize(
    "skipped",
    [
        ".git/x.py",
        ".hidden.py",
        "._layers.py",
        "__MACOSX/x.py",
        ".venv/x.py",
        "venv/lib/x.py",
        "virtualenv/x.py",
        ".ipynb_checkpoints/x.ipynb",
        "tests/test_x.py",
        "Tests/x.py",
        "src/tests/x.py",
        "__pycache__/x.py",
        "node_modules/x/y.py",
        "site-packages/x.py",
    ],
)
def test_what_is_not_the_students_work_is_skipped_in_silence(tmp_path, skipped):
    put(tmp_path / "alice/layers.py")
    put(tmp_path / "alice" / skipped)
    alice = read(tmp_path / "alice")
    assert (paths(alice), alice.notes) == (["layers.py"], ())


def test_an_environment_is_known_by_its_mark(tmp_path):
    write(tmp_path / "alice", **{"layers.py": CODE, "py311/pyvenv.cfg": b"home = x", "py311/lib/x.py": CODE})
    assert paths(read(tmp_path / "alice")) == ["layers.py"]


@pytest.mark.parametrize("kept", ["tests.py", "test_layers.py", "env/gym.py", "venv.py"])
def test_names_that_only_look_alike_are_read(tmp_path, kept):
    put(tmp_path / "alice" / kept)
    assert paths(read(tmp_path / "alice")) == [kept]


def test_a_folder_without_python_is_unreadable(tmp_path):
    (tmp_path / "alice").mkdir()
    assert refusal(tmp_path / "alice") == "alice holds no Python; .py files or .ipynb notebooks are expected"
    put(tmp_path / "alice/notes.txt")
    assert "alice holds no Python" in refusal(tmp_path / "alice")
    write(tmp_path / "alice", **{"__init__.py": b"\n"})
    assert "alice is empty" in refusal(tmp_path / "alice")


def test_a_folder_whose_python_was_all_refused_says_why(tmp_path):
    write(tmp_path / "alice", **{"a.py": b"#" * 4_000_001, "hw.zip": b"PK"})
    message = refusal(tmp_path / "alice")
    assert message.startswith("alice holds no Python that can be read; a.py is larger than 4 MB")
    assert message.endswith("(and 1 more)")


@pytest.mark.skipif(os.name != "posix", reason="such names need POSIX")
def test_bad_names_in_a_folder_are_refused(tmp_path):
    for name in ["layers.py", "a\\b.py", "a\nb.py", "\u202eab.py"]:
        put(tmp_path / "alice" / name)
    alice = read(tmp_path / "alice")
    assert paths(alice) == ["layers.py"]
    assert len(alice.notes) == 3
    assert all("\n" not in note and "\u202e" not in note for note in alice.notes)


@pytest.mark.skipif(os.name != "posix", reason="such names need POSIX")
def test_a_name_in_another_encoding_is_read(tmp_path):
    try:
        put(tmp_path / "alice" / os.fsdecode(b"r\xe9seau.py"))
    except OSError:
        pytest.skip("this file system takes UTF-8 names alone")
    assert paths(read(tmp_path / "alice")) == [r"r\xe9seau.py"]


# Bounds


def test_a_tree_too_deep_is_cut_with_a_note(tmp_path):
    put(tmp_path / "alice" / ("d/" * 11) / "x.py")
    put(tmp_path / "alice" / ("d/" * 13) / "y.py")
    alice = read(tmp_path / "alice")
    assert paths(alice) == ["d/" * 11 + "x.py"]
    assert alice.notes == ("d/" * 12 + "d lies too deep; at most 12 levels are read",)


def test_too_many_entries_end_the_walk(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "ENTRIES", 10)
    write(tmp_path / "alice", **{f"{i}.txt": b"" for i in range(9)}, **{"a.py": CODE})
    assert read(tmp_path / "alice")
    put(tmp_path / "alice/b.txt")
    assert "holds more than 10 files; hand in the folder of the assignment alone" in refusal(tmp_path / "alice")


def test_an_endless_folder_is_not_listed_to_its_end(tmp_path, monkeypatch):
    (tmp_path / "alice").mkdir()
    monkeypatch.setattr(limits, "ENTRIES", 10)
    numbers = count()
    monkeypatch.setattr(os, "scandir", lambda path: nullcontext(SimpleNamespace(name=f"{i}.py") for i in numbers))
    assert "holds more than 10 files" in refusal(tmp_path / "alice")
    assert next(numbers) == 11


def test_too_many_files_are_unreadable(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "FILES", 3)
    write(tmp_path / "alice", **{f"{i}.py": CODE for i in range(3)})
    assert len(read(tmp_path / "alice").files) == 3
    put(tmp_path / "alice/4.py")
    assert "holds 4 files; at most 3 are looked at" in refusal(tmp_path / "alice")


def test_too_much_in_total_is_unreadable(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "TOTAL_BYTES", 3 * len(CODE))
    write(tmp_path / "alice", **{f"{i}.py": CODE for i in range(3)})
    assert read(tmp_path / "alice")
    put(tmp_path / "alice/4.py")
    assert "of Python; clear the notebooks' outputs" in refusal(tmp_path / "alice")


def test_notes_are_bounded(tmp_path):
    put(tmp_path / "alice/layers.py")
    for i in range(100):
        (tmp_path / f"alice/{i}.py").symlink_to("layers.py")
    notes = read(tmp_path / "alice").notes
    assert len(notes) == 41
    assert notes[-1].startswith("60 more were refused")


# The folder of the assignment


@pytest.mark.parametrize("above", ["", "student_template/", "repo-main/student_template/"])
def test_only_the_folder_of_the_assignment_is_read(tmp_path, above):
    put(tmp_path / "alice/setup.py")
    put(tmp_path / f"alice/{above}deep_mlp/layers.py", b"other = 1")
    put(tmp_path / f"alice/{above}two_layer_mlp/layers.py")
    put(tmp_path / f"alice/{above}two_layer_mlp/more/affine.py")
    assert paths(read(tmp_path / "alice")) == ["layers.py", "more/affine.py"]


def test_a_folder_that_is_itself_so_named_is_read_whole(tmp_path):
    put(tmp_path / "two_layer_mlp/layers.py")
    put(tmp_path / "two_layer_mlp/old/two_layer_mlp/layers.py")
    assert paths(read(tmp_path / "two_layer_mlp")) == ["layers.py", "old/two_layer_mlp/layers.py"]


def test_the_choice_is_made_once(tmp_path):
    put(tmp_path / "alice/two_layer_mlp/layers.py")
    put(tmp_path / "alice/two_layer_mlp/two_layer_mlp/old.py")
    assert paths(read(tmp_path / "alice")) == ["layers.py", "two_layer_mlp/old.py"]


def test_neighbours_of_the_assignment_are_not_walked(tmp_path, monkeypatch):
    put(tmp_path / "alice/two_layer_mlp/layers.py")
    write(tmp_path / "alice/data", **{f"{i}.png": b"" for i in range(20)})
    monkeypatch.setattr(limits, "ENTRIES", 10)
    assert paths(read(tmp_path / "alice")) == ["layers.py"]


def test_an_empty_folder_of_the_assignment_is_said_to_be_empty(tmp_path):
    put(tmp_path / "alice/layers.py")
    (tmp_path / "alice/two_layer_mlp").mkdir()
    assert "alice holds no Python in its folder two_layer_mlp" in refusal(tmp_path / "alice")


def test_two_folders_of_the_assignment_are_both_read(tmp_path):
    put(tmp_path / "alice/v1/two_layer_mlp/layers.py")
    put(tmp_path / "alice/v2/two_layer_mlp/layers.py")
    put(tmp_path / "alice/v2/other.py")
    alice = read(tmp_path / "alice")
    assert paths(alice) == ["v1/two_layer_mlp/layers.py", "v2/two_layer_mlp/layers.py"]
    assert alice.notes == ("2 folders are named two_layer_mlp; all are read, hand in one",)


OTHER_NAMES = (r"(?:^|[^a-z])hw[ _-]*2(?![0-9])",)


def test_other_names_of_the_assignments_folder_are_known_where_they_are_told(tmp_path):
    for folder in ("hw1", "spring_HW-2", "hw22"):
        put(tmp_path / "alice" / folder / "code/layers.py")
    everything = [f"{folder}/code/layers.py" for folder in ("hw1", "hw22", "spring_HW-2")]
    assert paths(read(tmp_path / "alice")) == everything
    assert paths(read(tmp_path / "alice", folders=OTHER_NAMES)) == ["code/layers.py"]
    assert paths(read(tmp_path / "alice/hw1", folders=OTHER_NAMES)) == ["code/layers.py"]
    put(tmp_path / "alice/hw2/layers.py")
    both = read(tmp_path / "alice", folders=OTHER_NAMES)
    assert paths(both) == ["hw2/layers.py", "spring_HW-2/code/layers.py"]
    assert both.notes == ("2 folders are named hw2; all are read, hand in one",)


def test_the_assignments_own_name_comes_before_its_other_names(tmp_path):
    put(tmp_path / "alice/two_layer_mlp/layers.py")
    put(tmp_path / "alice/hw2/other.py")
    assert paths(read(tmp_path / "alice", folders=OTHER_NAMES)) == ["layers.py"]


def test_a_link_named_like_the_assignment_is_not_followed(tmp_path):
    put(tmp_path / "bob/layers.py")
    put(tmp_path / "alice/own.py")
    (tmp_path / "alice/two_layer_mlp").symlink_to(tmp_path / "bob")
    assert paths(read(tmp_path / "alice")) == ["own.py"]


# The digest


def test_the_digest_depends_on_paths_and_contents_alone(tmp_path):
    write(tmp_path / "one", **{"a.py": b"1", "b.py": b"2"})
    write(tmp_path / "two", **{"b.py": b"2", "a.py": b"1", "notes.txt": b"3"})
    assert read(tmp_path / "one").sha256 == read(tmp_path / "two").sha256
    put(tmp_path / "two/a.py", b"1 ")
    assert read(tmp_path / "one").sha256 != read(tmp_path / "two").sha256


def test_the_digest_has_no_order_and_clear_borders():
    a, b = SourceFile("a.py", b"1"), SourceFile("b.py", b"2")
    assert digest([a, b]) == digest([b, a])
    different = [
        [],
        [a],
        [a, b],
        [SourceFile("a.p", b"y1")],
        [SourceFile("a.py", b"1b.py2")],
        [SourceFile("a.py1", b"")],
    ]
    assert len({digest(files) for files in different}) == len(different)


def test_a_hostile_folder_name_is_shown_safely(tmp_path):
    if os.name != "posix":
        pytest.skip("such names need POSIX")
    (tmp_path / "alice/\u200bx/two_layer_mlp").mkdir(parents=True)
    assert r"in its folder \u200bx/two_layer_mlp" in refusal(tmp_path / "alice")
