"""Values as the wire carries them.

A value is a tree of JSON: null, true, an integer, a finite real and a text stand for themselves, and the rest are
lists that begin with a tag: `["a", dtype, *shape]` an array, `["f", "nan"]` a real that JSON lacks,
`["t", *parts]` a tuple, `["l", *parts]` a list, `["d", key, part, …]` a dict, `["m", kind, *content]` a mark for
what cannot cross (see `Mark`). The bytes of the arrays fill the payload, one after another.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from .wire import Oversize, Violation

NODES_MAX = 2_000
DEPTH_MAX = 8
NDIM_MAX = 8
DIM_MAX = 2**31
TEXT_MAX = 10_000
KEY_MAX = 200
INT_MAX = 10**40

_NAMES = ["|b1", "|i1", "|u1", "<i2", "<i4", "<i8", "<u2", "<u4", "<u8", "<f2", "<f4", "<f8", "<c8", "<c16"]
DTYPES = {name: np.dtype(name) for name in _NAMES}
"""Everything that may be called an array: no objects, no text, no records."""

NATIVE = {name: dtype.newbyteorder("=") for name, dtype in DTYPES.items()}

_BOOL = "|b1"
NONFINITE = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


class Mark(NamedTuple):
    """Something that cannot cross as a value: a kept result, a function of the fixed set, an unknown object."""

    kind: str
    content: tuple[int | str, ...]


class Encoder:
    """Writes values as trees, and gathers their arrays in `parts`, of `size` bytes.

    `foreign` is called for lists and for whatever is of no plain type; it returns a value that is, a list, or a
    `Mark`. Raises `Oversize`.
    """

    __slots__ = ("_foreign", "_nodes", "parts", "size")

    def __init__(self, foreign: Callable[[Any], Any]) -> None:
        self.parts: list[Any] = []
        self.size = 0
        self._nodes = 0
        self._foreign = foreign

    def tree(self, value: Any, depth: int = 0) -> Any:
        """Write one value."""
        self._nodes += 1
        if self._nodes > NODES_MAX:
            raise Oversize(f"the value has more than {NODES_MAX} parts")
        kind = type(value)
        if kind is np.ndarray and (name := value.dtype.str) in DTYPES:
            return self._array(value, name)
        if value is None or kind is bool:
            return value
        if kind is float:
            return value if math.isfinite(value) else ["f", repr(value)]
        if kind is int and -INT_MAX < value < INT_MAX:
            return value
        if kind is str and len(value) <= TEXT_MAX:
            return value
        if kind is tuple:
            return self._sequence("t", value, depth)
        if kind is dict and all(type(key) is str and len(key) <= KEY_MAX for key in value):
            return self._mapping(value, depth)
        return self._other(self._foreign(value), depth)

    def _other(self, value: Any, depth: int) -> Any:
        if type(value) is list:
            return self._sequence("l", value, depth)
        if type(value) is Mark:
            return ["m", value.kind, *value.content]
        self._nodes -= 1
        if depth > DEPTH_MAX:
            raise Oversize(f"the value is nested more than {DEPTH_MAX} deep")
        return self.tree(value, depth + 1)

    def _array(self, array: Any, name: str) -> list[Any]:
        if array.size:  # numpy gives no buffer of an empty one
            self.parts.append(array if array.flags.c_contiguous else np.ascontiguousarray(array))
            self.size += array.nbytes
        return ["a", name, *array.shape]

    def _sequence(self, tag: str, value: Any, depth: int) -> list[Any]:
        if depth >= DEPTH_MAX:
            raise Oversize(f"the value is nested more than {DEPTH_MAX} deep")
        return [tag, *[self.tree(part, depth + 1) for part in value]]

    def _mapping(self, value: dict[str, Any], depth: int) -> list[Any]:
        if depth >= DEPTH_MAX:
            raise Oversize(f"the value is nested more than {DEPTH_MAX} deep")
        node: list[Any] = ["d"]
        for key, part in value.items():
            node += (key, self.tree(part, depth + 1))
        return node


def decode(tree: Any, payload: bytes | bytearray | memoryview, mark: Callable[[str, list[Any]], Any]) -> Any:
    """Read a value that fills `payload` exactly; `mark(kind, content)` stands in for what could not cross.

    Arrays are fresh, writable and native; they own their data, or share a `bytearray` with no other. Raises
    `Violation`, and whatever `mark` raises as a `LookupError`.
    """
    (value,) = decode_all([tree], payload, mark)
    return value


def decode_all(
    trees: list[Any], payload: bytes | bytearray | memoryview, mark: Callable[[str, list[Any]], Any]
) -> list[Any]:
    """Read values that fill `payload` together, as `decode` reads one."""
    decoder = Decoder(payload, mark)
    try:
        values = [decoder.whole(tree) for tree in trees]
    except (Violation, LookupError):
        raise
    except Exception as error:  # numpy, int and float refuse in many ways; none of them is ours to explain
        raise Violation(f"a value cannot be read ({type(error).__name__})") from None
    if decoder.offset != len(payload):
        raise Violation("the payload is longer than its arrays")
    return values


class Decoder:
    """Reads values one after another from a payload; each begins at `offset`. Raises whatever is wrong, as it comes."""

    __slots__ = ("_mark", "_nodes", "_payload", "_shared", "offset")

    def __init__(self, payload: bytes | bytearray | memoryview, mark: Callable[[str, list[Any]], Any]) -> None:
        self._payload = payload
        self._shared = type(payload) is bytearray
        self._mark = mark
        self._nodes = 0
        self.offset = 0

    def whole(self, tree: Any) -> Any:
        """Read the next value."""
        self._nodes = 0
        return self.value(tree, 0)

    def value(self, node: Any, depth: int) -> Any:
        self._nodes += 1
        if self._nodes > NODES_MAX or depth > DEPTH_MAX:
            raise Violation("a value is too large")
        kind = type(node)
        if kind is list:
            return self._tagged(node, depth)
        if kind is float and not math.isfinite(node):
            raise Violation("a number is out of range")
        if kind is int and not -INT_MAX < node < INT_MAX:
            raise Violation("an integer is too long")
        if kind is dict or (kind is str and len(node) > TEXT_MAX):
            raise Violation("a value is no value")
        return node

    def _tagged(self, node: list[Any], depth: int) -> Any:
        tag = node[0] if node else None
        if tag == "a":
            return self._array(node)
        if tag == "t" or tag == "l":
            value, depth = self.value, depth + 1
            parts = [value(part, depth) for part in node[1:]]
            return tuple(parts) if tag == "t" else parts
        if tag == "d":
            return self._mapping(node, depth)
        if tag == "f" and len(node) == 2 and type(node[1]) is str and node[1] in NONFINITE:
            return NONFINITE[node[1]]
        if tag == "m" and len(node) >= 2 and all(type(part) in (int, str) for part in node):
            return self._mark(node[1], node[2:])
        raise Violation("a value has an unknown tag")

    def _mapping(self, node: list[Any], depth: int) -> dict[str, Any]:
        keys = node[1::2]
        if len(node) % 2 == 0 or len(set(keys)) != len(keys):
            raise Violation("a dict has a key twice, or without a value")
        if not all(type(key) is str and len(key) <= KEY_MAX for key in keys):
            raise Violation("a dict has a key that is no text")
        return {key: self.value(part, depth + 1) for key, part in zip(keys, node[2::2], strict=True)}

    def _array(self, node: list[Any]) -> Any:
        _, name, *shape = node
        count = 1
        if type(name) is not str or name not in DTYPES:
            raise Violation("an array has a forbidden dtype")
        for size in shape:
            if type(size) is not int or not 0 <= size < DIM_MAX:
                raise Violation("an array has an impossible shape")
            count *= size
        if len(shape) > NDIM_MAX:
            raise Violation("an array has an impossible shape")
        dtype, start = DTYPES[name], self.offset
        self.offset = start + count * dtype.itemsize
        if self.offset > len(self._payload):
            raise Violation("an array is longer than the payload")
        if not count:
            return np.zeros(shape, NATIVE[name])
        if name == _BOOL:  # any byte but 0 and 1 would be a bool that is neither
            return np.asarray(np.ndarray(shape, np.uint8, self._payload, start) != 0)
        array = np.ndarray(shape, dtype, self._payload, start)
        share = self._shared and array.flags.aligned  # a large one that nobody else will read
        return array.astype(NATIVE[name], copy=not share)
