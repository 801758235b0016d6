"""Templates that were compiled before, kept where Python keeps its own compiled modules.

To compile the page takes longer than to fill it in. What is kept is bound to the template's text, to the versions of
Python and jinja2, and to the module that sets the templates up; where nothing can be written, nothing is kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import sys
from pathlib import Path

from jinja2 import FileSystemBytecodeCache, __version__
from jinja2.bccache import Bucket


class _Quiet(FileSystemBytecodeCache):
    """Keeps what it can: a folder that cannot be written to, or is not there, costs time and nothing else."""

    def load_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if not sys.dont_write_bytecode:  # what is there is read all the same, as Python does with its modules
            with contextlib.suppress(OSError):
                super().dump_bytecode(bucket)


def kept(setter: str) -> FileSystemBytecodeCache | None:
    """Return the templates compiled for the module `setter`, a path; None where Python has no place for bytecode."""
    if not sys.implementation.cache_tag:
        return None
    settings = hashlib.sha256(__version__.encode() + Path(setter).read_bytes()).hexdigest()[:16]
    return _Quiet(str(Path(importlib.util.cache_from_source(setter)).parent), f"page-{settings}-%s.jinja")
