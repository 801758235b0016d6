"""What the zygote rehearses is answered as a submission is, and leaves nothing behind."""

from __future__ import annotations

import io
import sys

import pytest

from grader.sandbox.worker import rehearsal
from grader.sandbox.worker.serve import Desk
from grader.sandbox.worker.wire import header_of, read_frame


@pytest.fixture
def replies(monkeypatch):
    """All that the rehearsal writes."""
    kept = []

    def desk(requests, written):
        kept.append(written)
        return Desk(requests, written)

    monkeypatch.setattr(rehearsal, "Desk", desk)
    rehearsal.rehearse()
    (written,) = kept
    written.seek(0)
    found = []
    while (frame := read_frame(written.read, 2**20)) is not None:
        found.append((header_of(frame), bytes(frame.payload)))
    return found


def test_every_request_is_answered(replies):
    (_, read), (_, loaded), *put = replies[: 2 + rehearsal.TIMES]
    assert b'"forward": ["line 5", 1, false' in read
    assert b'"stub": ["line 27", 0, true' in read
    assert b'"loaded": {"forward": null, "backward": null' in loaded
    for header, _ in put:
        assert ["result" in result for result in header["results"]] == [True, True, False]
        assert header["results"][2]["failed"][0] == "absent"
    one_by_one = [header for header, _ in replies[2 + rehearsal.TIMES :]]
    assert ["result" in header for header in one_by_one] == [True, True, False, False]  # the last ends the request


def test_it_leaves_no_module_and_no_finder_behind():
    modules, finders, path = set(sys.modules), list(sys.meta_path), list(sys.path)
    rehearsal.rehearse()
    assert (set(sys.modules), sys.meta_path, sys.path) == (modules, finders, path)


def test_a_rehearsal_that_fails_is_not_passed_over(monkeypatch):
    monkeypatch.setattr(rehearsal, "Desk", lambda requests, replies: io.BytesIO())
    with pytest.raises(AttributeError):
        rehearsal.rehearse()
