"""Where the student's code runs: in another process, which never holds an answer.

`Sandbox` opens submissions, `Confined` answers questions about one, `isolation` says what keeps it in. The folder
`worker` is the other process. Names are imported when they are asked for: `shared.prestart` can be called before
numpy is there.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..limits import Limits
    from .answerer import Sandbox
    from .confine import Isolation, isolation, measuring
    from .confined import Confined
    from .errors import SandboxError
    from .worker.named import NAMED, affine_map

__all__ = [
    "NAMED",
    "Confined",
    "Isolation",
    "Limits",
    "Sandbox",
    "SandboxError",
    "affine_map",
    "isolation",
    "measuring",
]

_HOMES = {
    "Limits": "..limits",
    "Sandbox": ".answerer",
    "Isolation": ".confine",
    "isolation": ".confine",
    "measuring": ".confine",
    "Confined": ".confined",
    "SandboxError": ".errors",
    "NAMED": ".worker.named",
    "affine_map": ".worker.named",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name], __name__), name)
