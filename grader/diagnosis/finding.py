"""What one look at one output found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec


class Finding(msgspec.Struct, frozen=True):
    """An explanation of an output's errors: a name, a sentence with the numbers, and what it rests on.

    An empty `id` is a sentence without a name. `whole` says that it gives every failing number of the output and
    leaves every right one; `alternatives` are other names that do the same, and `doubtful` says that it may as well
    have none. `note` says what the student did.
    """

    id: str
    said: str
    whole: bool = True
    alternatives: tuple[str, ...] = ()
    evidence: Mapping[str, Any] = msgspec.field(default_factory=dict)
    note: str = ""
    doubtful: bool = False

    @property
    def sure(self) -> bool:
        """Whether the name is beyond dispute."""
        return self.whole and not self.alternatives and not self.doubtful

    @property
    def strength(self) -> int:
        """A whole explanation before half a one, a precise name before a vague one, any name before none."""
        if self.whole and self.id not in VAGUE and (self.id or self.note):
            return 3
        if not self.id:
            return 0
        return 2 if self.whole or self.id not in VAGUE else 1


VAGUE = {"scale", "one-element", "rows", "columns", "shape"}
"""Names that are right only where nothing more precise is."""
