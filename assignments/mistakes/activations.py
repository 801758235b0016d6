"""Activations by name, their derivatives, and what is taken for a derivative."""

import numpy as np

from reference.activations import activation as right_activation
from reference.activations import activation_derivative as right_derivative

MASKED = "relu-mask-of-gradient"


def activation(slip, sigma, z):
    """σ(z)."""
    return slip.instead(
        lambda: right_activation(sigma, z),
        ("overflow", "e^z / (1 + e^z): the exponential overflows", lambda: by_quotient(sigma, z)),
        ("", "the derivative is returned, not the activation", lambda: right_derivative(sigma, z)),
        ("", "the activation is left out: z itself", z.copy),
        ("", "the sign of z is turned round first", lambda: right_activation(sigma, -z)),
        ("", "a smooth rectifier, log(1 + e^z), stands for relu", lambda: only("relu", sigma, z, softplus(z))),
        ("", "relu takes the absolute value", lambda: only("relu", sigma, z, np.abs(z))),
        ("", "relu leaks, with slope 0.01 below 0", lambda: only("relu", sigma, z, np.where(z > 0, z, 0.01 * z))),
        ("", "tanh is taken of half of z", lambda: only("tanh", sigma, z, np.tanh(z / 2))),
        ("", "a sigmoid stands for tanh", lambda: only("tanh", sigma, z, right_activation("sigmoid", z))),
        ("", "tanh stands for the sigmoid", lambda: only("sigmoid", sigma, z, np.tanh(z))),
    )


def only(name, sigma, z, value):
    """A formula that is wrong for one activation alone."""
    return value if sigma == name else right_activation(sigma, z)


def by_quotient(sigma, z):
    """The sigmoid as e^z / (1 + e^z)."""
    return only("sigmoid", sigma, z, np.exp(z) / (1 + np.exp(z)))


def softplus(z):
    """log(1 + e^z)."""
    return np.logaddexp(0, z)


def derivative(slip, sigma, z):
    """σ'(z), where nothing else is at hand."""
    h = right_activation(sigma, z)
    return slip.instead(
        lambda: right_derivative(sigma, z),
        ("relu-mask-missing or none", "σ' is missing: it is 1 everywhere", lambda: np.ones_like(z)),
        (
            "wrong-operand or relu-mask-of-gradient",
            "σ' is evaluated at h = σ(z), not at z",
            lambda: right_derivative(sigma, h),
        ),
        ("activation-for-indicator", "the activation σ(z) stands for its derivative", lambda: h),
        (
            "wrong-operand or relu-mask-of-gradient",
            "z stands for h in h (1 − h) or 1 − h²",
            lambda: of_outputs(sigma, z),
        ),
        (
            "activation-for-indicator or wrong-operand",
            "z stands for the derivative of relu",
            lambda: but("relu", sigma, z, z),
        ),
        ("relu-mask-missing", "relu counts as the identity, σ' = 1", lambda: but("relu", sigma, z, np.ones_like(z))),
        ("relu-mask-of-gradient or sign", "relu's mask is turned round", lambda: but("relu", sigma, z, 1.0 * (z < 0))),
        ("", "the derivative of relu at exactly 0 is 1; by convention it is 0", lambda: at_zero(sigma, z, 1.0)),
        ("", "the derivative of relu at exactly 0 is ½; by convention it is 0", lambda: at_zero(sigma, z, 0.5)),
        (
            "activation-for-indicator or none",
            "the sigmoid's derivative lacks the factor 1 − h",
            lambda: but("sigmoid", sigma, z, h),
        ),
        ("", "the sigmoid's derivative is 1 − h, without the factor h", lambda: but("sigmoid", sigma, z, 1 - h)),
        ("", "tanh' is 1 − h, without the square", lambda: but("tanh", sigma, z, 1 - h)),
        ("sign or none", "tanh' is 1 + h²", lambda: but("tanh", sigma, z, 1 + h**2)),
        ("", "the sigmoid's rule h (1 − h) is used for tanh", lambda: but("tanh", sigma, z, h * (1 - h))),
        ("", "tanh's rule 1 − h² is used for the sigmoid", lambda: but("sigmoid", sigma, z, 1 - h**2)),
        ("", "the sigmoid's rule h (1 − h) is used for every activation", lambda: h * (1 - h)),
        ("", "the derivative of the identity is z", lambda: but("identity", sigma, z, z)),
        ("scale or none", "the derivative of the identity is 0", lambda: but("identity", sigma, z, 0 * z)),
        ("overflow", "e^−z / (1 + e^−z)²: the exponential overflows", lambda: quotient_slope(sigma, z)),
    )


def but(name, sigma, z, value):
    """A derivative that is wrong for one activation alone."""
    return value if sigma == name else right_derivative(sigma, z)


def of_outputs(sigma, h):
    """The derivative written in outputs, whatever is handed in for them."""
    rules = {"sigmoid": lambda: h * (1 - h), "tanh": lambda: 1 - h**2}
    return rules.get(sigma, lambda: right_derivative(sigma, h))()


def at_zero(sigma, z, value):
    """relu' with another convention."""
    return but("relu", sigma, z, np.where(z == 0, value, z > 0))


def quotient_slope(sigma, z):
    """The sigmoid's derivative as a quotient of exponentials."""
    return but("sigmoid", sigma, z, np.exp(-z) / (1 + np.exp(-z)) ** 2)


def slope(slip, sigma, z, d):
    """σ'(z) in a backward pass, where the gradient d that comes from above is at hand, too."""
    kept = derivative(slip, sigma, z)
    return slip.instead(
        lambda: kept,
        (MASKED, "σ' is evaluated at the gradient from above, not at z", lambda: right_derivative(sigma, d)),
        (MASKED, "relu's mask asks for the sign of the gradient", lambda: but("relu", sigma, z, 1.0 * (d > 0))),
        (MASKED, "the sigmoid's rule is applied to the gradient, d (1 − d)", lambda: d * (1 - d)),
    )
