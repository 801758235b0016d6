"""Where the answers stand in a source: between `# BEGIN SOLUTION` and `# END SOLUTION`, each on a line of its own.

Markers are comments as Python's tokenizer sees them, so that a string or a sentence that mentions one is none; the
nbgrader spelling with more than one # is read, too.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize

import msgspec

MARKER = re.compile(r"#+\s*(BEGIN|END) SOLUTION\s*")


class ReleaseError(Exception):
    """A fault of the course that keeps the template from being made; one line for the instructor."""


class MarkerError(ReleaseError):
    """A solution that is not marked as it must be: `<file>:<line>: <what>; <what was expected>`."""


class Region(msgspec.Struct, frozen=True):
    """The lines of one solution, markers included, counted from 1."""

    begin: int
    end: int

    def starts_in(self, node: ast.stmt) -> bool:
        """Whether the region begins in `node`, below its first line."""
        return node.lineno < self.begin <= (node.end_lineno or node.lineno)

    def around(self, node: ast.stmt) -> bool:
        """Whether all of `node` is in the region."""
        return self.begin < node.lineno and (node.end_lineno or node.lineno) < self.end


def solutions(path: str, source: str) -> tuple[Region, ...]:
    """Find every marked region of a source; `path` is for messages.

    Raises `MarkerError` for a marker without its partner, a nested one, one beside code, and a region that begins in
    one function and ends in another.
    """
    tree = parse(path, source)
    regions, opened = [], 0
    for line, kind in _markers(path, source):
        if kind == "BEGIN" and opened:
            raise MarkerError(f"{path}:{line}: # BEGIN SOLUTION is inside the one of line {opened}; end that one first")
        if kind == "END" and not opened:
            raise MarkerError(f"{path}:{line}: # END SOLUTION has no # BEGIN SOLUTION before it; add or remove one")
        if kind == "END":
            regions.append(Region(opened, line))
        opened = line if kind == "BEGIN" else 0
    if opened:
        raise MarkerError(f"{path}:{opened}: # BEGIN SOLUTION has no # END SOLUTION after it; add one")
    _refuse_straddling(path, tree, regions)
    return tuple(regions)


def parse(path: str, source: str) -> ast.Module:
    """Parse a source of the course. Raises `MarkerError` with file and line where it is no Python."""
    try:
        return ast.parse(source)
    except SyntaxError as error:
        raise MarkerError(f"{path}:{error.lineno}: {error.msg}; expected Python") from None


def _markers(path: str, source: str) -> list[tuple[int, str]]:
    found = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        match = MARKER.fullmatch(token.string) if token.type == tokenize.COMMENT else None
        if match is None:
            continue
        line = token.start[0]
        if token.line[: token.start[1]].strip():
            raise MarkerError(f"{path}:{line}: {token.string.strip()} stands beside code; give it a line of its own")
        found.append((line, match[1]))
    return found


def _refuse_straddling(path: str, tree: ast.Module, regions: list[Region]) -> None:
    """The last marker of a function is a comment, which Python's parser counts to no statement."""
    for region in regions:
        home = [node for node in tree.body if region.starts_in(node)]
        touched = [node for node in tree.body if region.begin < node.lineno <= region.end]
        if (home and touched) or not all(region.around(node) for node in touched):
            what = "the solution does not begin and end in the same function or between two of them"
            raise MarkerError(f"{path}:{region.begin}: {what}; move its markers")


def marked(path: str, function: ast.FunctionDef, regions: tuple[Region, ...]) -> None:
    """Refuse a function whose answer is not marked: nothing would prove that it does not leak."""
    if not any(region.starts_in(function) for region in regions):
        what = f"{function.name} has no # BEGIN SOLUTION and # END SOLUTION"
        raise MarkerError(f"{path}:{function.lineno}: {what}; put them around its answer")
