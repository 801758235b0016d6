"""Checkers that run for real where their library is installed: torch's gradcheck and JAX's check_vjp."""

import importlib
import warnings

import numpy as np


class Gradcheck:
    """torch.autograd.gradcheck with its defaults: steps of ±1e-6, rtol 1e-3, atol 1e-5.

    The slow mode compares whole Jacobians; the fast one u ≥ 0 and one v. When the fast mode fails it works out the slow
    Jacobian for its message; that is switched off, or n = 300,000 would not come to an end.
    """

    def __init__(self, torch, fast):
        self.torch, self.slow = torch, not fast
        self.name = f"torch gradcheck, {'fast' if fast else 'slow'}"
        importlib.import_module("torch.autograd.gradcheck")._run_slow_mode_and_get_error = lambda *args, **more: ""

    def __call__(self, problem):
        tensors = [self.torch.tensor(x, requires_grad=True) for x in problem.xs]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return self.torch.autograd.gradcheck(
                lambda *given: self.function(problem)(*given), tensors, raise_exception=False, fast_mode=not self.slow
            )

    def function(self, problem):
        torch = self.torch

        class Bridge(torch.autograd.Function):
            """The submission's two functions, as torch would be taught them."""

            @staticmethod
            def forward(ctx, *tensors):
                ctx.xs = [tensor.detach().numpy().copy() for tensor in tensors]
                return tuple(torch.from_numpy(np.array(out)) for out in problem.outputs(ctx.xs))

            @staticmethod
            def backward(ctx, *upstream):
                claimed = problem.gradients(ctx.xs, [c.detach().numpy().copy() for c in upstream])
                return tuple(torch.from_numpy(np.array(grad)) for grad in claimed)

        return Bridge.apply


class CheckVjp:
    """jax.test_util.check_vjp in float64: one Gaussian direction of one seed, steps of ±1e-4, rtol = atol = 1e-5."""

    slow = False
    name = "JAX check_grads, x64"

    def __init__(self, jax):
        jax.config.update("jax_enable_x64", True)
        self.check = importlib.import_module("jax.test_util").check_vjp

    def __call__(self, problem):
        def outputs(*xs):
            return tuple(problem.outputs([np.asarray(x) for x in xs]))

        def pulled(*xs):
            given = [np.asarray(x) for x in xs]
            return outputs(*given), lambda cs: tuple(problem.gradients(given, [np.asarray(c) for c in cs]))

        try:
            self.check(outputs, pulled, tuple(problem.xs))
        except AssertionError:
            return False
        return True


def installed(name):
    """A library, or None where it is not there."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def checkers():
    """The checkers of the libraries that are installed, and the names of those that are not."""
    found, missing = [], []
    torch, jax = installed("torch"), installed("jax")
    if torch:
        torch.set_num_threads(1)
        found += [Gradcheck(torch, fast=False), Gradcheck(torch, fast=True)]
    if jax:
        found.append(CheckVjp(jax))
    missing += [name for name, library in (("torch", torch), ("jax", jax)) if library is None]
    return found, missing
