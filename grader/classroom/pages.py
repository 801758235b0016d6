"""The pages of a run: one beside each document, by the same name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from grader.classroom.store import Store
from grader.document import Document
from grader.submissions import Submission

Draw = Callable[[Document, Submission], bytes]
"""Makes the page of a submission."""


class Pages(msgspec.Struct):
    """Writes pages into a store, each beside its document (`files`). `paths` are those that are there.

    A page that cannot be made costs a note, never the result.
    """

    store: Store
    draw: Draw
    files: Mapping[str, str]
    paths: dict[str, Path] = msgspec.field(default_factory=dict)

    def keep(self, document: Document, submission: Submission) -> None:
        """Leave the page of an earlier run where it is; write it where it is missing."""
        path = self.store.folder / name(self.files[submission.name])
        if path.is_file():
            self.paths[submission.name] = path
        else:
            self.write(document, submission)

    def write(self, document: Document, submission: Submission) -> None:
        """Draw and write one page."""
        file = name(self.files[submission.name])
        try:
            content = self.draw(document, submission)
        except Exception as ours:  # whatever a stranger's text did to the page, the document is written
            self.store.notes.append(f"{file} could not be drawn ({type(ours).__name__})")
            return
        self.paths[submission.name] = self.store.write(file, content)


def name(document_file: str) -> str:
    """Name the page of a document: "alice.html" for "alice.json"."""
    return document_file.removesuffix(".json") + ".html"
