"""Dropout while testing; what is drawn while training is judged by what it did."""

SCALE = "dropout-scale"


def tested(slip, value, p):
    """Nothing is dropped or scaled."""
    return slip.instead(
        value.copy,
        (SCALE, "it is scaled by p while testing, as without inverting", lambda: value * p),
        (SCALE, "it is scaled by 1/p while testing", lambda: value / p),
        (SCALE, "it is scaled by 1 − p while testing", lambda: value * (1 - p)),
        (SCALE, "it is scaled by 1/(1 − p) while testing", lambda: value / (1 - p)),
        ("", "nothing comes through while testing", lambda: 0 * value),
    )


def forward(slip, x, dropout_param):
    """x itself while testing."""
    return tested(slip, x, dropout_param["p"])


def backward(slip, x, dropout_param, dout):
    """dout itself while testing."""
    return tested(slip, dout, dropout_param["p"])
