"""Splits source of any Python, 2 or 3, into tokens and statements; whatever it does not know is a token of one sign.

Python's own tokenizer refuses what Python 3 does not know, which is just what is looked for here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r'''(?P<space>[ \t\f]+|\\\r?\n)
    |(?P<comment>\#[^\r\n]*)
    |(?P<newline>\r?\n|\r)
    |(?P<string>(?:[uU][rR]|[bB][rR]?|[rR][bB]?|[fF][rR]?|[rR][fF]|[uU])?
        (?:"""(?:\\.|[^\\])*?"""|\'\'\'(?:\\.|[^\\])*?\'\'\'|"(?:\\.|[^"\\\r\n])*"|'(?:\\.|[^'\\\r\n])*'))
    |(?P<number>0[xX][0-9a-fA-F]+[lL]?|0[bB][01]+[lL]?|0[oO][0-7]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[jJlL]?)
    |(?P<name>[^\W\d]\w*)
    |(?P<sign><>|\*\*=?|//=?|>>=?|<<=?|[-+*/%&|^=<>!@]=|->|.)''',
    re.VERBOSE | re.DOTALL,
)
_BLOCKS = frozenset({"if", "elif", "else", "for", "while", "try", "except", "finally", "with", "def", "class"})
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")


class Token:
    """A stretch of source: its kind, its text, which may be edited, and the line that it begins in."""

    __slots__ = ("kind", "line", "text")

    def __init__(self, kind: str, text: str, line: int) -> None:
        self.kind, self.text, self.line = kind, text, line


Statement = list[Token]
"""The tokens of one simple statement, or of the head of a block; spaces, comments and line ends are not among them."""


def tokens_of(text: str) -> list[Token]:
    """Split a text; the texts of all tokens, joined, are the text again."""
    tokens, line = [], 1
    for match in _TOKEN.finditer(text):
        tokens.append(Token(match.lastgroup or "sign", match.group(), line))
        line += match.group().count("\n")
    return tokens


def statements(tokens: list[Token]) -> Iterator[Statement]:
    """Return the statements in order: a logical line has several where `;` or the colon of a block divides it."""
    found: Statement = []
    depth = lambdas = 0
    for token in tokens:
        if token.kind in ("space", "comment") or (token.kind == "newline" and depth > 0):
            continue
        depth = max(0, depth + (token.text in _OPENING) - (token.text in _CLOSING))
        lambdas += token.text == "lambda"
        ends = token.kind == "newline" or (token.text == ";" and not depth)
        if not ends:
            found.append(token)
        if token.text == ":" and not depth:
            ends, lambdas = not lambdas and found[0].text in _BLOCKS, max(0, lambdas - 1)
        if ends:
            if found:
                yield found
            found, lambdas = [], 0
    if found:
        yield found


def split(tokens: Statement, sign: str) -> list[Statement]:
    """Split tokens at a sign that stands in no bracket."""
    parts: list[Statement] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if token.text == sign and depth == 0:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def closing(tokens: Statement, start: int) -> int:
    """Return the place of the bracket that closes the one at `start`; the last place where none does."""
    depth = 0
    for place in range(start, len(tokens)):
        depth += (tokens[place].text in _OPENING) - (tokens[place].text in _CLOSING)
        if depth == 0:
            return place
    return len(tokens) - 1
