"""The layers that courses teach beyond a perceptron, declared as one assignment: the engine's own proving ground.

Every rule for choosing inputs is a case somewhere in here: distinct primes, all sizes equal, one example, absent and
repeated labels, large scores, penalties of 0 and 30, tiny variances, strides that overlap, touch and leave gaps.
"""

from assignments.mistakes.layers import with_mistakes
from grader.model import Assignment, decimal
from tests.engine.layers import dropout, images, linear, norms, optimizers, sequences

TASKS = with_mistakes((*linear.TASKS, *norms.TASKS, *dropout.TASKS, *images.TASKS, *sequences.TASKS, *optimizers.TASKS))

ASSIGNMENT = Assignment(
    name="layers",
    title="Layers of every kind",
    points=decimal(sum(task.points for task in TASKS)),
    equations={},
    tasks=TASKS,
)
