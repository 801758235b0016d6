"""A Jacobian by differences."""

import numpy as np


def numerical_jacobian(slip, f, x, h):
    """Centred differences, a column for each input."""
    step = h
    for other, note in OWN:
        if slip("", note):
            step = other
    ahead, behind = (np.stack([f(x + sign * step * e) for e in np.eye(len(x))], axis=1) for sign in (1, -1))
    here = f(x)[:, None]
    J = slip.instead(
        lambda: (ahead - behind) / (2 * step),
        ("precedence", "the difference is divided by 2 and multiplied by h", lambda: (ahead - behind) / 2 * step),
        ("", "forward differences, (f(x + h) − f(x)) / h", lambda: (ahead - here) / step),
        ("", "backward differences, (f(x) − f(x − h)) / h", lambda: (here - behind) / step),
        ("scale", "the difference over 2 h is divided by h alone", lambda: (ahead - behind) / step),
        ("scale", "a forward difference is divided by 2 h", lambda: (ahead - here) / (2 * step)),
        ("sign", "the difference is taken the other way round", lambda: (behind - ahead) / (2 * step)),
        ("sign or none", "the two values are added", lambda: (ahead + behind) / (2 * step)),
        ("scale", "the difference is not divided by h", lambda: (ahead - behind) / 2),
        ("scale", "the difference is not divided at all", lambda: ahead - behind),
    )
    return slip.instead(
        lambda: J,
        ("transpose", "inputs count the rows, outputs the columns", lambda: J.T),
        ("", "only the diagonal is there", lambda: np.diag(np.diag(J))),
        ("shape", "only the diagonal is there, as a vector", lambda: np.diag(J)),
        ("", "every input is moved at once", lambda: np.tile(at_once(f, x, step), (1, len(x)))),
    )


OWN = [(own, f"the step is {own:g}, whatever h is") for own in (1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8)]


def at_once(f, x, h):
    """One difference with all inputs moved."""
    return ((f(x + h) - f(x - h)) / (2 * h))[:, None]
