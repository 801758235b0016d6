r"""Formulas as lines of text: the small part of LaTeX that our own texts use, written in Unicode.

`X^\top du + \frac{1}{N} \sum_i G_i` becomes "Xᵀdu + (1/N) Σ_i G_i". Pages show the same LaTeX as MathML.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[{}^_]|\s+|[^\\{}^_\s]")
_SIGNS = {
    "top": "ᵀ", "partial": "∂", "nabla": "∇", "sum": "Σ", "prod": "∏", "odot": "∘", "cdot": "·", "times": "×",
    "lambda": "λ", "eta": "η", "sigma": "σ", "gamma": "γ", "beta": "β", "mu": "μ", "phi": "φ", "varepsilon": "ε",
    "Delta": "Δ", "theta": "θ", "alpha": "α", "delta": "δ", "log": "log", "exp": "exp", "max": "max", "tanh": "tanh",
    "ne": "≠", "le": "≤", "ge": "≥", "pm": "±", "to": "→", "leftarrow": "←", "in": "∈", "infty": "∞", "dots": "…",
    "lvert": "|", "rvert": "|", "lVert": "‖", "rVert": "‖", "lfloor": "⌊", "rfloor": "⌋", "left": "", "right": "",
    "mathrel": "", ",": "", ";": " ", " ": " ", "{": "{", "}": "}", "#": "#", "%": "%", "ell": "ℓ",
}  # fmt: skip
_FUNCTIONS = {"log", "exp", "max", "tanh"}
_RAISED = str.maketrans("0123456789+-−nTᵀ'*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿᵀᵀ'*")
_HALVES = {("1", "2"): "½", ("1", "3"): "⅓", ("1", "4"): "¼"}
_ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303"}
_INLINE = re.compile(r"\$([^$]+)\$")


class NotAFormula(ValueError):
    """LaTeX outside the part that is read here; the message is one line."""


def prose(text: str) -> str:
    """Write a text with its formulas between dollar signs as one line of Unicode."""
    return _INLINE.sub(lambda found: line(found[1]), text)


def pieces(text: str) -> list[tuple[str, bool]]:
    """Take a text apart: (words, False) and (LaTeX, True) in turn."""
    return [(part, index % 2 == 1) for index, part in enumerate(_INLINE.split(text)) if part]


def line(latex: str) -> str:
    """Write a formula as one line of Unicode. Raises `NotAFormula`."""
    reader = _Reader(_TOKEN.findall(latex))
    written = reader.run("")
    if reader.left:
        raise NotAFormula(f"the formula {latex!r} has a '}}' too many")
    return _CLOSE.sub(lambda found: found[1] or found[2], " ".join(written.split()))


_CLOSE = re.compile(r"([(⌊∂∇Δ])\s(?![/=])|\s([)⌋])")  # what stands close to its right, and to its left


class _Reader:
    """Tokens of one formula, read from left to right."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def left(self) -> bool:
        return self._at < len(self._tokens)

    def run(self, closing: str) -> str:
        """Write everything up to `closing`, which is passed over."""
        written = ""
        while self.left:
            token = self._next()
            if token == closing:
                return written
            if token == "}":
                self._at -= 1
                return written
            written += self._written(token)
        if closing:
            raise NotAFormula(f"a formula lacks its {closing!r}")
        return written

    def _next(self) -> str:
        if not self.left:
            raise NotAFormula("a formula ends where an argument is expected")
        self._at += 1
        return self._tokens[self._at - 1]

    def _written(self, token: str) -> str:
        if token == "{":
            return self.run("}")
        if token in "^_":
            return _raised(self._argument()) if token == "^" else _lowered(self._argument())
        if token.startswith("\\"):
            return self._command(token[1:])
        return "−" if token == "-" else token

    def _argument(self) -> str:
        token = self._next()
        while token.isspace():
            token = self._next()
        return self._written(token)

    def _command(self, name: str) -> str:
        if name in ("frac", "tfrac"):
            return _quotient(self._argument(), self._argument())
        if name in _TAKING:
            return _TAKING[name](self._raw() if name == "text" else self._argument())
        if name in _ACCENTS:
            return self._argument() + _ACCENTS[name]
        if name not in _SIGNS:
            raise NotAFormula(f"\\{name} is unknown; expected one of the signs of grader.diagnosis.formula")
        return _SIGNS[name] + (" " if name in _FUNCTIONS and self.left and self._tokens[self._at].isspace() else "")

    def _raw(self) -> str:
        r"""The argument of \text: dashes stay dashes."""
        start = self._at + 1
        self._argument()
        return "".join(self._tokens[start : self._at - 1])


_TAKING: dict[str, Callable[[str], str]] = {
    "text": str,
    "operatorname": str,
    "mathbf": str,
    "sqrt": lambda inner: f"√{_grouped(inner)}",
}


def _simple(text: str) -> bool:
    return len(text) == 1 or text.isalnum()


def _grouped(text: str) -> str:
    return text if _simple(text) else f"({text.strip()})"


def _quotient(above: str, below: str) -> str:
    if (above, below) in _HALVES:
        return _HALVES[above, below]
    return f"({_grouped(above)}/{_grouped(below)})"


def _raised(text: str) -> str:
    raised = text.translate(_RAISED)
    if all(character in "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿᵀ'*" for character in raised):
        return raised
    return f"^{text}" if _simple(text) else f"^({text.strip()})"


def _lowered(text: str) -> str:
    return f"_{text}" if _simple(text) else f"_({text.strip()})"
