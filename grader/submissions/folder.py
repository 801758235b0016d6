"""List a folder that a student handed in, within bounds and without following a link."""

import os
import stat
from functools import partial
from itertools import islice
from pathlib import Path

from grader.submissions import limits
from grader.submissions.model import Refused
from grader.submissions.naming import bad_name, is_hidden, is_skipped_folder, long_name, storable
from grader.submissions.regular import lstat, oddity, read_regular, why
from grader.submissions.tree import Entry, Tree


def folder_tree(root: Path) -> Tree:
    """Return the visible files below `root`. Raises Refused for a folder that cannot be listed or is too large."""
    tree = Tree()
    seen = 0
    pending = [""]
    while pending:
        folder = pending.pop()
        names = _names(root, folder, tree)
        seen += len(names)
        if seen > limits.ENTRIES:
            raise Refused(f"holds more than {limits.ENTRIES:,} files; hand in the folder of the assignment alone")
        if folder and "pyvenv.cfg" in names:  # an environment, whatever its name
            continue
        below = (_visit(root, f"{folder}/{name}" if folder else name, tree) for name in names)
        pending += [path for path in below if path]
    return tree


def home_of(root: Path, assignment: str) -> Path:
    """Return the folder named like the assignment right below `root`, else `root`: no need to walk its neighbours."""
    try:
        return root / assignment if stat.S_ISDIR(os.lstat(root / assignment).st_mode) else root
    except (OSError, ValueError):
        return root


def _names(root: Path, folder: str, tree: Tree) -> list[str]:
    try:
        with os.scandir(root / folder) as entries:
            return sorted(entry.name for entry in islice(entries, limits.ENTRIES + 1))
    except OSError as error:
        if not folder:
            raise Refused(why(error)) from None
        tree.refuse(folder, why(error))
        return []


def _visit(root: Path, path: str, tree: Tree) -> str | None:
    """Add a file to the tree; return the path of a folder that is to be listed in its turn."""
    name = path.rpartition("/")[2]
    if is_hidden(name):
        return None
    try:
        status = lstat(root / path)
    except Refused as refusal:
        tree.refuse(path, str(refusal))
        return None
    is_folder = stat.S_ISDIR(status.st_mode)
    if is_folder and is_skipped_folder(name):
        return None
    if reason := oddity(status) or bad_name(path) or long_name(path):
        tree.refuse(path, reason)
        return None
    if is_folder:
        tree.folders.add(storable(path))
        return path
    tree.entries.append(Entry(storable(path), partial(read_regular, root / path)))
    return None
