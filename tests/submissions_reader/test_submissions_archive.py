"""Zip archives, honest and hostile: all is read in memory, each refusal has its reason, nothing reaches the disk."""

import io
import re
import stat
import struct
import sys
import warnings
import zipfile
import zlib

import pytest

from grader.submissions import SourceFile, Unreadable, limits, read_submission

CODE = b"def softmax(F):\n    return F\n"
GOOD = ("layers.py", CODE)
watched: list[str] | None = None


def watch(event, arguments):
    """Note whatever would change the disk: a file opened for writing, a folder made, a link, a rename."""
    if watched is None:
        return
    if (event == "open" and (arguments[2] or 0) & 3) or event in {"os.mkdir", "os.symlink", "os.link", "os.rename"}:
        watched.append(f"{event} {arguments}")


sys.addaudithook(watch)  # stays for good, hence the switch


@pytest.fixture
def hand_in(tmp_path):
    """Read bytes that were handed in as alice.zip, and see that reading leaves the disk alone."""

    def hand_in(raw, name="alice.zip"):
        global watched
        path = tmp_path / name
        path.write_bytes(raw)
        watched = []
        try:
            return read_submission(path, "two_layer_mlp")
        finally:
            changes, watched = watched, None
            assert changes == []
            assert [child.name for child in tmp_path.iterdir()] == [name]

    return hand_in


def zipped(*members, method=zipfile.ZIP_DEFLATED):
    """Build an archive of (name or ZipInfo, content) pairs."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # duplicate names are meant
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def member(name, mode=0, **fields):
    info = zipfile.ZipInfo("placeholder")
    info.filename = name  # as given: the constructor would cut at NUL
    info.external_attr = mode << 16
    for field, value in fields.items():
        setattr(info, field, value)
    return info


def by_hand(name, packed, method=8, size=None, crc=0, flags=0, copies=1):
    """Write local header, data and `copies` central records that say whatever they are told to say."""
    size = len(packed) if size is None else size
    fields = (20, flags, method, 0, 0x21, crc, len(packed), size, len(name), 0)
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", *fields) + name + packed
    record = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, *fields, 0, 0, 0, 0, 0) + name
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, copies, copies, len(record) * copies, len(local), 0)
    return local + record * copies + end


def deflated(content):
    squeeze = zlib.compressobj(wbits=-15)
    return squeeze.compress(content) + squeeze.flush()


def paths(submission):
    return [file.path for file in submission.files]


def test_the_watch_sees_a_write(tmp_path):
    global watched
    watched = []
    (tmp_path / "file").write_bytes(b"")
    changes, watched = watched, None
    assert len(changes) == 1


# Honest archives


def test_a_zip_is_read_like_a_folder(hand_in):
    alice = hand_in(zipped(("src/affine.py", b"1"), GOOD, ("hw.ipynb", b"{}"), ("notes.txt", b""), ("src/", b"")))
    assert alice.files == (SourceFile("hw.ipynb", b"{}"), SourceFile(*GOOD), SourceFile("src/affine.py", b"1"))
    assert (alice.name, alice.notes) == ("alice", ())


@pytest.mark.parametrize("name", ["alice.ZIP", "alice.Zip"])
def test_the_ending_may_be_in_capitals(hand_in, name):
    assert hand_in(zipped(GOOD), name).files


def test_a_folder_and_its_zip_have_one_digest(hand_in, tmp_path_factory):
    folder = tmp_path_factory.mktemp("other") / "alice"
    (folder / "src").mkdir(parents=True)
    (folder / "layers.py").write_bytes(CODE)
    (folder / "src/x.py").write_bytes(b"x")
    digest = read_submission(folder, "two_layer_mlp").sha256
    assert hand_in(zipped(("alice/src/x.py", b"x"), ("alice/layers.py", CODE))).sha256 == digest


def test_what_is_not_the_students_work_is_skipped_in_silence(hand_in):
    junk = ["__MACOSX/._layers.py", "._layers.py", ".venv/bin/python.py", "tests/test_x.py", ".git/hooks/x.py"]
    junk += ["env/pyvenv.cfg", "env/lib/x.py", "a/__pycache__/x.py", ".venv/" + "d/" * 20 + "x.py"]
    link = member(".venv/bin/python", stat.S_IFLNK | 0o777)
    alice = hand_in(zipped(*((name, b"junk") for name in junk), (link, "/usr/bin/python"), GOOD))
    assert (paths(alice), alice.notes) == (["layers.py"], ())


def test_unicode_and_case_are_kept(hand_in):
    names = ["Layers.py", "layers.py", "réseau.py", "層.py"]
    assert paths(hand_in(zipped(*((name, CODE) for name in names)))) == names


def test_leading_dots_of_a_path_mean_nothing(hand_in):
    assert paths(hand_in(zipped(("./layers.py", CODE), ("src//x.py", CODE)))) == ["layers.py", "src/x.py"]


def test_one_wrapping_folder_is_looked_through(hand_in):
    assert paths(hand_in(zipped(("alice/layers.py", CODE), ("alice/src/x.py", CODE)))) == ["layers.py", "src/x.py"]


def test_a_package_is_no_wrapping(hand_in):
    members = [("cs231n/__init__.py", b""), ("cs231n/layers.py", CODE)]
    assert paths(hand_in(zipped(*members))) == ["cs231n/__init__.py", "cs231n/layers.py"]


@pytest.mark.parametrize("above", ["", "repo-main/", "alice/repo-main/"])
def test_only_the_folder_of_the_assignment_is_read(hand_in, above):
    names = ["setup.py", "deep_mlp/layers.py", "two_layer_mlp/layers.py", "two_layer_mlp/src/x.py"]
    assert paths(hand_in(zipped(*((above + name, CODE) for name in names)))) == ["layers.py", "src/x.py"]


def test_an_archive_named_like_the_assignment_is_read_whole(hand_in):
    alice = hand_in(zipped(GOOD, ("old/two_layer_mlp/layers.py", CODE)), "two_layer_mlp.zip")
    assert paths(alice) == ["layers.py", "old/two_layer_mlp/layers.py"]


# Members that are refused: each beside a good one, which is read


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../evil.py", "climbs out of the submission by '..'"),
        ("a/../../evil.py", "climbs out"),
        ("/etc/evil.py", "has an absolute path"),
        ("//server/evil.py", "has an absolute path"),
        ("C:/evil.py", "has an absolute path"),
        ("a\\..\\evil.py", "has a backslash in its name"),
        ("evil\n.py", "has control characters in its name"),
        ("evil\x1b[2J.py", "has control characters"),
        ("\u202eyp.live.py", "has control characters"),
        ("evil.py\0.txt", "has control characters"),
        ("x" * 500 + ".py", "has a path of 503 characters"),
        ("d/" * 13 + "x.py", "lies too deep"),
    ],
)
def test_a_bad_name_is_refused(hand_in, name, reason):
    alice = hand_in(zipped(GOOD, (member(name), CODE)))
    assert paths(alice) == ["layers.py"]
    (note,) = alice.notes
    assert reason in note
    assert note.isprintable()


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (stat.S_IFLNK, "is a symbolic link"),
        (stat.S_IFCHR, "is a device"),
        (stat.S_IFBLK, "is a device"),
        (stat.S_IFIFO, "is a named pipe"),
        (stat.S_IFSOCK, "is a socket"),
        (0o150000, "is no regular file"),
    ],
)
def test_a_link_or_device_is_refused(hand_in, kind, reason):
    alice = hand_in(zipped(GOOD, (member("evil.py", kind | 0o777), "/etc/passwd")))
    assert paths(alice) == ["layers.py"]
    assert alice.notes[0].startswith(f"evil.py {reason}")


@pytest.mark.parametrize("flag", [0x1, 0x41, 0x2000])
def test_an_encrypted_member_is_refused(hand_in, flag):
    raw = zipped(GOOD)
    record = raw.index(b"PK\x01\x02")
    raw = raw[: record + 8] + struct.pack("<H", flag) + raw[record + 10 :]
    with pytest.raises(Unreadable, match=r"layers.py is encrypted; make the zip without a password"):
        hand_in(raw)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_method_that_unpacks_without_bound_is_refused(hand_in, method):
    bomb = zipfile.ZipInfo("bomb.py")
    bomb.compress_type = method
    raw = zipped(GOOD)
    stream = io.BytesIO(raw)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(bomb, b"#" * 30_000_000, compress_type=method)
    alice = hand_in(stream.getvalue())
    assert paths(alice) == ["layers.py"]
    assert alice.notes == ("bomb.py is packed by an unusual method; make an ordinary zip (deflate)",)


@pytest.mark.parametrize("name", ["hw.zip", "hw.ZIP", "src/hw.tar.gz", "hw.7z", "hw.rar"])
def test_a_nested_archive_is_not_opened(hand_in, name):
    alice = hand_in(zipped(GOOD, (name, zipped(("inner.py", CODE)))))
    assert paths(alice) == ["layers.py"]
    assert alice.notes == (f"{name} is an archive inside the submission; hand in the files themselves",)


def test_a_name_that_occurs_twice_is_read_neither_time(hand_in):
    alice = hand_in(zipped(GOOD, ("evil.py", b"1"), ("evil.py", b"2"), ("./evil.py", b"3")))
    assert paths(alice) == ["layers.py"]
    assert alice.notes[0].startswith("evil.py occurs 3 times in the archive")


def test_a_bomb_is_refused_by_what_comes_out_of_it(hand_in):
    alice = hand_in(zipped(GOOD, ("bomb.py", b"\0" * 200_000_000)))
    assert paths(alice) == ["layers.py"]
    assert alice.notes[0].startswith("bomb.py is larger than 4 MB")


@pytest.mark.parametrize(("name", "limit"), [("a.py", limits.PYTHON_BYTES), ("a.ipynb", limits.NOTEBOOK_BYTES)])
def test_a_member_may_have_its_limit_and_no_more(hand_in, name, limit):
    assert len(hand_in(zipped((name, b"#" * limit))).files[0].content) == limit
    with pytest.raises(Unreadable, match=f"{name} is larger than {limit // limits.MB} MB"):
        hand_in(zipped((name, b"#" * (limit + 1))))


@pytest.mark.parametrize(
    ("packed", "method", "size", "crc", "reason"),
    [
        (deflated(CODE * 9), 8, 5, zlib.crc32(CODE * 9), "lies about its size"),  # too small
        (deflated(CODE), 8, 4_000, zlib.crc32(CODE), "declares 4,000 bytes and holds 29"),
        (deflated(CODE), 8, 0xFFFFFFF0, zlib.crc32(CODE), "declares 4,294,967,280 bytes and holds 29"),
        (CODE, 0, 4_000, zlib.crc32(CODE), "lies about its size|declares 4,000 bytes"),
        (deflated(CODE), 8, len(CODE), 0, "is damaged"),  # wrong checksum
        (deflated(CODE)[:-5], 8, len(CODE), zlib.crc32(CODE), "is damaged|declares 29"),
        (b"\xff" * 40, 8, 40, 0, "is damaged"),  # no deflate stream
    ],
)
def test_a_member_that_lies_is_refused(hand_in, packed, method, size, crc, reason):
    with pytest.raises(Unreadable, match=reason):
        hand_in(by_hand(b"evil.py", packed, method, size, crc))


def test_a_small_lie_with_its_own_checksum_yields_what_was_declared(hand_in):
    raw = by_hand(b"odd.py", deflated(b"#" * 50_000_000), size=5, crc=zlib.crc32(b"#####"))
    assert hand_in(raw).files == (SourceFile("odd.py", b"#####"),)


def test_a_local_header_that_contradicts_the_directory_is_refused(hand_in):
    raw = by_hand(b"evil.py", deflated(CODE), size=len(CODE), crc=zlib.crc32(CODE))
    with pytest.raises(Unreadable, match="is damaged"):
        hand_in(raw.replace(b"evil.py", b"good.py", 1))


def test_a_second_name_of_a_member_is_looked_at_too(hand_in, monkeypatch):
    listed = zipfile.ZipFile.infolist

    def renamed(archive):  # as newer versions of zipfile do for the Unicode extra field
        infos = listed(archive)
        infos[-1].filename = "../evil.py"
        return infos

    monkeypatch.setattr(zipfile.ZipFile, "infolist", renamed)
    assert paths(hand_in(zipped(GOOD, ("honest.py", CODE)))) == ["layers.py"]


# Archives that are refused as a whole


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "alice.zip is not a zip archive; zip the folder of your work again"),
        (CODE, "alice.zip is not a zip archive; "),
        (b"Rar!\x1a\x07\x00" + b"x" * 50, "it is a RAR archive under another name"),
        (b"7z\xbc\xaf\x27\x1c" + b"x" * 50, "it is a 7z archive"),
        (b"\x1f\x8b\x08" + b"x" * 50, "it is a gzip archive"),
        (zipped(GOOD)[:-30], "alice.zip is a damaged zip archive; it may be cut short"),
        (zipped(GOOD)[:60], "alice.zip is a damaged zip archive; "),
        (zipped(), "alice.zip holds no Python; "),
        (zipped(("notes.txt", b"")), "alice.zip holds no Python; "),
        (zipped(("layers.py", b"")), "alice.zip is empty; "),
        (zipped((member(""), CODE)), "alice.zip holds no Python"),
    ],
)
def test_a_broken_archive_is_said_in_one_line(hand_in, raw, reason):
    with pytest.raises(Unreadable) as caught:
        hand_in(raw)
    assert reason in str(caught.value)
    assert str(caught.value).isprintable()
    assert caught.value.name == "alice"


def test_an_archive_too_large_is_not_opened(hand_in):
    with pytest.raises(Unreadable, match=r"alice\.zip is larger than 20 MB"):
        hand_in(zipped(GOOD, ("data.bin", b"\0" * (limits.ARCHIVE_BYTES + 1)), method=zipfile.ZIP_STORED))


def test_five_thousand_members_are_refused(hand_in):
    with pytest.raises(Unreadable, match="holds 5,000 files; at most 2,000 are looked at"):
        hand_in(zipped(*((f"{i}.py", b"") for i in range(5_000))))


def test_skipped_members_do_not_count(hand_in):
    assert hand_in(zipped(GOOD, *((f"venv/lib/{i}.py", b"") for i in range(3_000)))).files


def test_a_directory_of_endless_length_is_counted_before_it_is_read(hand_in):
    raw = by_hand(b"a.py", deflated(b""), copies=0)
    with pytest.raises(Unreadable, match="holds more than 20,000 members"):
        hand_in(raw[:-22] + raw[-22:] + b"PK\x01\x02" * 300_000)


def test_overlapping_members_are_refused_before_any_is_unpacked(hand_in):
    packed = deflated(b"#" * 3_000_000)
    with pytest.raises(Unreadable, match="holds overlapping members"):
        hand_in(by_hand(b"a.py", packed, size=3_000_000, crc=zlib.crc32(b"#" * 3_000_000), copies=100))


def test_too_much_in_total_is_refused(hand_in):
    with pytest.raises(Unreadable, match="holds more than 32 MB of Python"):
        hand_in(zipped(*((f"{i}.py", b"#" * limits.PYTHON_BYTES) for i in range(9))))


def test_bombs_use_up_the_allowance_though_none_is_kept(hand_in):
    with pytest.raises(Unreadable, match="holds more than 32 MB of Python"):
        hand_in(zipped(GOOD, *((f"bomb{i}.py", b"#" * 5_000_000) for i in range(9))))


def test_damaged_members_use_up_the_allowance(hand_in):
    raw = bytearray(zipped(GOOD, *((f"{i}.py", b"#" * limits.PYTHON_BYTES) for i in range(9))))
    for record in re.finditer(b"PK\x01\x02", bytes(raw)):
        raw[record.start() + 16] ^= 1  # the checksum
    with pytest.raises(Unreadable, match="holds more than 32 MB of Python"):
        hand_in(raw)
