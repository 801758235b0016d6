"""CS231n's second assignment: deep nets, normalisation, dropout, convolution, and the rules that update parameters."""

from dataclasses import replace
from pathlib import Path

from assignments.cs231n import conv_net, dense, dropout, fully_connected, images, kit, norms, optimizers, spatial
from assignments.cs231n.formulas import latex
from assignments.cs231n.two_layer_net import MODULAR
from assignments.cs231n.years import STANDING_ALONE
from assignments.mistakes.layers import with_mistakes
from grader.model import Assignment, decimal

EQUATIONS = {
    "CS:affine_forward": "out = X w + b",
    "CS:affine_backward": "back through an affine layer to x, w and b",
    "CS:relu_forward": "out = max(0, x)",
    "CS:relu_backward": "back through the ReLU, element by element",
    "CS:TwoLayerNet.loss": "affine, ReLU, affine, softmax with its penalty, and the gradients of all parameters",
    "CS:FullyConnectedNet.loss": "the same with any number of layers, normalisation and dropout",
    "CS:sgd": "w ← w − η dw",
    "CS:sgd_momentum": "v ← μ v − η dw, w ← w + v",
    "CS:rmsprop": "steps divided by the root of a running mean of squares",
    "CS:adam": "the same with a running mean of gradients, both corrected for their start at 0",
    "CS:batchnorm_forward": "normalising every feature over the batch",
    "CS:batchnorm_backward": "back through the mean, the variance and x itself, stage by stage",
    "CS:batchnorm_backward_alt": "the same in one formula",
    "CS:layernorm_forward": "normalising every example over its features",
    "CS:layernorm_backward": "back through layer normalisation",
    "CS:dropout_forward": "leaving units out at random",
    "CS:dropout_backward": "back through the mask that was drawn",
    "CS:conv_forward_naive": "every window of an image times every filter",
    "CS:conv_backward_naive": "back through a convolution to image, filters and biases",
    "CS:max_pool_forward_naive": "the largest of every window",
    "CS:max_pool_backward_naive": "back to the pixel that was largest",
    "CS:ThreeLayerConvNet.loss": "convolution, ReLU, pooling, affine, ReLU, affine, softmax, and all gradients",
    "CS:spatial_batchnorm_forward": "normalising every channel over batch and places",
    "CS:spatial_batchnorm_backward": "back through spatial batch normalisation",
    "CS:spatial_groupnorm_forward": "normalising groups of channels of one image",
    "CS:spatial_groupnorm_backward": "back through group normalisation",
}
LETTERS = {"N": "example", "D": "feature", "M": "unit", "F": "filter", "W": "column"}  # C and H are several things
TASKS = with_mistakes(
    (
        *dense.TASKS,
        replace(MODULAR, years=STANDING_ALONE),
        fully_connected.TASK,
        *optimizers.TASKS,
        *norms.TASKS,
        *dropout.TASKS,
        *images.TASKS,
        conv_net.TASK,
        *spatial.TASKS,
    )
)

ASSIGNMENT = Assignment(
    name="cs231n_a2",
    title="CS231n, assignment 2: deep nets, normalisation, dropout, convolution",
    points=decimal(sum(task.points for task in TASKS)),
    equations=EQUATIONS,
    latex=latex(EQUATIONS),
    letters=LETTERS,
    handout=str(Path(__file__).with_name("handout.md")),
    files={
        "layers": "Layers, each forward and backward.",
        "fc_net": "Fully connected nets, put together from layers.",
        "optim": "Rules that update parameters. Each returns the next parameter and the config with its state.",
        "cnn": "A convolutional net with three layers, put together from layers.",
    },
    tasks=TASKS,
    kit=kit.A2,
)
