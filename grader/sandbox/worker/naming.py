"""Which file of a submission an import means.

Students write `layers`, `.layers`, `cs231n.layers` or `hw1.layers` for the same file, and hand it in at any depth.
A name of Python's own library, or of numpy, always means that; then the file whose path ends like the name; then,
below a package that is not there (`cs231n`), the file with the last name. Files that the course gives away come last,
but for those that take the place of whatever a submission holds under their name.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterable, Iterator
from importlib.machinery import PathFinder

from .sources import Source

ROOT = "submission"
BASE = f"{ROOT}.files"
"""The package in which every file has its one true name, one level down so that `from ..x import` works at the top."""

REAL = frozenset(sys.stdlib_module_names) | {"numpy"}

_IMPORT = re.compile(r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+\(?(.*)|import[ \t]+(.*))", re.MULTILINE)


class Names:
    """The index from dotted names to paths."""

    def __init__(self, sources: Iterable[Source], replaced: Collection[str] = ()) -> None:
        readable = [source for source in sources if source.pieces or not source.error]
        readable.sort(key=lambda source: (source.given, source.is_notebook, len(source.parts), source.path))
        self._replacing = {one.parts[-1]: one.path for one in readable if one.given and one.parts[-1] in replaced}
        self._paths: dict[str, str] = {}
        self._folders: set[str] = set()
        self._true: dict[str, str] = {}
        self._name_of: dict[str, str] = {}
        for source in readable:
            self._add(source)
        self._borrowed = {head for source in readable for head in self._packages_of(source)}

    def _add(self, source: Source) -> None:
        parts = [part.replace(".", "_") for part in source.parts]
        name = f"{BASE}.{'.'.join(parts)}"
        while name in self._true:  # `layers.py` and `layers.ipynb` are two modules
            name += "_"
        self._true[name] = source.path
        self._name_of[source.path] = name
        for start in range(len(parts)):
            self._paths.setdefault(".".join(parts[start:]), source.path)
            self._folders.update(".".join(parts[start:end]) for end in range(start + 1, len(parts)))

    def _packages_of(self, source: Source) -> Iterator[str]:
        """Name the packages that a file imports its neighbours from, and that are not there."""
        for piece in source.pieces:
            for package, names, modules in _IMPORT.findall(piece.read()):
                dotted = [f"{package}.{name}" for name in _first_words(names)] if package else _first_words(modules)
                for name in [package, *dotted]:
                    head, _, rest = name.partition(".")
                    if head and rest.rpartition(".")[2] in self._paths:
                        yield head

    def true_name(self, path: str) -> str:
        """Return the one name under which a file is loaded."""
        return self._name_of[path]

    def shown_name(self, path: str) -> str:
        """Return the name that the author knows a file by, where it is a plain one and nothing else has it."""
        last = self._name_of[path].rpartition(".")[2]
        top = self._name_of[path] == f"{BASE}.{last}" and self._paths.get(last) == path
        return last if top and last not in REAL else self._name_of[path]

    def path(self, name: str) -> str | None:
        """Return the file that a dotted name means, or None."""
        inner = _inside(name)
        if inner is None and name.partition(".")[0] in REAL:
            return None
        wanted = name if inner is None else inner
        parent, _, last = wanted.rpartition(".")
        if last in self._replacing:
            return self._replacing[last]
        if name in self._true:
            return self._true[name]
        if wanted in self._paths:
            return self._paths[wanted]
        return self._paths.get(last) if inner is not None or (parent and self.is_package(parent)) else None

    def is_package(self, name: str) -> bool:
        """Whether a name that is no file stands for a folder, or for a package that the files think they are in."""
        inner = _inside(name)
        if inner is not None:
            return not inner or inner in self._folders
        head = name.partition(".")[0]
        if head in REAL:
            return False
        return name in self._folders or (head in self._borrowed and PathFinder.find_spec(head) is None)


def _first_words(names: str) -> list[str]:
    """Split `a as b, c` into a and c."""
    return [part.split()[0].strip("();") for part in names.split(",") if part.strip()]


def _inside(name: str) -> str | None:
    """Take the root package off a name: "" for the root itself, None for a name outside it."""
    for root in (BASE, ROOT):
        if name == root:
            return ""
        if name.startswith(f"{root}."):
            return name[len(root) + 1 :]
    return None
