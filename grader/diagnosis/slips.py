"""The mistakes that a course declares for a function, as switches in a copy of its reference.

    def affine_backward(slip, x, w, dout):
        db = dout.mean(axis=0) if slip("bias-mean", "db is the mean over the examples") else dout.sum(axis=0)

The function is run with no switch on (it must then be the reference), and with each; which switches there are shows
when it asks for them. One name may have many switches: the ways in which students write the same mistake. One
mistake may have many names, "wrong-operand or relu-mask-missing": it is likely to be either, and certain to be none.
With "or none", no name fits beyond dispute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple


class Key(NamedTuple):
    """One switch: the mistake's id, what was done in words, and the part of the function in which it was done."""

    id: str
    note: str = ""
    part: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names that the mistake may have; "" is for none."""
        return tuple("" if name == NAMELESS else name for name in self.id.split(" or "))


NAMELESS = "none"


class Slip:
    """Says at each place of a formula whether a mistake is made there; `asked`, where given, keeps what was asked."""

    __slots__ = ("_notes", "asked", "made", "part")

    def __init__(self, made: Iterable[Key] = (), asked: dict[Key, None] | None = None, part: str = "") -> None:
        self.made = frozenset(made)
        self.asked = asked
        self.part = part
        self._notes = {key.note for key in self.made}

    def __call__(self, identifier: str, note: str = "") -> bool:
        """Whether this mistake is made here: everywhere, or in this part alone."""
        if self.asked is not None:
            self.asked[Key(identifier, note)] = None
            if self.part:
                self.asked[Key(identifier, note, self.part)] = None
        if note not in self._notes:
            return False
        return (identifier, note, "") in self.made or (identifier, note, self.part) in self.made

    def within(self, part: str) -> Slip:
        """The same for one of several places that share a formula, such as the layers of a net."""
        return Slip(self.made, self.asked, f"{self.part}, {part}" if self.part else part)

    @property
    def everywhere(self) -> Slip:
        """The same for what is written alike in all parts, if it is written wrongly at all."""
        return Slip(self.made, self.asked)

    def instead(self, right: Callable[[], Any], *wrong: tuple[str, str, Callable[[], Any]]) -> Any:
        """What is right, or what stands in its place: each wrong formula has its id, and what was done in words."""
        notes = self._notes
        for identifier, note, formula in wrong:  # many hundred times in a run: no call for what is not asked
            if (note in notes or self.asked is not None) and self(identifier, note):
                return formula()
        return right()

    @property
    def right(self) -> Slip:
        """One that makes no mistake."""
        return Slip()

    def term(self, value: Any, dropped: str, name: str) -> Any:
        """One term of a sum: left out, subtracted for added, twice, or half."""
        return self.instead(
            lambda: value,
            (dropped, f"{name} is left out", lambda: 0 * value),
            ("sign or none", f"{name} has the wrong sign", lambda: -value),
            ("", f"{name} counts twice", lambda: 2 * value),
            ("", f"{name} counts half", lambda: value / 2),
        )
