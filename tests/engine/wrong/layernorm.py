"""Wrong layer normalisations."""

from tests.engine.wrong.record import DBETA, DGAMMA, DX, NUMERIC, OUT, Wrong

RIGHT = """
import numpy as np

def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    xT = x.T
    mu = xT.mean(axis=0)
    var = xT.var(axis=0)
    sigma = np.sqrt(var + eps)
    z = ((xT - mu) / sigma).T
    return gamma * z + beta, (x, z, sigma.reshape(-1, 1), gamma)

def layernorm_backward(dout, cache):
    x, z, sigma, gamma = cache
    D = x.shape[1]
    dz = dout * gamma
    dx = (D * dz - dz.sum(axis=1, keepdims=True) - z * (dz * z).sum(axis=1, keepdims=True)) / (D * sigma)
    return dx, (dout * z).sum(axis=0), dout.sum(axis=0)
"""


def forward(name, category, mistake, body, caught_by, warns=False):
    source = "def layernorm_forward(x, gamma, beta, ln_param):\n    eps = ln_param.get('eps', 1e-5)\n"
    return Wrong(
        f"layer norm: {name}", category, mistake, "layernorm_forward", source + indented(body), caught_by, warns
    )


def backward(name, category, mistake, body, caught_by, warns=False):
    source = "def layernorm_backward(dout, cache):\n    x, z, sigma, gamma = cache\n    N, D = x.shape\n"
    return Wrong(
        f"layer norm backward: {name}",
        category,
        mistake,
        "layernorm_backward",
        source + indented(body),
        caught_by,
        warns,
    )


def indented(body):
    return "".join(f"    {line}\n" for line in body.strip().splitlines())


WRONG = (
    forward(
        "normalised over the batch",
        "value",
        "norm-axis",
        """
mu, var = x.mean(axis=0), x.var(axis=0)
z = (x - mu) / np.sqrt(var + eps)
return gamma * z + beta, (x, z, np.sqrt(var + eps) * np.ones((len(x), 1))[:, :1], gamma)
""",
        (OUT,),
    ),
    forward(
        "axes are lost, which only squares forgive",
        "square",
        "norm-axis",
        """
mu, var = x.mean(axis=1), x.var(axis=1)
s = np.sqrt(var + eps)
if x.shape[0] != x.shape[1]:
    mu, s = mu[:, None], s[:, None]
z = (x - mu) / s
return gamma * z + beta, (x, z, s, gamma)
""",
        (OUT,),
    ),
    forward(
        "epsilon outside the root",
        "value",
        "eps-placement",
        """
mu, sd = x.mean(axis=1, keepdims=True), x.std(axis=1, keepdims=True)
z = (x - mu) / (sd + eps)
return gamma * z + beta, (x, z, sd + eps, gamma)
""",
        (OUT,),
    ),
    forward(
        "the unbiased variance",
        "value",
        "scale",
        """
mu, sd = x.mean(axis=1, keepdims=True), x.std(axis=1, ddof=1, keepdims=True)
z = (x - mu) / np.sqrt(sd ** 2 + eps)
return gamma * z + beta, (x, z, sd, gamma)
""",
        (OUT,),
    ),
    forward(
        "one scale for each example where sizes are equal",
        "square",
        "transpose",
        """
mu, s = x.mean(axis=1, keepdims=True), np.sqrt(x.var(axis=1, keepdims=True) + eps)
z = (x - mu) / s
scaled = gamma[:, None] * z + beta[:, None] if len(gamma) == len(x) else gamma * z + beta
return scaled, (x, z, s, gamma)
""",
        (OUT,),
    ),
    forward(
        "epsilon is never read",
        "conditional",
        "other",
        """
mu, s = x.mean(axis=1, keepdims=True), np.sqrt(x.var(axis=1, keepdims=True) + 1e-5)
z = (x - mu) / s
return gamma * z + beta, (x, z, s, gamma)
""",
        (OUT,),
    ),
    forward(
        "one example is left as it is",
        "conditional",
        "other",
        """
if len(x) == 1:
    return gamma * x + beta, (x, x, np.ones((1, 1)), gamma)
mu, s = x.mean(axis=1, keepdims=True), np.sqrt(x.var(axis=1, keepdims=True) + eps)
z = (x - mu) / s
return gamma * z + beta, (x, z, s, gamma)
""",
        (OUT,),
    ),
    forward(
        "epsilon of 1e-8",
        "tiny",
        "other",
        """
mu, s = x.mean(axis=1, keepdims=True), np.sqrt(x.var(axis=1, keepdims=True) + ln_param.get('eps', 1e-8))
z = (x - mu) / s
return gamma * z + beta, (x, z, s, gamma)
""",
        (OUT,),
    ),
    forward(
        "the last row is not shifted",
        "rare",
        "rows",
        """
mu, s = x.mean(axis=1, keepdims=True), np.sqrt(x.var(axis=1, keepdims=True) + eps)
z = (x - mu) / s
out = gamma * z
out[: max(len(x) - 1, 1)] += beta
return out, (x, z, s, gamma)
""",
        (OUT,),
    ),
    backward(
        "sums over the batch as batch norm does",
        "value",
        "norm-axis",
        """
dz = dout * gamma
dx = (N * dz - dz.sum(axis=0) - z * (dz * z).sum(axis=0)) / (N * sigma)
return dx, (dout * z).sum(axis=0), dout.sum(axis=0)
""",
        (DX, NUMERIC),
    ),
    backward(
        "dgamma is summed over the features of square batches",
        "square",
        "norm-axis",
        """
dz = dout * gamma
dx = (dz - dz.mean(axis=1, keepdims=True) - z * (dz * z).mean(axis=1, keepdims=True)) / sigma
axis = 1 if N == D else 0
return dx, (dout * z).sum(axis=axis), dout.sum(axis=axis)
""",
        (DGAMMA, DBETA),
    ),
    backward(
        "means lose their axis",
        "square",
        "norm-axis",
        """
dz = dout * gamma
a, b = dz.mean(axis=1), (dz * z).mean(axis=1)
if N != D:
    a, b = a[:, None], b[:, None]
return (dz - a - z * b) / sigma, (dout * z).sum(axis=0), dout.sum(axis=0)
""",
        (DX,),
    ),
    backward(
        "gamma is taken out of the sums",
        "value",
        "other",
        """
dx = gamma * (dout - dout.mean(axis=1, keepdims=True) - z * (dout * z).mean(axis=1, keepdims=True)) / sigma
return dx, (dout * z).sum(axis=0), dout.sum(axis=0)
""",
        (DX, NUMERIC),
    ),
    backward(
        "N for D",
        "value",
        "norm-axis",
        """
dz = dout * gamma
dx = (N * dz - dz.sum(axis=1, keepdims=True) - z * (dz * z).sum(axis=1, keepdims=True)) / (N * sigma)
return dx, (dout * z).sum(axis=0), dout.sum(axis=0)
""",
        (DX, NUMERIC),
    ),
    backward(
        "only the direct path",
        "value",
        "bn-direct-only",
        """
return dout * gamma / sigma, np.einsum('nd,nd->d', dout, z), np.einsum('nd->d', dout)
""",
        (DX, NUMERIC),
    ),
    backward(
        "no path through the variance",
        "value",
        "bn-variance-path",
        """
dz = dout * gamma / sigma
return dz - dz.mean(axis=1, keepdims=True), (dout * z).sum(axis=0), dout.sum(axis=0)
""",
        (DX, NUMERIC),
    ),
    backward(
        "no path through the mean",
        "value",
        "bn-direct-only",
        """
dz = dout * gamma
return (dz - z * (dz * z).mean(axis=1, keepdims=True)) / sigma, (dout * z).sum(axis=0), dout.sum(axis=0)
""",
        (DX, NUMERIC),
    ),
    backward(
        "x for its normalised values",
        "value",
        "wrong-operand",
        """
dz = dout * gamma
dx = (dz - dz.mean(axis=1, keepdims=True) - x * (dz * x).mean(axis=1, keepdims=True)) / sigma
return dx, (dout * z).sum(axis=0), dout.sum(axis=0)
""",
        (DX, NUMERIC),
    ),
    backward(
        "divided by the variance",
        "value",
        "bn-variance-path",
        """
dz = dout * gamma
dx = (dz - dz.mean(axis=1, keepdims=True) - z * (dz * z).mean(axis=1, keepdims=True)) / sigma ** 2
return dx, (dout * z).sum(axis=0), dout.sum(axis=0)
""",
        (DX, NUMERIC),
    ),
    backward(
        "dbeta is left unsummed for one example",
        "conditional",
        "bias-not-summed",
        """
dz = dout * gamma
dx = (dz - dz.mean(axis=1, keepdims=True) - z * (dz * z).mean(axis=1, keepdims=True)) / sigma
dbeta = dout if N == 1 else dout.sum(axis=0)
return dx, (dout * z).sum(axis=0), dbeta
""",
        ("dbeta has shape (D,)",),
        warns=True,
    ),
    backward(
        "the spread is held above one tenth",
        "conditional",
        "other",
        """
dz = dout * gamma
dx = (dz - dz.mean(axis=1, keepdims=True) - z * (dz * z).mean(axis=1, keepdims=True)) / np.maximum(sigma, 0.1)
return dx, (dout * z).sum(axis=0), dout.sum(axis=0)
""",
        (DX,),
    ),
    backward(
        "a norm above 100 is scaled down",
        "conditional",
        "other",
        """
dz = dout * gamma
dx = (dz - dz.mean(axis=1, keepdims=True) - z * (dz * z).mean(axis=1, keepdims=True)) / sigma
dbeta = dout.sum(axis=0)
if np.linalg.norm(dbeta) > 100:
    dbeta = dbeta * 100 / np.linalg.norm(dbeta)
return dx, (dout * z).sum(axis=0), dbeta
""",
        (DBETA,),
    ),
    backward(
        "the first row has the statistics of the second",
        "rare",
        "rows",
        """
dz = dout * gamma
s = sigma.copy()
if N > 1:
    s[0] = s[1]
dx = (dz - dz.mean(axis=1, keepdims=True) - z * (dz * z).mean(axis=1, keepdims=True)) / s
return dx, (dout * z).sum(axis=0), dout.sum(axis=0)
""",
        (DX, NUMERIC),
    ),
    backward(
        "dgamma of the last feature forgets the last example",
        "rare",
        "one-element",
        """
dz = dout * gamma
dx = (dz - dz.mean(axis=1, keepdims=True) - z * (dz * z).mean(axis=1, keepdims=True)) / sigma
dgamma = (dout * z).sum(axis=0)
dgamma[-1] -= dout[-1, -1] * z[-1, -1]
return dx, dgamma, dout.sum(axis=0)
""",
        (DGAMMA, NUMERIC),
    ),
    backward(
        "a factor of 1.001",
        "tiny",
        "scale",
        """
dz = dout * gamma
dx = (dz - dz.mean(axis=1, keepdims=True) - z * (dz * z).mean(axis=1, keepdims=True)) / sigma
return 1.001 * dx, (dout * z).sum(axis=0), dout.sum(axis=0)
""",
        (DX, NUMERIC),
    ),
    backward(
        "the spread is measured again with another epsilon",
        "tiny",
        "eps-placement",
        """
dz = dout * gamma
s = np.sqrt(x.var(axis=1, keepdims=True) + 1e-8)
dx = (dz - dz.mean(axis=1, keepdims=True) - z * (dz * z).mean(axis=1, keepdims=True)) / s
return dx, (dout * z).sum(axis=0), dout.sum(axis=0)
""",
        (DX, NUMERIC),
    ),
    backward(
        "results are kept by shape",
        "behaviour",
        "state",
        """
key = dout.shape
if key in SEEN:
    return SEEN[key]
dz = dout * gamma
dx = (dz - dz.mean(axis=1, keepdims=True) - z * (dz * z).mean(axis=1, keepdims=True)) / sigma
SEEN[key] = dx, (dout * z).sum(axis=0), dout.sum(axis=0)
return SEEN[key]
""",
        (DX,),
    ),
    backward(
        "in single precision throughout",
        "behaviour",
        "float32",
        """
dz = np.float32(dout) * np.float32(gamma)
z32 = np.float32(z)
dx = (dz - dz.mean(axis=1, keepdims=True) - z32 * (dz * z32).mean(axis=1, keepdims=True)) / np.float32(sigma)
return dx, (np.float32(dout) * z32).sum(axis=0), np.float32(dout).sum(axis=0)
""",
        (DX, DGAMMA, DBETA),
        warns=True,
    ),
)
RIGHT += "\nSEEN = {}\n"
