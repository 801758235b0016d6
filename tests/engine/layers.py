"""The layers of CS231n, as the course's assignments declare them, in one: the engine's own proving ground.

Every rule for choosing inputs is a case somewhere in here: distinct primes, all sizes equal, one example, absent and
repeated labels, large scores, penalties of 0 and 30, tiny variances, strides that overlap, touch and leave gaps.
"""

from assignments.cs231n import dropout, images, linear, norms, optimizers, recurrent, spatial, words
from assignments.mistakes.layers import with_mistakes
from grader.model import Assignment, decimal

TASKS = with_mistakes(
    (
        *linear.TASKS,
        *norms.TASKS,
        *dropout.TASKS,
        *images.TASKS,
        *spatial.TASKS,
        *recurrent.TASKS,
        *words.WORDS,
        *words.GIVEN,
        *optimizers.TASKS,
    )
)

ASSIGNMENT = Assignment(
    name="layers",
    title="Layers of every kind",
    points=decimal(sum(task.points for task in TASKS)),
    equations={identifier: "" for task in TASKS for identifier in task.equations},
    tasks=TASKS,
)
