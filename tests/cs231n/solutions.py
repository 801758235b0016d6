"""Trees of solutions as strangers publish them: ten written out under trees/, the others edits of those.

`expected` was written by hand before anything was run: right (full marks), warn (full marks, and a word), wrong (some
check fails), absent (not attempted, which a stub of the course is, too). What is not named is not judged.
"""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

TREES = Path(__file__).with_name("trees")

CLASSIFIERS = ("svm_loss_naive", "svm_loss_vectorized", "softmax_loss_naive", "softmax_loss_vectorized")
DENSE = ("affine_forward", "affine_backward", "relu_forward", "relu_backward")
BATCH = ("batchnorm_forward", "batchnorm_backward", "batchnorm_backward_alt")
LATER_NORMS = ("layernorm_forward", "layernorm_backward", "spatial_groupnorm_forward", "spatial_groupnorm_backward")
DROPOUT = ("dropout_forward", "dropout_backward")
CONV = ("conv_forward_naive", "conv_backward_naive")
POOL = ("max_pool_forward_naive", "max_pool_backward_naive")
SPATIAL = ("spatial_batchnorm_forward", "spatial_batchnorm_backward")
OPTIM = ("sgd_momentum", "rmsprop", "adam")
NETS = ("FullyConnectedNet.loss", "ThreeLayerConvNet.loss")
RNN = ("rnn_step_forward", "rnn_step_backward", "rnn_forward", "rnn_backward")
LSTM = ("lstm_step_forward", "lstm_step_backward", "lstm_forward", "lstm_backward")
WORDS = ("word_embedding_forward", "word_embedding_backward")
CAPTIONS = ("CaptioningRNN.loss",)

A1 = (*CLASSIFIERS, "TwoLayerNet.loss")
A1_LAYERS = (*DENSE, "svm_loss", "softmax_loss")
A2_LAYERS = (*DENSE, *BATCH, *DROPOUT, *CONV, *POOL, *SPATIAL)
A2 = (*A2_LAYERS, *OPTIM, *NETS)
A3 = (*RNN, *LSTM, *WORDS, *CAPTIONS)


def right(*names):
    return dict.fromkeys(names, "right")


def wrong(*names):
    return dict.fromkeys(names, "wrong")


def absent(*names):
    return dict.fromkeys(names, "absent")


def warn(*names):
    return dict.fromkeys(names, "warn")


@dataclass(frozen=True)
class Tree:
    """A base, what is changed in it, the year that it shows, and what each function is expected to be judged.

    `edits` are (file, old, new), each of which must apply; `stubs` put the body of a stub in place of a function's;
    `without` removes files; `form` is how it is handed in: folder, zip, file (the only one left) or notebook.
    """

    assignment: str
    base: str
    year: str
    expected: dict[str, str]
    edits: tuple[tuple[str, str, str], ...] = ()
    stubs: tuple[tuple[str, str, str], ...] = ()
    without: tuple[str, ...] = ()
    form: str = "folder"
    ported: bool = False
    older: bool = False


def hand_in(name: str, folder: Path) -> Path:
    """Write a tree below `folder` and return what is handed in."""
    tree, home = SOLUTIONS[name], folder / name
    shutil.copytree(TREES / tree.base, home)
    for file in tree.without:
        _one(home, file).unlink()
    for file, old, new in tree.edits:
        path = _one(home, file)
        text = path.read_text()
        assert old in text, f"{name}: {file} has no {old!r}"
        path.write_text(text.replace(old, new))
    for file, function, body in tree.stubs:
        path = _one(home, file)
        path.write_text(_with_body(path.read_text(), function, body))
    if tree.older:
        for path in home.rglob("*.py"):
            path.write_text(_aged(path.read_text()))
    return _FORMS[tree.form](home)


def _one(home: Path, file: str) -> Path:
    (path,) = [path for path in home.rglob(Path(file).name) if path.as_posix().endswith(file)]
    return path


def _with_body(text: str, function: str, body: str) -> str:
    """Replace the body of a function (its docstring goes with it); `body` has a line for every statement."""
    found = re.search(rf"^([ \t]*)def {function}\(.*?\):[^\n]*\n((?:\1[ \t]+[^\n]*\n|[ \t]*\n)+)", text, re.M | re.S)
    assert found, function
    indent = re.match(r"(?:[ \t]*\n)*([ \t]+)", found[2])[1]
    lines = "".join(f"{indent}{line}\n" for line in body.splitlines())
    return text[: found.start(2)] + lines + "\n" + text[found.end(2) :]


def _aged(text: str) -> str:
    """Make a file what its author might have had in Python 2: prints, xrange, dropped names, tabs for eight spaces."""
    text = re.sub(r"^from (?:builtins|past|__future__)[^\n]*\n", "", text, flags=re.M)
    text = re.sub(r"\brange\(", "xrange(", text)
    text = re.sub(r"^( *)(return [^\n]*)$", r"\1#print 'done'\n\1\2", text, flags=re.M)
    text = re.sub(r"^import numpy as np$", "import numpy as np\nprint 'numpy', np.__version__", text, flags=re.M)
    text = text.replace("dtype=np.float32", "dtype=np.float").replace(".items()", ".iteritems()").replace(" // ", " / ")
    text = re.sub(r"\bdtype=np\.float\b(?=[,)])(?=.*__init__)", "dtype=np.float32", text)
    return re.sub(r"^(?: {8})+", lambda spaces: "\t" * (len(spaces[0]) // 8), text, flags=re.M)


def _zip(home: Path) -> Path:
    archive = home.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w") as made:
        for path in sorted(home.rglob("*.py")):
            made.write(path, path.relative_to(home.parent))
    return archive


def _file(home: Path) -> Path:
    (path,) = [path for path in home.rglob("*.py") if path.stat().st_size]
    return path


def _notebook(home: Path) -> Path:
    """A notebook that somebody worked in: magics first, every file's functions pasted into a cell."""
    sources = ["%matplotlib inline\n%load_ext autoreload\nimport numpy as np\nprint 'ready'"]
    sources += [path.read_text() for path in sorted(home.rglob("*.py")) if path.stat().st_size]
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": text} for text in sources]
    book = {"nbformat": 4, "nbformat_minor": 0, "metadata": {}, "cells": cells}
    path = home.with_suffix(".ipynb")
    path.write_text(json.dumps(book))
    return path


_FORMS = {"folder": lambda home: home, "zip": _zip, "file": _file, "notebook": _notebook}

EMPTY = "loss = 0.0\ndW = np.zeros_like(W)\npass\nreturn loss, dW"
NET = "scores = None\nif y is None:\n  return scores\nloss, grads = 0, {}\nreturn loss, grads"
GIVEN_SVM = (
    "dW = np.zeros(W.shape)\nloss = 0.0\nfor i in range(X.shape[0]):\n    scores = X[i].dot(W)\n"
    "    for j in range(W.shape[1]):\n        if j == y[i]:\n            continue\n"
    "        margin = scores[j] - scores[y[i]] + 1\n        if margin > 0:\n            loss += margin\n"
    "loss /= X.shape[0]\nloss += reg * np.sum(W * W)\nreturn loss, dW"
)


def none(names):
    """The body of a stub that returns these names."""
    return f"{names} = {', '.join(['None'] * len(names.split(', ')))}\nreturn {names}"


OPTIMIZER = (
    "if config is None: config = {}\nconfig.setdefault('learning_rate', 1e-2)\nnext_w = None\npass\n"
    "return next_w, config"
)

SOLUTIONS = {
    # -- first assignment ---------------------------------------------------------------------------------------------
    "a1_2016": Tree("cs231n_a1", "a1_2016", "2016", right(*A1), ported=True),
    "a1_2016_half": Tree(
        "cs231n_a1", "a1_2016", "2016",
        {**right("svm_loss_naive", "softmax_loss_naive"), **absent("svm_loss_vectorized", "softmax_loss_vectorized"),
         **wrong("TwoLayerNet.loss")},
        stubs=(("linear_svm.py", "svm_loss_vectorized", EMPTY), ("softmax.py", "softmax_loss_vectorized", EMPTY)),
        edits=(("neural_net.py", "    grads = {}\n", "    grads = {}\n    return loss, grads\n"),),
        ported=True,
    ),
    "a1_2016_penalties": Tree(
        "cs231n_a1", "a1_2016", "2016",
        {**right("svm_loss_vectorized", "softmax_loss_vectorized", "TwoLayerNet.loss"),
         **wrong("svm_loss_naive", "softmax_loss_naive")},
        edits=(("linear_svm.py", "loss += 0.5 * reg * np.sum(W * W)", "loss += reg * np.sum(W * W)"),
               ("softmax.py", "dW = dW / N + reg * W", "dW = dW / N")),
        ported=True,
    ),
    "a1_2016_notebook": Tree("cs231n_a1", "a1_2016", "2016", right(*A1), form="notebook", ported=True),
    "a1_2017": Tree("cs231n_a1", "a1_2017", "2017", right(*A1)),
    "a1_2017_half": Tree(
        "cs231n_a1", "a1_2017", "2017",
        {**absent("svm_loss_naive", "softmax_loss_naive", "TwoLayerNet.loss"),
         **right("svm_loss_vectorized", "softmax_loss_vectorized")},
        stubs=(("linear_svm.py", "svm_loss_naive", GIVEN_SVM), ("softmax.py", "softmax_loss_naive", EMPTY),
               ("neural_net.py", "loss", NET)),
    ),
    "a1_2017_slips": Tree(
        "cs231n_a1", "a1_2017", "2017",
        {**right("svm_loss_naive", "softmax_loss_naive"),
         **wrong("svm_loss_vectorized", "softmax_loss_vectorized", "TwoLayerNet.loss")},
        edits=(("linear_svm.py", "= -binary.sum(axis=1)", "= -1"), ("softmax.py", "(p - onehot) / n", "(p - onehot)"),
               ("neural_net.py", "b2=dZ2.sum(0)", "b2=dZ2.mean(0)")),
    ),
    "a1_2021": Tree("cs231n_a1", "a1_2021", "2021", right(*A1, *A1_LAYERS)),
    "a1_2021_zip": Tree("cs231n_a1", "a1_2021", "2021", right(*A1, *A1_LAYERS), form="zip"),
    "a1_2021_half": Tree(
        "cs231n_a1", "a1_2021", "2021",
        {**right("affine_forward", "relu_backward", "svm_loss", "softmax_loss", "softmax_loss_naive"),
         **warn("relu_forward"), **absent("affine_backward", "svm_loss_naive", "TwoLayerNet.loss"),
         **wrong("svm_loss_vectorized")},
        stubs=(("layers.py", "affine_backward", "x, w, b = cache\ndx, dw, db = None, None, None\nreturn dx, dw, db"),
               ("linear_svm.py", "svm_loss_naive", GIVEN_SVM), ("fc_net.py", "loss", NET)),
        edits=(("layers.py", "out = np.where(x > 0, x, 0)", "x[x < 0] = 0\n    out = x.copy()"),
               ("linear_svm.py", "dW = X.T @ coeff / X.shape[0] + 2 * reg * W", "pass")),
    ),
    "a1_2025": Tree("cs231n_a1", "a1_2025", "2025", right(*CLASSIFIERS[2:], "TwoLayerNet.loss", *A1_LAYERS)),
    "a1_2025_unshifted": Tree(
        "cs231n_a1", "a1_2025", "2025",
        {**right("softmax_loss_naive", "TwoLayerNet.loss"), **warn("softmax_loss_vectorized")},
        edits=(("softmax.py", "    scores -= np.max(scores, axis=1, keepdims=True)\n", ""),),
    ),
    "a1_2015": Tree("cs231n_a1", "a1_2015", "2015", {}),
    # -- second assignment --------------------------------------------------------------------------------------------
    "a2_2016": Tree("cs231n_a2", "a2_2016", "2016", right(*A2), ported=True),
    "a2_2016_windows": Tree(
        "cs231n_a2", "a2_2016", "2016",
        {**right(*DENSE, *BATCH, *OPTIM, "conv_forward_naive"), **warn("relu_backward"),
         **wrong("conv_backward_naive", "max_pool_backward_naive")},
        edits=(("cs231n/layers.py", "dx_pad[:, :, pad:pad+H, pad:pad+W]", "dx_pad[:, :, pad:-pad, pad:-pad]"),
               ("cs231n/layers.py", "% window.shape[1]] += dout", "% window.shape[1]] = dout"),
               ("cs231n/layers.py", "dx = dout * (x >= 0)", "dout[x < 0] = 0\n  dx = dout")),
        ported=True,
    ),
    "a2_2016_alone": Tree(
        "cs231n_a2", "a2_2016", "2016", {**right(*A2_LAYERS), **absent(*OPTIM, *NETS)},
        without=("fast_layers.py", "layer_utils.py", "optim.py", "solver.py", "fc_net.py", "cnn.py"),
        form="file", ported=True,
    ),
    "a2_2016_half": Tree(
        "cs231n_a2", "a2_2016", "2016",
        {**right(*DENSE, "batchnorm_forward", "batchnorm_backward", *DROPOUT, *CONV, *POOL, "adam", "rmsprop"),
         **absent("batchnorm_backward_alt", *SPATIAL, "sgd_momentum", "ThreeLayerConvNet.loss"),
         **wrong("FullyConnectedNet.loss")},
        stubs=(("cs231n/layers.py", "batchnorm_backward_alt", none("dx, dgamma, dbeta")),
               ("cs231n/layers.py", "spatial_batchnorm_forward", none("out, cache")),
               ("cs231n/layers.py", "spatial_batchnorm_backward", none("dx, dgamma, dbeta")),
               ("optim.py", "sgd_momentum", OPTIMIZER), ("cnn.py", "loss", NET)),
        ported=True,
    ),
    "a2_2018": Tree(
        "cs231n_a2", "a2_2018", "2018", {**right(*A2, *LATER_NORMS), **warn("sgd_momentum")},
    ),
    "a2_2018_old": Tree(
        "cs231n_a2", "a2_2018", "2018", {**right(*A2_LAYERS, *LATER_NORMS, "rmsprop", "adam"), **warn("sgd_momentum")},
        older=True, ported=True,
    ),
    "a2_2018_updates": Tree(
        "cs231n_a2", "a2_2018", "2018", {**right(*A2_LAYERS), **wrong("rmsprop", "adam", "sgd_momentum")},
        edits=(("optim.py", "/ (np.sqrt(s) + eps)", "/ (s + eps)"),
               ("optim.py", "m / (1 - config['beta1'] ** t), v / (1 - config['beta2'] ** t)",
                "m / (1 - config['beta1']), v / (1 - config['beta2'])"),
               ("optim.py", "v = v * config['momentum'] - config", "v = v * config['momentum'] + config")),
    ),
    "a2_2018_dropout": Tree(
        "cs231n_a2", "a2_2018", "2018",
        {**right(*DENSE, *BATCH, *CONV, *POOL, *SPATIAL), **wrong(*DROPOUT)},
        edits=(("cs231n/layers.py", "(np.random.rand(*x.shape) < p) / p", "(np.random.rand(*x.shape) < p)"),),
    ),
    "a2_2018_half": Tree(
        "cs231n_a2", "a2_2018", "2018",
        {**right(*DENSE, *BATCH, *SPATIAL, "layernorm_forward", "layernorm_backward"),
         **absent(*DROPOUT, "spatial_groupnorm_forward", "spatial_groupnorm_backward", "adam")},
        stubs=(("cs231n/layers.py", "dropout_forward",
                "p, mode = dropout_param['p'], dropout_param['mode']\nif 'seed' in dropout_param:\n"
                "    np.random.seed(dropout_param['seed'])\nmask = None\nout = None\nif mode == 'train':\n    pass\n"
                "elif mode == 'test':\n    pass\ncache = (dropout_param, mask)\nout = out.astype(x.dtype, copy=False)\n"
                "return out, cache"),
               ("cs231n/layers.py", "dropout_backward",
                "dropout_param, mask = cache\nmode = dropout_param['mode']\ndx = None\nif mode == 'train':\n    pass\n"
                "elif mode == 'test':\n    dx = dout\nreturn dx"),
               ("cs231n/layers.py", "spatial_groupnorm_forward", none("out, cache")),
               ("cs231n/layers.py", "spatial_groupnorm_backward", none("dx, dgamma, dbeta")),
               ("optim.py", "adam", OPTIMIZER)),
    ),
    "a2_2021": Tree("cs231n_a2", "a2_2021", "2021", right(*A2, *LATER_NORMS)),
    "a2_2021_axes": Tree(
        "cs231n_a2", "a2_2021", "2021",
        {**right(*DENSE, *BATCH, *DROPOUT, *CONV, *POOL, *OPTIM),
         **wrong("layernorm_forward", "layernorm_backward", "spatial_batchnorm_backward", "FullyConnectedNet.loss",
                 "ThreeLayerConvNet.loss")},
        edits=(("cs231n/layers.py", "mu = x.mean(axis=1, keepdims=True)", "mu = x.mean(axis=0, keepdims=True)"),
               ("cs231n/layers.py", "cache.gamma, cache.z, cache.inv, 1)", "cache.gamma, cache.z, cache.inv, 0)"),
               ("cs231n/layers.py", "dout.transpose(0, 2, 3, 1).reshape(-1, C), cache)", "dout.reshape(-1, C), cache)"),
               ("fc_net.py", 'if k[0] == "W":', "if True:"),
               ("cnn.py", 'loss += 0.5 * self.reg * ((W1 ** 2).sum() + (W2 ** 2).sum() + (W3 ** 2).sum())',
                'loss += 0.5 * self.reg * ((W1 ** 2).sum() + (W2 ** 2).sum())')),
    ),
    "a2_2021_half": Tree(
        "cs231n_a2", "a2_2021", "2021",
        {**right(*DENSE, *BATCH, *DROPOUT, *SPATIAL, *OPTIM, "FullyConnectedNet.loss", "conv_forward_naive", *POOL),
         **absent("conv_backward_naive"), **wrong("ThreeLayerConvNet.loss")},
        stubs=(("cs231n/layers.py", "conv_backward_naive", none("dx, dw, db")),),
        form="zip",
    ),
    # -- third assignment ---------------------------------------------------------------------------------------------
    "a3_2017": Tree("cs231n_a3", "a3_2017", "2017", right(*A3)),
    "a3_2017_old": Tree("cs231n_a3", "a3_2017", "2016", right(*RNN, *LSTM, *WORDS), older=True, ported=True),
    "a3_2017_carry": Tree(
        "cs231n_a3", "a3_2017", "2017",
        {**right("rnn_step_forward", "rnn_step_backward", "rnn_forward", "lstm_step_forward", "lstm_forward"),
         **wrong("rnn_backward", "word_embedding_backward", "lstm_step_backward", "lstm_backward", *CAPTIONS)},
        edits=(("rnn_layers.py", "dh[:, t] + dprev, cache[t]", "dh[:, t], cache[t]"),
               ("rnn_layers.py", "np.add.at(dW, x, dout)", "dW[x] += dout"),
               ("rnn_layers.py", "dc = dnext_c + dnext_h * o * (1 - tc * tc)", "dc = dnext_c + dnext_h * o")),
    ),
    "a3_2017_half": Tree(
        "cs231n_a3", "a3_2017", "2017",
        {**right("rnn_step_forward", "rnn_step_backward", "rnn_forward", *WORDS), **absent(*LSTM, *CAPTIONS),
         **wrong("rnn_backward")},
        stubs=(("rnn_layers.py", "lstm_step_forward", none("next_h, next_c, cache")),
               ("rnn_layers.py", "lstm_step_backward", none("dx, dh, dc, dWx, dWh, db")),
               ("rnn_layers.py", "lstm_forward", none("h, cache")),
               ("rnn_layers.py", "lstm_backward", none("dx, dh0, dWx, dWh, db")),
               ("rnn.py", "loss", "captions_in = captions[:, :-1]\nloss, grads = 0.0, {}\nreturn loss, grads")),
        edits=(("rnn_layers.py", "    dWx += gWx\n", "    dWx = gWx\n"),),
    ),
    "a3_2021": Tree("cs231n_a3", "a3_2021", "2021", right(*A3)),
    "a3_2021_zip": Tree("cs231n_a3", "a3_2021", "2021", right(*A3), form="zip"),
}  # fmt: skip
