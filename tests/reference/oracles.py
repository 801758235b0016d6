"""What the reference is held against: differences of its own forward in extended precision, and random cases."""

import numpy as np

STEP = 1e-4  # the truncation left after one Richardson step is of order STEP⁴ = 1e-16
RTOL = 1e-9  # of the largest expected entry
FLOOR = 1e-11  # for gradients that are 0 everywhere (one class only): u/STEP in double, far less in longdouble


def difference_jacobian(f, x):
    """Measure ∂f/∂x, shaped f.shape + x.shape, by centred differences with one Richardson step."""
    x = np.asarray(x, dtype=np.longdouble)

    def centred(place, h):
        e = np.zeros_like(x)
        e[place] = h
        return (np.asarray(f(x + e)) - np.asarray(f(x - e))) / (2 * h)

    columns = []
    for place in np.ndindex(x.shape):
        coarse, fine = centred(place, np.longdouble(STEP)), centred(place, np.longdouble(STEP) / 2)
        columns.append((4 * fine - coarse) / 3)
    return np.stack(columns, axis=-1).reshape(columns[0].shape + x.shape)


def assert_agree(actual, *oracles):
    """Assert that actual has each oracle's shape and values."""
    for expected in oracles:
        actual, expected = np.asarray(actual), np.asarray(expected)
        assert actual.shape == expected.shape
        assert np.all(np.isfinite(actual))
        assert np.max(np.abs(actual - expected)) <= RTOL * np.max(np.abs(expected)) + FLOOR


def labels(rng, N, K):
    """Draw labels with repeats and, where N or K allows it, absent classes."""
    return rng.choice(rng.permutation(K)[: max(1, K - 1)], size=N)


def away_from_zero(rng, *shape):
    """Draw normal numbers pushed at least 0.1 away from 0, where relu has its kink."""
    draw = rng.standard_normal(shape)
    return draw + np.copysign(0.1, draw)
