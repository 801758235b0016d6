"""Old code in a submission: names that are gone, and the arithmetic of Python 2 where the code was written for it."""

from __future__ import annotations

from collections.abc import Sequence

from .meanings import as_python2, divides_truly, shows_python3, with_whole_sizes
from .porting import is_python2
from .renaming import rename
from .sources import Source


def bring_up_to_date(sources: Sequence[Source]) -> None:
    """Rewrite what the files mean, in memory; each file's `changes` say what was rewritten.

    A file is of Python 2 where it says so itself, or says nothing while a neighbour does and none knows Python 3.
    """
    texts = {source.path: "\n".join(piece.read() for piece in source.pieces) for source in sources}
    signs = {source.path: _renamed(source, texts[source.path]) or is_python2(source.changes) for source in sources}
    around = any(is_python2(source.changes) for source in sources) and not any(map(shows_python3, texts.values()))
    for source in sources:
        text = texts[source.path]
        if not divides_truly(text):
            old = is_python2(source.changes) or ((signs[source.path] or around) and not shows_python3(text))
            for piece in source.pieces:
                source.changes.extend(as_python2(piece.body) if old else with_whole_sizes(piece.body, text))


def _renamed(source: Source, text: str) -> bool:
    """Rewrite names that are gone; return whether they are of Python 2."""
    found = [rename(piece.body, text) for piece in source.pieces]
    source.changes.extend(change for one in found for change in one.changes)
    return any(one.is_python2 for one in found)
