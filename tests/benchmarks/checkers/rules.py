"""The published rules of gradient checkers that need no library, stated anew with their constants.

Each takes a problem and gives its verdict: True where it would accept the gradients. All differences are central.
"""

import numpy as np

SMALLEST = 1e-8


def relative_error(a, b):
    """CS231n's: max |a − b| / max(1e-8, |a| + |b|)."""
    return float(np.max(np.abs(a - b) / np.maximum(SMALLEST, np.abs(a) + np.abs(b)), initial=0.0))


def every_coordinate(problem, h=1e-5):
    """CS231n's full gradients of Σ⟨c, outputs⟩, each coordinate moved by ±h: 2n forward passes."""
    cs = problem.weights() if problem.pulls else [np.asarray(1.0)]
    found = []
    for k, x in enumerate(problem.xs):
        grad = np.zeros(x.shape)
        for i in np.ndindex(x.shape):
            sides = [_weighed(problem, k, i, step, cs) for step in (h, -h)]
            grad[i] = (sides[0] - sides[1]) / (2 * h)
        found.append(grad)
    return found


def _weighed(problem, k, i, step, cs):
    moved = [x.copy() for x in problem.xs]
    moved[k][i] += step
    return sum(float(np.sum(c * out)) for c, out in zip(cs, problem.outputs(moved), strict=True))


class CS231nFull:
    """`eval_numerical_gradient_array` and its notebooks' relative error: none is printed above `threshold`."""

    slow = True

    def __init__(self, threshold):
        self.threshold = threshold
        self.name = f"CS231n full, < {threshold:.0e}".replace("e-0", "e-")

    def __call__(self, problem, measured=None):
        cs = problem.weights() if problem.pulls else [np.asarray(1.0)]
        claimed = problem.gradients(problem.xs, cs)
        measured = every_coordinate(problem) if measured is None else measured
        return all(relative_error(a, b) < self.threshold for a, b in zip(claimed, measured, strict=True))


class CS231nSparse:
    """`grad_check_sparse`: ten random coordinates of each array, |a − b| / (|a| + |b|) below 1e-6; 0/0 passes."""

    slow = False
    name = "CS231n sparse × 10, < 1e-6"

    def __call__(self, problem, h=1e-5):
        rng = np.random.default_rng(0)
        cs = problem.weights() if problem.pulls else [np.asarray(1.0)]
        claimed = problem.gradients(problem.xs, cs)
        for k, x in enumerate(problem.xs):
            for _ in range(10):
                i = tuple(int(rng.integers(size)) for size in x.shape)
                sides = [_weighed(problem, k, i, step, cs) for step in (h, -h)]
                numeric, analytic = (sides[0] - sides[1]) / (2 * h), claimed[k][i]
                with np.errstate(all="ignore"):
                    error = abs(numeric - analytic) / (abs(numeric) + abs(analytic))
                if error >= 1e-6:
                    return False
        return True


class Autograd:
    """HIPS autograd's `check_vjp`: one Gaussian direction and upstream gradient, steps of ±5e-7; |a − b| < 1e-6 or
    |a − b| / |a + b| < 1e-6."""

    slow = False
    name = "HIPS autograd's rule"

    def __call__(self, problem, eps=1e-6):
        rng = np.random.default_rng(0)
        cs = problem.cotangents(rng.standard_normal)
        claimed = problem.gradients(problem.xs, cs)
        along = [rng.standard_normal(x.shape) for x in problem.xs]
        sides = [
            problem.outputs([x + sign * eps / 2 * v for x, v in zip(problem.xs, along, strict=True)])
            for sign in (1, -1)
        ]
        measured = sum(float(np.sum(c * (a - b))) / eps for c, a, b in zip(cs, *sides, strict=True))
        exact = sum(float(np.sum(g * v)) for g, v in zip(claimed, along, strict=True))
        with np.errstate(all="ignore"):
            return bool(abs(exact - measured) < 1e-6 or abs(exact - measured) / abs(exact + measured) < 1e-6)
