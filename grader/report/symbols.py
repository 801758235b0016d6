"""The signs of a report, for streams that can show them and for those that cannot.

Every sign stands beside a word that says the same, and colour only repeats both.
"""

from __future__ import annotations

import unicodedata

import msgspec
from rich.cells import cell_len
from rich.text import Text

from grader.report import safe

_MARKS = {"pass": "✓", "warn": "!", "absent": "○", "blocked": "–", "error": "?"}
_STYLES = {"pass": "green", "warn": "yellow", "absent": "cyan", "blocked": "cyan", "error": "magenta"}
_FAILING, _FAILING_STYLE = "✗", "red"
PROBE = "✓✗○–█░×∂σ…"
"""A stream that cannot encode one of these is written to in ASCII alone."""

_ASCII = {
    "✓": "ok", "✗": "FAIL", "○": "-", "█": "#", "░": ".", "–": "-", "—": "-", "−": "-", "…": "...", "·": "*",
    "λ": "lambda", "Λ": "Lambda",  # Unicode spells it "lamda"
    "×": "x", "∂": "d", "∇": "grad ", "Σ": "Sum", "∑": "Sum", "∏": "Prod", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~",
    "±": "+-", "→": "->", "←": "<-", "↦": "->", "∞": "inf", "√": "sqrt", "∈": " in ", "⊙": "(*)", "⊗": "(x)",
    "‖": "||", "⟨": "<", "⟩": ">", "½": "1/2", "⅓": "1/3", "ᵀ": "^T", "¹": "^1", "²": "^2", "³": "^3", "‘": "'",
    "’": "'", "“": '"', "”": '"', "│": "|", "─": "-", "━": "-", "╸": "-", "╺": "-", "•": "*",
}  # fmt: skip


class Symbols(msgspec.Struct, frozen=True):
    """How signs and texts are written to one kind of stream."""

    ascii: bool = False

    def write(self, text: str, newlines: bool = True) -> str:
        """Make a stranger's text, or our own, fit for the stream."""
        shown = safe.plain(text, newlines)
        return ascii_only(shown) if self.ascii else shown

    def text(self, text: str, style: str = "") -> Text:
        return safe.terminal(self.write(text), style)

    def line(self, text: str, style: str = "") -> Text:
        """A name, which is one line whatever is in it."""
        return safe.terminal(self.write(text, newlines=False), style)

    def mark(self, status: str) -> str:
        """The sign of a status, filled up to `margin`."""
        return self.write(_MARKS.get(status, _FAILING)).ljust(self.margin)

    @property
    def margin(self) -> int:
        """Cells that a sign takes."""
        return 4 if self.ascii else 1

    def bar(self, part: float, width: int) -> str:
        """A bar of `width` cells; only the whole fills it."""
        filled = int(max(0.0, min(1.0, part)) * width + 1e-9)
        return self.write("█" * filled + "░" * (width - filled))

    def pad(self, text: str, width: int, right: bool = False) -> str:
        """Fill up to `width` cells; a wide character counts as two."""
        shown = self.write(text, newlines=False)
        space = " " * (width - cell_len(shown))
        return space + shown if right else shown + space


def style(status: str) -> str:
    """The colour that repeats a status."""
    return _STYLES.get(status, _FAILING_STYLE)


def can_show(encoding: str) -> bool:
    """Whether a stream of this encoding holds every sign of a report."""
    try:
        PROBE.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def ascii_only(text: str) -> str:
    r"""Write a text in ASCII: ✓ is "ok", ∂ "d", λ "lambda", é "e"; what has no such name is `\u4e2d`."""
    return text if text.isascii() else "".join(map(_in_ascii, text))


def _in_ascii(character: str) -> str:
    if character.isascii():
        return character
    if character in _ASCII:
        return _ASCII[character]
    letters = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    if letters.isascii():
        return letters
    if letters != character:
        return "".join(map(_in_ascii, letters))
    kind, _, name = unicodedata.name(character, "").rpartition(" LETTER ")
    if kind.startswith("GREEK"):
        word = name.split()[-1].lower()
        return word.capitalize() if "CAPITAL" in kind else word
    return character.encode("ascii", "backslashreplace").decode("ascii")
