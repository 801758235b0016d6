"""The student's template, made from the reference and the declarations: text in, text out.

`template` makes every file and proves that no answer is in any; `stale` and `write` compare and write them.
"""

from grader.release.leak import leaks
from grader.release.markers import MarkerError, ReleaseError, solutions
from grader.release.template import FOLDER, reference_sources, template
from grader.release.tree import stale, write

__all__ = [
    "FOLDER",
    "MarkerError",
    "ReleaseError",
    "leaks",
    "reference_sources",
    "solutions",
    "stale",
    "template",
    "write",
]
