"""From a path to a Submission: find what kind it is, list it, narrow it to the assignment, read it."""

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from grader.submissions import limits
from grader.submissions.archive import archive_tree
from grader.submissions.folder import folder_tree, home_of
from grader.submissions.model import Refused, SourceFile, Submission, Unreadable, digest
from grader.submissions.naming import ARCHIVES, SOURCES, display_name, ending, storable, without_ending
from grader.submissions.regular import lstat, oddity, read_regular, why
from grader.submissions.tree import Entry, Tree, part_for, unwrapped

EXPECTED = "a .py file, an .ipynb notebook, a folder of them or a zip of such a folder is expected"
EMPTY = "is empty; hand in the file with your work in it"


def read_submission(
    path: Path,
    assignment: str,
    name: str | None = None,
    *,
    follow_link: bool | None = None,
    folders: Sequence[str] = (),
) -> Submission:
    """Read one submission into memory: a .py file, a notebook, a folder of them, or a zip of such a folder.

    `name` is the one given by `list_class`; without it, it is taken from the path. A path that somebody typed may be
    a link, one found in a class folder may not: by default, a link is followed only where no name is given. `folders`
    are regular expressions of further names that the assignment's folder goes by.

    Raises Unreadable, in one line, where there is nothing to grade.
    """
    given = os.path.basename(os.path.abspath(str(path).replace("\0", "")))  # "." has a name, too
    try:
        target = _target(path, follow=name is None if follow_link is None else follow_link)
        name = name or display_name(given if _is_folder(target) else without_ending(given))
        files, notes = _sources(target, given, assignment, folders)
    except Refused as refusal:
        where = given if os.path.lexists(path) else str(path)
        raise Unreadable(f"{display_name(where)} {refusal}", name or display_name(without_ending(given))) from None
    return Submission(name, files, _bounded(notes), digest(files))


def _target(path: Path, follow: bool) -> Path:
    try:
        return Path(os.path.realpath(path, strict=True)) if follow else path
    except (OSError, ValueError) as error:
        raise Refused(why(error)) from None


def _is_folder(target: Path) -> bool:
    return stat.S_ISDIR(lstat(target).st_mode)


def _sources(
    target: Path, given: str, assignment: str, folders: Sequence[str]
) -> tuple[tuple[SourceFile, ...], list[str]]:
    """Return files and notes. `given` is the name that was asked for, which for a link is not the target's."""
    if odd := oddity(lstat(target)):
        raise Refused(odd)
    if not _is_folder(target):
        for name in (target.name, given):  # a link may have the ending that its target lacks
            if ending(name) in SOURCES:
                return _alone(SourceFile(storable(name), read_regular(target, limits.size_limit(name)))), []
    tree = _tree(target, given, assignment, folders)
    return _nonempty(_read(tree), tree), tree.notes


def _tree(target: Path, given: str, assignment: str, folders: Sequence[str]) -> Tree:
    if _is_folder(target):
        home = home_of(target, assignment)
        tree = folder_tree(home)
        return part_for(tree, assignment, target.name, folders) if home == target else replace(tree, home=assignment)
    if ".zip" not in (ending(target.name), ending(given)):
        raise Refused(f"is not a submission; {EXPECTED}" + ", unpack it" * (ending(given) in ARCHIVES))
    tree = archive_tree(read_regular(target, limits.ARCHIVE_BYTES))
    return unwrapped(part_for(tree, assignment, without_ending(target.name), folders))


def _alone(file: SourceFile) -> tuple[SourceFile, ...]:
    if not file.content.strip():
        raise Refused(EMPTY)
    return (file,)


def _read(tree: Tree) -> tuple[SourceFile, ...]:
    if len(tree.entries) > limits.FILES:
        raise Refused(f"holds {len(tree.entries):,} files; at most {limits.FILES:,} are looked at, leave out data")
    files = []
    left = limits.TOTAL_BYTES
    for entry in sorted(tree.entries, key=lambda entry: entry.path):
        if ending(entry.path) in ARCHIVES:
            tree.refuse(entry.path, "is an archive inside the submission; hand in the files themselves")
        elif ending(entry.path) in SOURCES:
            file, cost = _attempt(entry, tree)
            files += [file] if file else []
            left -= cost
        if left < 0:
            raise Refused(f"holds more than {limits.in_mb(limits.TOTAL_BYTES)} of Python; clear the notebooks' outputs")
    return tuple(files)


def _attempt(entry: Entry, tree: Tree) -> tuple[SourceFile | None, int]:
    try:
        content = entry.read(limits.size_limit(entry.path))
    except Refused as refusal:
        tree.refuse(entry.path, str(refusal))
        return None, refusal.cost
    return SourceFile(entry.path, content), len(content)


def _nonempty(files: tuple[SourceFile, ...], tree: Tree) -> tuple[SourceFile, ...]:
    where = f" in its folder {display_name(tree.home)}" if tree.home else ""
    if not files and tree.notes:
        more = f" (and {len(tree.notes) - 1:,} more)" if len(tree.notes) > 1 else ""
        raise Refused(f"holds no Python that can be read{where}; {tree.notes[0]}{more}")
    if not files:
        raise Refused(f"holds no Python{where}; .py files or .ipynb notebooks are expected")
    if not any(file.content.strip() for file in files):
        raise Refused(EMPTY)
    return files


def _bounded(notes: list[str]) -> tuple[str, ...]:
    if len(notes) <= limits.NOTES:
        return tuple(notes)
    return (*notes[: limits.NOTES], f"{len(notes) - limits.NOTES:,} more were refused for reasons of the same kinds")
