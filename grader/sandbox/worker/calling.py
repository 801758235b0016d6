"""Makes one call after another, and keeps what is to stay here between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from . import failures
from .named import NAMED
from .results import plain
from .values import Encoder, decode
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

    def arguments(self, call: list[Any], payload: memoryview) -> tuple[Any, ...] | None:
        """Read the arguments of a call, `[nonce, index, function, arguments, keep, echo]`; None where one is lost."""
        try:
            return tuple(decode(call[3], payload, self._mark))
        except NotKept:
            return None

    def reply(self, call: list[Any], args: tuple[Any, ...] | None) -> bytes:
        """Make the call, and write the frame that answers it."""
        nonce, index, name, tree, keep, echo = call
        if args is None:
            return refusal(nonce, "blocked", "", "")
        try:
            result = self.functions[name](*args) if name else args[0]
            visible = self._set_aside(index, result, keep) if keep else result
            encoder = Encoder(plain)
            echoed = tuple(map(_crossing, args, tree[1:])) if echo else None
            return pack({"nonce": nonce, "result": encoder.tree((visible, echoed))}, encoder.parts)
        except BaseException as error:
            return self._failed(nonce, name, error)

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

    def _failed(self, nonce: int, name: str, error: BaseException) -> bytes:
        message, detail = failures.message(error, self._listings), failures.detail(error, self._listings)
        if isinstance(error, Oversize):
            return refusal(nonce, "raised", f"{name} returned what cannot be read: {error}", "")
        if isinstance(error, NotImplementedError):
            return refusal(nonce, "absent", message, detail)
        return refusal(nonce, "memory" if isinstance(error, MemoryError) else "raised", message, detail)


def refusal(nonce: int, status: str, message: str, detail: str) -> bytes:
    """Write the frame of a call that has no value."""
    return pack({"nonce": nonce, "failed": [status, message, detail]}, [])


def _crossing(arg: Any, tree: Any) -> Any:
    """What an echo shows of an argument: None for one that stays here."""
    return None if type(tree) is list and tree[0] == "m" else arg
