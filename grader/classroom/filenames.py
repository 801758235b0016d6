"""From the name of a submission, which a student chose, to the name of a file."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

RUN = "run.json"
GRADES = "grades.csv"

_BYTES = 120  # of a name; file systems allow 255, and the temporary file and a hash want some
_UNSAFE = re.compile(r"[^\w.@+-]")
_EDGES = re.compile(r"^[.+@-]+|\.+$")  # hidden, an option, a formula; Windows drops dots at the end
_HASHED = re.compile(r"-[0-9a-f]{16}$")
_RESERVED = re.compile(r"run|grades|con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]", re.IGNORECASE)


def file_names(submissions: Sequence[str]) -> list[str]:
    """Name a file for each submission, in their order: different ones for all, the same ones whatever their order.

    A name that is safe as it is stays; one that is not, that a file system could mistake for another of the class, or
    that looks as if it had been given one, gets 16 hex digits of its SHA-256.
    """
    stems = [_stem(name) for name in submissions]
    alike = Counter(map(_folded, stems))
    seen: Counter[str] = Counter()
    named = []
    for name, stem in zip(submissions, stems, strict=True):
        plain = stem == name and alike[_folded(stem)] == 1 and not _taken(stem)
        named.append(f"{stem if plain else f'{stem}-{_hash(name, seen[name])}'}.json")
        seen[name] += 1
    return named


def _stem(name: str) -> str:
    stem = _EDGES.sub("_", _UNSAFE.sub("_", unicodedata.normalize("NFC", name))) or "_"
    return stem.encode()[:_BYTES].decode(errors="ignore")


def _taken(stem: str) -> bool:
    """Whether a name belongs to us, to Windows, or to another submission whose name was hashed."""
    return bool(_RESERVED.fullmatch(stem.partition(".")[0]) or _HASHED.search(stem))


def _folded(stem: str) -> str:
    """What two names share that a file system may take for one."""
    return unicodedata.normalize("NFKC", stem).casefold()


def _hash(name: str, before: int) -> str:
    """Sixteen hex digits of a name; `before` counts the earlier submissions of the very same name."""
    content = name.encode("utf-8", "surrogatepass") + b"\0" + str(before or "").encode()
    return hashlib.sha256(content).hexdigest()[:16]
