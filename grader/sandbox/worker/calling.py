"""Makes one call after another, and keeps what is to stay here between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from . import failures
from .arguments import Arguments
from .named import NAMED
from .results import SameList, plain
from .values import Encoder
from .wire import Oversize, pack

WHOLE = -1
"""The place of all that a call returned: it stays here, and goes out as well."""

Functions = dict[str, Callable[..., Any]]


class NotKept(LookupError):
    """A call asks for what an earlier call did not leave behind."""


class Caller:
    """The functions of a submission, and the results that stay."""

    def __init__(self, listings: Mapping[str, failures.Listing]) -> None:
        self.functions: Functions = {}
        self._listings = listings
        self._kept: dict[tuple[int, int], Any] = {}

    def forget(self) -> None:
        """Drop what earlier calls left: a question is over."""
        self._kept.clear()

    def reader(self, payload: bytes | bytearray) -> Arguments:
        """Return what reads the arguments of calls from one payload."""
        return Arguments(payload, self._mark)

    def arguments(self, call: list[Any], reader: Arguments, start: int) -> tuple[Any, ...] | None:
        """Read the arguments of a call, `[index, function, arguments, keep, echo]`; None where one is lost."""
        reader.offset = start
        try:
            return tuple(reader.value(call[2]))
        except NotKept:
            return None

    def reply(self, nonce: int, call: list[Any], args: tuple[Any, ...] | None) -> bytes:
        """Make the call, and write the frame that answers it."""
        parts: list[bytes] = []
        result = self.result(call, args, parts)
        try:
            return pack({"nonce": nonce, **result}, parts)
        except Oversize as error:
            return pack({"nonce": nonce, **_unreadable(call[1], error)}, [])

    def result(self, call: list[Any], args: tuple[Any, ...] | None, parts: list[bytes]) -> dict[str, Any]:
        """Make the call, and describe what came of it. The bytes of its arrays, as they are now, go to `parts`."""
        index, name, tree, keep, echo = call
        if args is None:
            return failure("blocked", "", "")
        try:
            result = self.functions[name](*args) if name else args[0]
            visible = self._set_aside(index, result, keep) if keep else result
            encoder = Encoder(plain)
            echoed = tuple(map(_crossing, args, tree[1:])) if echo else None
            described = {"result": encoder.tree((visible, echoed))}
            parts += [part.tobytes() for part in encoder.parts]
            return described
        except BaseException as error:
            return self._failed(name, error)

    def _mark(self, kind: str, content: list[Any]) -> Any:
        if kind == "named":
            return NAMED[content[0]]
        call, place = content
        if (call, place) not in self._kept:
            raise NotKept(f"call {call} left nothing in place {place}")
        return self._kept[call, place]

    def _set_aside(self, index: int, result: Any, keep: list[int]) -> Any:
        if WHOLE in keep:
            self._kept[index, WHOLE] = result
            keep = [place for place in keep if place != WHOLE]
        if not keep or not isinstance(result, tuple | list):
            return result
        for place in keep:
            if place < len(result):
                self._kept[index, place] = result[place]
        return tuple([None if place in keep else part for place, part in enumerate(result)])

    def _failed(self, name: str, error: BaseException) -> dict[str, Any]:
        if isinstance(error, Oversize):
            return _unreadable(name, error)
        message, detail = failures.message(error, self._listings), failures.detail(error, self._listings)
        if isinstance(error, NotImplementedError):
            return failure("absent", message, detail)
        return failure("memory" if isinstance(error, MemoryError) else "raised", message, detail)


def failure(status: str, message: str, detail: str) -> dict[str, Any]:
    """Describe a call that has no value."""
    return {"failed": [status, message, detail]}


def _unreadable(name: str, error: Oversize) -> dict[str, Any]:
    return failure("raised", f"{name} returned what cannot be read: {error}", "")


def _crossing(arg: Any, tree: Any) -> Any:
    """What an echo shows of an argument: None for one that stays here."""
    return None if type(tree) is list and tree[0] == "m" else _as_sent(arg)


def _as_sent(arg: Any) -> Any:
    """Mark the lists in an argument: they go back as the lists that they came as."""
    if type(arg) is list:
        return SameList(map(_as_sent, arg))
    if type(arg) is dict:
        return {key: _as_sent(part) for key, part in arg.items()}
    return tuple(map(_as_sent, arg)) if type(arg) is tuple else arg
