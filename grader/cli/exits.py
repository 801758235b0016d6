"""Exit codes, the highest of which wins."""

from __future__ import annotations

GRADED, BELOW, WRONG_USE, UNREADABLE, OURS = 0, 1, 2, 3, 4


class Stop(Exception):
    """End with one line on the error stream and this exit code."""

    def __init__(self, message: str, code: int = WRONG_USE) -> None:
        super().__init__(message)
        self.code = code
