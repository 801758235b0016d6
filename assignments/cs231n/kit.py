"""What the course hands out beside its stubs, and how its years are told apart."""

from dataclasses import replace
from pathlib import Path

from assignments.cs231n.years import ALL, DROPPED, KEPT, MODULAR_A1, WITH_LAYERNORM, WITH_RNN, WITH_SVM
from grader.kit import Clue, Kit

GIVEN = {f"course/{path.name}": path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("given/*.py")}
TRANSPOSED = "its arrays are transposed, W (C, D) and X (D, N); 2016 to 2025 can be graded"

X_TIMES_W = r"\bdot\(\s*(?:X\w*(?:\[[^]\n]*\])?\s*,\s*)?W\b"
"""X.dot(W), X[i].dot(W), np.dot(X, W)."""

CLUES = (
    # 2015 is refused, so it takes more than a line that might be commented out.
    Clue("W of shape (C, D)", ("2015",), r"W\s*:\s*C\s*x\s*D\s+array"),
    Clue("W.dot(X)", ("2015",), r"^[^#\n]*(?:\bW\.dot\(\s*X\b|np\.dot\(\s*W\s*,\s*X\b)", unless=X_TIMES_W),
    Clue("dropout_keep_ratio", MODULAR_A1, r"\bdropout_keep_ratio\b"),
    Clue("use_batchnorm", DROPPED, r"^[^#\n]*\buse_batchnorm\s*="),
    Clue("the keywords dropout=1 and normalization", ("2018", "2019"), r"dropout\s*=\s*1\s*,\s*normalization\s*="),
    Clue("dropout that drops with p", DROPPED, r"drop\s+each\s+neuron\s+output"),
    Clue("dropout that keeps with p", KEPT, r"keep\s+each\s+neuron\s+output"),
    Clue("layer or group normalization", WITH_LAYERNORM, r"^def (?:layernorm|spatial_groupnorm)_"),
    Clue("save and load of the models", ("2025",), r"def (?:save|load)\(self, fname"),
    Clue("rnn_layers_pytorch.py", ("2025",), file="*rnn_layers_pytorch.py"),
    Clue("transformers", ("2021",), file="*transformer_layers.py"),
    Clue("the marks START OF YOUR CODE", ("2019", "2021"), r"\*{5}\s*START OF YOUR CODE"),
    Clue("print statements", ("2016",), r"^[ \t]*print[ \t]+['\"]"),
    Clue("past.builtins", ALL[1:], r"^[ \t]*from (?:past\.builtins|builtins|__future__) import"),
    Clue("optimizers of (x, dx)", DROPPED, r"^def (?:rmsprop|adam)\(x, dx\b"),
    Clue("optimizers of (w, dw)", WITH_LAYERNORM, r"^def (?:rmsprop|adam)\(w, dw\b"),
    Clue("linear_svm.py", WITH_SVM, file="*linear_svm.py"),
    Clue("rnn_layers.py", WITH_RNN, file="*rnn_layers.py"),
)  # fmt: skip
IN_A1 = (
    *CLUES,
    Clue("neural_net.py", ALL[:4], file="*neural_net.py"),
    Clue("layers in the first assignment", MODULAR_A1, r"^def affine_forward\("),
)
LATEST = (
    Clue("a mask divided by 1 - p", DROPPED, r"^[^#\n]*/\s*\(\s*1\.?0?\s*-\s*(?:p\b|dropout_param\[)"),
    Clue("a mask divided by p", KEPT, r"^[^#\n]*<\s*p\s*\)\s*/\s*p\b"),
)


def folder(number):
    """How students name the folder of an assignment: assignment2, hw2, spring1617_assignment2, A-2."""
    return rf"(?:^|[^a-z])(?:assignment|assign|homework|hw|a)[ _#.-]*{number}(?![0-9])"


BASE = Kit(
    files=GIVEN,
    replaced=("fast_layers",),
    blank=True,
    starts={"svm_loss_naive": (0,), "softmax_loss_naive": (0,)},
    years=ALL,
    refused={"2015": TRANSPOSED},
)
A1 = replace(BASE, folders=(folder(1),), clues=IN_A1)
A2 = replace(BASE, folders=(folder(2),), clues=(*CLUES, *LATEST))
A3 = replace(BASE, folders=(folder(3),), clues=CLUES)
