"""The folder of a run: whole files, the seed for its owner alone, and no damage that costs more than a note."""

import json
import os
import stat
from pathlib import Path

import msgspec
import pytest

from grader.classroom import store as stores
from grader.classroom.store import Store, StoreError, key
from grader.document import encode
from tests.report.documents import ALICE, BOB, JOSE

FILE = "alice.json"
FACTS = {
    "submission_sha256": "aa",
    "assignment": "softmax_classifier",
    "assignment_sha256": "bb",
    "seed": b"seed",
    "audience": "instructor",
    "tasks": ("scores",),
}
KEY = key(**FACTS)


@pytest.fixture
def out(tmp_path):
    return tmp_path / "a" / "out"


def finished(out, document=ALICE):
    store = Store(out)
    store.save(FILE, KEY, document)
    return store


def test_a_document_is_written_and_found_again(out):
    finished(out)
    assert (out / FILE).read_bytes() == encode(ALICE)
    again = Store(out)
    assert again.find(FILE, KEY) == ALICE
    assert again.notes == []


def test_what_was_never_graded_is_not_found(out):
    store = Store(out)
    assert store.find(FILE, KEY) is None
    assert store.notes == []


@pytest.mark.parametrize(
    "change",
    [
        {"submission_sha256": "ab"},
        {"assignment": "deep_mlp"},
        {"assignment_sha256": "bc"},
        {"seed": b"other"},
        {"audience": "student"},
        {"tasks": ()},
        {"tasks": ("scores", "softmax")},
    ],
)
def test_whatever_a_document_depends_on_changes_its_key(change):
    assert key(**FACTS | change) != KEY


def test_the_order_of_tasks_does_not_matter():
    assert key(**FACTS | {"tasks": ("b", "a")}) == key(**FACTS | {"tasks": ("a", "b")})


def test_another_version_changes_the_key(monkeypatch):
    monkeypatch.setattr(stores, "__version__", "9")
    assert key(**FACTS) != KEY


def test_another_key_is_graded_again_without_a_word(out):
    finished(out)
    again = Store(out)
    assert again.find(FILE, "another") is None
    assert again.notes == []


def test_a_document_with_an_error_of_ours_is_not_finished(out):
    finished(out, JOSE)
    assert (out / FILE).exists()
    assert Store(out).find(FILE, KEY) is None


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"\xff", encode(BOB), encode(ALICE)[:-9], b"[" * 200_000, b"x" * 2**21]
)
def test_a_damaged_or_exchanged_document_costs_a_note(out, content):
    finished(out)
    (out / FILE).write_bytes(content)
    again = Store(out)
    assert again.find(FILE, KEY) is None
    [note] = again.notes
    assert note.startswith(FILE)
    assert note.endswith("the submission is graded again")
    assert "\n" not in note


def test_somebody_elses_file_costs_a_note(out):
    out.mkdir(parents=True)
    (out / FILE).write_text('{"shopping": ["milk"]}')
    store = Store(out)
    assert store.find(FILE, KEY) is None
    assert "is no result document" in store.notes[0]
    store.save(FILE, KEY, ALICE)
    assert store.find(FILE, KEY) == ALICE


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_not_waited_for_and_a_link_not_followed(out, tmp_path):
    finished(out)
    (out / FILE).unlink()
    os.mkfifo(out / FILE)
    store = Store(out)
    assert store.find(FILE, KEY) is None
    (out / FILE).unlink()
    (tmp_path / "elsewhere").write_bytes(b"untouched")
    (out / FILE).symlink_to(tmp_path / "elsewhere")
    assert store.find(FILE, KEY) is None
    assert ["is no ordinary file" in note for note in store.notes] == [True, True]
    store.save(FILE, KEY, ALICE)
    assert (tmp_path / "elsewhere").read_bytes() == b"untouched"


def test_a_folder_in_the_place_of_a_document_is_one_line(out):
    store = Store(out)
    (out / FILE).mkdir()
    assert store.find(FILE, KEY) is None
    with pytest.raises(StoreError, match="cannot be written") as refusal:
        store.save(FILE, KEY, ALICE)
    assert "\n" not in str(refusal.value)


def test_a_seed_is_drawn_and_kept(out):
    store = Store(out)
    assert len(store.seed) == 16
    assert Store(out).seed == store.seed
    assert Store(out, b"mine").seed == b"mine"
    assert Store(out).seed == b"mine"


def test_two_folders_have_two_seeds(tmp_path):
    assert Store(tmp_path / "a").seed != Store(tmp_path / "b").seed


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_the_seed_is_for_its_owner_alone(out):
    finished(out)
    assert stat.S_IMODE((out / "run.json").stat().st_mode) == 0o600
    (out / "run.json").chmod(0o644)
    Store(out)
    assert stat.S_IMODE((out / "run.json").stat().st_mode) == 0o600


def test_the_seed_is_in_no_document(out):
    store = finished(out)
    assert store.seed.hex().encode() not in (out / FILE).read_bytes()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"\xff\xfe",
        b'{"seed": "xyz"}',
        b'{"seed": 1}',
        b'{"seed": ""}',
        b"[" * 200_000,
        b'{"seed": "00", "x": 1}',
        b'{"seed": "00", "schema": "grader.run/2"}',
    ],
)
def test_a_damaged_run_is_replaced_with_a_note(out, content):
    finished(out)
    (out / "run.json").write_bytes(content)
    store = Store(out)
    assert "run.json" in store.notes[0]
    assert store.find(FILE, KEY) is None
    assert len(json.loads((out / "run.json").read_bytes())["seed"]) == 32


def test_nothing_is_left_beside_the_documents(out):
    finished(out).write("grades.csv", b"x")
    assert sorted(path.name for path in out.iterdir()) == ["alice.json", "grades.csv", "run.json"]


def test_a_write_that_fails_leaves_what_was_there(out, monkeypatch):
    store = finished(out)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match=r"alice\.json cannot be written \(No space left on device\)"):
        store.save(FILE, KEY, BOB)
    assert (out / FILE).read_bytes() == encode(ALICE)
    assert len(list(out.iterdir())) == 2


@pytest.mark.parametrize("name", ["../x", "a/b", "/etc/x", "", ".", ".."])
def test_nothing_is_written_outside_the_folder(out, name):
    with pytest.raises(ValueError, match="no name of a file"):
        Store(out).write(name, b"")


def test_a_file_in_the_place_of_the_folder_is_one_line(tmp_path):
    (tmp_path / "out").write_text("")
    with pytest.raises(StoreError, match="out is a file; expected a folder for the results"):
        Store(tmp_path / "out")
    with pytest.raises(StoreError, match="cannot be written"):
        Store(tmp_path / "out" / "below")


def test_a_folder_that_cannot_be_written_is_one_line(out, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(StoreError, match=r"cannot be written \(Permission denied\); free it or choose another folder"):
        Store(out)


def test_run_json_says_what_is_finished(out):
    finished(out)
    run = msgspec.json.decode((out / "run.json").read_bytes())
    assert run["schema"] == "grader.run/1"
    assert set(run["finished"]) == {FILE}
    assert Path(out / FILE).is_file()
