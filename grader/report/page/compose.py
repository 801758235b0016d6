"""From a result document to a page: what stands on it, and the template that lays it out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from grader.document import Document
from grader.report import bugs, card, safe, summary
from grader.report.card import Card
from grader.report.page.source import Excerpt, Finder

if TYPE_CHECKING:
    from jinja2 import Template

    from grader.diagnosis.entry import Entry
    from grader.report.page.drawing import Drawing

NEEDED = ("jinja2", "latex2mathml")
EXTRA = "pip install 'gradient-grader[html]'"


class Missing(RuntimeError):
    """The extra is not installed."""


class Course(msgspec.Struct, frozen=True):
    """What a page says beyond the document: the assignment's title, its equations in words and in LaTeX, its hints."""

    title: str = ""
    equations: Mapping[str, str] = msgspec.field(default_factory=dict)
    latex: Mapping[str, str] = msgspec.field(default_factory=dict)
    hints: str | int | float = "free"


class Item(msgspec.Struct, frozen=True):
    """One thing to fix: the checks, its mistake in the catalogue, the array, and the code in question.

    `begins` says that it is the first thing in its task; code and equations are shown there, and not again.
    """

    number: int
    bug: bugs.Bug
    entry: Entry | None
    card: Card | None
    drawing: Drawing | None
    excerpt: Excerpt | None
    begins: bool = True

    @property
    def likely(self) -> bool:
        """Whether the name fits the numbers, but not alone or not wholly."""
        return self.bug.check.evidence.get("confidence") == "likely"


def missing() -> list[str]:
    """The libraries that pages need and that are not there."""
    return [name for name in NEEDED if util.find_spec(name) is None]


def warm_up() -> None:
    """Have the templates at hand before there is a result: compiled, and kept where that is possible."""
    if not missing():
        _template()


def compose(document: Document, course: Course, finder: Finder | None = None) -> bytes:
    """Write the page of a submission. Raises `Missing` where the extra is not installed."""
    absent = missing()
    if absent:
        raise Missing(f"{' and '.join(absent)} {'are' if len(absent) > 1 else 'is'} not installed; {EXTRA}")
    page = _template().render(
        document=document,
        course=course,
        items=_items(document, finder),
        blocked=bugs.blocked(document),
        warned=_warned(document),
        share=summary.share(document),
        student=document.audience == "student",
    )
    return page.encode("utf-8", "replace")


def _items(document: Document, finder: Finder | None) -> list[Item]:
    from grader.report.page.drawing import draw

    items: list[Item] = []
    seen: set[str] = set()
    for number, bug in enumerate(bugs.bugs(document), 1):
        begins = bug.task.name not in seen
        seen.add(bug.task.name)
        shown = next((drawn for _, check in bug.lost if (drawn := card.read(check)) and drawn.map), None)
        name = bug.check.diagnosis.id if bug.check.diagnosis else ""
        excerpt = finder.find(bug.task.name) if finder and begins and bug.status not in ("absent", "error") else None
        items.append(Item(number, bug, _entry(name), shown, draw(shown) if shown else None, excerpt, begins))
    return items


def _entry(name: str) -> Entry | None:
    if not name:
        return None
    from grader.diagnosis.catalogue import CATALOGUE  # a page of right answers names no mistake

    return CATALOGUE.get(name)


def _warned(document: Document) -> list[tuple[str, summary.Alike]]:
    return [
        (task.name, group)
        for task in document.tasks
        for group in summary.alike([check for check in task.checks if check.status == "warn"])
    ]


def _inert(value: Any) -> Any:
    """Write out what cannot be seen in whatever is set into the page; jinja2 escapes it after that."""
    return _seen(value) if type(value) is str else value


_seen = lru_cache(maxsize=1024)(safe.plain)
"""Of one page to the next most texts are the same: names, points, signs."""


@cache
def _template() -> Template:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    from grader.report.card import LEGEND
    from grader.report.page import compiled, mathematics
    from grader.report.symbols import Symbols

    files = Path(__file__).parent
    environment = Environment(
        loader=FunctionLoader(lambda name: files.joinpath(name).read_text("utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_inert,
        bytecode_cache=compiled.kept(__file__),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "mathml": mathematics.mathml,
        "prose": mathematics.prose,
        "percent": summary.percent,
        "worst": summary.worst,
        "standing": summary.standing,
        "mark": Symbols().mark,
    }
    environment.globals |= {"fraction": summary.fraction, "legend": LEGEND, "next_steps": NEXT}
    for part in ("parts.html", "page.css"):
        environment.get_template(part)
    return environment.get_template("page.html")


NEXT: dict[str, Any] = {
    "absent": "Write the function where the template has its stub; the handout derives what it computes.",
    "raised": "Call the function on a small input of the shapes in the handout, and read the traceback from its end.",
    "timeout": "Look for a loop that never ends, or for one that runs over every entry of a large array.",
    "crashed": "Take out whatever ends Python, such as exit().",
    "memory": "Look for an array that is far larger than the inputs.",
    "flood": "Take the prints out of the function.",
    "violation": "Leave the process and its streams alone; a function has only to compute and to return.",
    "error": "This is not the student's fault; an instructor has to look at it.",
    "fail": "Work the worked example of this function by hand, and compare step by step with what the code holds.",
}
