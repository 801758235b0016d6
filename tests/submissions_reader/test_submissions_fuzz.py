"""Whatever bytes are handed in, the answer is a Submission or one line: no other exception."""

import io
import unicodedata
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.submissions import Unreadable, read_submission

BRIEF = settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])


def honest(method):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr("alice/layers.py", b"def softmax(F):\n    return F\n" * 20)
        archive.writestr("alice/été.py", b"x = 1\n")
        archive.writestr("alice/two_layer_mlp/hw.ipynb", b'{"cells": []}')
    return stream.getvalue()


HONEST = [honest(zipfile.ZIP_STORED), honest(zipfile.ZIP_DEFLATED)]


def is_one_line(text):
    return bool(text) and not {unicodedata.category(c) for c in text} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    path = tmp_path_factory.mktemp("fuzz") / "alice.zip"

    def outcome(raw):
        path.write_bytes(raw)
        try:
            submission = read_submission(path, "two_layer_mlp")
        except Unreadable as error:
            refused = str(error)
        else:
            assert submission.files
            assert all(map(is_one_line, submission.notes))
            return "read"
        assert is_one_line(refused)
        return "unreadable"

    return outcome


@BRIEF
@given(st.binary(max_size=400))
def test_random_bytes(outcome, raw):
    assert outcome(raw) == "unreadable"


@BRIEF
@given(st.sampled_from([b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"]), st.binary(max_size=120), st.binary(max_size=60))
def test_random_records(outcome, signature, before, after):
    outcome(before + b"PK\x01\x02" + before + signature + after)


def test_every_truncation(outcome):
    for raw in HONEST:
        assert {outcome(raw[:end]) for end in range(len(raw))} == {"unreadable"}


def test_every_byte_changed(outcome):
    found = {
        outcome(raw[:i] + bytes([raw[i] ^ flip]) + raw[i + 1 :])
        for raw in HONEST
        for i in range(len(raw))
        for flip in (1, 0x80, 0xFF)
    }
    assert found == {"read", "unreadable"}


@BRIEF
@given(st.data())
def test_several_bytes_changed(outcome, data):
    raw = bytearray(data.draw(st.sampled_from(HONEST)))
    places = st.tuples(st.integers(0, len(raw) - 1), st.integers(0, 255))
    for place, value in data.draw(st.lists(places, min_size=1, max_size=12)):
        raw[place] = value
    outcome(bytes(raw))


@BRIEF
@given(st.lists(st.tuples(st.text(st.characters(codec="utf-8"), max_size=30), st.binary(max_size=30)), max_size=6))
@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_any_names(outcome, members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members:
            info = zipfile.ZipInfo("x")
            info.filename = name
            archive.writestr(info, content)
    outcome(stream.getvalue())
