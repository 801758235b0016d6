"""The rectifier: forwards, backwards, and by its Jacobian."""

import numpy as np

LEAKS = [
    (slope, f"the rectifier leaks, with slope {slope:g} below 0", f"the derivative leaks, with slope {slope:g} below 0")
    for slope in (0.01, 0.1, 0.2)
]
THRESHOLDS = [
    (least, f"the rectifier's threshold is {least:g}, not 0", f"the mask's threshold is {least:g}, not 0")
    for least in (0.1, 0.5, 1.0)
]


def forward(slip, x):
    """max(0, x)."""
    return slip.instead(
        lambda: np.maximum(x, 0),
        ("", "the rectifier takes the absolute value", lambda: np.abs(x)),
        ("", "the rectifier lets everything through", x.copy),
        ("", "the rectifier keeps the negative side: min(0, x)", lambda: np.minimum(x, 0)),
        ("", "the rectifier returns its mask, 1(x > 0)", lambda: (x > 0).astype(float)),
        ("", "the rectifier cuts off above 1", lambda: np.clip(x, 0, 1)),
        ("", "the rectifier cuts off above 6", lambda: np.clip(x, 0, 6)),
        *(("", note, lambda slope=slope: np.where(x > 0, x, slope * x)) for slope, note, _ in LEAKS),
        *(("", note, lambda least=least: np.where(x > least, x, 0.0)) for least, note, _ in THRESHOLDS),
    )


MASKED = "relu-mask-of-gradient"


def slope(slip, u, dh):
    """relu'(u), and what is taken for it."""
    h = np.maximum(u, 0)
    return slip.instead(
        lambda: (u > 0).astype(float),
        ("relu-mask-missing", "the mask of the rectifier is missing: all is let through", lambda: np.ones_like(u)),
        (MASKED, "the mask asks for the sign of the upstream gradient, not of the input", lambda: 1.0 * (dh > 0)),
        (
            "relu-mask-of-gradient or none",
            "the mask asks for input and upstream gradient to be positive",
            lambda: 1.0 * ((dh > 0) & (u > 0)),
        ),
        ("relu-mask-of-gradient or sign", "the mask is turned round: 1(u < 0)", lambda: 1.0 * (u < 0)),
        ("relu-mask-of-gradient or sign", "the mask is turned round: 1(u ≤ 0)", lambda: 1.0 * (u <= 0)),
        (MASKED, "the mask is that of a negative upstream gradient", lambda: 1.0 * (dh < 0)),
        (MASKED, "the derivative is evaluated at dh: it is 1 − dh", lambda: 1 - dh),
        (MASKED, "the derivative is evaluated at dh: it is dh (1 − dh)", lambda: dh * (1 - dh)),
        ("activation-for-indicator", "the activation max(0, u) stands for the indicator 1(u > 0)", lambda: h),
        ("activation-for-indicator or wrong-operand", "the input u stands for the indicator 1(u > 0)", u.copy),
        ("", "the sign of the input stands for the indicator: −1 below 0", lambda: np.sign(u)),
        ("", "the derivative of a sigmoid, h (1 − h), stands for the rectifier's", lambda: h * (1 - h)),
        ("", "the derivative of tanh, 1 − h², stands for the rectifier's", lambda: 1 - h**2),
        ("", "the derivative at exactly 0 is taken as 1; by convention it is 0", lambda: 1.0 * (u >= 0)),
        ("", "the derivative at exactly 0 is taken as ½; by convention it is 0", lambda: np.where(u == 0, 0.5, u > 0)),
        *(("", note, lambda slope=slope: np.where(u > 0, 1.0, slope)) for slope, _, note in LEAKS),
        *(("", note, lambda least=least: 1.0 * (u > least)) for least, _, note in THRESHOLDS),
    )


def backward(slip, dout, x):
    """dx = relu'(x) ∘ dout."""
    return slip.instead(
        lambda: dout * slope(slip, x, dout),
        ("", "the upstream gradient is ignored: dx is the mask", lambda: (x > 0).astype(float)),
        (
            "wrong-operand or none",
            "the input passes through the mask, not the upstream gradient",
            lambda: np.maximum(x, 0),
        ),
        (
            "wrong-operand or relu-mask-of-gradient",
            "the two arguments are mixed up: the input where the upstream gradient is positive",
            lambda: x * (dout > 0),
        ),
    )


def backward_of(slip, x, dout):
    """The same for a task, which names its inputs."""
    return backward(slip, dout, x)


def jacobian(slip, u):
    """diag(1(u > 0))."""
    d = slope(slip, u, u)
    return slip.instead(
        lambda: np.eye(len(u)) if slip("relu-mask-missing", "it is the identity") else np.diag(d),
        (
            "missing-indicator or none",
            "every row holds the whole mask, not its diagonal",
            lambda: np.tile(d, (len(u), 1)),
        ),
        ("missing-indicator or none", "the mask is multiplied with itself as an outer product", lambda: np.outer(d, d)),
        ("shape", "it is the diagonal alone", lambda: d),
    )
