"""Every name of the list of mistakes is given to submissions that make it, differently written ones.

The names were written down with the wrong solutions, before there was a diagnosis. In the usual run a few of each;
all of them with GRADER_WHOLE=1.
"""

import os
from collections import Counter, defaultdict

import pytest

from grader.answerers import InProcess
from grader.grade import grade
from tests.diagnosis.more import MORE
from tests.diagnosis.students import alike, certain, declared, exam, rows_of, said
from tests.engine.test_engine_wrong import MODULES
from tests.engine.test_engine_wrong import student as student_of_layers
from tests.named import NAMED
from tests.wrong import deep_mlp, softmax_classifier, two_layer_mlp

IDS = [
    "reg-factor-2",
    "reg-gradient-missing",
    "reg-loss-missing",
    "reg-over-N",
    "reg-wrong-form",
    "reg-on-bias",
    "reg-layer-missing",
    "missing-1/N",
    "extra-1/N",
    "precedence",
    "bias-mean",
    "bias-not-summed",
    "missing-indicator",
    "sign",
    "softmax-jacobian-diagonal",
    "true-class-twice",
    "softmax-normalizer",
    "softmax-shift",
    "relu-mask-missing",
    "relu-mask-of-gradient",
    "activation-for-indicator",
    "wrong-operand",
    "transpose",
    "overwrite-for-accumulate",
    "svm-true-class",
    "bn-direct-only",
    "bn-variance-path",
    "norm-axis",
    "spatial-count",
    "eps-placement",
    "dropout-scale",
    "conv-crop",
    "rnn-carry",
    "rnn-sum-over-time",
    "lstm-cell-path",
    "index-add",
    "temporal-mean",
    "adam-t",
    "adam-bias-correction",
    "rmsprop-root",
    "delta-on-softmax",
    "column-row",
    "hadamard-precedence",
    "log-of-zero",
    "overflow",
    "integer-cast",
    "float32",
    "state",
    "nondeterministic",
    "mutates-input",
    "shared-buffer",
    "numeric-differentiation",
    "shape",
    "one-element",
    "rows",
    "columns",
    "scale",
]

COURSE = {"softmax_classifier": softmax_classifier, "two_layer_mlp": two_layer_mlp, "deep_mlp": deep_mlp}
EACH = None if os.environ.get("GRADER_WHOLE") else 6
"""How many of each name are tried in the usual run."""

LEAST_NAMED = 0.89
MOST_CERTAIN_AND_WRONG = 0.01


def entries():
    """(name of the course or "layers", module, wrong solution) for each that has a name."""
    course = [(name, None, wrong) for name, module in COURSE.items() for wrong in (*module.WRONG, *MORE.get(name, ()))]
    layers = [("layers", module, wrong) for module in MODULES for wrong in module.WRONG]
    return [entry for entry in course + layers if entry[2].mistake != "other"]


def chosen():
    """Some of each name, spread over its entries."""
    by_name = defaultdict(list)
    for entry in entries():
        by_name[entry[2].mistake].append(entry)
    return [
        entry for found in by_name.values() for entry in found[:: max(1, len(found) // (EACH or len(found)))][:EACH]
    ]


def told(name, module, wrong):
    if module is None:
        return rows_of(name, wrong.function, wrong.source)
    assignment = getattr(module, "ASSIGNMENTS", {}).get(wrong.function, "layers")
    asked = exam(assignment, wrong.function)
    student = student_of_layers(module, wrong.source, declared(assignment))
    return grade(asked, InProcess(student, NAMED)).tasks[0].rows


@pytest.fixture(scope="module")
def matrix():
    """Name → what each of its submissions was called: the right name, another, or nothing."""
    found = defaultdict(list)
    for name, module, wrong in chosen():
        rows = told(name, module, wrong)
        right = any(alike(wrong.mistake, word) for word in said(rows))
        misled = not right and certain(rows)
        found[wrong.mistake].append((wrong.name, "right" if right else ", ".join(sorted(misled)) or "no certain name"))
    return found


def test_every_name_is_asked_of_two_submissions_at_least():
    counts = Counter(wrong.mistake for _, _, wrong in entries())
    assert {name: counts[name] for name in IDS if counts[name] < 2} == {}
    assert set(counts) <= set(IDS)


def test_matrix_of_names(matrix):
    print()
    for name in IDS:
        words = Counter(word for _, word in matrix[name])
        print(f"{name:26}", ", ".join(f"{word} × {count}" for word, count in words.most_common()))
    total = sum(len(found) for found in matrix.values())
    right = sum(word == "right" for found in matrix.values() for _, word in found)
    misled = sum(word not in ("right", "no certain name") for found in matrix.values() for _, word in found)
    print(f"named right {right} of {total}; a wrong name for certain {misled}")
    assert right >= LEAST_NAMED * total
    assert misled <= MOST_CERTAIN_AND_WRONG * total


def test_every_name_is_given_twice(matrix):
    given = {name: sum(word == "right" for _, word in matrix[name]) for name in IDS}
    assert {name: count for name, count in given.items() if count < 2} == {}
