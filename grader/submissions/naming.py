"""Names that strangers chose: which are looked at, which are refused, and how any is shown."""

import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

from grader.submissions import limits

SOURCES = frozenset({".py", ".ipynb"})
ARCHIVES = frozenset({".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".7z", ".rar"})
# Beside hidden ones. Compared without case, as macOS and Windows do.
SKIPPED_FOLDERS = frozenset({"__macosx", "__pycache__", "node_modules", "site-packages", "tests", "venv", "virtualenv"})

WIDTH, HEAD, TAIL = 80, 50, 29  # the ellipsis takes the one left over
EMBEDDINGS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # these reorder the text around
UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # controls, formats, surrogates, line and paragraph ends


def ending(name: str) -> str:
    """Return the ending of a file name in lower case, with its dot: ".py" for "HW.PY"."""
    return PurePosixPath(name).suffix.lower()


def without_ending(name: str) -> str:
    """Return a file's name without its last ending; a name that is nothing but an ending stays."""
    return PurePosixPath(name).stem


def display_name(raw: str) -> str:
    r"""Return `raw` fit to be shown on one line of at most 80 characters; never empty.

    Controls, direction marks and line ends are written out (`\x1b`, `\u202e`), bytes that are not UTF-8 as `\xNN`.
    A long name loses its middle, because what tells students apart stands at either end.
    """
    marks = [_shown(character) for character in raw]
    if not "".join(marks).strip():
        return "unnamed"
    if sum(map(len, marks)) <= WIDTH:
        return "".join(marks)
    tail = _fitting(reversed(marks), TAIL)
    return "".join([*_fitting(marks, HEAD), "…", *reversed(tail)])


def storable(path: str) -> str:
    r"""Return `path` with controls, and bytes that were not UTF-8, written out (`\xNN`): it can be sent and stored."""
    return "".join(_shown(c) if _misleads(c) or unicodedata.category(c) == "Cs" else c for c in path)


def bad_name(path: str) -> str | None:
    """Say what no path inside an honest submission has, or None."""
    parts = path.split("/")
    if path.startswith("/") or (path[1:2] == ":" and path[0].isalpha()):
        return "has an absolute path; paths inside a submission are relative"
    if ".." in parts:
        return "climbs out of the submission by '..'; it was not read"
    if "\\" in path:
        return "has a backslash in its name; folders are separated by '/'"
    if any(map(_misleads, path)):
        return "has control characters in its name; it was not read"
    return None


def long_name(path: str) -> str | None:
    """Say that a path is too long or too deep, or None."""
    if len(path) > limits.PATH_CHARACTERS:
        return f"has a path of {len(path)} characters; at most {limits.PATH_CHARACTERS} are read"
    if path.count("/") >= limits.DEPTH:
        return f"lies too deep; at most {limits.DEPTH} levels are read"
    return None


def is_hidden(name: str) -> bool:
    """Whether file managers hide it: `.git`, `.ipynb_checkpoints`, and the `._x.py` that macOS leaves in a zip."""
    return name.startswith(".") and name not in (".", "..")


def is_skipped_folder(name: str) -> bool:
    """Whether a folder holds no work of the student's: hidden ones, environments, caches, tests."""
    return is_hidden(name) or name.casefold() in SKIPPED_FOLDERS


def _shown(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # how Python keeps a byte of a file name that is not UTF-8
        return f"\\x{code - 0xDC00:02x}"
    if unicodedata.category(character) in UNPRINTABLE or code & 0xFFFE == 0xFFFE:
        return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
    return character


def _misleads(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Zl", "Zp") or character in EMBEDDINGS


def _fitting(marks: Iterable[str], width: int) -> list[str]:
    kept: list[str] = []
    for mark in marks:
        width -= len(mark)
        if width < 0:
            break
        kept.append(mark)
    return kept
