"""The L2 penalty: its share of the loss, and of a gradient. Its right coefficient differs between courses."""

from itertools import permutations

import numpy as np

DOUBLED = ("reg-factor-2", "the penalty is twice what it should be, in loss and gradient")
HALVED = ("reg-factor-2", "the penalty is half of what it should be, in loss and gradient")
DIVIDED = ("reg-over-N", "the penalty is divided by N, in loss and gradient")
HOW = {0.5: "½ λ", 1.0: "λ", 2.0: "2 λ"}

LOSS_FORMS = [
    (f"the penalty of the loss is {HOW[share]} {what}", share, form)
    for share in (1.0, 0.5)
    for what, form in (
        ("Σ |W|", lambda W: np.abs(W).sum()),
        ("Σ W, without the square", lambda W: W.sum()),
        ("(Σ W)²: the square is taken after the sum", lambda W: W.sum() ** 2),
        ("√(Σ W²): a norm, without its square", lambda W: np.sqrt(np.sum(W * W))),
        ("Σ W² over the number of weights: a mean", lambda W: np.mean(W * W)),
    )
]
GRADIENT_FORMS = [
    (f"the penalty's gradient is {HOW[share]} {what}", share, form)
    for share in (1.0, 2.0, 0.5)
    for what, form in (
        ("|W|", np.abs),
        ("sign(W)", np.sign),
        ("W²", np.square),
        ("Σ W, one number for every weight", lambda W: np.full(W.shape, W.sum())),
        ("Σ W², one number for every weight", lambda W: np.full(W.shape, np.sum(W * W))),
        ("alone, without W", np.ones_like),
    )
]


def of_loss(slip, W, reg, half, N=1):
    """`half` λ Σ W²."""
    right = half * reg * np.sum(W * W)
    right = slip.everywhere.instead(
        lambda: right,
        *(
            ("reg-wrong-form", note, lambda share=share, form=form: share * reg * form(W))
            for note, share, form in LOSS_FORMS
        ),
    )
    right = slip.everywhere.instead(
        lambda: right, ("reg-loss-missing", "the loss lacks the penalty", lambda right=right: 0 * right)
    )
    return slip.instead(
        lambda: right,
        ("reg-factor-2", "the penalty of the loss is twice what it should be", lambda: 2 * right),
        ("reg-factor-2", "the penalty of the loss is half of what it should be", lambda: right / 2),
        (*DOUBLED, lambda: 2 * right),
        (*HALVED, lambda: right / 2),
        ("reg-over-N", "the penalty of the loss is divided by N", lambda: right / N),
        (*DIVIDED, lambda: right / N),
        ("sign or reg-wrong-form", "the penalty of the loss is subtracted", lambda: -right),
        ("reg-wrong-form or none", "the penalty of the loss lacks λ", lambda: half * np.sum(W * W)),
        ("reg-wrong-form or none", "λ is squared in the loss", lambda: half * reg**2 * np.sum(W * W)),
    )


def of_gradient(slip, W, reg, half, N=1):
    """2 `half` λ W."""
    right = 2 * half * reg * W
    right = slip.everywhere.instead(
        lambda: right,
        *(
            ("reg-wrong-form", note, lambda share=share, form=form: share * reg * form(W))
            for note, share, form in GRADIENT_FORMS
        ),
    )
    right = slip.everywhere.instead(  # of one layer alone it is another mistake: a layer left out
        lambda: right,
        ("reg-gradient-missing", "the gradient of the penalty is missing", lambda right=right: 0 * right),
    )
    return slip.instead(
        lambda: right,
        ("reg-factor-2", "the penalty's gradient is twice what it should be", lambda: 2 * right),
        ("reg-factor-2", "the penalty's gradient is half of what it should be", lambda: right / 2),
        (*DOUBLED, lambda: 2 * right),
        (*HALVED, lambda: right / 2),
        ("reg-over-N", "the penalty's gradient is divided by N", lambda: right / N),
        (*DIVIDED, lambda: right / N),
        ("sign or reg-wrong-form", "the penalty's gradient is subtracted", lambda: -right),
        ("reg-wrong-form or none", "the penalty's gradient lacks λ", lambda: 2 * half * W),
        ("reg-wrong-form or none", "λ is squared in the penalty's gradient", lambda: 2 * half * reg**2 * W),
    )


def of_biases(slip, b, reg, half, loss):
    """What no penalty should add: the biases' share of the loss, or of their gradient."""
    both = slip("reg-on-bias", "the biases are penalised, in loss and gradient")
    alone = slip("reg-on-bias", f"the biases are penalised in the {'loss' if loss else 'gradient'} alone")
    if not both and not alone:
        return 0.0
    return half * reg * np.sum(b * b) if loss else 2 * half * reg * b


def l2_penalty(slip, W, w, reg):
    """(penalty, dW, dw) of two weight matrices."""
    first, second = shares_of_loss(slip, W, w, reg)
    return first + second, *shares_of_gradient(slip, W, w, reg)


LEFT_OUT = {
    "first": ("reg-layer-missing", "the penalty leaves the first layer out, in loss and gradient"),
    "second": ("reg-layer-missing", "the penalty leaves the second layer out, in loss and gradient"),
}


def shares_of_loss(slip, W, w, reg, N=1, half=0.5):
    """The penalties of two layers."""
    first, second = (of_loss(slip.within(name), A, reg, half, N) for name, A in (("W", W), ("w", w)))
    return slip.instead(
        lambda: (first, second),
        (*LEFT_OUT["first"], lambda: (0.0, second)),
        (*LEFT_OUT["second"], lambda: (first, 0.0)),
        ("reg-layer-missing", "the loss lacks the penalty of the first layer", lambda: (0.0, second)),
        ("reg-loss-missing", "the loss lacks the penalty of the first layer", lambda: (0.0, second)),
        ("reg-layer-missing", "the loss lacks the penalty of the second layer", lambda: (first, 0.0)),
        ("reg-loss-missing", "the loss lacks the penalty of the second layer", lambda: (first, 0.0)),
        (
            "reg-layer-missing or reg-loss-missing",
            "the first layer is penalised twice in the loss, the second not at all",
            lambda: (first, first),
        ),
        (
            "reg-layer-missing or reg-loss-missing",
            "the second layer is penalised twice in the loss, the first not at all",
            lambda: (second, second),
        ),
        (
            "reg-wrong-form",
            "the penalty of the loss is a product of both layers' sums",
            lambda: (half * reg * np.sum(W * W) * np.sum(w * w), 0.0),
        ),
    )


def shares_of_gradient(slip, W, w, reg, N=1, half=0.5):
    """The penalties' gradients of two layers."""
    first, second = (of_gradient(slip.within(name), A, reg, half, N) for name, A in (("W", W), ("w", w)))
    return slip.instead(
        lambda: (first, second),
        (*LEFT_OUT["first"], lambda: (0 * first, second)),
        (*LEFT_OUT["second"], lambda: (first, 0 * second)),
        ("reg-layer-missing", "the gradient of the first layer lacks its penalty", lambda: (0 * first, second)),
        ("reg-gradient-missing", "the gradient of the first layer lacks its penalty", lambda: (0 * first, second)),
        ("reg-layer-missing", "the gradient of the second layer lacks its penalty", lambda: (first, 0 * second)),
        ("reg-gradient-missing", "the gradient of the second layer lacks its penalty", lambda: (first, 0 * second)),
        (
            "reg-layer-missing",
            "the first layer's gradient is penalised twice, the second's not at all",
            lambda: (2 * first, 0 * second),
        ),
        (
            "reg-layer-missing",
            "the second layer's gradient is penalised twice, the first's not at all",
            lambda: (0 * first, 2 * second),
        ),
        (
            "reg-layer-missing or wrong-operand",
            "each layer's penalty is that of the other, where that fits",
            lambda: (second, first),
        ),
    )


# ---- a net with any number of layers ----


def of_layers_loss(slip, weights, reg, half, N):
    """`half` λ Σ_k Σ W_k²."""
    return sum(
        counts * of_loss(slip, W, reg, half, N)
        for counts, W in zip(_counted(slip, weights, "loss"), weights, strict=True)
    )


def of_layers_gradient(slip, weights, reg, half, N):
    """2 `half` λ W_k of each layer."""
    return [
        counts * of_gradient(slip, W, reg, half, N)
        for counts, W in zip(_counted(slip, weights, "gradient"), weights, strict=True)
    ]


def _counted(slip, weights, what):
    """How often each layer counts: once."""
    depth = len(weights)
    first, last = ([float(k == place) for k in range(depth)] for place in (0, depth - 1))
    choices = [
        ("leaves the first layer out", [1 - one for one in first]),
        ("leaves the last layer out", [1 - one for one in last]),
        ("covers the first layer alone", first),
        ("covers the last layer alone", last),
    ]
    again = slip.instead(
        lambda: [1.0] * depth,
        *(
            (identifier, f"the penalty takes {note}, in {where}", lambda counts=counts: counts)
            for note, counts in _mistaken(depth)
            for where, identifier in (
                ("loss and gradient", "reg-layer-missing"),
                (f"the {what} alone", f"reg-layer-missing or reg-{what}-missing"),
            )
        ),
    )
    return slip.instead(
        lambda: again,
        *(
            (identifier, f"the penalty {note}, in {where}", lambda counts=counts: counts)
            for note, counts in choices
            for where, names in (
                ("loss and gradient", ("reg-layer-missing",)),
                (f"the {what} alone", ("reg-layer-missing", f"reg-{what}-missing")),
            )
            for identifier in names
        ),
    )


def _mistaken(depth):
    """One layer taken for another, or for all: which layers count twice and which never."""
    places = {"first": 0, "second": min(1, depth - 1), "last": depth - 1}
    every = [[float(k == place) for k in range(depth)] for place in range(depth)]
    for twice, never in permutations(places, 2):
        moved = np.array(every[places[twice]]) - every[places[never]]
        yield f"the {twice} layer twice and the {never} one never", (1 + moved).tolist()
    for name in ("first", "last"):
        yield f"the {name} layer for every layer", [depth * one for one in every[places[name]]]
