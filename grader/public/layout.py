"""JSON that people can read: what fits on a line stands on one, everything else is indented."""

from __future__ import annotations

import json
import math
from typing import Any

WIDTH = 110


def render(value: Any) -> str:
    """Write a JSON value. Floats are written as `repr` does; NaN and infinity are refused (ValueError)."""
    return _render(value, "", 0) + "\n"


def _render(value: Any, indent: str, before: int) -> str:
    line = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if not isinstance(value, dict | list) or not value or len(indent) + before + len(line) <= WIDTH:
        return line
    deeper = indent + "  "
    if isinstance(value, list):
        parts = [_render(part, deeper, 0) for part in value]
        return _bracketed("[]", parts, indent)
    keys = {key: json.dumps(key, ensure_ascii=False) + ": " for key in value}
    return _bracketed("{}", [keys[key] + _render(part, deeper, len(keys[key])) for key, part in value.items()], indent)


def _bracketed(brackets: str, parts: list[str], indent: str) -> str:
    inner = f",\n{indent}  ".join(parts)
    return f"{brackets[0]}\n{indent}  {inner}\n{indent}{brackets[1]}"


CLOSE = 1e-9
"""How far last digits may drift between processors, relative to numbers of size 1 or more."""

DERIVED = ("tolerance", "ahead_tolerance")
"""What a platform without extended precision derives otherwise."""


def equivalent(one: bytes, other: bytes) -> bool:
    """Whether two documents differ in nothing but the last digits of numbers and the size of tolerances."""
    try:
        return _alike(json.loads(one), json.loads(other), derived=False)
    except ValueError:
        return False


def _alike(a: Any, b: Any, derived: bool) -> bool:
    if isinstance(a, dict) and isinstance(b, dict):
        return list(a) == list(b) and all(_alike(a[key], b[key], derived or key in DERIVED) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(_alike(x, y, derived) for x, y in zip(a, b, strict=True))
    if isinstance(a, float) and isinstance(b, float):
        return derived or math.isclose(a, b, rel_tol=CLOSE, abs_tol=CLOSE)
    return type(a) is type(b) and bool(a == b)
