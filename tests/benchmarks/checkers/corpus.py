"""The mutants, and the small case of each task: N = 4, D = 5, C = 3, as gradients are usually checked."""

from dataclasses import dataclass

from assignments.cs231n.dropout import train
from assignments.cs231n.images import filters, windows
from grader.battery import Fixed, Normal, Together
from grader.model import Case
from grader.posing import pose
from tests.engine.correct.handed_in import declared
from tests.engine.layers import ASSIGNMENT as LAYERS
from tests.engine.wrong import batchnorm, classifiers, dropout, images, layernorm, networks, sequences

MODULES = (networks, classifiers, batchnorm, layernorm, dropout, images, sequences)
SCORES, LINEAR, NORM = dict(N=4, C=3), dict(N=4, D=5, C=3), dict(N=4, D=5)
SMALL = {
    "affine_backward": (dict(N=4, D=5, M=3), {}),
    "relu_backward": (dict(N=4, H=5), {}),
    "softmax_loss": (SCORES, {}),
    "two_layer_loss": (dict(N=4, D=5, H=7, C=3), {}),
    "backprop": (dict(widths=(5, 4, 3)), {}),
    "svm_loss": (SCORES, {}),
    **{f"{loss}_loss_{how}": (LINEAR, {}) for loss in ("svm", "softmax") for how in ("naive", "vectorized")},
    **{name: (NORM, {}) for name in ("batchnorm_backward", "batchnorm_backward_alt", "layernorm_backward")},
    "dropout_backward": (dict(N=4, H=5), train(0.7, 5)),
    "conv_backward_naive": (dict(N=2, C=3, H=4, W=4, F=2), filters(3, 3, 1, 1)),
    "max_pool_backward_naive": (dict(N=2, C=3, H=4, W=4), windows(2, 2, 2)),
    "rnn_step_backward": (dict(N=4, D=5, H=3), {}),
    "lstm_step_backward": (dict(N=4, D=5, H=3, G=12), {}),
}


@dataclass(eq=False)
class Asked:
    """A task of the corpus: its right functions, and its mutants by name with their categories."""

    assignment: object
    task: object
    ahead: object
    right: dict
    mutants: list

    def small(self, seed):
        """The one case, posed; what is random is asked in the group that judges what was kept."""
        sizes, draws = SMALL[self.task.name]
        group = "training" if self.task.name == "dropout_backward" else ""
        case = Case("small", sizes, draws, group=group, slope=not group)
        return pose(self.task, case, seed, self.ahead)


def asked(step=1):
    """Every task of the corpus with every `step`-th of its mutants."""
    found = []
    for module in MODULES:
        names = dict.fromkeys(wrong.function for wrong in module.WRONG if wrong.function in SMALL)
        found += [_asked(module, name, step) for name in names]
    return found


def _asked(module, name, step):
    assignment = declared(module.ASSIGNMENTS[name]) if hasattr(module, "ASSIGNMENTS") else LAYERS
    task = assignment.task(name)
    right = written(module, assignment)
    mutants = [wrong for wrong in module.WRONG if wrong.function == name][::step]
    return Asked(
        assignment,
        task,
        assignment.task(task.slope.forward),
        right,
        [(wrong.name, wrong.category, wrong.source, module) for wrong in mutants],
    )


def written(module, assignment, source=""):
    """The functions of a student who did everything right but this, with memories of their own."""
    space = {}
    exec(compile(module.RIGHT, f"<{module.__name__}>", "exec"), space)
    exec(compile(source, "<mutant>", "exec"), space)
    return {task.name: space.get(task.name, task.reference) for task in assignment.tasks}


def large_net(N=64, D=3072, H=100, C=10):
    """The two-layer net of the course's images as a case: n = 308,310. Its weights are as large as at a start."""
    params = Together(
        dict(
            W=Normal("D H", scale=D**-0.5),
            c=Normal("H", scale=0.5),
            w=Normal("H C", scale=0.1),
            b=Normal("C", shift=0.5),
        )
    )
    draws = dict(params=params, reg=Fixed(0.3))
    # Timed cases are large, and nothing is redrawn for being near a kink.
    return Case("large", dict(N=N, D=D, H=H, C=C), draws, timed=True)
