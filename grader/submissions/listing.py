"""The submissions of a class: one for each child of a folder."""

import hashlib
import os
from collections import Counter
from pathlib import Path

from grader.submissions.model import Unreadable
from grader.submissions.naming import display_name, is_hidden, without_ending
from grader.submissions.regular import why

NOT_HANDED_IN = frozenset({"__macosx", "__pycache__", "thumbs.db", "desktop.ini"})


def list_class(folder: Path, out: Path | None = None) -> tuple[tuple[str, Path], ...]:
    """Return (name, path) of every submission in the folder, in order of file name; the names are distinct.

    Each child is one, also those that turn out to be unreadable, so that no student goes missing. It is named after
    the child without its ending, with it where two would be the same. `out`, the folder for results, is none of them.

    Raises Unreadable where the folder cannot be listed.
    """
    try:
        with os.scandir(folder) as found:
            children = sorted((e.name, e.is_dir(follow_symlinks=False)) for e in found if _handed_in(e, out))
    except (OSError, ValueError) as error:
        reason = "is not a folder; --class takes the folder of all submissions"
        reason = reason if isinstance(error, NotADirectoryError) else why(error)
        raise Unreadable(f"{display_name(str(folder))} {reason}", display_name(folder.name)) from None
    names = _distinct([(raw if is_folder else without_ending(raw), raw) for raw, is_folder in children])
    return tuple((name, folder / raw) for name, (raw, _) in zip(names, children, strict=True))


def _handed_in(entry: os.DirEntry[str], out: Path | None) -> bool:
    if is_hidden(entry.name) or entry.name.casefold() in NOT_HANDED_IN:
        return False
    return out is None or os.path.realpath(entry.path) != os.path.realpath(out)


def _distinct(candidates: list[tuple[str, str]]) -> list[str]:
    """Choose a name from each (short, full) pair: the short one unless it is taken twice."""
    names = [display_name(short) for short, _ in candidates]
    full = [display_name(raw) for _, raw in candidates]
    # Twice, since a full name can meet another's short one: alice.py, alice.zip, alice.py.zip.
    for _ in range(2):
        count = Counter(names)
        names = [whole if count[name] > 1 else name for name, whole in zip(names, full, strict=True)]
    count = Counter(names)  # those still equal differ only in what is not shown
    return [_marked(name, raw) if count[name] > 1 else name for name, (_, raw) in zip(names, candidates, strict=True)]


def _marked(name: str, raw: str) -> str:
    mark = hashlib.sha256(os.fsencode(raw)).hexdigest()[:8]
    return f"{name[:70]}~{mark}"
