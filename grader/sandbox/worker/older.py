"""Old code in a submission: names that are gone, and the arithmetic of Python 2 where the code was written for it."""

from __future__ import annotations

from collections.abc import Sequence

from .formerly import as_formerly
from .meanings import as_python2
from .porting import is_python2
from .renaming import rename
from .signs import divides_truly, shows_python3
from .sizes import with_whole_sizes
from .sources import Source


def bring_up_to_date(sources: Sequence[Source]) -> None:
    """Rewrite what the files mean, in memory; each file's `changes` say what was rewritten.

    A file is of Python 2 where it says so itself, or says nothing while a neighbour does and none knows Python 3. One
    that knows Python 3 divides as Python 3 does, whatever else it says: what was a size there is whole all the same.
    """
    texts = {source.path: "\n".join(piece.read() for piece in source.pieces) for source in sources}
    parsed = {source.path for source in sources if is_python2(source.changes)}
    imported = {source.path for source in sources if _renamed(source, texts[source.path])}
    old = _of_python2(sources, texts, parsed | imported)
    for source in sources:
        text = texts[source.path]
        if not divides_truly(text):
            for piece in source.pieces:
                rewrite = as_python2(piece.body) if source.path in old else with_whole_sizes(piece.body, text)
                source.changes.extend(rewrite)


def _of_python2(sources: Sequence[Source], texts: dict[str, str], signed: set[str]) -> set[str]:
    """Return the paths of the files that were written for Python 2; `signed` are those that show it."""
    if not signed:
        return set()
    modern = {source.path for source in sources if shows_python3(source, texts[source.path])}
    return signed - modern if modern else set(texts)


def _renamed(source: Source, text: str) -> bool:
    """Rewrite names that are gone; return whether what they are imported from is, too."""
    found = [rename(piece.body, text) for piece in source.pieces]
    source.changes.extend(change for one in found for change in one.changes)
    for piece in source.pieces:
        source.changes.extend(as_formerly(piece.body, text))
    return any(one.is_python2 for one in found)
