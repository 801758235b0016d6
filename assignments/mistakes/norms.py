"""Batch, layer, spatial and group normalisation, on rows (n, d) whose statistics run along one axis."""

import numpy as np

AXIS, VAR, DIRECT, EPS = "norm-axis", "bn-variance-path", "bn-direct-only", "eps-placement"


def statistics(slip, x, axis, eps):
    """(centred, std) of the rows or columns of x."""
    n, other = x.shape[axis], 1 - axis

    def mean(a, along=axis):
        return a.mean(axis=along, keepdims=True)

    m = slip.instead(
        lambda: mean(x),
        (AXIS, "mean and variance run along the other axis", lambda: mean(x, other)),
        (AXIS, "the mean runs along the other axis", lambda: mean(x, other)),
        (AXIS, "the mean is that of everything", lambda: np.full((1, 1), x.mean())),
        (AXIS, "mean and variance are those of everything", lambda: np.full((1, 1), x.mean())),
        (*LOST, lambda: square(x).mean(axis=1)[None, :]),
        ("", "the mean is not subtracted", lambda: 0 * mean(x)),
    )
    c = x - m
    v = slip.instead(
        lambda: mean((x - mean(x)) ** 2),
        (AXIS, "mean and variance run along the other axis", lambda: mean((x - mean(x, other)) ** 2, other)),
        (AXIS, "the variance runs along the other axis", lambda: mean((x - mean(x, other)) ** 2, other)),
        (AXIS, "mean and variance are those of everything", lambda: np.full((1, 1), x.var())),
        (AXIS, "the variance is that of everything", lambda: np.full((1, 1), x.var())),
        (*LOST, lambda: square(x).var(axis=1)[None, :]),
        ("scale or none", "the variance is divided by N − 1", lambda: mean((x - mean(x)) ** 2) * n / (n - 1)),
        ("", "the mean is not subtracted in the variance", lambda: mean(x * x)),
        ("missing-1/N or none", "the variance is a sum, not a mean", lambda: mean((x - mean(x)) ** 2) * n),
    )
    std = slip.instead(
        lambda: np.sqrt(v + eps),
        (EPS, "ε is added outside the root", lambda: np.sqrt(v) + eps),
        ("eps-placement or none", "ε is missing", lambda: np.sqrt(v)),
        (EPS, "ε is squared inside the root", lambda: np.sqrt(v + eps**2)),
        (EPS, "the root of ε is added outside", lambda: np.sqrt(v) + np.sqrt(eps)),
        ("", "the root is missing: the variance divides", lambda: v + eps),
        ("", "the fourth root is taken: a root too many", lambda: np.sqrt(np.sqrt(v + eps))),
        *(("", note, lambda own=own: np.sqrt(v + own)) for own, note in OWN),
    )
    return c, std


LOST = (AXIS, "means and variances of rows lose their axis and spread along columns, where N = D")
LOST_BACK = (AXIS, "the means of both paths lose their axis and spread along columns, where N = D")


def square(x):
    """x, where rows are as long as columns. Raises ValueError elsewhere, as the mistake does."""
    if x.shape[0] != x.shape[1]:
        raise ValueError("the shapes do not broadcast")
    return x


AFTER = ("", "γ is applied after the sums over x̂, not before them")
OWN = [(own, f"ε is {own:g}, whatever is asked for") for own in (1e-5, 1e-8, 1e-6, 1e-4, 1e-3, 1e-7, 1e-12)]


def scaled(slip, xhat, gamma, beta):
    """γ x̂ + β."""
    return slip.instead(
        lambda: gamma * xhat + beta,
        ("", "β is not added", lambda: gamma * xhat),
        ("", "γ is not applied", lambda: xhat + beta),
        ("", "neither γ nor β is applied", lambda: xhat),
        ("", "β is added before γ is applied", lambda: gamma * (xhat + beta)),
        ("wrong-operand", "γ and β change places", lambda: beta * xhat + gamma),
        ("", "γ divides", lambda: xhat / gamma + beta),
    )


def backward(slip, x, gamma, dout, axis, eps):
    """(dx, dgamma per entry, dbeta per entry); the last two are to be summed."""
    c, std = statistics(slip, x, axis, eps)
    xhat, g = c / std, upstream(slip, gamma, dout)
    n, d, other = x.shape[axis], x.shape[1 - axis], 1 - axis

    def mean(a, along=axis):
        return a.mean(axis=along, keepdims=True)

    through_mean = slip.instead(
        lambda: mean(g),
        (AXIS, "the path through the mean sums along the other axis", lambda: mean(g, other)),
        (AXIS, "both paths sum along the other axis", lambda: mean(g, other)),
        (*LOST_BACK, lambda: square(g).mean(axis=1)[None, :]),
        ("norm-axis or none", "the path through the mean is divided by D, not N", lambda: mean(g) * n / d),
        ("norm-axis or bn-variance-path", "both paths are divided by D, not N", lambda: mean(g) * n / d),
        ("missing-1/N", "the path through the mean is not divided by N", lambda: mean(g) * n),
        ("missing-1/N", "neither path is divided by N", lambda: mean(g) * n),
    )
    product = g * slip.instead(
        lambda: xhat,
        ("wrong-operand or bn-variance-path", "x stands for x̂ in the variance path's sum", lambda: x),
        ("wrong-operand or bn-variance-path", "x stands for x − μ in the variance path", lambda: x / std),
        ("wrong-operand or bn-variance-path", "x − μ stands for x̂ in the variance path's sum", lambda: c),
    )
    through_var = slip.instead(
        lambda: mean(product),
        (AXIS, "the path through the variance sums along the other axis", lambda: mean(product, other)),
        (AXIS, "both paths sum along the other axis", lambda: mean(product, other)),
        (*LOST_BACK, lambda: square(product).mean(axis=1)[None, :]),
        (VAR, "the path through the variance is divided by D, not N", lambda: mean(product) * n / d),
        ("norm-axis or bn-variance-path", "both paths are divided by D, not N", lambda: mean(product) * n / d),
        (
            "bn-variance-path or missing-1/N",
            "the path through the variance is not divided by N",
            lambda: mean(product) * n,
        ),
        ("missing-1/N", "neither path is divided by N", lambda: mean(product) * n),
        (VAR, "σ stands for σ² in the variance path: ½/s is missing", lambda: mean(product) * std),
        (VAR, "the variance path has the exponent −1/2 for −3/2", lambda: mean(product) * std**2),
        (VAR, "the variance path has the exponent −2 for −3/2", lambda: mean(product) / std),
        (VAR, "the variance path has the exponent −1 for −3/2", lambda: mean(product) * std),
        (VAR, "the variance path has the exponent −5/2 for −3/2", lambda: mean(product) / std**2),
        (VAR, "the 2 of the square is missing in the variance path", lambda: mean(product) / 2),
        (VAR, "the ½ of the root is missing in the variance path", lambda: 2 * mean(product)),
    ) * slip.instead(
        lambda: xhat,
        ("wrong-operand or bn-variance-path", "x stands for x̂ at the end of the variance path", lambda: x),
        ("wrong-operand or bn-variance-path", "x stands for x − μ in the variance path", lambda: x / std),
        ("wrong-operand or bn-variance-path", "x stands for x − μ at the end of the variance path", lambda: x / std),
        ("wrong-operand or bn-variance-path", "x − μ stands for x̂ at the end of the variance path", lambda: c),
        (VAR, "the last factor x̂ of the variance path is missing", lambda: np.ones_like(x)),
    )
    dx = assembled(slip, g, through_mean, through_var, std, gamma, n, eps)
    return dx, *parameters(slip, x, c, xhat, gamma, dout)


def upstream(slip, gamma, dout):
    """γ dout."""
    return slip.instead(
        lambda: gamma * dout,
        ("", "γ is left out of dx", lambda: dout),
        ("scale or none", "γ is multiplied twice in dx", lambda: gamma**2 * dout),
        ("", "γ divides in dx", lambda: dout / gamma),
        ("sign or none", "γ loses its sign in dx", lambda: np.abs(gamma) * dout),
        (*AFTER, lambda: dout),
    )


def assembled(slip, g, through_mean, through_var, std, gamma, n, eps):
    """(g − mean path − variance path) / s."""
    g, m, v = (
        slip.instead(
            lambda: g,
            ("bn-variance-path or none", "the direct path is missing", lambda: 0 * g),
            ("missing-1/N or none", "N is missing before the direct path: (dout − Σ …)/N", lambda: g / n),
        ),
        slip.instead(
            lambda: through_mean,
            ("bn-direct-only or none", "the path through the mean is missing", lambda: 0 * through_mean),
            (DIRECT, "both paths, through mean and variance, are missing", lambda: 0 * through_mean),
            ("sign or none", "the path through the mean has the wrong sign", lambda: -through_mean),
            ("scale or none", "the path through the mean counts twice", lambda: 2 * through_mean),
        ),
        slip.instead(
            lambda: through_var,
            ("bn-variance-path or bn-direct-only", "the path through the variance is missing", lambda: 0 * through_var),
            (DIRECT, "both paths, through mean and variance, are missing", lambda: 0 * through_var),
            ("sign or bn-variance-path", "the path through the variance has the wrong sign", lambda: -through_var),
        ),
    )
    total = g - m - v
    return slip.instead(
        lambda: total / std,
        ("missing-1/N", "1/N is missing before dx", lambda: total * n / std),
        ("extra-1/N", "dx is divided by N once more", lambda: total / (n * std)),
        ("bn-variance-path or scale", "the standard deviation divides twice", lambda: total / std**2),
        ("scale or none", "the standard deviation does not divide", lambda: total),
        ("sign", "dx has the wrong sign", lambda: -total / std),
        (*AFTER, lambda: gamma * total / std),
        (
            "eps-placement or none",
            "ε is missing where dx is divided by the deviation",
            lambda: total / np.sqrt(std**2 - eps),
        ),
        (
            "eps-placement or none",
            "ε is missing in the variance path",
            lambda: (g - m - v * std**2 / (std**2 - eps)) / std,
        ),
    )


def parameters(slip, x, c, xhat, gamma, dout):
    """The entries that dgamma and dbeta sum."""
    dgamma = dout * slip.instead(
        lambda: xhat,
        ("wrong-operand", "dgamma takes x for x̂", lambda: x),
        ("wrong-operand", "dgamma takes x − μ for x̂", lambda: c),
        ("wrong-operand or none", "dgamma holds γ: γ x̂ for x̂", lambda: gamma * xhat),
        ("wrong-operand or none", "dgamma lacks x̂: it is dbeta", lambda: np.ones_like(x)),
        ("wrong-operand", "dgamma and dbeta change places", lambda: np.ones_like(x)),
    )
    dbeta = slip.instead(
        lambda: dout,
        ("wrong-operand or none", "dbeta holds γ", lambda: gamma * dout),
        ("wrong-operand", "dbeta is dgamma", lambda: dout * xhat),
        ("wrong-operand", "dgamma and dbeta change places", lambda: dout * xhat),
    )
    return dgamma, dbeta


def summed(slip, entries, name, count):
    """The sum over the examples."""
    return slip.instead(
        lambda: entries.sum(axis=0),
        ("bias-mean or extra-1/N", f"{name} is a mean, not a sum", lambda: entries.mean(axis=0)),
        ("norm-axis or bias-not-summed", f"{name} is summed along the other axis", lambda: entries.sum(axis=1)),
        ("bias-not-summed", f"{name} is not summed", lambda: entries),
        ("bias-not-summed", f"{name} keeps an axis of length 1", lambda: entries.sum(axis=0, keepdims=True)),
        ("bias-not-summed or none", f"{name} is that of the first example alone", lambda: entries[0]),
        ("spatial-count", f"{name} is a mean over the places of an image", lambda: entries.sum(axis=0) / count),
    )


def pulled_back(slip, x, gamma, dout, axis, eps, places=1):
    """(dx, dgamma, dbeta) of rows."""
    dx, dgamma, dbeta = backward(slip, x, gamma, dout, axis, eps)
    return dx, summed(slip, dgamma, "dgamma", places), summed(slip, dbeta, "dbeta", places)


def batchnorm_backward(slip, x, gamma, beta, bn_param, dout):
    """Batch norm while training."""
    return pulled_back(slip, x, gamma, dout, 0, bn_param.get("eps", 1e-5))


def layernorm_backward(slip, x, gamma, beta, ln_param, dout):
    """Statistics along rows."""
    return pulled_back(slip, x, gamma, dout, 1, ln_param.get("eps", 1e-5))


def layernorm_forward(slip, x, gamma, beta, ln_param):
    """γ x̂ + β."""
    c, std = statistics(slip, x, 1, ln_param.get("eps", 1e-5))
    return scaled(slip, c / std, gamma, beta)


def batchnorm_forward(slip, x, gamma, beta, bn_param):
    """Training and testing, and the running statistics."""
    eps, m = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    if slip("", "the momentum is always 0.9"):
        m = 0.9
    if slip("", "the momentum is taken the wrong way round"):
        m = 1 - m
    held = {name: bn_param.get(name, np.zeros(x.shape[1])) for name in ("running_mean", "running_var")}
    if bn_param["mode"] == "test" and not slip("", "testing uses the statistics of the batch"):
        return tested(slip, x, gamma, beta, eps, held)
    c, std = statistics(slip, x, 0, eps)
    keep(slip, x, bn_param, held, m)
    return scaled(slip, c / std, gamma, beta)


def tested(slip, x, gamma, beta, eps, held):
    """With the running statistics."""
    v = held["running_var"]
    std = slip.instead(
        lambda: np.sqrt(v + eps),
        ("", "testing forgets the root", lambda: v + eps),
        ("eps-placement or none", "testing adds no ε", lambda: np.sqrt(v)),
        (EPS, "testing adds ε outside the root", lambda: np.sqrt(v) + eps),
        (EPS, "ε is added outside the root", lambda: np.sqrt(v) + eps),
        ("", "testing does not divide", lambda: np.ones_like(v)),
    )
    xhat = (x - held["running_mean"]) / std
    return slip.instead(
        lambda: scaled(slip, xhat, gamma, beta),
        ("", "testing scales and shifts nothing", lambda: xhat),
    )


def keep(slip, x, bn_param, held, m):
    """Move the running statistics."""
    n, v = len(x), x.var(axis=0)
    if slip("", "the running statistics are not stored"):
        return
    kept = slip.instead(
        lambda: v,
        ("scale or none", "the running variance is corrected by N/(N − 1)", lambda: v * n / (n - 1)),
        ("", "the running variance keeps the standard deviation", lambda: np.sqrt(v)),
    )
    before = (
        {k: 0 * a for k, a in held.items()}
        if slip("state or none", "running statistics restart at every call")
        else held
    )
    bn_param["running_mean"] = m * before["running_mean"] + (1 - m) * x.mean(axis=0)
    bn_param["running_var"] = m * before["running_var"] + (1 - m) * kept
