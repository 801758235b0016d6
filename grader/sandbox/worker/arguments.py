"""The arguments of calls, as they come from the grader.

Read as `values.Decoder` reads what comes from a worker, but without its suspicion: the grader is believed, and there
are hundreds of calls.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .values import DTYPES, NATIVE, NONFINITE


class Arguments:
    """Reads values one after another from a payload; each begins at `offset`. Raises what `mark` raises.

    Arrays are fresh, writable and native, and own their data.
    """

    __slots__ = ("_mark", "_payload", "offset")

    def __init__(self, payload: bytes | bytearray, mark: Callable[[str, list[Any]], Any]) -> None:
        self._payload = payload
        self._mark = mark
        self.offset = 0

    def value(self, node: Any) -> Any:
        """Read the next value."""
        if type(node) is not list:
            return node
        tag = node[0]
        if tag == "a":
            return self._array(node[1], node[2:])
        if tag == "t":
            return tuple([self.value(part) for part in node[1:]])
        if tag == "l":
            return [self.value(part) for part in node[1:]]
        if tag == "d":
            return {key: self.value(part) for key, part in zip(node[1::2], node[2::2], strict=True)}
        return NONFINITE[node[1]] if tag == "f" else self._mark(node[1], node[2:])

    def _array(self, name: str, shape: list[int]) -> Any:
        if 0 in shape:
            return np.zeros(shape, NATIVE[name])
        sent: Any = np.ndarray(shape, DTYPES[name], self._payload, self.offset)
        self.offset += sent.nbytes
        return sent.astype(NATIVE[name])
