"""Affine, ReLU, affine, softmax; the loss is the MEAN over the examples plus ½ λ (Σ W² + Σ w²).

Layers have CS231n's signatures: a forward pass leaves a cache, which its backward pass is given.
"""

from pathlib import Path

from assignments.two_layer_mlp import layers, network
from grader.model import Assignment

EQUATIONS = {
    "MLP-1": "u = x W + c",
    "MLP-2": "h = max(0, u)",
    "MLP-3": "z = h w + b",
    "MLP-4": "L_i = −log(exp(z_y_i) / Σ_j exp(z_j))",
    "MLP-5": "L = (1/N) Σ_i L_i + ½ λ (Σ W² + Σ w²)",
    "MLP-6": "p_k = exp(z_k) / Σ_j exp(z_j)",
    "MLP-7": "the same loss from one-hot labels, −Σ_j y_j log p_j",
    "MLP-8": "the gradient of the mean loss with respect to the scores",
    "MLP-9": "back through an affine layer to its input, and the Jacobian that does it",
    "MLP-10": "the gradient of the second layer's weights",
    "MLP-11": "the gradient of the second layer's biases, over a batch",
    "MLP-12": "the gradient of the first layer's weights",
    "MLP-13": "the gradient of the first layer's biases, over a batch",
    "MLP-14": "J_ij = ∂f_i/∂x_j",
    "MLP-15": "the Jacobian of the ReLU",
    "MLP-16": "back through the ReLU by its Jacobian",
    "MLP-17": "the derivative of the ReLU, 0 at exactly 0 by convention",
    "MLP-18": "back through the ReLU element by element",
    "MLP-19": "the Jacobian of an affine layer with respect to its biases",
    "MLP-20": "θ ← θ − η dθ",
}
LATEX = {
    "MLP-1": r"u = x W + c",
    "MLP-2": r"h = \max(0, u)",
    "MLP-3": r"z = h w + b",
    "MLP-4": r"L_i = -\log \frac{\exp(z_{y_i})}{\sum_j \exp(z_j)}",
    "MLP-5": r"L = \frac{1}{N} \sum_i L_i + \tfrac{1}{2} \lambda \left( \sum W^2 + \sum w^2 \right)",
    "MLP-6": r"p_k = \frac{\exp(z_k)}{\sum_j \exp(z_j)}",
    "MLP-7": r"L_i = -\sum_j y_j \log p_j",
    "MLP-14": r"J_{ij} = \frac{\partial f_i}{\partial x_j}",
    "MLP-20": r"\theta \leftarrow \theta - \eta \, d\theta",
}
LETTERS = {"N": "example", "D": "feature", "H": "hidden unit", "M": "unit", "C": "class", "K": "class"}

ASSIGNMENT = Assignment(
    name="two_layer_mlp",
    title="Backpropagation through a two-layer perceptron",
    points=60,
    equations=EQUATIONS,
    latex=LATEX,
    letters=LETTERS,
    handout=str(Path(__file__).with_name("handout.md")),
    tasks=(*layers.TASKS, *network.TASKS),
)
