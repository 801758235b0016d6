"""The catalogue: every mistake that the grader names, by its id.

It is documentation (`grader explain`), the source of hints, and the two voices in which a mistake is told. Nothing
here recognises a mistake; that is the engine's work.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from grader.diagnosis.entry import Entry
from grader.diagnosis.texts import batch, chain, classifier, norms, numbers, patterns, penalty, sequences, updates

_THEMES = (penalty, batch, classifier, chain, norms, sequences, updates, numbers, patterns)

CATALOGUE: Mapping[str, Entry] = {entry.id: entry for theme in _THEMES for entry in theme.ENTRIES}


class UnknownMistake(KeyError):
    """An id that the catalogue does not hold; the message is one line with the nearest one."""

    def __str__(self) -> str:
        return str(self.args[0])


def look_up(identifier: str) -> Entry:
    """Find a mistake by its id, in any case. Raises `UnknownMistake`."""
    folded = {known.casefold(): known for known in CATALOGUE}
    if identifier.casefold() in folded:
        return CATALOGUE[folded[identifier.casefold()]]
    near = difflib.get_close_matches(identifier.casefold(), folded, n=1, cutoff=0.5)
    hint = f"did you mean {folded[near[0]]}?" if near else "`grader explain` lists all of them"
    raise UnknownMistake(f"there is no mistake {identifier!r}; {hint}")
