"""The measured slope is as exact as it claims, and says so where it is not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader import numerics

SMOOTH = {
    "sin": (np.sin, np.cos),
    "exp": (np.exp, np.exp),
    "cube": (lambda x: x**3, lambda x: 3 * x**2),
    "logistic": (lambda x: 1 / (1 + np.exp(-x)), lambda x: np.exp(-x) / (1 + np.exp(-x)) ** 2),
}


def slope_of(function, x, v, first=5, single=False):
    hs = numerics.steps(first)
    ahead = [float(function(x + h * v)) for h in hs]
    behind = [float(function(x - h * v)) for h in hs]
    return numerics.extrapolate(numerics.Ladder(hs, ahead, behind, float(function(x)), [abs(f) for f in ahead]), single)


@given(st.sampled_from(sorted(SMOOTH)), st.floats(-2, 2), st.floats(0.1, 2))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_the_true_error_is_within_ten_times_the_claimed_one(name, x, v):
    function, derivative = SMOOTH[name]
    measured = slope_of(function, x, v)
    rounding = 64 * 2.0**-53 * abs(v * derivative(x))
    assert abs(measured.value - v * derivative(x)) <= numerics.CLAIM_FACTOR * measured.error + rounding


def test_smooth_functions_converge_to_a_claimed_1e_minus_9():
    measured = slope_of(np.sin, 0.7, 1.0)
    assert measured.converged
    assert measured.error < 1e-9


def test_a_kink_inside_the_ladder_is_not_called_converged():
    assert not slope_of(lambda x: abs(x - 0.001), 0.0, 1.0).converged


def test_a_smaller_ladder_converges_where_the_kink_is_far_enough():
    measured = slope_of(lambda x: abs(x - 0.001), 0.0, 1.0, first=10)
    assert measured.converged
    assert measured.value == pytest.approx(-1.0, abs=1e-9)


def test_single_precision_is_not_called_converged():
    assert not slope_of(lambda x: np.float32(np.sin(np.float32(x))), 0.7, 1.0).converged


def test_single_precision_has_a_ladder_and_a_claim_of_its_own():
    measured = slope_of(lambda x: np.float32(np.sin(np.float32(x))), 0.7, 1.0, numerics.SINGLE_FIRST, single=True)
    assert measured.converged
    assert abs(measured.value - np.cos(0.7)) <= numerics.CLAIM_FACTOR * measured.error
    assert 1e-7 < measured.error < 1e-2


@given(st.sampled_from(sorted(SMOOTH)), st.floats(-2, 2), st.floats(0.1, 2), st.sampled_from(numerics.LADDERS))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_no_smooth_function_has_a_kink(name, x, v, first):
    assert not slope_of(SMOOTH[name][0], x, v, first).kink


@given(
    st.sampled_from(sorted(SMOOTH)),
    st.floats(-2, 2),
    st.floats(0.1, 2),
    st.floats(1e-3, 10),
    st.sampled_from([-1, 1]),
    st.sampled_from(numerics.LADDERS),
)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_a_kink_at_the_inputs_is_told_although_the_ladder_converges_to_the_mean_slope(name, x, v, jump, sign, first):
    function, derivative = SMOOTH[name]
    measured = slope_of(lambda z: function(z) + sign * jump * abs(z - x), x, v, first)
    assert measured.kink
    assert measured.value == pytest.approx(v * derivative(x), abs=1e-6 * (1 + jump))


def test_a_nan_is_not_called_converged():
    assert not slope_of(lambda x: float("nan"), 0.7, 1.0).converged


def test_a_direction_is_as_large_as_what_it_moves():
    rng = np.random.default_rng(0)
    along = numerics.direction(rng, np.full((50, 40), 3.0))
    assert np.sqrt(np.mean(along**2)) == pytest.approx(3.0, rel=0.05)
    assert np.any(numerics.direction(rng, np.zeros(3)) != 0)
