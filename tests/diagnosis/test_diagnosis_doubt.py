"""What is named for certain is beyond dispute; numbers that are none tell little; a second fault has its own name."""

import pytest

from grader.diagnosis.catalogue import CATALOGUE
from grader.diagnosis.pairs import promising
from grader.diagnosis.seen import Sight
from grader.diagnosis.slips import Key
from tests.diagnosis.students import COURSE, declared, rows_of
from tests.diagnosis.test_diagnosis_matrix import entries
from tests.diagnosis.test_diagnosis_matrix import told as told_of
from tests.diagnosis.test_diagnosis_slips import YEARS, bench_of, variants

STABLE = """
import numpy as np

def softmax_loss(z, y):
    N = len(z)
    Y = y if y.ndim == 2 else np.eye(z.shape[1])[y]
    E = np.exp(z - z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
"""
LOG = "    loss = -np.log(P[Y > 0]).sum()"


def named(rows):
    """Claim → (name, confidence, all names) of the rows that do not pass."""
    told = {row.name: row.verdict.diagnosis for row in rows if row.verdict.diagnosis}
    return {claim: (found.id, found.confidence, {found.id, *found.alternatives}) for claim, found in told.items()}


def test_a_finite_gradient_rules_out_a_bare_exponential():
    found = named(rows_of("two_layer_mlp", "softmax_loss", f"{STABLE}{LOG} / N\n    return loss, (P - Y) / N"))
    assert {names for _, _, names in map(freeze, found.values())} == {frozenset({"log-of-zero"})}


def test_so_does_a_finite_gradient_that_is_wrong_for_another_reason():
    found = named(rows_of("two_layer_mlp", "softmax_loss", f"{STABLE}{LOG} / N\n    return loss, (Y - P) / N"))
    loss = {claim: told for claim, told in found.items() if claim.startswith("the loss is finite")}
    assert [names for _, _, names in loss.values()] == [{"log-of-zero"}]
    assert any(told[:2] == ("sign", "certain") for told in found.values())


def test_a_gradient_that_is_no_number_leaves_both_open():
    bare = STABLE.replace("z - z.max(axis=1, keepdims=True)", "z")
    found = named(rows_of("two_layer_mlp", "softmax_loss", f"{bare}{LOG} / N\n    return loss, (P - Y) / N"))
    for name, confidence, names in found.values():
        assert (name, confidence) == ("overflow", "likely")
        assert "softmax-shift" in names


def test_a_second_fault_at_large_scores_has_its_own_name():
    found = named(rows_of("two_layer_mlp", "softmax_loss", f"{STABLE}{LOG}\n    return loss, (P - Y) / N"))
    large = {claim: told for claim, told in found.items() if "±1e4" in claim}
    assert [names for _, _, names in large.values()] == [{"log-of-zero"}]
    assert found["loss is right"][:2] == ("missing-1/N", "certain")


def freeze(told):
    return told[0], told[1], frozenset(told[2])


BACK = """
import numpy as np

def relu_forward(x):
    return np.maximum(x, 0), x

def affine_backward(dout, cache):
    x, w, b = cache
    X = x.reshape(len(x), -1)
    return (dout @ w.T).reshape(x.shape), {dw}, {db}

def affine_forward(x, w, b):
    return x.reshape(len(x), -1) @ w + b, (x, w, b)
"""


def test_a_mistake_without_a_name_is_told_and_not_named():
    wrong = BACK.format(dw="np.outer(X.sum(0), dout.sum(0))", db="dout.sum(0)")
    rows = rows_of("two_layer_mlp", "affine_backward", wrong)
    assert named(rows) == {}
    assert any("sums over the examples are multiplied" in row.verdict.sentence for row in rows)


def test_a_mistake_with_two_names_is_only_likely():
    wrong = BACK.format(dw="X.T @ dout", db="dout[-1]")
    found = named(rows_of("two_layer_mlp", "affine_backward", wrong))
    assert set(map(freeze, found.values())) == {
        ("overwrite-for-accumulate", "likely", frozenset({"overwrite-for-accumulate", "bias-not-summed"}))
    }


def test_a_name_that_may_be_none_is_only_likely():
    wrong = "import numpy as np\ndef softmax_jacobian(f):\n    p = np.exp(f - f.max())\n    p /= p.sum()\n"
    found = named(rows_of("softmax_classifier", "softmax_jacobian", f"{wrong}    return np.diag(p) + np.outer(p, p)"))
    assert {told[:2] for told in found.values()} == {("sign", "likely")}


def test_entries_off_the_diagonal_with_a_wrong_sign_are_likely_called_so():
    wrong = "import numpy as np\ndef softmax_jacobian(f):\n    p = np.exp(f - f.max())\n    p /= p.sum()\n"
    rows = rows_of(
        "softmax_classifier", "softmax_jacobian", f"{wrong}    return np.diag(p - 2 * p * p) + np.outer(p, p)"
    )
    assert {told[:2] for told in named(rows).values()} == {("sign", "likely")}
    assert any("off the diagonal" in row.verdict.diagnosis.message for row in rows if row.verdict.diagnosis)


def test_a_case_counts_once_however_many_arrays_it_has():
    wrong = """
def backprop(W, b, h0, t, sigma, right=backprop):
    dW, db = right(W, b, h0, t, sigma)
    return [-part for part in dW], [-part for part in db]
"""
    rows = rows_of("deep_mlp", "backprop", wrong)
    told = next(row for row in rows if row.verdict.diagnosis and row.name.startswith("dW"))
    cases = {int(word) for word in told.verdict.diagnosis.message.split() if word.isdigit()}
    assert len(cases) == 1


@pytest.mark.parametrize(
    ("identifier", "names"),
    [("sign", ("sign",)), ("sign or none", ("sign", "")), ("sign or scale", ("sign", "scale")), ("", ("",))],
)
def test_names_of_a_switch(identifier, names):
    assert Key(identifier).names == names


def test_every_declared_name_is_in_the_catalogue():
    asked = set()
    for name in (*COURSE, "layers", *YEARS):
        for task in declared(name).tasks:
            for way, variant in variants(task).items():
                if variant.mistakes:
                    tried = bench_of(name, task.name, way)
                    asked |= {word for key in tried.keys(tried.paper.ordinary) for word in key.names}
    assert asked - {""} <= set(CATALOGUE)


def test_of_a_loss_that_is_no_number_the_fewest_names_are_said():
    wrong = "import numpy as np\ndef cross_entropy(F, y):\n    E = np.exp(F - F.max(axis=1, keepdims=True))\n"
    wrong += "    return float(-np.log(E[range(len(y)), y] / E.sum(axis=1)).sum())"
    found = named(rows_of("softmax_classifier", "cross_entropy", wrong))
    assert [(confidence, names) for _, confidence, names in found.values()] == [("likely", {"overflow", "log-of-zero"})]


def test_a_scale_of_dropout_that_no_formula_of_p_gives_is_only_likely():
    name, module, wrong = next(entry for entry in entries() if "to six digits" in entry[2].name)
    assert {told[:2] for told in named(told_of(name, module, wrong)).values()} == {("dropout-scale", "likely")}


def test_a_factor_that_cannot_be_told_from_one_is_not_said():
    loss = "    loss = -np.log((P * Y).sum(axis=1) + 1e-12).sum() / N"
    rows = rows_of("two_layer_mlp", "softmax_loss", f"{STABLE}{loss}\n    return loss, (P - Y) / N")
    told = [row.verdict.diagnosis.message for row in rows if row.verdict.diagnosis]
    assert told
    assert not any("is 1 × what it should be" in message for message in told)


def test_an_axis_of_length_one_is_a_shape_and_no_forgotten_sum():
    found = named(
        rows_of("two_layer_mlp", "relu_backward", "def relu_backward(dout, x):\n    return (dout * (x > 0))[None]")
    )
    assert {name for name, _, _ in found.values()} <= {"shape"}


def test_what_is_averaged_in_small_batches_alone_is_not_said_to_be_a_mean():
    wrong = BACK.format(dw="X.T @ dout", db="dout.mean(0) if len(dout) < 6 else dout.sum(0)")
    found = named(rows_of("two_layer_mlp", "affine_backward", wrong))
    assert found
    assert all(confidence == "likely" for _, confidence, _ in found.values())


def test_what_changes_nothing_is_half_of_no_explanation():
    paper = bench_of("layers", "temporal_softmax_loss", "")
    sight = next(iter(look_at(paper)))
    keys = paper.keys(paper.paper.ordinary)
    bare = next(key for key in keys if "bare scores" in key.note)
    assert all(bare not in made for made in promising(paper, sight, keys, [bare]))
    assert list(promising(paper, sight, keys, []))


def look_at(tried):
    """The right gradient of the case whose scores are small, where a bare exponential changes nothing."""
    case = tried.paper.ordinary[0]
    yield Sight(case, "dx", "wrong", case.arrays["dx"], case.arrays["dx"] + 1)


def test_a_mean_over_what_is_no_batch_is_one_of_two():
    wrong = (
        "import numpy as np\ndef half_squared_error(h, t):\n    return 0.5 * np.mean((h - t) ** 2), (h - t) / len(h)"
    )
    found = named(rows_of("deep_mlp", "half_squared_error", wrong))
    assert set(map(freeze, found.values())) == {("extra-1/N", "likely", frozenset({"extra-1/N", "scale"}))}


@pytest.mark.parametrize("dw", ["x.reshape(w.shape[0], len(x)) @ dout", "(dout.T @ X).reshape(w.shape)"])
def test_reshape_for_a_transpose_is_told_in_inputs_of_any_number_of_axes(dw):
    rows = rows_of("two_layer_mlp", "affine_backward", BACK.format(dw=dw, db="dout.sum(0)"))
    assert set(map(freeze, named(rows).values())) == {("transpose", "likely", frozenset({"transpose", "column-row"}))}
    assert any("reshape" in row.verdict.diagnosis.message for row in rows if row.verdict.diagnosis)
