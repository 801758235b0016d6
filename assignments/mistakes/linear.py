"""Linear classifiers with a penalty λ Σ W²: hinge and softmax; and the hinge loss of bare scores."""

import numpy as np

from assignments.mistakes import affine, penalty, softmax

TRUE = "svm-true-class"


def hinge(slip, x, y):
    """(sum of the hinge losses, gradient of the sum)."""
    N, C = x.shape
    rows = np.arange(N)
    Y = np.eye(C, dtype=bool)[y]
    shift = slip.instead(
        lambda: 1.0,
        ("", "the margin's 1 is missing, in loss and gradient", lambda: 0.0),
        ("", "the margin is ½ in loss and gradient", lambda: 0.5),
        ("", "the margin's 1 is subtracted", lambda: -1.0),
    )
    correct = slip.instead(
        lambda: x[rows, y][:, None],
        ("bias-not-summed or none", "correct scores lie in a row, where that broadcasts", lambda: x[rows, y]),
        (
            "transpose or none",
            "correct scores are looked up along the other axis",
            lambda: x[y, rows][:, None],
        ),
        ("", "the largest score stands for the correct one", lambda: x.max(axis=1, keepdims=True)),
        ("", "every example is compared with the correct score of the first", lambda: x[0, y[0]]),
    )
    margins = x - correct + shift
    kept = np.where(Y, 0, np.maximum(margins, 0))
    loss = slip.instead(
        kept.sum,
        (
            "svm-true-class or none",
            "the loss counts the margin of the true class",
            lambda: np.maximum(margins, 0).sum(),
        ),
        ("", "the loss is a squared hinge", lambda: (kept**2).sum()),
        ("", "the loss and its gradient are those of a squared hinge", lambda: (kept**2).sum()),
        ("", "the loss is half a squared hinge", lambda: 0.5 * (kept**2).sum()),
        ("", "only the worst class of each example counts in the loss", lambda: kept.max(axis=1).sum()),
        ("", "only the worst class of each example counts, in loss and gradient", lambda: kept.max(axis=1).sum()),
        ("", "the loss counts broken margins", lambda: np.count_nonzero(kept)),
        ("overwrite-for-accumulate", "the loss is that of the last example alone", lambda: kept[-1].sum()),
    )
    return loss, hinge_gradient(slip, x, Y, margins, kept)


def hinge_gradient(slip, x, Y, margins, kept):
    """1 for each broken margin, minus their count at the true class."""
    C = x.shape[1]
    others = slip.instead(
        lambda: 1.0 * (kept > 0),
        ("activation-for-indicator", "the margins themselves stand for their indicator", lambda: kept),
        ("", "the gradient is that of a squared hinge", lambda: 2 * kept),
        ("", "the loss and its gradient are those of a squared hinge", lambda: 2 * kept),
        ("", "the gradient forgets the margin of 1", lambda: 1.0 * (margins - 1 > 0) * ~Y),
        ("", "the gradient asks for margins above ½", lambda: 1.0 * (kept > 0.5)),
        ("", "the gradient asks for margins above 1", lambda: 1.0 * (kept > 1)),
        ("", "only the worst class has a gradient", lambda: worst(kept)),
        ("", "only the worst class of each example counts, in loss and gradient", lambda: worst(kept)),
        ("relu-mask-missing or none", "the indicator is missing: every class counts", lambda: 1.0 * ~Y),
        (
            "relu-mask-of-gradient or none",
            "the indicator is turned round: kept margins count",
            lambda: 1.0 * (kept <= 0) * ~Y,
        ),
    )
    count = others.sum(axis=1, keepdims=True)
    has = 1.0 * (count > 0)
    return slip.instead(
        lambda: others - Y * count,
        (TRUE, "the true class has −1, not minus the count of broken margins", lambda: others - Y),
        (TRUE, "the true class has −1 where any margin is broken", lambda: others - Y * has),
        (TRUE, "the true class has no gradient", lambda: others),
        (TRUE, "the true class pays twice for each broken margin", lambda: others - 2 * Y * count),
        (TRUE, "the true class counts itself: −(k + 1) altogether", lambda: others - Y * (count + 1)),
        (TRUE, "the true class counts itself: 1 − (k + 1), and 1 is added there", lambda: others + Y * (1 - count)),
        (
            "svm-true-class or none",
            "the true class has 1 − k − 1 or its like: one broken margin less",
            lambda: others - Y * (count - 1),
        ),
        (
            "svm-true-class or relu-mask-missing",
            "the true class has minus the number of the other classes",
            lambda: others - Y * (C - 1),
        ),
        ("svm-true-class or sign", "the true class has plus the count", lambda: others + Y * count),
        ("svm-true-class or none", "only the true class has a gradient", lambda: -Y * count),
        ("sign", "the gradient is turned round", lambda: Y * count - others),
        ("index-add", "of examples with one label the last alone pays", lambda: others - once(Y, count)),
        ("", "whole columns pay, for every example", lambda: others - (Y.sum(axis=0) > 0) * count),
    )


def worst(kept):
    """1 at the largest broken margin of each row."""
    rows, best = np.arange(len(kept)), kept.argmax(axis=1)
    chosen = np.zeros_like(kept)
    chosen[rows, best] = kept[rows, best] > 0
    return chosen


def once(Y, count):
    """The count at the last example of each label."""
    return Y * (np.cumsum(Y[::-1], axis=0)[::-1] == 1) * count


def svm_loss(slip, x, y):
    """(loss, dx), both means."""
    N, C = x.shape
    loss, dx = hinge(slip, x, y)
    return share(slip, loss, N, C, "loss"), share(slip, dx, N, C, "gradient")


def share(slip, value, N, C, what):
    """1/N, there once."""
    return slip.instead(
        lambda: value / N,
        ("missing-1/N", "loss and gradient lack 1/N", lambda: value),
        ("extra-1/N", "loss and gradient are divided by N twice", lambda: value / N**2),
        ("missing-1/N", f"the {what} is not divided by N", lambda: value),
        ("extra-1/N", f"the {what} is divided by N twice", lambda: value / N**2),
        ("extra-1/N or scale", f"the {what} is divided by the number of classes", lambda: value / C),
        ("extra-1/N or scale", f"the {what} is divided by examples and classes", lambda: value / (N * C)),
    )


def classifier(slip, W, X, reg, half, loss, dS):
    """(loss, dW) with the penalty `half` λ Σ W², from the sums over the examples."""
    N, C = X.shape[0], W.shape[1]
    data, G = share(slip, loss, N, C, "loss"), share(slip, dS, N, C, "gradient")
    dW = affine.weights(slip, X, G)
    R, P = penalty.of_gradient(slip, W, reg, half, N), penalty.of_loss(slip, W, reg, half, N)
    grad = slip.instead(
        lambda: dW + R,
        ("precedence", "the penalty is added before the division by N", lambda: dW + R / N),
        (
            "precedence",
            "the division by N binds the penalty: the sum is divided by N + its gradient",
            lambda: N * dW / (N + R),
        ),
        ("precedence or missing-1/N", "only the penalty is divided by N", lambda: N * dW + R / N),
        ("sign", "the gradient has the wrong sign, its penalty included", lambda: -(dW + R)),
        ("extra-1/N", "the division by N stands inside the loop, penalty and all", lambda: (dW + R) / N),
        ("extra-1/N", "the sum so far is divided by N after each example", lambda: looped(X, N * G) + R),
        ("precedence", "the sum so far is divided by N after each example", lambda: looped(X, N * G) + R),
        ("rows", "the last row of W is not penalised, as if it held biases", lambda: dW + np.where(last(W), 0, R)),
        ("rows", "the first row of W is not penalised", lambda: dW + np.where(last(W)[::-1], 0, R)),
    )
    return data + P, grad


def last(W):
    """Where the last row is."""
    return np.arange(len(W))[:, None] == len(W) - 1


def looped(X, G):
    """The sum so far is divided by N after each example."""
    N = len(X)
    return sum(np.outer(x, g) / N ** (N - i) for i, (x, g) in enumerate(zip(X, G, strict=True)))


def scores(slip, W, X):
    """X W."""
    return affine.product(slip, X, W)


def svm_classifier(half):
    """(loss, dW) of a linear SVM whose penalty is `half` λ Σ W²."""

    def loss(slip, W, X, y, reg):
        return classifier(slip, W, X, reg, half, *hinge(slip, scores(slip, W, X), y))

    return loss


def softmax_classifier(half):
    """(loss, dW) of a linear softmax classifier whose penalty is `half` λ Σ W²."""

    def loss(slip, W, X, y, reg):
        F = scores(slip, W, X)
        Y = softmax.labels(slip, F, y)
        each, G = softmax.losses(slip, F, Y), softmax.residual(slip, F, Y, y)
        total = slip.instead(each.sum, ("overwrite-for-accumulate", "the loss is the last example's", lambda: each[-1]))
        return classifier(slip, W, X, reg, half, total, G)

    return loss
