"""Softmax, its cross-entropy, and the gradient in the scores."""

import numpy as np

FLOORS = (1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16, 1e-20)
"""Small numbers that are put into a logarithm to keep it finite."""

KEPT = [
    (
        floor,
        f"{floor:g} is added inside the logarithm",
        f"probabilities are kept above {floor:g} before the logarithm",
        f"probabilities are kept between {floor:g} and 1 − {floor:g}",
    )
    for floor in FLOORS
]


def exponentials(slip, F):
    """e^{f}, shifted so that nothing overflows."""
    return slip.instead(
        lambda: np.exp(F - F.max(axis=1, keepdims=True)),
        ("overflow or softmax-shift", "the exponential is taken of bare scores", lambda: np.exp(F)),
        (
            "softmax-shift or overflow",
            "the largest score is added, not subtracted",
            lambda: np.exp(F + F.max(axis=1, keepdims=True)),
        ),
        (
            "softmax-shift or overflow",
            "every row is shifted by the largest score of the whole batch",
            lambda: np.exp(F - F.max()),
        ),
        (
            "softmax-shift or softmax-normalizer",
            "each class is shifted by its own largest score, so that rows do not keep their ratios",
            lambda: np.exp(F - F.max(axis=0)),
        ),
        (
            "softmax-shift or overflow",
            "rows are shifted by their smallest score",
            lambda: np.exp(F - F.min(axis=1, keepdims=True)),
        ),
        (
            "softmax-shift or overflow",
            "rows are shifted by their mean",
            lambda: np.exp(F - F.mean(axis=1, keepdims=True)),
        ),
        (
            "softmax-shift or softmax-normalizer",
            "scores are divided by the largest, not shifted",
            lambda: np.exp(F / F.max(axis=1, keepdims=True)),
        ),
    )


BADLY = "softmax-normalizer"


def probabilities(slip, F):
    """P, each row divided by its own sum."""
    E = exponentials(slip, F)
    return slip.instead(
        lambda: by_row(E),
        (BADLY, "the exponentials are divided by the sum over the whole batch", lambda: E / E.sum()),
        (BADLY, "the sum runs over the examples (down a column), not over the classes", lambda: E / E.sum(axis=0)),
        (BADLY, "the exponentials, all shifted alike, are divided by the sum over the batch", lambda: shared(F, None)),
        (BADLY, "the exponentials, all shifted alike, are divided by the sum down a column", lambda: shared(F, 0)),
        (BADLY, "the exponentials are not divided by their sum", lambda: E),
        (BADLY, "the bare exponentials stand for probabilities", lambda: np.exp(F)),
        (BADLY, "the scores stand for probabilities", lambda: F),
        (BADLY, "the scores are divided by their sum, without an exponential", lambda: by_row(F)),
        (BADLY, "the exponentials are divided by their mean", lambda: E / E.mean(axis=1, keepdims=True)),
        (BADLY, "the exponentials are divided by the largest", lambda: E / E.max(axis=1, keepdims=True)),
        (BADLY, "the exponentials are divided by their norm", lambda: E / np.sqrt((E * E).sum(axis=1, keepdims=True))),
        ("softmax-normalizer or none", "each class is squashed by a sigmoid of its own", lambda: 1 / (1 + np.exp(-F))),
        (BADLY, "softmax is taken twice", lambda: by_row(np.exp(by_row(E)))),
    )


def shared(F, axis):
    """Exponentials with one shift for all, divided by another sum than their row's."""
    E = np.exp(F - F.max())
    return E / E.sum(axis=axis)


def by_row(E):
    """Each row divided by its sum."""
    return E / E.sum(axis=1, keepdims=True)


def softmax(slip, F):
    """The function `softmax` itself."""
    return probabilities(slip, F)


def one_hot(y, shape):
    """Labels as rows with a single 1; rows stay as they are."""
    return (y[:, None] == np.arange(shape[1]) if y.ndim == 1 else y).astype(float)


def log_probabilities(slip, F):
    """log P by the shifted scores; by the logarithm of finished probabilities where a mistake says so."""
    P = probabilities(slip, F)
    held = slip.instead(
        lambda: None,
        *(
            formula
            for floor, added, above, between in KEPT
            for formula in (
                ("log-of-zero or none", added, lambda floor=floor: np.log(P + floor)),
                ("log-of-zero or none", above, lambda floor=floor: np.log(np.maximum(P, floor))),
                ("log-of-zero or none", between, lambda floor=floor: np.log(np.clip(P, floor, 1 - floor))),
            )
        ),
    )
    if held is not None:
        return held
    if slip("log-of-zero", "the logarithm is taken of a finished probability, which underflows to 0"):
        return np.log(P)
    shifted = F - F.max(axis=1, keepdims=True)
    exact = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return exact if np.abs(P - np.exp(exact)).max() < 1e-9 else np.log(P)


BOTH_LACK = ("missing-1/N", "loss and gradient lack 1/N")
BOTH_DIVIDED = ("extra-1/N", "loss and gradient are divided by N")
BOTH_TWICE = ("extra-1/N", "loss and gradient are divided by N twice")


def losses(slip, F, Y):
    """−log p_y of each example."""
    log_P = log_probabilities(slip, F)
    each = -np.where(Y > 0, log_P, 0.0).sum(axis=1)
    return slip.instead(
        lambda: each,
        ("sign", "the loss lacks its minus sign", lambda: -each),
        ("", "the loss sums −log p over every class, not the true one alone", lambda: -log_P.sum(axis=1)),
        ("", "the loss takes the class with the largest score for the true one", lambda: -log_P.max(axis=1)),
        ("", "the loss lacks its logarithm: it is −p", lambda: -(np.exp(log_P) * Y).sum(axis=1)),
        ("", "the loss lacks its logarithm and its sign: it is p", lambda: (np.exp(log_P) * Y).sum(axis=1)),
        ("", "the loss is 1 − p, without a logarithm", lambda: 1 - (np.exp(log_P) * Y).sum(axis=1)),
        ("", "the loss lacks the log of the normaliser: it is −f at the true class", lambda: -(F * Y).sum(axis=1)),
        ("", "the loss holds −p log p at the true class", lambda: -(np.exp(log_P) * log_P * Y).sum(axis=1)),
        (
            "",
            "every class counts in the loss, as −y log p − (1 − y) log(1 − p)",
            lambda: -np.where(Y > 0, log_P, np.log(1 - np.exp(log_P))).sum(axis=1),
        ),
        ("", "the loss takes label − 1 for the label", lambda: -(log_P * np.roll(Y, -1, axis=1)).sum(axis=1)),
        ("", "the loss takes label + 1 for the label", lambda: -(log_P * np.roll(Y, 1, axis=1)).sum(axis=1)),
        ("", "the loss picks a whole column for each label", lambda: -(log_P * Y.sum(axis=0)).sum(axis=1)),
    )


def data_loss(slip, F, Y, mean):
    """Σ −log p_y over the examples, or its mean."""
    N, K = F.shape
    each = losses(slip, F, Y)
    total = slip.instead(
        each.sum,
        ("overwrite-for-accumulate", "the loss is that of the last example alone", lambda: each[-1]),
        ("overwrite-for-accumulate or none", "the loss is that of the first example alone", lambda: each[0]),
        ("", "the loss leaves the first example out", lambda: each[1:].sum()),
        ("", "the loss leaves the last example out", lambda: each[:-1].sum()),
    )
    if not mean:
        return slip.instead(
            lambda: total,
            ("extra-1/N", "the loss is a mean, not a sum", lambda: total / N),
            (*BOTH_DIVIDED, lambda: total / N),
            ("extra-1/N or scale", "the loss is divided by the number of classes", lambda: total / K),
            ("extra-1/N or scale", "the loss is a mean over examples and classes", lambda: total / (N * K)),
        )
    return slip.instead(
        lambda: total / N,
        ("missing-1/N", "the loss is a sum, not a mean", lambda: total),
        (*BOTH_LACK, lambda: total),
        (*BOTH_TWICE, lambda: total / N**2),
        ("extra-1/N", "the loss is divided by N twice", lambda: total / N**2),
        ("extra-1/N or scale", "the loss is divided by N and by the number of classes", lambda: total / (N * K)),
        (
            "missing-1/N or extra-1/N",
            "the loss is divided by the number of classes, not of examples",
            lambda: total / K,
        ),
    )


def residual(slip, F, Y, y):
    """P − Y of each example, before any 1/N."""
    return sparse(slip, F, Y, "softmax-jacobian-diagonal", "only the entry of the true class is left: Y(P − 1)")


def sparse(slip, F, Y, identifier, note):
    """The same; a diagonal for the whole Jacobian is called by what a course teaches of it."""
    P = probabilities(slip, F)
    return slip.instead(
        lambda: P - Y,
        ("missing-indicator", "the gradient is P: the −1 of the true class is missing", lambda: P),
        ("sign", "the gradient is Y − P", lambda: Y - P),
        ("true-class-twice", "the probability of the true class counts twice: P + Y(P − 1)", lambda: P + Y * (P - 1)),
        ("true-class-twice or none", "1 is subtracted twice at the true class", lambda: P - 2 * Y),
        ("sign or none", "1 is added at the true class, not subtracted", lambda: P + Y),
        (identifier, note, lambda: P * Y - Y),
        (
            "softmax-jacobian-diagonal or none",
            "the true class lacks its own gradient: it is 0 there",
            lambda: P * (1 - Y),
        ),
        (
            "delta-on-softmax",
            "P − Y is multiplied by P(1 − P), as for an element-wise activation",
            lambda: (P - Y) * P * (1 - P),
        ),
        ("", "1 is subtracted from every class", lambda: P - 1),
        ("", "the true class is −1 and the others are 0: P is missing", lambda: -Y),
        ("", "the gradient stops at the probabilities: −1/p at the true class", lambda: -Y / P),
        ("", "the label is taken for label + 1", lambda: P - np.roll(Y, 1, axis=1)),
        ("", "the label is taken for label − 1", lambda: P - np.roll(Y, -1, axis=1)),
        ("", "class 0 is taken for the true class of every example", lambda: P - np.eye(F.shape[1])[0]),
        ("", "1 is subtracted from whole columns, for every example", lambda: P - (Y.sum(axis=0) > 0)),
        (
            "",
            "1 is subtracted from whole columns, once for each example of that label",
            lambda: P - Y.sum(axis=0),
        ),
        (
            "index-add",
            "of examples with one label the last alone has its −1",
            lambda: P - Y * (np.cumsum(Y[::-1], axis=0)[::-1] == 1),
        ),
        (
            "index-add",
            "of examples with one label the first alone has its −1",
            lambda: P - Y * (np.cumsum(Y, axis=0) == 1),
        ),
    )


def scores_gradient(slip, F, Y, y, mean):
    """The gradient of the loss in the scores."""
    N, K = F.shape
    G = residual(slip, F, Y, y)
    if slip("overwrite-for-accumulate", "only the last example has a gradient"):
        G = G * (np.arange(N) == N - 1)[:, None]
    if not mean:
        return slip.instead(
            lambda: G,
            ("extra-1/N", "the gradient is divided by N", lambda: G / N),
            (*BOTH_DIVIDED, lambda: G / N),
            ("extra-1/N or scale", "the gradient is divided by the number of classes", lambda: G / K),
            ("extra-1/N or scale", "the gradient is divided by examples and classes", lambda: G / (N * K)),
            ("precedence", "only Y is divided by N: P − Y/N", lambda: G + Y - Y / N),
            ("precedence", "only P is divided by N: P/N − Y", lambda: (G + Y) / N - Y),
        )
    return slip.instead(
        lambda: G / N,
        ("missing-1/N", "the gradient of the scores lacks 1/N: dz = P − Y", lambda: G),
        (*BOTH_LACK, lambda: G),
        (*BOTH_TWICE, lambda: G / N**2),
        ("extra-1/N", "the gradient of the scores is divided by N twice", lambda: G / N**2),
        ("extra-1/N or scale", "the gradient is divided by N and by the number of classes", lambda: G / (N * K)),
        (
            "missing-1/N or extra-1/N",
            "the gradient is divided by the number of classes, not of examples",
            lambda: G / K,
        ),
        ("precedence", "only Y is divided by N: P − Y/N", lambda: G + Y - Y / N),
        ("precedence", "only P is divided by N: P/N − Y", lambda: (G + Y) / N - Y),
    )


def softmax_loss(slip, z, y):
    """The mean loss and its gradient; labels are numbers or one-hot rows."""
    if slip("sign", "loss and gradient both have the wrong sign"):
        return tuple(-part for part in softmax_loss(slip.right, z, y))
    Y = labels(slip, z, y)
    return data_loss(slip, z, Y, mean=True), scores_gradient(slip, z, Y, y, mean=True)


def loss_of_scores(slip, x, y):
    """The same for a task that calls the scores x."""
    return softmax_loss(slip, x, y)


def labels(slip, z, y):
    """One-hot rows of labels of either form."""
    if slip("", "one-hot rows are read as if every entry were a label") and y.ndim == 2:
        return one_hot(y[:, 0], z.shape)
    if slip("", "one-hot rows have as many columns as labels occur") and y.ndim == 1:
        places = np.searchsorted(np.unique(y), y)
        return one_hot(places, z.shape)
    if slip("", "one-hot rows have their axes exchanged") and y.ndim == 2 and len(y) == y.shape[1]:
        return y.T.astype(float)
    return one_hot(y, z.shape)


def cross_entropy(slip, F, y):
    """The summed loss."""
    return data_loss(slip, F, labels(slip, F, y), mean=False)


def summed_gradient(slip, F, y):
    """The gradient of the summed loss."""
    return scores_gradient(slip, F, labels(slip, F, y), y, mean=False)


def softmax_jacobian(slip, f):
    """diag(p) − p pᵀ of one example."""
    p = probabilities(slip, f[None, :])[0]
    return slip.instead(
        lambda: np.diag(p) - np.outer(p, p),
        ("softmax-jacobian-diagonal", "only the diagonal is there: p(1 − p)", lambda: np.diag(p * (1 - p))),
        ("softmax-jacobian-diagonal", "the diagonal is p alone, and nothing is beside it", lambda: np.diag(p)),
        (
            "sign or none",
            "the entries off the diagonal have the wrong sign",
            lambda: np.diag(p * (1 - p)) + np.outer(p, p) - np.diag(p * p),
        ),
        ("sign or none", "p pᵀ is added, not subtracted", lambda: np.diag(p) + np.outer(p, p)),
        ("missing-indicator or none", "the indicator on the diagonal is missing: −p pᵀ alone", lambda: -np.outer(p, p)),
        ("", "the factor p_k is missing: 1(k = j) − p_j", lambda: np.eye(len(p)) - p),
        ("", "the identity stands for diag(p): 1(k = j) − p_k p_j", lambda: np.eye(len(p)) - np.outer(p, p)),
    )


def softmax_output_delta(slip, zL, y):
    """p − e_y of one example, a column."""
    if slip("softmax-normalizer", "probabilities are normalised along the other axis, so that every one is 1"):
        p = np.ones_like(zL)
        return p - one_hot(np.array([y]), zL.T.shape).T
    Y = one_hot(np.array([y]), zL.T.shape)
    return sparse(slip, zL.T, Y, "delta-on-softmax", "∇C ∘ p (1 − p) leaves only the entry of the true class").T
