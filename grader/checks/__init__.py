"""The claims. Each is a frozen value, one sentence of mathematics about a task, and a generator when it is called.

A check yields questions, is sent answers, and returns a verdict. It does no I/O and never calls a student's function,
so that one check runs against a confined submission, the reference, a mutant or a recording.
"""

from grader.checks.after import After
from grader.checks.chance import Thinned, ThinnedAlike
from grader.checks.forward import Value
from grader.checks.gradient import Gradient
from grader.checks.numeric import Numeric
from grader.checks.protocol import Repeatable, Unchanged
from grader.checks.seeded import Seeded
from grader.checks.shape import Shape
from grader.checks.speed import Speed

__all__ = [
    "After",
    "Gradient",
    "Numeric",
    "Repeatable",
    "Seeded",
    "Shape",
    "Speed",
    "Thinned",
    "ThinnedAlike",
    "Unchanged",
    "Value",
]
