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


def slope_of(function, x, v, first=5):
    hs = numerics.steps(first)
    ahead = [float(function(x + h * v)) for h in hs]
    behind = [float(function(x - h * v)) for h in hs]
    return numerics.extrapolate(ahead, behind, [abs(value) for value in ahead], hs)


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


def test_a_nan_is_not_called_converged():
    assert not slope_of(lambda x: float("nan"), 0.7, 1.0).converged


def test_a_direction_is_as_large_as_what_it_moves():
    rng = np.random.default_rng(0)
    along = numerics.direction(rng, np.full((50, 40), 3.0))
    assert np.sqrt(np.mean(along**2)) == pytest.approx(3.0, rel=0.05)
    assert np.any(numerics.direction(rng, np.zeros(3)) != 0)
