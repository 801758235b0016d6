"""Products with a factor turned the wrong way, reshaped for its transpose, or in another order.

The right product of two inputs is found first, then the student's among its variants.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import permutations
from itertools import product as each
from typing import Any, Literal

import numpy as np

from grader.diagnosis.finding import Finding
from grader.diagnosis.operands import arrays, equals_truth
from grader.diagnosis.seen import Output, Sight
from grader.paper import Posed

Side = Literal["", "ᵀ", " reshaped"]
"""How a factor stands in a product: as it is, transposed, or in the shape of its transpose without being it."""

Product = tuple[str, Side, str, Side]
"""Two inputs by name, each with how it stands."""


def multiplied(output: Output) -> Finding | None:
    """The right answer is a product of two inputs; the student's has a factor turned or reshaped, or another order."""
    if not output.failing:
        return None
    named = _flat(output.failing[0].case)
    right = [p for p in _products(named, ("", "ᵀ")) if all(equals_truth(s, _value(p, s)) for s in output.sights)]
    for truth in right:
        variants = _products({name: named[name] for name in (truth[0], truth[2])}, ("", "ᵀ", " reshaped"))
        for product in sorted(variants, key=lambda product: " reshaped" in product):
            if product != truth and all(s.is_what(_value(product, s)) for s in output.failing):
                return _turned(output, product)
    return None


def _turned(output: Output, product: Product) -> Finding:
    evidence = {"product": _text(product), "case": output.failing[0].case.name}
    if " reshaped" not in product:
        said = f"{output.name} is {_text(product)}; its shape asks for another order or transpose"
        return Finding("transpose", said, evidence=evidence)
    said = f"{output.name} is {_text(product)}: reshape does not transpose, it shuffles the entries"
    return Finding("transpose", said, alternatives=("column-row",), evidence=evidence)


def _flat(case: Posed) -> Mapping[str, Any]:
    """The arrays of a case as matrices: one row for each example, whatever the number of axes."""
    return {name: a.reshape(len(a), -1) for name, a in arrays(case).items() if a.ndim > 1 and a.size}


def _products(named: Mapping[str, Any], sides: tuple[Side, ...]) -> Iterator[Product]:
    for (a, b), as_a, as_b in each(permutations(named, 2), sides, sides):
        yield a, as_a, b, as_b


def _value(product: Product, sight: Sight) -> Any:
    a, as_a, b, as_b = product
    named = _flat(sight.case)
    if a not in named or b not in named:
        return np.nan
    left, right = (_standing(named[name], how) for name, how in ((a, as_a), (b, as_b)))
    if left.shape[1] != right.shape[0]:
        return np.nan
    value = left @ right
    return value.reshape(sight.expected.shape) if value.size == sight.expected.size and _unlike(value, sight) else value


def _standing(matrix: Any, how: Side) -> Any:
    return matrix.T if how == "ᵀ" else matrix.reshape(matrix.shape[::-1]) if how else matrix


def _unlike(value: Any, sight: Sight) -> bool:
    """Whether a product is expected with more axes than a matrix has: examples as they came."""
    return sight.expected.ndim > 2 and len(value) == len(sight.expected)


def _text(product: Product) -> str:
    a, as_a, b, as_b = product
    return f"{a}{as_a} · {b}{as_b}" if " reshaped" in product else f"{a}{as_a} {b}{as_b}"
