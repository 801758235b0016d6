"""Scaled dot products of queries and keys, one head or several."""

import numpy as np

from assignments.mistakes import affine

BADLY, MASK = "softmax-normalizer", "relu-mask-missing or none"
AFTER = (MASK, "weights are set to 0 after the softmax, so that they do not sum to 1")


def weights(slip, Q, K, mask):
    """(A, the scale of the scores): softmax of each row of Q Kᵀ / √E, masked."""
    S, E = turned(slip, Q, K), Q.shape[-1]
    scale = slip.instead(
        lambda: 1 / np.sqrt(E),
        ("", "the scores are not divided by √E", lambda: 1.0),
        ("", "the scores are not divided by √E, in the weights alone", lambda: 1.0),
        ("", "the scores are divided by E, not by its root", lambda: 1 / E),
        ("", "the scores are multiplied by √E", lambda: np.sqrt(E)),
        ("", "the scores are divided by the root of the number of keys", lambda: 1 / np.sqrt(K.shape[-2])),
        ("", "the scores are divided by the root of all columns", lambda: 1 / np.sqrt(E * heads_of(Q))),
    )
    seen = visible(slip, mask, S)
    A = normalised(slip, hidden(slip, S * scale, seen))
    A = slip.instead(lambda: A, (*AFTER, lambda: A * seen))
    alone = slip("", "the scores are not divided by √E, in the weights alone")
    return A, 1 / np.sqrt(E) if alone else scale


def heads_of(Q):
    """How many heads stand beside one another."""
    return Q.shape[1] if Q.ndim == 4 else 1


def turned(slip, Q, K):
    """Q Kᵀ."""
    return slip.instead(
        lambda: Q @ K.swapaxes(-1, -2),
        ("transpose", "K lacks its transpose, where Q K fits", lambda: Q @ K),
        ("transpose", "the scores are K Qᵀ, where that fits", lambda: fitting(K @ Q.swapaxes(-1, -2), Q, K)),
    )


def fitting(S, Q, K):
    """Scores that have as many rows as there are queries. Raises ValueError elsewhere."""
    if S.shape[-2:] != (Q.shape[-2], K.shape[-2]):
        raise ValueError("the shapes do not fit")
    return S


def visible(slip, mask, S):
    """Which keys count, one row a query."""
    seen = np.ones(S.shape, dtype=bool) if mask is None else np.broadcast_to(mask, S.shape)
    if mask is None:
        return seen
    return slip.instead(
        lambda: seen,
        (MASK, "the mask is not used", lambda: np.ones_like(seen)),
        ("relu-mask-of-gradient or none", "the mask is turned round: what is in sight is hidden", lambda: ~seen),
    )


def hidden(slip, S, seen):
    """Scores out of sight: their weight is 0."""
    return slip.instead(
        lambda: np.where(seen, S, -np.inf),
        (*AFTER, lambda: S),
        (MASK, "scores out of sight are 0 before the softmax, which leaves them a weight", lambda: S * seen),
    )


def normalised(slip, S):
    """Softmax of each row."""
    return slip.instead(
        lambda: softmax(S, -1),
        (BADLY, "the softmax runs over the queries (down a column), not over the keys", lambda: softmax(S, -2)),
        (BADLY, "the exponentials of rows are divided by the sum down a column", lambda: divided(S, -2)),
        (BADLY, "the exponentials of rows are divided by the sum over the whole batch", lambda: divided(S, None)),
        (BADLY, "the softmax runs over the whole batch", lambda: softmax(S, None)),
        (BADLY, "the softmax runs over queries and keys at once", lambda: softmax(S, (-2, -1))),
        (BADLY, "the softmax runs over the examples", lambda: softmax(S, 0)),
        (BADLY, "the exponentials are not divided by their sum", lambda: exponentials(S, -1)),
        ("overflow or softmax-shift", "the exponential is taken of bare scores", lambda: bare(S)),
        ("", "the scores are not put through a softmax", lambda: np.where(np.isfinite(S), S, 0.0)),
    )


def exponentials(S, axis):
    """e^{s}, shifted by the largest along an axis; where nothing is in sight, 0."""
    most = S.max(axis=axis, keepdims=True)
    return np.exp(S - np.where(np.isfinite(most), most, 0.0))


def softmax(S, axis):
    """Softmax along an axis."""
    E = exponentials(S, axis)
    return E / E.sum(axis=axis, keepdims=True)


def divided(S, axis):
    """Exponentials of shifted rows over another sum than their row's."""
    E = exponentials(S, -1)
    return E / E.sum(axis=axis, keepdims=True)


def bare(S):
    """Softmax without a shift."""
    E = np.exp(S)
    return E / E.sum(axis=-1, keepdims=True)


def dot_forward(slip, Q, K, V, mask):
    """A V."""
    A, _ = weights(slip, Q, K, mask)
    return slip.instead(
        lambda: A @ V,
        ("wrong-operand", "keys stand for values, where that fits", lambda: A @ K),
        ("transpose", "A lacks its transpose or has one, where that fits", lambda: A.swapaxes(-1, -2) @ V),
        ("", "the values are averaged alike, without weights", lambda: np.full_like(A, 1 / A.shape[-1]) @ V),
    )


def dot_backward(slip, Q, K, V, mask, dout):
    """(dQ, dK, dV)."""
    A, scale = weights(slip, Q, K, mask)
    dA = slip.instead(
        lambda: dout @ V.swapaxes(-1, -2),
        ("transpose", "V lacks its transpose in dA, where dout V fits", lambda: dout @ V),
    )
    dS = scaled(slip, jacobian(slip, A, dA), scale)
    dQ = slip.instead(
        lambda: dS @ K,
        ("wrong-operand", "Q stands for K in dQ, where that fits", lambda: dS @ Q),
        ("transpose", "dS is turned in dQ, where that fits", lambda: dS.swapaxes(-1, -2) @ K),
        ("scale or none", "1/√E is missing in dQ", lambda: dS @ K / scale),
    )
    dK = slip.instead(
        lambda: dS.swapaxes(-1, -2) @ Q,
        ("transpose", "dS lacks its transpose in dK, where that fits", lambda: dS @ Q),
        ("wrong-operand", "K stands for Q in dK, where that fits", lambda: dS.swapaxes(-1, -2) @ K),
        ("scale or none", "1/√E is missing in dK", lambda: dS.swapaxes(-1, -2) @ Q / scale),
    )
    dV = slip.instead(
        lambda: A.swapaxes(-1, -2) @ dout,
        ("transpose", "A lacks its transpose in dV, where that fits", lambda: A @ dout),
        ("wrong-operand", "dV is weighed by dS, not by A", lambda: dS.swapaxes(-1, -2) @ dout),
        ("", "the weights are ignored in dV", lambda: np.ones_like(A).swapaxes(-1, -2) @ dout),
    )
    return slip.instead(lambda: (dQ, dK, dV), ("", "dQ and dK change places, where that fits", lambda: (dK, dQ, dV)))


def jacobian(slip, A, dA):
    """dS of the softmax."""
    diagonal = "softmax-jacobian-diagonal"
    return slip.instead(
        lambda: A * (dA - np.sum(dA * A, axis=-1, keepdims=True)),
        (diagonal, "only the diagonal of the softmax's Jacobian is used: A (1 − A)", lambda: dA * A * (1 - A)),
        (diagonal, "the sum over the row is missing: dS = A ∘ dA", lambda: dA * A),
        ("relu-mask-missing or none", "the softmax is left out on the way back", lambda: dA),
        ("sign or none", "the sum over the row is added", lambda: A * (dA + np.sum(dA * A, axis=-1, keepdims=True))),
        (
            "missing-indicator or none",
            "the direct term is missing",
            lambda: -A * np.sum(dA * A, axis=-1, keepdims=True),
        ),
        ("norm-axis or none", "the sum runs over the queries", lambda: A * (dA - np.sum(dA * A, -2, keepdims=True))),
        ("norm-axis or none", "the sum runs over all axes", lambda: A * (dA - np.sum(dA * A))),
        ("", "the sum lacks its weights: Σ dA for Σ dA ∘ A", lambda: A * (dA - np.sum(dA, axis=-1, keepdims=True))),
        ("", "the sum is a mean over the keys", lambda: A * (dA - np.mean(dA * A, axis=-1, keepdims=True))),
    )


def scaled(slip, dS, scale):
    """dS / √E."""
    return slip.instead(
        lambda: dS * scale,
        ("scale or none", "1/√E is missing on the way back", lambda: dS),
        ("scale or none", "dS is multiplied by √E", lambda: dS / scale),
        ("scale or none", "dS is divided by E, not by its root", lambda: dS * scale**2),
    )


# ---- several heads ----

NAMES = {"query": "q", "key": "k", "value": "v"}


def split(slip, x, heads):
    """(N, heads, T, E/heads)."""
    N, T, E = x.shape
    return slip.instead(
        lambda: x.reshape(N, T, heads, E // heads).swapaxes(1, 2),
        ("transpose or none", "heads are cut without moving their axis", lambda: x.reshape(N, heads, T, E // heads)),
        (
            "",
            "columns are dealt out to the heads in turn",
            lambda: x.reshape(N, T, E // heads, heads).transpose(0, 3, 1, 2),
        ),
    )


def join(slip, x):
    """What was cut, side by side."""
    N, heads, T, width = x.shape
    return slip.instead(
        lambda: x.swapaxes(1, 2).reshape(N, T, heads * width),
        ("transpose or none", "heads are joined without moving their axis", lambda: x.reshape(N, T, heads * width)),
    )


def flat(slip, x, W, b):
    """x W + b at every place."""
    return affine.forward(slip, x.reshape(-1, x.shape[-1]), W, b).reshape(*x.shape[:-1], -1)


def projected(slip, query, key, value, params, heads):
    """Queries, keys and values of every head."""
    inputs = {"query": query, "key": key, "value": value}
    return [
        split(slip, flat(slip.within(name), x, params[f"W{NAMES[name]}"], params[f"b{NAMES[name]}"]), heads)
        for name, x in inputs.items()
    ]


def heads_forward(slip, query, key, value, params, num_heads, mask):
    """The heads' results side by side, projected once more."""
    mixed = dot_forward(slip, *projected(slip, query, key, value, params, num_heads), mask)
    joined = join(slip, mixed)
    return slip.instead(
        lambda: flat(slip.within("output"), joined, params["Wo"], params["bo"]),
        ("", "the last projection is left out", lambda: joined),
    )


def heads_backward(slip, query, key, value, params, num_heads, mask, dout):
    """(dquery, dkey, dvalue, grads)."""
    Q, K, V = projected(slip.right, query, key, value, params, num_heads)
    joined = join(slip.right, dot_forward(slip.right, Q, K, V, mask))
    grads = {}
    dmixed = pulled(slip.within("output"), joined, params["Wo"], dout, grads, "o")
    parts = dot_backward(slip, Q, K, V, mask, split(slip, dmixed, num_heads))
    inputs = zip(NAMES.items(), (query, key, value), parts, strict=True)
    down = [
        pulled(slip.within(name), x, params[f"W{letter}"], join(slip, part), grads, letter)
        for (name, letter), x, part in inputs
    ]
    return *down, grads


def pulled(slip, x, W, d, grads, letter):
    """Back through one projection; its gradients are put into `grads`."""
    X, G = x.reshape(-1, x.shape[-1]), d.reshape(-1, d.shape[-1])
    grads[f"W{letter}"], grads[f"b{letter}"] = affine.weights(slip, X, G), affine.biases(slip, G)
    return affine.inputs(slip, G, W).reshape(x.shape)
