"""Shapes in letters: what an axis of an array counts, as far as the sizes of a case tell it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def letters(shape: tuple[int, ...], sizes: Mapping[str, Any], declared: str = "") -> tuple[str, ...]:
    """Name each axis by the size that it has; "" where none has, or several do.

    `declared` is the shape in letters that the array should have ("N D"): it decides where it fits.
    """
    wanted = declared.split()
    if len(wanted) == len(shape) and all(_fits(letter, n, sizes) for letter, n in zip(wanted, shape, strict=True)):
        return tuple("" if letter.isdigit() else letter for letter in wanted)
    return tuple(_only(n, sizes) for n in shape)


def _fits(letter: str, length: int, sizes: Mapping[str, Any]) -> bool:
    return length == (int(letter) if letter.isdigit() else sizes.get(letter))


def _only(length: int, sizes: Mapping[str, Any]) -> str:
    found = [letter for letter, size in sizes.items() if size == length]
    return found[0] if len(found) == 1 and length != 1 else ""


def said(shape: tuple[int, ...], named: tuple[str, ...]) -> str:
    """Write a shape in symbols and numbers: "(K, D) = (3, 7)", or the numbers alone where no axis has a name."""
    numbers = str(shape)
    if not any(named):
        return numbers
    parts = [letter or str(n) for letter, n in zip(named, shape, strict=True)]
    return f"({', '.join(parts)}{',' if len(parts) == 1 else ''}) = {numbers}"
