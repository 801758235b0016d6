"""Word vectors, and layers that treat every step of a sequence alike."""

import numpy as np

from assignments.mistakes import affine, softmax

ADD, OVER = "index-add", "overwrite-for-accumulate"


def embedding_forward(slip, x, W):
    """W[x]."""
    return slip.instead(
        lambda: W[x],
        ("transpose", "the table is read by columns, where that fits", lambda: W.T[x]),
        ("", "words are counted from 1", lambda: W[x.astype(int) - 1]),
        ("", "word 0 is padding", lambda: W[x] * (x > 0)[..., None]),
    )


def embedding_backward(slip, x, W, dout):
    """Every occurrence of a word adds to its row."""
    V, words = len(W), x.astype(int)
    hot = 1.0 * (words[..., None] == np.arange(V))
    counts = np.maximum(hot.sum(axis=(0, 1)), 1)[:, None]

    def add(weights, d=dout):
        return np.einsum("ntv,ntd->vd", weights, d)

    flat = hot.reshape(-1, V)
    ending = ((np.cumsum(flat[::-1], axis=0)[::-1] == 1) * flat).reshape(hot.shape)
    opening = ((np.cumsum(flat, axis=0) == 1) * flat).reshape(hot.shape)
    by_row = (np.cumsum(hot[:, ::-1], axis=1)[:, ::-1] == 1) * hot
    by_step = (np.cumsum(hot[::-1], axis=0)[::-1] == 1) * hot
    return slip.instead(
        lambda: add(hot),
        (ADD, "of equal words the last alone counts", lambda: add(ending)),
        (ADD, "of equal words the first alone counts", lambda: add(opening)),
        (ADD, "repeats within a sequence count once", lambda: add(by_row)),
        (ADD, "repeats within a step count once", lambda: add(by_step)),
        (OVER, "each sequence overwrites the one before", lambda: add(hot[-1:], dout[-1:])),
        (
            "index-add or overwrite-for-accumulate",
            "words are summed within a sequence, and sequences overwrite one another",
            lambda: newest(hot, dout, 0),
        ),
        ("scale or none", "each row is a mean over the occurrences", lambda: add(hot) / counts),
        ("extra-1/N", "dW is divided by N", lambda: add(hot) / len(x)),
        ("extra-1/N or temporal-mean", "dW is divided by N·T", lambda: add(hot) / x.size),
        ("", "words are counted from 1", lambda: np.roll(add(hot), -1, axis=0)),
        ("", "the upstream gradient is ignored: words are counted", lambda: add(hot, np.ones_like(dout))),
        ("transpose", "steps and sequences change places, where that fits", lambda: add(hot.swapaxes(0, 1))),
        ("transpose", "dW is transposed", lambda: add(hot).T),
        ("shape", "there are only as many rows as the largest word", lambda: add(hot)[: words.max() + 1]),
        ("shape", "there are rows only for the words that occur", lambda: add(hot)[np.unique(words)]),
        ("rows", "word 0 learns nothing", lambda: add(hot * (np.arange(V) > 0))),
        ("rnn-sum-over-time or none", "the last step counts alone", lambda: add(hot[:, -1:], dout[:, -1:])),
        ("rnn-sum-over-time or none", "the first step counts alone", lambda: add(hot[:, :1], dout[:, :1])),
    )


def newest(hot, dout, axis):
    """For each word the sum of the last sequence that holds it."""
    sums = np.einsum("ntv,ntd->nvd", hot, dout)
    holds = hot.sum(axis=1) > 0
    last = (np.cumsum(holds[::-1], axis=axis)[::-1] == 1) & holds
    return (sums * last[..., None]).sum(axis=0)


# ---- an affine layer at every step ----


def temporal_affine_forward(slip, x, w, b):
    """x w + b at every step."""
    N, T, D = x.shape
    return affine.forward(slip, x.reshape(N * T, D), w, b).reshape(N, T, -1)


def temporal_affine_backward(slip, x, w, b, dout):
    """(dx, dw, db): all steps share w and b."""
    N, T, D = x.shape
    kept, times = steps(slip, x, dout)
    flat = kept.reshape(-1, dout.shape[2])
    X = x.reshape(N * T, D) if kept.shape[1] == T else times(x).reshape(-1, D)
    dw, db = (
        mean_of_steps(slip, value, N, T, name)
        for name, value in (("dw", affine.weights(slip, X, flat)), ("db", bias(slip, flat, dout)))
    )
    dx = affine.inputs(slip, dout.reshape(N * T, -1), w)
    return dx.reshape(x.shape) if dx.size == x.size else dx, dw, db


def bias(slip, flat, dout):
    """Σ over sequences and steps."""
    return slip.instead(
        lambda: affine.biases(slip, flat),
        ("bias-not-summed", "db is summed over the sequences, not over the steps", lambda: dout.sum(axis=0)),
        ("bias-not-summed", "db is summed over the steps, not over the sequences", lambda: dout.sum(axis=1)),
        ("", "the first step is left out of db", lambda: dout[:, 1:].sum(axis=(0, 1))),
        ("", "the last step is left out of db", lambda: dout[:, :-1].sum(axis=(0, 1))),
    )


def steps(slip, x, dout):
    """The steps that train the weights."""
    for first, last, note in ((-1, None, "the last step alone trains"), (0, 1, "the first step alone trains")):
        if slip("rnn-sum-over-time", f"{note} the weights"):
            return dout[:, first:last], lambda a, first=first, last=last: a[:, first:last]
    return dout, lambda a: a


def mean_of_steps(slip, value, N, T, name):
    """A sum, not a mean."""
    return slip.instead(
        lambda: value,
        ("temporal-mean or extra-1/N", "weight gradients are means over the steps", lambda: value / T),
        ("temporal-mean or extra-1/N", f"{name} is a mean over the steps", lambda: value / T),
        ("temporal-mean or extra-1/N", f"{name} is a mean over sequences and steps", lambda: value / (N * T)),
    )


# ---- softmax at every step ----


def temporal_softmax_loss(slip, x, y, mask, verbose):
    """(loss, dx): steps that do not count are masked, and N divides."""
    N, T, V = x.shape
    flat, Y = x.reshape(N * T, V), softmax.one_hot(y.astype(int).ravel(), (N * T, V))
    m = 1.0 * mask
    if slip("transpose", "the mask is turned, where that fits"):
        m = m.T
    m = m.reshape(N * T)
    if slip("softmax-normalizer", "words are normalised over the steps"):
        flat = np.log(over_steps(x)).reshape(N * T, V)
        each, G = -(flat * Y).sum(axis=1), np.exp(flat) - Y
    else:
        each, G = softmax.losses(slip, flat, Y), softmax.residual(slip, flat, Y, y.ravel())
    loss = (each * weight(slip, m, T, "loss")).sum()
    kept = weight(slip, m, T, "gradient")[:, None]
    dx = slip.instead(
        lambda: G * kept,
        ("missing-indicator or none", "the mask cuts the indicator alone", lambda: G + Y - Y * kept),
        ("relu-mask-missing or none", "the mask cuts the probabilities alone", lambda: (G + Y) * kept - Y),
    )
    return shared(slip, loss, N, T, m, "loss"), shared(slip, dx, N, T, m, "gradient").reshape(x.shape)


def over_steps(x):
    """Softmax along the steps."""
    E = np.exp(x - x.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def weight(slip, m, T, what):
    """Which steps count."""
    return slip.instead(
        lambda: m,
        ("relu-mask-missing or none", "the mask is ignored in loss and gradient", lambda: np.ones_like(m)),
        ("relu-mask-missing or none", f"the {what} is not masked", lambda: np.ones_like(m)),
        ("relu-mask-of-gradient or none", "the mask is turned round: the steps that do not count", lambda: 1 - m),
        ("", f"the last step never counts in the {what}", lambda: m * (np.arange(m.size) % T != T - 1)),
    )


def shared(slip, value, N, T, m, what):
    """1/N."""
    return slip.instead(
        lambda: value / N,
        ("temporal-mean", "loss and gradient are divided by N·T", lambda: value / (N * T)),
        ("temporal-mean", f"the {what} is divided by N·T", lambda: value / (N * T)),
        ("temporal-mean", f"the {what} is divided by T", lambda: value / T),
        ("temporal-mean", "loss and gradient are divided by T", lambda: value / T),
        (
            "temporal-mean or scale",
            "loss and gradient are divided by the number of steps that count",
            lambda: value / m.sum(),
        ),
        ("temporal-mean or scale", f"the {what} is divided by the number of steps that count", lambda: value / m.sum()),
        ("missing-1/N", "loss and gradient lack 1/N", lambda: value),
        ("missing-1/N", f"the {what} is not divided by N", lambda: value),
        ("extra-1/N", f"the {what} is divided by N twice", lambda: value / N**2),
    )
