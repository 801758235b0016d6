"""L layers, one example as a column, any element-wise activation; the error is half the squared distance.

Lists count from 0 and layers from 1: W[l-1] is W^l, zs[l-1] is z^l, and hs[l] is h^l.
"""

from pathlib import Path

from assignments.deep_mlp import backpropagation, deltas, forwards
from grader.model import Assignment

EQUATIONS = {
    "DEEP-1": "z^l = W^l h^{l−1} + b^l, h^l = σ(z^l), and the error C",
    "DEEP-2": "ΔW^l and Δb^l go against the gradient",
    "DEEP-3": "the Jacobian of a matrix with respect to itself",
    "DEEP-4": "the chain rule in indices, for the weights of layer L − 2",
    "DEEP-5": "finite sums may be exchanged: Σ_m a_m Σ_n B_mn c_n = Σ_n c_n Σ_m B_mn a_m",
    "DEEP-6": "the same gradient with its sums exchanged",
    "DEEP-7": "the same gradient as one unrolled product of matrices",
    "DEEP-8": "the delta of an element-wise output layer",
    "DEEP-9": "the delta of a hidden layer, from the one above",
    "DEEP-10": "the weight gradient from the delta",
    "DEEP-11": "the bias gradient from the delta",
    "DEEP-12": "the Jacobian of a layer's pre-activation with respect to the one below",
    "DEEP-13": "the pull-back by that Jacobian",
    "DEEP-14": "a scalar's derivative with respect to a tensor has that tensor's shape",
    "DEEP-15": "the recursion for a batch whose examples are rows",
    "DEEP-16": "the Jacobian of the next pre-activation with respect to a layer's weights",
    "MLP-17": "the derivative of the ReLU, 0 at exactly 0 by convention",
}
LATEX = {
    "DEEP-1": r"z^l = W^l h^{l-1} + b^l, \quad h^l = \sigma(z^l)",
    "DEEP-5": r"\sum_m a_m \sum_n B_{mn} c_n = \sum_n c_n \sum_m B_{mn} a_m",
}
LETTERS = {"N": "example", "n": "unit", "m": "unit of the layer below", "p": "unit of the layer above"}

ASSIGNMENT = Assignment(
    name="deep_mlp",
    title="Backpropagation through a deep perceptron",
    points=60,
    equations=EQUATIONS,
    latex=LATEX,
    letters=LETTERS,
    handout=str(Path(__file__).with_name("handout.md")),
    tasks=(*forwards.TASKS, *deltas.TASKS, *backpropagation.TASKS),
)
