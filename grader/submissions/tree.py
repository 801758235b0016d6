"""The visible files of a folder or an archive, before any is read, and the part that belongs to the assignment."""

import re
from collections.abc import Callable, Sequence

import msgspec
from msgspec.structs import replace

from grader.submissions.naming import display_name

NEAR_THE_TOP = 3  # repository/student_template/two_layer_mlp is as deep as it is looked for


class Entry(msgspec.Struct, frozen=True):
    """A file that can be read: `read(limit)` returns its bytes or raises Refused."""

    path: str
    read: Callable[[int], bytes]


class Tree(msgspec.Struct):
    """Files and folders by their path from the top, and a note on each thing refused so far."""

    entries: list[Entry] = msgspec.field(default_factory=list)
    folders: set[str] = msgspec.field(default_factory=set)
    notes: list[str] = msgspec.field(default_factory=list)
    home: str = ""  # the folder that it was narrowed to

    def refuse(self, path: str, reason: str) -> None:
        """Leave something out, and say so."""
        self.notes.append(f"{display_name(path)} {reason}")


def part_for(tree: Tree, assignment: str, top: str, folders: Sequence[str] = ()) -> Tree:
    """Return the part of the tree that is read for `assignment`; `top` is the name of the whole.

    `folders` are regular expressions of other names that its folder goes by.

    A repository made from the template holds a folder for every assignment. Only the one so named counts, and paths
    begin below it. Two of them equally near are both read: which one was meant is not ours to guess.
    """
    homes = _homes(tree.folders, assignment.__eq__, reach=1 if top == assignment else NEAR_THE_TOP)
    if not homes and folders:
        known = re.compile("|".join(folders))
        reach = 1 if known.search(top.lower()) else NEAR_THE_TOP
        homes = _homes(tree.folders, lambda name: known.search(name.lower()), reach)
    if not homes:
        return tree
    if len(homes) == 1:
        return _below(tree, homes[0])
    name = homes[0].rpartition("/")[2]
    tree.notes.append(f"{len(homes)} folders are named {display_name(name)}; all are read, hand in one")
    return replace(tree, entries=[e for e in tree.entries if any(e.path.startswith(f"{home}/") for home in homes)])


def unwrapped(tree: Tree) -> Tree:
    """Drop the folder that zipping a folder puts around everything, unless it is a Python package."""
    tops = {entry.path.partition("/")[0] for entry in tree.entries}
    paths = {entry.path for entry in tree.entries}
    if len(tops) != 1 or tops & paths:
        return tree
    (top,) = tops
    return tree if f"{top}/__init__.py" in paths else replace(_below(tree, top), home=tree.home)


def _homes(folders: set[str], fits: Callable[[str], object], reach: int) -> list[str]:
    named = [f for f in folders if f.count("/") < reach and fits(f.rpartition("/")[2])]
    nearest = min((folder.count("/") for folder in named), default=0)
    return sorted(folder for folder in named if folder.count("/") == nearest)


def _below(tree: Tree, home: str) -> Tree:
    inside = f"{home}/"
    entries = [replace(e, path=e.path.removeprefix(inside)) for e in tree.entries if e.path.startswith(inside)]
    return replace(tree, entries=entries, home=home)
