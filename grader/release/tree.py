"""The template on disk: what differs from what would be written, and the writing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from grader import public
from grader.release.template import FOLDER

SKIPPED = {"__pycache__", ".ipynb_checkpoints", ".pytest_cache"}
"""What other programs leave behind when somebody tries the template out."""


def stale(root: Path, files: Mapping[str, str], whole: bool = False) -> list[str]:
    """Say in one line each which files under `root` are not what would be written.

    Files that nothing generates are named, too, in the folders of the assignments given; with `whole`, in all of the
    template.
    """
    wrong = [
        f"{path} {_fault(root / path)}; run make release" for path in files if not _current(root / path, files[path])
    ]
    strays = [path for path in _present(root, files, whole) if path not in files]
    return wrong + [f"{path} is not generated; delete it" for path in strays]


def write(root: Path, files: Mapping[str, str]) -> list[str]:
    """Write what is stale, and return the paths written."""
    written = [path for path, text in files.items() if not _current(root / path, text)]
    for path in written:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(files[path].encode())
    return written


def _fault(path: Path) -> str:
    return "is stale" if path.exists() else "is missing"


def _current(path: Path, text: str) -> bool:
    """Byte for byte; but another processor's last digits in `public.json` are no reason to write it again."""
    try:
        there = path.read_bytes()
    except OSError:
        return False
    return there == text.encode() or (path.name == "public.json" and public.equivalent(there, text.encode()))


def _present(root: Path, files: Mapping[str, str], whole: bool) -> Iterator[str]:
    owned = {FOLDER} if whole else {str(PurePosixPath(*PurePosixPath(path).parts[:2])) for path in files}
    for folder in sorted(owned):
        for path in sorted((root / folder).rglob("*")):
            inner = path.relative_to(root)
            if path.is_file() and not SKIPPED & set(inner.parts):
                yield inner.as_posix()
