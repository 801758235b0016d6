"""CS231n's first assignment: linear classifiers, the first layers, and a net with one hidden layer."""

from dataclasses import replace
from pathlib import Path

from assignments.cs231n import dense, kit, linear
from assignments.cs231n.formulas import latex
from assignments.cs231n.two_layer_net import EITHER
from assignments.cs231n.years import MODULAR_A1
from assignments.mistakes.layers import with_mistakes
from grader.model import Assignment, decimal

EQUATIONS = {
    "CS:svm_loss_naive": "the hinge loss of a linear classifier and its gradient, example by example",
    "CS:svm_loss_vectorized": "the same as products of matrices",
    "CS:softmax_loss_naive": "the cross-entropy of a linear classifier and its gradient, example by example",
    "CS:softmax_loss_vectorized": "the same as products of matrices",
    "CS:affine_forward": "out = X w + b",
    "CS:affine_backward": "back through an affine layer to x, w and b",
    "CS:relu_forward": "out = max(0, x)",
    "CS:relu_backward": "back through the ReLU, element by element",
    "CS:svm_loss": "the mean hinge loss of scores and its gradient",
    "CS:softmax_loss": "the mean cross-entropy of scores and its gradient",
    "CS:TwoLayerNet.loss": "affine, ReLU, affine, softmax with its penalty, and the gradients of all parameters",
}
LAYERS = tuple(replace(task, years=MODULAR_A1) for task in dense.TASKS)
LETTERS = {"N": "example", "D": "feature", "H": "hidden unit", "M": "unit", "C": "class"}
TASKS = with_mistakes(
    (
        *linear.CLASSIFIERS,
        *LAYERS,
        linear.SVM_LOSS,
        linear.SOFTMAX_LOSS,
        EITHER,
    )
)

ASSIGNMENT = Assignment(
    name="cs231n_a1",
    title="CS231n, assignment 1: linear classifiers and a two-layer net",
    points=decimal(sum(task.points for task in TASKS)),
    equations=EQUATIONS,
    latex=latex(EQUATIONS),
    letters=LETTERS,
    handout=str(Path(__file__).with_name("handout.md")),
    files={
        "linear_svm": "A linear classifier under the hinge loss, by loops and by matrices.",
        "softmax": "A linear classifier under softmax cross-entropy, by loops and by matrices.",
        "layers": "Layers, each forward and backward, and two losses of scores.",
        "fc_net": "A net with one hidden layer, put together from layers.",
    },
    tasks=TASKS,
    kit=kit.A1,
)
