"""The numbers of a case that have a name, and the search for a formula in them that gives fitted numbers.

A factor of 7 in one case and of 5 in another says nothing by itself; that it is N in both says everything. Symbols
are the sizes of a case (N, D, H·W) and the scalars among its inputs (λ, p, ε), by their own names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

import numpy as np

from grader import trees
from grader.paper import Posed

EQUAL = 1e-8
"""How far a fitted number may be from a formula's, relative."""

CONSTANTS = {"−1": -1.0, "2": 2.0, "½": 0.5, "−2": -2.0, "−½": -0.5, "3": 3.0, "4": 4.0, "¼": 0.25, "10": 10.0}


class Formula(NamedTuple):
    """A formula in the symbols of a case: how it is written, its value there, and the symbols in it."""

    text: str
    value: float
    symbols: tuple[str, ...] = ()


@lru_cache(maxsize=512)
def symbols(case: Posed) -> Mapping[str, float]:
    """Name the numbers of a case: its sizes, and the scalars among its inputs."""
    found = {letter: float(size) for letter, size in case.sizes.items() if isinstance(size, int)}
    for name, value in case.inputs.items():
        for place, leaf in trees.leaves(name, value):
            if isinstance(leaf, int | float | np.number) and not isinstance(leaf, bool) and np.isfinite(leaf):
                found.setdefault(_called(place), float(leaf))
    return found


def _called(place: str) -> str:
    """The last word of a place: λ is "reg", and an entry of a list is called by the list: "widths.1"."""
    *before, last = place.split(".")
    return f"{before[-1]}.{last}" if before and last.isdigit() else last


@lru_cache(maxsize=512)
def formulas(case: Posed) -> Mapping[str, Formula]:
    """Every formula of a case, the simplest first."""
    return {formula.text: formula for formula in _formulas(symbols(case)) if np.isfinite(formula.value)}


def _formulas(named: Mapping[str, float]) -> Iterator[Formula]:
    for name, value in named.items():
        yield from _of_one(name, value)
    for (a, x), (b, y) in combinations(named.items(), 2):
        for text, value in _of_two(a, x, b, y):
            yield Formula(text, value, (a, b))


def _of_one(name: str, value: float) -> Iterator[Formula]:
    inverse = 1 / value if value else float("nan")
    plain = {name: value, f"1/{name}": inverse, f"{name}²": value**2, f"1/{name}²": inverse**2}
    beside = {f"1 − {name}": 1 - value, f"1/(1 − {name})": 1 / (1 - value) if value != 1 else float("nan")}
    for text, number in (plain | beside).items():
        yield Formula(text, number, (name,))
    for text, number in plain.items():
        for constant, times in {"−": -1.0, "2 ": 2.0, "½ ": 0.5, "−2 ": -2.0, "−½ ": -0.5}.items():
            yield Formula(f"{constant}{text}", times * number, (name,))


def _of_two(a: str, x: float, b: str, y: float) -> Iterator[tuple[str, float]]:
    with np.errstate(all="ignore"):
        one, left, right = np.divide([1.0, x, y], [x * y, y, x])
    yield f"{a}·{b}", x * y
    yield f"1/({a}·{b})", float(one)
    yield f"{a}/{b}", float(left)
    yield f"{b}/{a}", float(right)
    yield f"−{a}/{b}", -float(left)
    yield f"{a}/{b} − {a}", float(left) - x
    yield f"{b}/{a} − {b}", float(right) - y
    yield f"2 {a}/{b} − 2 {a}", 2 * (float(left) - x)
    yield f"2 {b}/{a} − 2 {b}", 2 * (float(right) - y)


def name_for(fitted: list[tuple[Posed, float]]) -> Formula | None:
    """The simplest formula that gives every fitted number in its case: a round constant, a symbol, any constant."""
    constant = _constant([number for _, number in fitted])
    if constant is not None and constant.text in CONSTANTS:
        return constant
    case, number = fitted[0]
    for text, formula in formulas(case).items():
        if same(formula.value, number) and all(_gives(case, text, number) for case, number in fitted[1:]):
            return formula
    return constant


def _gives(case: Posed, text: str, number: float) -> bool:
    formula = formulas(case).get(text)
    return formula is not None and same(formula.value, number)


def _constant(numbers: list[float]) -> Formula | None:
    first = numbers[0]
    if not all(same(number, first) for number in numbers):
        return None
    for text, value in CONSTANTS.items():
        if same(first, value):
            return Formula(text, value)
    return Formula(f"{first:.3g}" if abs(first - 1) > 1e-2 else f"{first:.10g}", first)


def same(number: float, other: float) -> bool:
    """Whether two numbers are equal as far as a fit can tell."""
    return bool(abs(number - other) <= EQUAL * max(abs(number), abs(other)))
