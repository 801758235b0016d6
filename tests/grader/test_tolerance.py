"""The derived tolerance covers right code in other styles with room to spare, and nothing else."""

import math

import numpy as np
import pytest

from grader import tolerance


def run_affine(inputs):
    return {"dW": inputs["X"].T @ inputs["dF"]}


def run_loss(inputs):
    shifted = inputs["F"] - inputs["F"].max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return {"loss": -log_p[np.arange(len(log_p)), inputs["y"]].sum(), "P": np.exp(log_p)}


def loop_product(inputs):
    total = np.zeros((inputs["X"].shape[1], inputs["dF"].shape[1]))
    for x, df in zip(inputs["X"][::-1], inputs["dF"][::-1], strict=True):
        total = total + np.outer(x, df)
    return {"dW": total}


def einsum_product(inputs):
    return {"dW": np.einsum("nd,nk->dk", inputs["X"], inputs["dF"])}


def exact_product(inputs):
    columns = [[math.fsum(x * df) for df in inputs["dF"].T] for x in inputs["X"].T]
    return {"dW": np.array(columns)}


def plain_loss(inputs):
    p = np.exp(inputs["F"]) / np.exp(inputs["F"]).sum(axis=1, keepdims=True)
    return {"loss": float(sum(-math.log(row[label]) for row, label in zip(p, inputs["y"], strict=True))), "P": p}


def log_sum_exp_loss(inputs):
    total, rows = 0.0, []
    for scores, label in zip(inputs["F"], inputs["y"], strict=True):
        most = scores.min()
        log_sum = most + math.log(sum(math.exp(score - most) for score in scores))
        total += log_sum - scores[label]
        rows.append([math.exp(score - log_sum) for score in scores])
    return {"loss": total, "P": np.array(rows)}


AFFINE = (run_affine, (loop_product, einsum_product, exact_product))
LOSS = (run_loss, (plain_loss, log_sum_exp_loss))


def draw(rng, n=7, d=5, k=3):
    return {
        "X": rng.standard_normal((n, d)),
        "dF": rng.standard_normal((n, k)),
        "F": 3 * rng.standard_normal((n, k)),
        "y": rng.integers(k, size=n),
    }


@pytest.mark.parametrize(("run", "others"), [AFFINE, LOSS])
def test_right_code_in_other_styles_stays_far_below_the_tolerance(run, others, capsys):
    worst = 0.0
    for seed in range(300):
        rng = np.random.default_rng(seed)
        inputs = draw(rng)
        right = run(inputs)
        allowed = tolerance.tolerances(run, inputs, right, rng)
        for other in others:
            theirs = other(inputs)
            worst = max(worst, *(np.max(np.abs(theirs[name] - right[name])) / allowed[name] for name in allowed))
    with capsys.disabled():
        print(f"\n  worst right code, {run.__name__}: {worst:.3f} of the tolerance")
    assert worst < 0.2


def test_a_factor_error_of_1e_minus_12_is_outside_it():
    inputs = draw(np.random.default_rng(0))
    right = run_affine(inputs)
    allowed = tolerance.tolerances(run_affine, inputs, right, np.random.default_rng(1))
    assert np.max(np.abs(right["dW"] * 1e-12)) > allowed["dW"]


def test_ill_conditioned_inputs_widen_it():
    well, ill = draw(np.random.default_rng(0)), draw(np.random.default_rng(0))
    ill["F"] = ill["F"] * 1e4
    narrow = tolerance.tolerances(run_loss, well, run_loss(well), np.random.default_rng(1))
    wide = tolerance.tolerances(run_loss, ill, run_loss(ill), np.random.default_rng(1))
    assert wide["loss"] > 1_000 * narrow["loss"]


def large_scores(seed):
    """Scores of ±1e4, the two largest of each row so far apart that one-ulp noise hardly moves their softmax."""
    rng = np.random.default_rng(seed)
    signs = np.where(rng.permuted(np.tile([True, True, False, False, False], (7, 1)), axis=1), 1.0, -1.0)
    return {"F": signs * 1e4 + 4 * rng.standard_normal((7, 5)), "y": rng.integers(5, size=7)}


def unshifted(F):
    return np.exp(F - np.logaddexp.reduce(F, axis=1, keepdims=True))


def test_an_exponential_that_is_not_shifted_first_is_right_at_large_scores(monkeypatch):
    def past(allowed):
        return [
            np.max(np.abs(unshifted(d["F"]) - run_loss(d)["P"])) / allowed(d)["P"]
            for d in map(large_scores, range(200))
        ]

    def allowed(inputs):
        return tolerance.tolerances(run_loss, inputs, run_loss(inputs), np.random.default_rng(1))

    assert max(past(allowed)) < 0.5
    monkeypatch.setattr(tolerance, "ARGUMENT", 0)
    assert max(past(allowed)) > 1


def test_a_factor_error_of_1e_minus_10_is_outside_it_at_large_scores():
    inputs = large_scores(0)
    right = run_loss(inputs)
    allowed = tolerance.tolerances(run_loss, inputs, right, np.random.default_rng(1))
    assert np.max(np.abs(right["P"] * 1e-10)) > allowed["P"]


def test_the_largest_input_is_found_in_dicts_and_lists_and_labels_do_not_count():
    assert tolerance.largest({"a": [np.array([1.0, -7.5])], "b": {"c": 3.0}, "y": np.array([90]), "f": "x"}) == 7.5
    assert tolerance.largest({"a": np.array([np.inf, 2.0]), "empty": np.zeros(0)}) == 2.0


def test_without_extended_precision_the_second_term_is_left_out(monkeypatch):
    inputs = draw(np.random.default_rng(0))
    right = run_affine(inputs)
    with_gap = tolerance.tolerances(run_affine, inputs, right, np.random.default_rng(1))
    monkeypatch.setattr(tolerance, "EXTENDED", False)
    without = tolerance.tolerances(run_affine, inputs, right, np.random.default_rng(1))
    assert 0 < without["dW"] <= with_gap["dW"]


def test_exact_zeros_are_not_nudged_off_a_kink():
    inputs = {"x": np.zeros(4)}
    allowed = tolerance.tolerances(
        lambda d: {"mask": (d["x"] > 0) * 1.0}, inputs, {"mask": np.zeros(4)}, np.random.default_rng(0)
    )
    assert allowed["mask"] == 0.0


def run_jacobian(inputs):
    e = np.exp(inputs["f"] - inputs["f"].max())
    p = e / e.sum()
    return {"J": np.diag(p) - np.outer(p, p)}


def log_jacobian(f):
    """The same by exp(f − log Σ exp f), whose last digits are those of the scores."""
    p = np.exp(f - (f.max() + np.log(np.sum(np.exp(f - f.max())))))
    return np.diag(p) - np.outer(p, p)


def beyond_tolerance():
    """How often right code lies outside the tolerance, of 400 draws of three scores near 10,000."""
    outside = 0
    for seed in range(400):
        rng = np.random.default_rng(seed)
        inputs = {"f": 1e4 + rng.standard_normal(3)}
        right = run_jacobian(inputs)
        allowed = tolerance.tolerances(run_jacobian, inputs, right, rng)["J"]
        outside += np.max(np.abs(log_jacobian(inputs["f"]) - right["J"])) > allowed
    return outside


def test_noise_that_moves_everything_alike_measures_no_conditioning(monkeypatch):
    monkeypatch.setattr(tolerance, "ARGUMENT", 0)  # the other guard, which covers large scores by itself
    assert beyond_tolerance() == 0
    monkeypatch.setattr(tolerance, "NOISE_ULPS", 1)
    monkeypatch.setattr(tolerance, "NOISE_SIZE", 1)
    monkeypatch.setattr(tolerance, "EXTENDED", False)
    assert beyond_tolerance() > 4
