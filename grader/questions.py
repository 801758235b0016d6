"""What a check may ask, and what may come back.

A check never sees a function: it yields a `Question`, and whatever answers it (a confined submission, the
reference, a recording) sends back one `Answer` a call. Questions and answers hold plain values only, so that the
same check can be put to any answerer.

Values are float64/float32/integer/bool arrays, Python floats, ints, bools, strings and None, and tuples, lists and
string-keyed dicts of them. Two marks stand for what cannot cross a process border: `Ref` and `Named`.
"""

from __future__ import annotations

from typing import Any, Literal, Protocol

import msgspec

Value = Any
"""A plain value (see above). Arrays are `numpy.ndarray`, never a subclass."""

Trouble = Literal["absent", "raised", "timeout", "crashed", "memory", "flood", "violation", "blocked", "error"]
"""Why a call has no value; the words are those of the result document."""


WHOLE = -1
"""The place that stands for everything that a call returned."""

AGAIN = ""
"""The function that gives back its one argument: `Call(AGAIN, (Ref(0, WHOLE),))` shows what became of a result."""


class Ref(msgspec.Struct, frozen=True):
    """A place of what an earlier call of the same question returned, and that stayed with the answerer.

    `Ref(0, 1)` is the second place of the tuple that call 0 returned: how a cache travels to its backward pass.
    `Ref(0, WHOLE)` is all that it returned.
    """

    call: int
    place: int


class Named(msgspec.Struct, frozen=True):
    """A function of a fixed set, built by the answerer itself: `Named("sin")`. No callable crosses the border."""

    name: str


class Call(msgspec.Struct, frozen=True, eq=False):
    """One call of one function.

    `keep` names the places of the returned tuple that stay with the answerer for a later `Ref` (their value comes
    back as None; `WHOLE` keeps everything, which comes back all the same). With `echo` the arguments come back too, as
    they are after the call: was one of them changed? With `timed` the CPU seconds of the call are measured from
    outside.
    """

    function: str
    args: tuple[Value, ...]
    keep: tuple[int, ...] = ()
    echo: bool = False
    timed: bool = False


class Question(msgspec.Struct, frozen=True, eq=False, weakref=True):
    """Calls to make in this order. What they keep is forgotten when the last has been answered."""

    calls: tuple[Call, ...]


class Returned(msgspec.Struct, frozen=True, eq=False):
    """The call returned. `args` are the arguments after it where the call asked for an echo."""

    value: Value
    args: tuple[Value, ...] | None = None
    cpu_s: float | None = None


class Failed(msgspec.Struct, frozen=True, eq=False):
    """The call has no value. `message` is one line; `detail` may hold a traceback or printed output (hostile text).

    `unasked` says that the function failed before any input was sent: what it says cannot give one away.
    """

    status: Trouble
    message: str
    detail: str = ""
    needs_review: bool = False
    unasked: bool = False


Answer = Returned | Failed


class Known(tuple[Answer, ...]):
    """Answers to a question that stand for all that are equal to them to the last bit: one object, never changed."""

    __slots__ = ()


FAILED_HOW: dict[Trouble, str] = {
    "absent": "is not there",
    "raised": "raised an exception",
    "timeout": "took too long",
    "crashed": "ended its process",
    "memory": "ran out of memory",
    "flood": "printed too much",
    "violation": "broke the protocol",
    "blocked": "was not called",
    "error": "could not be asked",
}
"""What became of a function that gave no value, as a sentence goes on after its name."""


class Answerer(Protocol):
    """Anything that can be put a question."""

    def ask(self, question: Question) -> tuple[Answer, ...]:
        """Answer every call of `question`, in order, whatever happens."""
        ...
