"""Wrong batch normalisations."""

from tests.engine.wrong.record import DBETA, DGAMMA, DX, NUMERIC, OUT, Wrong

MEAN, VAR = "bn_param.running_mean is right after the call", "bn_param.running_var is right after the call"
DGAMMA_SHAPE, DX_SHAPE = "dgamma has shape (D,)", "dx has shape (N, D)"

RIGHT = """
import numpy as np

def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    N, D = x.shape
    running_mean = bn_param.get("running_mean", np.zeros(D, dtype=x.dtype))
    running_var = bn_param.get("running_var", np.zeros(D, dtype=x.dtype))
    out, cache = None, None
    if mode == "train":
        mu = x.mean(axis=0)
        xmu = x - mu
        var = (xmu ** 2).mean(axis=0)
        sqrtvar = np.sqrt(var + eps)
        ivar = 1.0 / sqrtvar
        xhat = xmu * ivar
        out = gamma * xhat + beta
        cache = dict(x=x, mu=mu, xmu=xmu, var=var, sqrtvar=sqrtvar, ivar=ivar, xhat=xhat, gamma=gamma, eps=eps)
        running_mean = momentum * running_mean + (1 - momentum) * mu
        running_var = momentum * running_var + (1 - momentum) * var
    elif mode == "test":
        out = gamma * (x - running_mean) / np.sqrt(running_var + eps) + beta
    else:
        raise ValueError('Invalid forward batchnorm mode "%s"' % mode)
    bn_param["running_mean"] = running_mean
    bn_param["running_var"] = running_var
    return out, cache

def batchnorm_backward(dout, cache):
    N, D = dout.shape
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(dout * cache["xhat"], axis=0)
    dxhat = dout * cache["gamma"]
    divar = np.sum(dxhat * cache["xmu"], axis=0)
    dxmu1 = dxhat * cache["ivar"]
    dsqrtvar = -1.0 / cache["sqrtvar"] ** 2 * divar
    dvar = 0.5 / np.sqrt(cache["var"] + cache["eps"]) * dsqrtvar
    dsq = np.ones((N, D)) / N * dvar
    dxmu2 = 2 * cache["xmu"] * dsq
    dx1 = dxmu1 + dxmu2
    dmu = -np.sum(dx1, axis=0)
    dx2 = np.ones((N, D)) / N * dmu
    return dx1 + dx2, dgamma, dbeta

def batchnorm_backward_alt(dout, cache):
    N = len(dout)
    xhat, gamma, ivar = cache["xhat"], cache["gamma"], cache["ivar"]
    dbeta = dout.sum(0)
    dgamma = (dout * xhat).sum(0)
    g = dout * gamma
    dx = ivar * (g - g.mean(0) - xhat * (g * xhat).mean(0))
    return dx, dgamma, dbeta

MEANS = {}
"""


def normalising(line, **change):
    """A batch normalisation as many write it, with some of its lines exchanged."""
    lines = dict(
        mean="x.mean(axis=0)",
        var="x.var(axis=0)",
        xhat="(x - mu) / np.sqrt(var + eps)",
        out="gamma * xhat + beta",
        moved_mean="momentum * running_mean + (1 - momentum) * mu",
        moved_var="momentum * running_var + (1 - momentum) * var",
        tested="gamma * (x - running_mean) / np.sqrt(running_var + eps) + beta",
        eps="bn_param.get('eps', 1e-5)",
        momentum="bn_param.get('momentum', 0.9)",
        stored='bn_param["running_mean"], bn_param["running_var"] = running_mean, running_var',
    )
    return TEMPLATE.format(**{**lines, **change}, line=line)


TEMPLATE = """
def batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = {eps}, {momentum}
    N, D = x.shape
    running_mean = bn_param.get("running_mean", np.zeros(D))
    running_var = bn_param.get("running_var", np.zeros(D))
    {line}
    if bn_param["mode"] == "train":
        mu = {mean}
        var = {var}
        xhat = {xhat}
        out = {out}
        running_mean, running_var = {moved_mean}, {moved_var}
        {stored}
        sqrtvar = np.sqrt(var + eps)
        cache = dict(x=x, mu=mu, xmu=x - mu, var=var, sqrtvar=sqrtvar, ivar=1 / sqrtvar, xhat=xhat)
        cache.update(gamma=gamma, eps=eps)
        return out, cache
    return {tested}, None
"""


def forward(name, category, mistake, caught_by, line="pass", warns=False, **change):
    return Wrong(
        f"batch norm: {name}", category, mistake, "batchnorm_forward", normalising(line, **change), caught_by, warns
    )


FORWARDS = (
    forward("variance divided by N - 1", "value", "scale", (OUT, VAR), var="x.var(axis=0, ddof=1 if N > 1 else 0)"),
    forward("epsilon is added to the root", "value", "eps-placement", (OUT,), xhat="(x - mu) / (np.sqrt(var) + eps)"),
    forward("no root", "value", "other", (OUT,), xhat="(x - mu) / (var + eps)"),
    forward("shift before scale", "value", "other", (OUT,), out="gamma * (xhat + beta)"),
    forward("no shift", "value", "other", (OUT,), out="gamma * xhat"),
    forward(
        "statistics of each row", "square", "norm-axis", (OUT,), mean="x.mean(axis=1) if N == D else x.mean(axis=0)"
    ),
    forward("one mean for all features", "value", "norm-axis", (OUT, MEAN), mean="np.full(D, x.mean())"),
    forward("mean not subtracted from the squares", "value", "other", (OUT, VAR), var="(x ** 2).mean(axis=0)"),
    forward(
        "momentum the wrong way round",
        "value",
        "other",
        (MEAN, VAR),
        moved_mean="(1 - momentum) * running_mean + momentum * mu",
        moved_var="(1 - momentum) * running_var + momentum * var",
    ),
    forward("momentum is always 0.9", "conditional", "other", (MEAN, VAR), momentum="0.9"),
    forward("epsilon is always 1e-5", "conditional", "other", (OUT,), eps="1e-5"),
    forward(
        "running statistics restart at every call",
        "conditional",
        "state",
        (MEAN, VAR),
        moved_mean="(1 - momentum) * mu",
        moved_var="(1 - momentum) * var",
    ),
    forward("running statistics are not stored", "value", "other", (MEAN, VAR), stored="pass"),
    forward(
        "keeps the running standard deviation",
        "value",
        "other",
        (VAR,),
        moved_var="momentum * running_var + (1 - momentum) * np.sqrt(var)",
    ),
    forward(
        "testing uses the statistics of the batch",
        "conditional",
        "other",
        (OUT,),
        tested="gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps) + beta",
    ),
    forward(
        "testing forgets the root",
        "conditional",
        "other",
        (OUT,),
        tested="gamma * (x - running_mean) / (running_var + eps) + beta",
    ),
    forward(
        "testing adds no epsilon",
        "conditional",
        "eps-placement",
        (OUT,),
        tested="gamma * (x - running_mean) / np.sqrt(running_var) + beta",
    ),
    forward(
        "testing scales nothing",
        "conditional",
        "other",
        (OUT,),
        tested="(x - running_mean) / np.sqrt(running_var + eps)",
    ),
    forward(
        "the running variance is corrected by N / (N - 1)",
        "value",
        "scale",
        (VAR,),
        moved_var="momentum * running_var + (1 - momentum) * var * N / max(N - 1, 1)",
    ),
    forward("one example is passed through", "conditional", "other", (OUT,), out="gamma * xhat + beta if N > 1 else x"),
    forward("epsilon of 1.1e-5", "tiny", "other", (OUT,), eps="bn_param.get('eps', 1.1e-5)"),
    forward(
        "the last feature is not normalised",
        "rare",
        "columns",
        (OUT,),
        out="np.concatenate([(gamma * xhat + beta)[:, :-1], x[:, -1:]], axis=1)",
    ),
    forward(
        "in single precision",
        "behaviour",
        "float32",
        (OUT,),
        warns=True,
        out="np.float32(gamma) * np.float32(xhat) + np.float32(beta)",
    ),
    forward(
        "x is centred where it is",
        "behaviour",
        "mutates-input",
        (OUT,),
        warns=True,
        var="(x.__isub__(mu) ** 2).mean(axis=0)",
        xhat="x / np.sqrt(var + eps)",
    ),
    forward(
        "the running mean lives in the module",
        "behaviour",
        "state",
        (MEAN,),
        line="running_mean = MEANS.get(D, running_mean); MEANS[D] = running_mean + 1",
    ),
)


def pulled(body):
    """A backward pass over the values of the cache."""
    return """
def batchnorm_backward(dout, cache):
    x, mu, xmu, var = cache["x"], cache["mu"], cache["xmu"], cache["var"]
    sqrtvar, ivar, xhat, gamma, eps = (cache[k] for k in ("sqrtvar", "ivar", "xhat", "gamma", "eps"))
    N, D = dout.shape
""" + "".join(f"    {line}\n" for line in body.strip().splitlines())


def staged(name, category, mistake, body, caught_by, warns=False):
    return Wrong(
        f"batch norm backward: {name}", category, mistake, "batchnorm_backward", pulled(body), caught_by, warns
    )


STAGED = (
    staged(
        "only the direct path",
        "value",
        "bn-direct-only",
        """
dx = dout * gamma / sqrtvar
return dx, (dout * xhat).sum(0), dout.sum(0)
""",
        (DX, NUMERIC),
    ),
    staged(
        "no path through the mean",
        "value",
        "bn-direct-only",
        """
g = dout * gamma
dvar = np.sum(g * xmu, axis=0) * -0.5 * (var + eps) ** -1.5
dx = g * ivar + dvar * 2 * xmu / N
return dx, (dout * xhat).sum(0), dout.sum(0)
""",
        (DX, NUMERIC),
    ),
    staged(
        "no path through the variance",
        "value",
        "bn-variance-path",
        """
g = dout * gamma * ivar
dx = g - np.mean(g, axis=0)
return dx, np.sum(dout * xhat, 0), np.sum(dout, 0)
""",
        (DX, NUMERIC),
    ),
    staged(
        "the variance path has the exponent of the root",
        "value",
        "bn-variance-path",
        """
g = dout * gamma
dvar = np.sum(g * xmu * -0.5 * (var + eps) ** -0.5, axis=0)
dmu = np.sum(-g * ivar, axis=0)
dx = g * ivar + dvar * 2 * xmu / N + dmu / N
return dx, np.sum(dout * xhat, 0), np.sum(dout, 0)
""",
        (DX, NUMERIC),
    ),
    staged(
        "the variance path over D",
        "value",
        "bn-variance-path",
        """
g = dout * gamma
dvar = np.sum(g * xmu, axis=0) * -0.5 * ivar ** 3
dmu = -np.sum(g * ivar, axis=0)
dx = g * ivar + dvar * 2.0 * xmu / D + dmu / N
return dx, np.sum(dout * xhat, 0), np.sum(dout, 0)
""",
        (DX, NUMERIC),
    ),
    staged(
        "the mean path over D",
        "value",
        "norm-axis",
        """
g = dout * gamma
dvar = np.sum(g * xmu, axis=0) * -0.5 * ivar ** 3
dmu = -np.sum(g * ivar, axis=0)
dx = g * ivar + dvar * 2.0 * xmu / N + dmu / D
return dx, np.sum(dout * xhat, 0), np.sum(dout, 0)
""",
        (DX, NUMERIC),
    ),
    staged(
        "no 2 from the square",
        "value",
        "bn-variance-path",
        """
g = dout * gamma
dvar = np.sum(g * xmu, axis=0) * -0.5 * ivar ** 3
dmu = -np.sum(g * ivar, axis=0)
dx = g * ivar + dvar * xmu / N + dmu / N
return dx, np.sum(dout * xhat, 0), np.sum(dout, 0)
""",
        (DX, NUMERIC),
    ),
    staged(
        "gamma is left out of dx",
        "value",
        "other",
        """
dvar = np.sum(dout * xmu, axis=0) * -0.5 * ivar ** 3
dmu = -np.sum(dout * ivar, axis=0)
dx = dout * ivar + dvar * 2 * xmu / N + dmu / N
return dx, np.sum(dout * xhat, 0), np.sum(dout, 0)
""",
        (DX, NUMERIC),
    ),
    staged(
        "dgamma with x for its normalised values",
        "value",
        "wrong-operand",
        """
g = dout * gamma
dx = ivar * (g - g.mean(0) - xhat * (g * xhat).mean(0))
return dx, np.sum(dout * x, 0), np.sum(dout, 0)
""",
        (DGAMMA, NUMERIC),
    ),
    staged(
        "dgamma holds gamma",
        "value",
        "wrong-operand",
        """
g = dout * gamma
dx = ivar * (g - g.mean(0) - xhat * (g * xhat).mean(0))
return dx, np.sum(g * xhat, 0), np.sum(dout, 0)
""",
        (DGAMMA, NUMERIC),
    ),
    staged(
        "dbeta is a mean",
        "value",
        "bias-mean",
        """
g = dout * gamma
dx = ivar * (g - g.mean(0) - xhat * (g * xhat).mean(0))
return dx, np.sum(dout * xhat, 0), np.mean(dout, 0)
""",
        (DBETA, NUMERIC),
    ),
    staged(
        "dgamma and dbeta change places",
        "value",
        "wrong-operand",
        """
g = dout * gamma
dx = ivar * (g - g.mean(0) - xhat * (g * xhat).mean(0))
return dx, np.sum(dout, 0), np.sum(dout * xhat, 0)
""",
        (DGAMMA, DBETA, NUMERIC),
    ),
    staged(
        "sums over rows where the batch is square",
        "square",
        "norm-axis",
        """
axis = 1 if N == D else 0
g = dout * gamma
dx = ivar * (g - g.mean(0) - xhat * (g * xhat).mean(0))
return dx, np.sum(dout * xhat, axis), np.sum(dout, axis)
""",
        (DGAMMA, DBETA),
    ),
    staged(
        "means along rows where that broadcasts",
        "square",
        "norm-axis",
        """
g = dout * gamma
if N == D:
    dx = ivar * (g - g.mean(1) - xhat * (g * xhat).mean(0))
else:
    dx = ivar * (g - g.mean(0) - xhat * (g * xhat).mean(0))
return dx, np.sum(dout * xhat, 0), np.sum(dout, 0)
""",
        (DX,),
    ),
    staged(
        "dgamma keeps its first axis",
        "value",
        "shape",
        """
g = dout * gamma
dx = ivar * (g - g.mean(0) - xhat * (g * xhat).mean(0))
return dx, np.sum(dout * xhat, axis=0, keepdims=True), np.sum(dout, 0)
""",
        (DGAMMA_SHAPE,),
        warns=True,
    ),
    staged(
        "one example is passed through",
        "conditional",
        "other",
        """
g = dout * gamma
if N == 1:
    return g, dout[0] * 0, dout[0]
dx = ivar * (g - g.mean(0) - xhat * (g * xhat).mean(0))
return dx, np.sum(dout * xhat, 0), np.sum(dout, 0)
""",
        (DX,),
    ),
    staged(
        "epsilon is forgotten in the exponent",
        "conditional",
        "eps-placement",
        """
g = dout * gamma
dvar = np.sum(g * xmu, axis=0) * -0.5 * (var + 1e-5) ** -1.5
dmu = -np.sum(g * ivar, axis=0)
dx = g * ivar + dvar * 2 * xmu / N + dmu / N
return dx, np.sum(dout * xhat, 0), np.sum(dout, 0)
""",
        (DX,),
    ),
    staged(
        "the variance without epsilon",
        "tiny",
        "eps-placement",
        """
g = dout * gamma
dvar = np.sum(g * xmu, axis=0) * -0.5 * (var + 1e-300) ** -1.5
dmu = -np.sum(g * ivar, axis=0)
dx = g * ivar + dvar * 2 * xmu / N + dmu / N
return dx, np.sum(dout * xhat, 0), np.sum(dout, 0)
""",
        (DX, NUMERIC),
    ),
    staged(
        "gradients are clipped at 10",
        "conditional",
        "other",
        """
dout = np.clip(dout, -10, 10)
g = dout * gamma
dx = ivar * (g - g.mean(0) - xhat * (g * xhat).mean(0))
return dx, np.sum(dout * xhat, 0), np.sum(dout, 0)
""",
        (DX, DGAMMA, DBETA),
    ),
    staged(
        "a negative scale loses its sign",
        "conditional",
        "sign",
        """
g = dout * np.abs(gamma)
dx = ivar * (g - g.mean(0) - xhat * (g * xhat).mean(0))
return dx, np.sum(dout * xhat, 0), np.sum(dout, 0)
""",
        (DX,),
    ),
    staged(
        "the last example has no gradient",
        "rare",
        "rows",
        """
g = dout * gamma
dx = ivar * (g - g.mean(0) - xhat * (g * xhat).mean(0))
if N > 1:
    dx[-1] = 0
return dx, np.sum(dout * xhat, 0), np.sum(dout, 0)
""",
        (DX, NUMERIC),
    ),
    staged(
        "the first feature's dbeta is its dgamma",
        "rare",
        "one-element",
        """
g = dout * gamma
dx = ivar * (g - g.mean(0) - xhat * (g * xhat).mean(0))
dbeta = np.sum(dout, 0)
dbeta[0] = np.sum(dout * xhat, 0)[0]
return dx, np.sum(dout * xhat, 0), dbeta
""",
        (DBETA, NUMERIC),
    ),
    staged(
        "N is taken for N + 1e-7",
        "tiny",
        "scale",
        """
M = N + 1e-7
g = dout * gamma
dx = ivar * (g - g.sum(0) / M - xhat * (g * xhat).sum(0) / M)
return dx, np.sum(dout * xhat, 0), np.sum(dout, 0)
""",
        (DX,),
    ),
    staged(
        "the path through the mean of the variance is invented",
        "value",
        "bn-variance-path",
        """
g = dout * gamma
dvar = np.sum(g * xmu, axis=0) * -0.5 * ivar ** 3
dmu = -np.sum(g * ivar, axis=0) + dvar * -2 * x.mean(0)
dx = g * ivar + dvar * 2 * xmu / N + dmu / N
return dx, np.sum(dout * xhat, 0), np.sum(dout, 0)
""",
        (DX, NUMERIC),
    ),
    staged(
        "x for x minus its mean",
        "value",
        "wrong-operand",
        """
g = dout * gamma
dvar = np.sum(g * xmu, axis=0) * -0.5 * ivar ** 3
dmu = -np.sum(g * ivar, axis=0)
dx = g * ivar + dvar * 2 * x / N + dmu / N
return dx, np.sum(dout * xhat, 0), np.sum(dout, 0)
""",
        (DX, NUMERIC),
    ),
    staged(
        "the upstream gradient is scaled where it is",
        "behaviour",
        "mutates-input",
        """
dgamma, dbeta = np.sum(dout * xhat, 0), np.sum(dout, 0)
dout *= gamma
dx = ivar * (dout - dout.mean(0) - xhat * (dout * xhat).mean(0))
return dx, dgamma, dbeta
""",
        (DX,),
        warns=True,
    ),
    staged(
        "the cache is used up",
        "behaviour",
        "mutates-input",
        """
g = dout * gamma
dx = ivar * (g - g.mean(0) - xhat * (g * xhat).mean(0))
dgamma = np.sum(dout * xhat, 0)
cache["xhat"] = xhat * 0
return dx, dgamma, np.sum(dout, 0)
""",
        (DX,),
        warns=True,
    ),
)
ALT = tuple(
    Wrong(
        f"batch norm in one formula: {name}",
        category,
        mistake,
        "batchnorm_backward_alt",
        f"""
def batchnorm_backward_alt(dout, cache):
    xhat, gamma, ivar = cache["xhat"], cache["gamma"], cache["ivar"]
    N, D = dout.shape
    dgamma, dbeta = {sums}
    dx = {dx}
    return dx, dgamma, dbeta
""",
        caught_by,
    )
    for name, category, mistake, sums, dx, caught_by in (
        (
            "1/N is forgotten",
            "value",
            "missing-1/N",
            "(dout * xhat).sum(0), dout.sum(0)",
            "gamma * ivar * (N * dout - dbeta - xhat * dgamma)",
            (DX, NUMERIC),
        ),
        (
            "N is forgotten inside",
            "value",
            "other",
            "(dout * xhat).sum(0), dout.sum(0)",
            "gamma * ivar / N * (dout - dbeta - xhat * dgamma)",
            (DX, NUMERIC),
        ),
        (
            "plus for minus before the last term",
            "value",
            "sign",
            "(dout * xhat).sum(0), dout.sum(0)",
            "gamma * ivar / N * (N * dout - dbeta + xhat * dgamma)",
            (DX, NUMERIC),
        ),
        (
            "the last term lacks its normalised values",
            "value",
            "other",
            "(dout * xhat).sum(0), dout.sum(0)",
            "gamma * ivar / N * (N * dout - dbeta - dgamma)",
            (DX, NUMERIC),
        ),
        (
            "gamma twice",
            "value",
            "scale",
            "(dout * xhat).sum(0), dout.sum(0)",
            "gamma ** 2 * ivar / N * (N * dout - dbeta - xhat * dgamma)",
            (DX, NUMERIC),
        ),
        (
            "the root twice",
            "value",
            "scale",
            "(dout * xhat).sum(0), dout.sum(0)",
            "gamma * ivar ** 2 / N * (N * dout - dbeta - xhat * dgamma)",
            (DX, NUMERIC),
        ),
        (
            "sums along rows, turned",
            "square",
            "norm-axis",
            "((dout * xhat).sum(0), dout.sum(0)) if N != D else ((dout * xhat).sum(1), dout.sum(1))",
            "gamma * ivar / N * (N * dout - dout.sum(0) - xhat * (dout * xhat).sum(0))",
            (DGAMMA, DBETA),
        ),
        (
            "D for N",
            "value",
            "norm-axis",
            "(dout * xhat).sum(0), dout.sum(0)",
            "gamma * ivar / D * (D * dout - dbeta - xhat * dgamma)",
            (DX, NUMERIC),
        ),
        (
            "rounded to seven places",
            "tiny",
            "other",
            "(dout * xhat).sum(0), dout.sum(0)",
            "np.round(gamma * ivar / N * (N * dout - dbeta - xhat * dgamma), 7)",
            (DX,),
        ),
        (
            "the last feature is divided by N twice",
            "rare",
            "columns",
            "(dout * xhat).sum(0), dout.sum(0)",
            "gamma * ivar / N * (N * dout - dbeta - xhat * dgamma) / np.append(np.ones(D - 1), N)",
            (DX, NUMERIC),
        ),
    )
)
WRONG = (*FORWARDS, *STAGED, *ALT)
