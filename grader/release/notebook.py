"""The handout as a notebook: its sections as text, each followed by the stubs of the functions that it asks for."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import nbformat

from grader.release.handout import Section
from grader.release.stubs import NUMPY

V4: Any = nbformat.v4
"""The builders of cells, which carry no types."""

MINOR = 5
"""The first format in which cells have ids; written down, so that a newer library gives the same bytes."""

START = (
    "Work through the text with paper and pencil, and fill in each function under the section that asks for it. "
    "Hand in this notebook or the `.py` files, whichever you worked in. When the notebook is saved, `grader check` in "
    "its folder says what to repair first."
)


def notebook(name: str, sections: Sequence[Section], stubs: Mapping[str, str]) -> str:
    """Write the notebook of assignment `name` as JSON; `stubs` maps each function to its source.

    The id of a cell is a hash of what it is for, so that equal handouts give equal bytes.
    """
    first, *rest = sections
    cells = [_text(name, first.title, first.text), _text(name, "start", START), _code(name, "imports", NUMPY)]
    cells += [_code(name, asked, stubs[asked]) for asked in first.asks]
    for section in rest:
        cells.append(_text(name, section.title, section.text))
        cells += [_code(name, asked, stubs[asked]) for asked in section.asks]
    made = V4.new_notebook(cells=cells, metadata=_metadata(), nbformat_minor=MINOR)
    nbformat.validate(made)
    return str(V4.writes(made)).rstrip("\n") + "\n"


def _metadata() -> dict[str, Any]:
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"kernelspec": kernel, "language_info": {"name": "python"}}


def _text(name: str, what: str, source: str) -> Any:
    return V4.new_markdown_cell(source, id=_identify(name, "text", what))


def _code(name: str, what: str, source: str) -> Any:
    return V4.new_code_cell(source, id=_identify(name, "code", what))


def _identify(*names: str) -> str:
    return hashlib.sha256("\0".join(names).encode()).hexdigest()[:16]
