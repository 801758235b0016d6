"""Drives a class through its public methods: constructs it, sets its parameters, makes the call.

    Net.loss(construct, params, *args)  =  net = Net(**construct); net.params.update(params); net.loss(*args)

`construct` is a mapping of keyword arguments, or a list of mappings for constructors that were called otherwise in
other years: the first that suits the constructor best is taken. A keyword that the constructor does not know goes to
the method where that knows it, and nowhere otherwise. Every call has an object of its own, which was called once before
with other numbers, as in training it is again and again: what piles up in it shows.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import numpy as np

_POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
_NAMED = (*_POSITIONAL[1:], inspect.Parameter.KEYWORD_ONLY)


def driven(made: type, method: str) -> Callable[..., Any]:
    """Return a function (construct, params, *args) of a class and the name of its method."""

    def call(construct: Any, params: Mapping[str, Any] | None, *args: Any) -> Any:
        ways = [_read(one) for one in (construct if isinstance(construct, list) else [construct])]
        known = _parameters(made)
        chosen = min(ways, key=lambda way: _misfit(way, known)) if known is not None else ways[0]
        taken = chosen if known is None or _takes_any(known) else {k: v for k, v in chosen.items() if k in known}
        one = made(**taken)
        _set(one, params)
        bound = getattr(one, method)
        rest = {name: value for name, value in chosen.items() if name not in taken and name in _free(bound, args)}
        with suppress(Exception):  # what raises here does so again below
            _set(one, _turned(params))
            bound(*_turned(args), **rest)
        _set(one, params)
        return bound(*args, **rest)

    return call


def _set(one: Any, params: Mapping[str, Any] | None) -> None:
    for name, value in (params or {}).items():
        one.params[name] = value


def _turned(value: Any) -> Any:
    """Copies of all arrays, those of real numbers turned and shrunk."""
    if isinstance(value, dict):
        return {name: _turned(part) for name, part in value.items()}
    if isinstance(value, tuple | list):
        return type(value)(map(_turned, value))
    if isinstance(value, np.ndarray):
        return value * -0.75 if value.dtype.kind == "f" else value.copy()
    return value


def _read(construct: Mapping[str, Any]) -> dict[str, Any]:
    """A dtype crosses the wire by its name."""
    return {
        name: np.dtype(value).type if name == "dtype" and isinstance(value, str) else value
        for name, value in construct.items()
    }


def _parameters(function: Callable[..., Any]) -> dict[str, inspect.Parameter] | None:
    try:
        return dict(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return None


def _takes_any(known: Mapping[str, inspect.Parameter]) -> bool:
    return any(one.kind is inspect.Parameter.VAR_KEYWORD for one in known.values())


def _misfit(way: Mapping[str, Any], known: Mapping[str, inspect.Parameter]) -> int:
    """How many keywords the constructor lacks, and how many it needs that are not there."""
    needed = [name for name, one in known.items() if one.default is one.empty and one.kind in _NAMED]
    lacking = 0 if _takes_any(known) else sum(name not in known for name in way)
    return lacking + sum(name not in way for name in needed)


def _free(bound: Callable[..., Any], args: tuple[Any, ...]) -> set[str]:
    """Name the parameters of a method that its positional arguments leave free."""
    known = _parameters(bound) or {}
    filled = [name for name, one in known.items() if one.kind in _POSITIONAL][: len(args)]
    return {name for name, one in known.items() if one.kind in _NAMED} - set(filled)
