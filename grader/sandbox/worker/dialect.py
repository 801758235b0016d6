"""Rewrites the syntax of Python 2 that Python 3 cannot parse. Every line stays on its line.

Each rule edits the texts of tokens, and says in a word what it has done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .lexer import Statement, Token, closing, split, statements, tokens_of

Change = tuple[str, int]
"""What was rewritten ("xrange → range"), and the line."""

TABS = "tabs → spaces"


def modern(text: str, tab: int = 8) -> tuple[str, list[Change]]:
    """Rewrite a whole text; `tab` is how far tabs reach where they indent (8 in Python 2)."""
    tokens = tokens_of(text)
    changes = [*_indentation(tokens, tab), *_literals(tokens)]
    function = any(token.text == "print_function" for token in tokens)
    for statement in list(statements(tokens)):
        for rule in _RULES:
            if not (function and rule is _print):
                changes += [(what, statement[0].line) for what in rule(statement)]
    return "".join(token.text for token in tokens), changes


def _indentation(tokens: list[Token], tab: int) -> Iterator[Change]:
    fresh = True
    for token in tokens:
        if fresh and token.kind == "space" and "\t" in token.text:
            token.text = token.text.expandtabs(tab)
            yield TABS, token.line
        fresh = token.kind == "newline"


def _literals(tokens: list[Token]) -> Iterator[Change]:
    inside = False
    for token in tokens:
        if token.kind == "number":
            yield from _number(token)
        elif token.kind == "string" and token.text[:2].lower() == "ur":
            token.text = token.text[1:]
            yield 'ur"" → r""', token.line
        elif token.text == "<>":
            token.text = "!="
            yield "<> → !=", token.line
        elif token.text == "`":
            token.text, inside = ")" if inside else "repr(", not inside
            yield "`…` → repr(…)", token.line


def _number(token: Token) -> Iterator[Change]:
    if token.text[-1] in "lL":
        token.text = token.text[:-1]
        yield "long integers → integers", token.line
    if token.text.isdigit() and token.text.startswith("0") and token.text.strip("0"):
        token.text = f"0o{token.text[1:]}"
        yield "octal 0… → 0o…", token.line


def _print(statement: Statement) -> Iterator[str]:
    head, *rest = statement
    if head.text != "print" or (rest and rest[0].text in ("=", ".", ",", "[")):
        return
    if rest and rest[0].text == "(" and closing(rest, 0) == len(rest) - 1:
        return  # a pair of brackets around everything: a call already, as far as anybody can see
    yield "print statement → print()"
    if not rest:
        head.text = "print()"
    elif rest[0].text == ">>":
        _print_to(head, rest)
    else:
        head.text = "print("
        _close(rest, ", end=' ')" if rest[-1].text == "," else ")")


def _print_to(head: Token, rest: Statement) -> None:
    """Rewrite `print >>file, x, y`."""
    file, *shown = split(rest[1:], ",")
    where = "".join(token.text for token in file)
    for token in (rest[0], *file):
        token.text = ""
    head.text = "print("
    if shown:
        next(token for token in rest if token.text == ",").text = ""
    _close(rest, f"{', ' if any(shown) else ''}file={where})")


def _close(tokens: Statement, end: str) -> None:
    if tokens[-1].text == ",":
        tokens[-1].text = ""
    tokens[-1].text += end


def _except(statement: Statement) -> Iterator[str]:
    if statement[0].text != "except" or statement[-1].text != ":":
        return
    parts = split(statement[1:-1], ",")
    if len(parts) == 2 and len(parts[1]) == 1:
        comma = statement[1 + len(parts[0])]
        comma.text = " as"
        yield "except X, e → except X as e"


def _raise(statement: Statement) -> Iterator[str]:
    if statement[0].text != "raise":
        return
    parts = split(statement[1:], ",")
    if len(parts) in (2, 3) and all(parts):
        statement[1 + len(parts[0])].text = "("
        for token in statement[2 + len(parts[0]) + len(parts[1]) :]:  # a traceback has no place any more
            token.text = ""
        parts[1][-1].text += ")"
        yield "raise X, text → raise X(text)"


def _exec(statement: Statement) -> Iterator[str]:
    if statement[0].text != "exec" or len(statement) < 2 or statement[1].text in ("(", "="):
        return
    for token in statement[1:]:
        if token.text == "in":
            token.text = ","
    statement[0].text = "exec("
    statement[-1].text += ")"
    yield "exec statement → exec()"


def _lambda(statement: Statement) -> Iterator[str]:
    for place, token in enumerate(statement[:-1]):
        if token.text == "lambda" and statement[place + 1].text == "(":
            end = closing(statement, place + 1)
            if end + 1 < len(statement) and statement[end + 1].text == ":":
                _unpack(statement, place, end)
                yield "lambda (a, b) → lambda pair"


def _unpack(statement: Statement, place: int, end: int) -> None:
    """Rewrite `lambda (a, b): body`, whose brackets stand at place + 1 and `end`."""
    body = split(statement[end + 2 :], ",")[0]
    depth = 0
    for last, token in enumerate(body):
        depth += (token.text in "([{") - (token.text in ")]}")
        if depth < 0:
            body = body[:last]
            break
    statement[place].text = "lambda _pair: (lambda"
    statement[place + 1].text, statement[end].text = " ", ""
    if body:
        body[-1].text += ")(*_pair)"


_RULES: tuple[Callable[[Statement], Iterator[str]], ...] = (_print, _except, _raise, _exec, _lambda)
