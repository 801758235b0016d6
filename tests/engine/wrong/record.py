"""What one wrong solution of the engine's own layers is, and the checks that are expected to catch it."""

from dataclasses import dataclass
from typing import Literal

NUMERIC = "numeric check: agrees with the slope of your own forward pass"
OUT, LOSS = "out is right", "loss is right"
DX, DW, Dw, DB, DGAMMA, DBETA, DWX, DWH, DH0, DPREV_H, DPREV_C = (
    f"{name} is the true derivative"
    for name in ("dx", "dW", "dw", "db", "dgamma", "dbeta", "dWx", "dWh", "dh0", "dprev_h", "dprev_c")
)
NEXT_W = "next_w is right"


@dataclass(frozen=True)
class Wrong:
    """One wrong solution of one function, written over a student's otherwise right module.

    `mistake` is an id of the list of mistakes, or "other". `caught_by` names the checks of `function` that must not
    pass, written down before the first run. With `warns` it is bad manners rather than a wrong result: one of the
    checks must say so, and no points are lost.
    """

    name: str
    category: Literal["value", "square", "conditional", "rare", "tiny", "behaviour"]
    mistake: str
    function: str
    source: str
    caught_by: tuple[str, ...]
    warns: bool = False
