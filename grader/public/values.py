"""Plain values as JSON: arrays say their dtype, tuples and named functions what they are.

    {"array": [[1.0, 2.0]], "dtype": "float64"}      {"tuple": [1, 2]}      {"named": "sin"}

Numbers are written with as many digits as tell them apart from their neighbours, so that every bit comes back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.questions import Named
from grader.trees import REAL_KINDS

TAGS = ("array", "tuple", "named")


class PublicError(Exception):
    """A `public.json` that cannot be used, or an assignment that cannot be put into one; one line."""


def encode(value: Any) -> Any:
    """Turn a plain value into what JSON can hold. Raises `PublicError` for anything else."""
    if isinstance(value, Named):
        return {"named": value.name}
    if isinstance(value, np.ndarray):
        return _encode_array(value)
    if isinstance(value, np.generic):
        return encode(value.item())
    if isinstance(value, tuple):
        return {"tuple": [encode(part) for part in value]}
    if isinstance(value, list):
        return [encode(part) for part in value]
    if isinstance(value, Mapping):
        return _encode_mapping(value)
    if value is None or isinstance(value, bool | int | str) or (isinstance(value, float) and np.isfinite(value)):
        return value
    raise PublicError(f"a public case holds {value!r}; expected finite numbers, text, arrays and containers of them")


def _encode_mapping(value: Mapping[str, Any]) -> dict[str, Any]:
    for tag in TAGS:
        if tag in value:
            raise PublicError(
                f"a public case holds a dict with the key {tag!r}; rename it, {', '.join(TAGS)} are taken"
            )
    return {str(key): encode(part) for key, part in value.items()}


def _encode_array(value: Any) -> dict[str, Any]:
    if value.dtype.kind not in REAL_KINDS or not np.all(np.isfinite(value)):
        raise PublicError(f"a public case holds an array of {value.dtype} that is not finite; expected finite numbers")
    shape = {} if value.size else {"shape": list(value.shape)}
    return {"array": value.tolist(), "dtype": str(value.dtype), **shape}


def decode(value: Any) -> Any:
    """Turn JSON back into the value. Raises `PublicError` where it is none of ours."""
    if isinstance(value, list):
        return [decode(part) for part in value]
    if not isinstance(value, dict):
        return value
    if "array" in value:
        return _decode_array(value)
    if "tuple" in value:
        return tuple(decode(part) for part in value["tuple"])
    if "named" in value:
        return Named(str(value["named"]))
    return {key: decode(part) for key, part in value.items()}


def _decode_array(value: Mapping[str, Any]) -> Any:
    try:
        dtype = np.dtype(value["dtype"])
        array = np.array(value["array"], dtype=dtype)
        array = array.reshape(value.get("shape", array.shape))
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise PublicError(f"an array is not readable ({type(error).__name__}: {error})") from None
    if dtype.kind not in REAL_KINDS:
        raise PublicError(f"an array has dtype {dtype}; expected real numbers")
    return array
