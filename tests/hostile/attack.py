"""What one row of the table of attacks says: its code, what it is after, what stops it, and how that has to look."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from grader.limits import Limits
from grader.questions import Answer, Failed, Returned

TIGHT = Limits(call_s=0.3, submission_s=30.0, cpu_s=20, load_s=0.6)
REFUSED = r"raised: PermissionError: .*closed to code that is graded"


def looted(tried: Tried) -> bool:
    """The function came back with something: what it was after."""
    if not isinstance(tried.answer, Returned):
        return False
    value = tried.answer.value
    return bool(value.size) if isinstance(value, np.ndarray) else bool(value)


def printed(word: str) -> Callable[[Tried], bool]:
    """The loot is what another program printed."""
    return lambda tried: word in tried.output


@dataclass(frozen=True)
class Tried:
    """What became of an attack: its answer, what was printed, and whether the rest of its submission was answered."""

    answer: Answer
    output: str
    goes_on: bool
    zygote_lived: bool = True
    peak_mb: float = 0.0
    seconds: float = 0.0
    changed: bool = False

    @property
    def told(self) -> str:
        """The answer in one line, which the outcome of a row is matched against."""
        if isinstance(self.answer, Failed):
            return f"{self.answer.status}: {self.answer.message}"
        return f"returned {self.answer.value!r}"


@dataclass(frozen=True)
class Attack:
    """One attack. `attack()` of `source` returns its loot; `outcome` is matched with shipped defaults.

    Its loot is had with `layers` off, or under the limits `off`, or in a grader that runs the student's code in its own
    process (`shared`: a pattern for what is seen there), or with `credulous`, a reader of frames that checks nothing;
    else `no_off` says why nobody has it shown. `needs` are what the test hands over. One that is `deadly` is never run
    without the filter; `as_root`, only a root can lose anything by it.
    """

    row: int
    name: str
    source: str
    outcome: str = REFUSED
    layers: tuple[str, ...] = ()
    off: Limits | None = None
    shared: str = ""
    credulous: bool = False
    no_off: str = ""
    loot: Callable[[Tried], bool] = looted
    needs: tuple[str, ...] = ()
    limits: Limits = TIGHT
    deadly: bool = False
    as_root: bool = False

    @property
    def id(self) -> str:
        return f"{self.row:02}-{self.stopped_by}-{re.sub('[^a-z0-9]+', '-', self.name.lower()).strip('-')}"

    @property
    def stopped_by(self) -> str:
        """What kind of thing stops it, in one word."""
        if self.layers:
            return "layers"
        return "limits" if self.off else "process" if self.shared else "reader"

    def held(self, tried: Tried) -> bool:
        return not self.loot(tried) and tried.zygote_lived


def body(text: str, parameters: str = "") -> str:
    """A function `attack` of these lines."""
    lines = "".join(f"    {line}\n" for line in text.strip().splitlines())
    return f"import ctypes, os, socket, struct, sys, time\nimport numpy as np\ndef attack({parameters}):\n{lines}"
