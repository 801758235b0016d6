"""Update rules: a step, and the state that they carry on."""

import numpy as np

EPS, ROOT, CORRECTION = "eps-placement", "rmsprop-root", "adam-bias-correction"


def settled(config, **standing):
    """A config with every setting."""
    config = {} if config is None else config
    for name, value in standing.items():
        config.setdefault(name, value)
    return config


def stepped(slip, w, step):
    """w − step."""
    return slip.instead(
        lambda: w - step,
        ("sign or none", "the step goes up the gradient", lambda: w + step),
        ("", "the step alone is returned", lambda: -step),
        ("", "w is not moved", lambda: w),
    )


def rate(slip, config, usual):
    """η."""
    return slip.instead(
        lambda: config["learning_rate"],
        ("", f"the learning rate is always {usual:g}", lambda: usual),
        ("", "the learning rate is not applied", lambda: 1.0),
    )


def sgd(slip, w, dw, config):
    """w − η dw."""
    config = settled(config, learning_rate=1e-2)
    d = slip.instead(
        lambda: dw,
        ("", "the sign of the gradient alone is used", lambda: np.sign(dw)),
        *(("", note, lambda most=most: np.clip(dw, -most, most)) for most, note in CLIPPED),
    )
    return stepped(slip, w, rate(slip, config, 1e-2) * d), config


CLIPPED = [(most, f"gradients are clipped at ±{most:g}") for most in (1, 5, 10)]


def sgd_momentum(slip, w, dw, config):
    """v ← μ v − η dw."""
    config = settled(config, learning_rate=1e-2, momentum=0.9)
    eta, old = rate(slip, config, 1e-2), config.get("velocity", np.zeros_like(w))
    mu = slip.instead(
        lambda: config["momentum"],
        ("", "the momentum is always 0.9", lambda: 0.9),
        ("", "1 − μ stands for μ", lambda: 1 - config["momentum"]),
    )
    v = slip.instead(
        lambda: mu * old - eta * dw,
        ("sign or none", "the velocity adds η dw", lambda: mu * old + eta * dw),
        ("", "the velocity is a running mean: μ v − (1 − μ) η dw", lambda: mu * old - (1 - mu) * eta * dw),
        ("", "the learning rate stands outside: v = μ v − dw", lambda: mu * old - dw),
        ("", "the velocity is forgotten at every step", lambda: -eta * dw),
        ("", "η multiplies the whole velocity", lambda: eta * (mu * old - dw)),
        (
            "sign or none",
            "the velocity counts the other way: v = μ v + η dw, and is subtracted",
            lambda: mu * old + eta * dw,
        ),
    )
    new = slip.instead(
        lambda: w + v,
        ("", "the old velocity is used, not the new one", lambda: w + old),
        ("", "the new velocity is not used: w − η dw", lambda: w - eta * dw),
        ("sign or none", "the velocity is subtracted", lambda: w - v),
        ("sign or none", "the velocity counts the other way: v = μ v + η dw, and is subtracted", lambda: w - v),
        ("", "the step is Nesterov's", lambda: w - mu * old + (1 + mu) * v),
        ("", "the learning rate stands outside: w + η v", lambda: w + eta * v),
    )
    if not slip("", "the velocity is not stored"):
        config["velocity"] = v
    return new, config


def rmsprop(slip, w, dw, config):
    """r ← ρ r + (1 − ρ) dw²; w − η dw / (√r + ε)."""
    config = settled(config, learning_rate=1e-2, decay_rate=0.99, epsilon=1e-8)
    old = config.get("cache", np.zeros_like(w))
    rho = slip.instead(
        lambda: config["decay_rate"],
        ("", "ρ and 1 − ρ change places", lambda: 1 - config["decay_rate"]),
        ("", "ρ is always 0.99", lambda: 0.99),
    )
    r = slip.instead(
        lambda: rho * old + (1 - rho) * dw * dw,
        ("", "squares add up without end", lambda: old + dw * dw),
        ("", "the factor 1 − ρ is missing", lambda: rho * old + dw * dw),
        ("", "sizes stand for squares", lambda: rho * old + (1 - rho) * np.abs(dw)),
        ("", "the square is missing", lambda: rho * old + (1 - rho) * dw),
    )
    config["cache"] = r
    used = old if slip("", "the old mean divides, not the new one") else r
    step = rate(slip, config, 1e-2) * dw / rooted(slip, used, own_epsilon(slip, config))
    return stepped(slip, w, step), config


def own_epsilon(slip, config):
    """ε."""
    return slip.instead(
        lambda: config["epsilon"],
        ("", "ε is always 1e-8", lambda: 1e-8),
        ("", "ε is left out", lambda: 0.0),
        ("", "ε is always 1e-7", lambda: 1e-7),
    )


def rooted(slip, v, eps):
    """√v + ε."""
    return slip.instead(
        lambda: np.sqrt(v) + eps,
        (ROOT, "the root is missing", lambda: v + eps),
        (EPS, "ε stands inside the root", lambda: np.sqrt(v + eps)),
        (EPS, "ε² stands inside the root", lambda: np.sqrt(v + eps**2)),
    )


def adam(slip, w, dw, config):
    """Adam, bias corrections included."""
    config = settled(config, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, t=0)
    b1, b2 = betas(slip, config)
    before = config["t"]
    t = slip.instead(
        lambda: before + 1,
        ("adam-t", "t is raised after use", lambda: before),
        ("adam-t", "t is raised after use, and 0 is taken for 1", lambda: max(before, 1)),
        ("adam-t", "t is not raised", lambda: before),
        ("adam-t", "t is raised by two", lambda: before + 2),
        ("adam-t or adam-bias-correction", "t is 1 at every step", lambda: 1),
    )
    m, v = moments(slip, dw, config, w, b1, b2)
    config["t"] = before if slip("adam-t", "t is not raised") else before + 1
    if slip("adam-t", "t is raised by two"):
        config["t"] = before + 2
    config["m"], config["v"] = m, v
    m_hat, v_hat = corrected(slip, m, v, b1, b2, t)
    if slip(CORRECTION, "the corrected means are kept"):
        config["m"], config["v"] = m_hat, v_hat
    eps = own_epsilon(slip, config)

    def plain():
        return np.sqrt(1 - b2) / (1 - b1) * m / (np.sqrt(v) + eps)

    divisor = slip.instead(
        lambda: rooted(slip, v_hat, eps),
        (EPS, "ε is added before the correction", lambda: np.sqrt(v_hat) + eps * np.sqrt(raised(v_hat, v))),
    )
    step = slip.instead(
        lambda: m_hat / divisor,
        (f"{CORRECTION} or {EPS}", "the step is corrected by 1 − β, without its power, and ε not at all", plain),
    )
    return stepped(slip, w, rate(slip, config, 1e-3) * step), config


def betas(slip, config):
    """(β₁, β₂)."""
    b1, b2 = config["beta1"], config["beta2"]
    return slip.instead(
        lambda: (b1, b2),
        ("wrong-operand or none", "the betas change places", lambda: (b2, b1)),
        ("", "β₁ is always 0.9", lambda: (0.9, b2)),
        ("", "β₂ is always 0.999", lambda: (b1, 0.999)),
        ("", "β₁ stands for β₂", lambda: (b1, b1)),
    )


def moments(slip, dw, config, w, b1, b2):
    """The running means of the gradient and of its square."""
    old_m, old_v = (config.get(name, np.zeros_like(w)) for name in ("m", "v"))
    m = slip.instead(
        lambda: b1 * old_m + (1 - b1) * dw,
        ("", "the factor 1 − β₁ is missing", lambda: b1 * old_m + dw),
        ("", "β and 1 − β change places", lambda: (1 - b1) * old_m + b1 * dw),
        ("state or none", "m and v start anew at every call", lambda: (1 - b1) * dw),
    )
    v = slip.instead(
        lambda: b2 * old_v + (1 - b2) * dw**2,
        ("", "the factor 1 − β₂ is missing", lambda: b2 * old_v + dw**2),
        ("", "β and 1 − β change places", lambda: (1 - b2) * old_v + b2 * dw**2),
        ("", "the square is missing in v", lambda: b2 * old_v + (1 - b2) * dw),
        ("", "sizes stand for squares in v", lambda: b2 * old_v + (1 - b2) * np.abs(dw)),
        ("state or none", "m and v start anew at every call", lambda: (1 - b2) * dw**2),
        ("wrong-operand or none", "v takes the square of m", lambda: b2 * old_v + (1 - b2) * m**2),
    )
    return m, v


CORRECTIONS = [
    ("is corrected by 1 − β, without its power", lambda beta, t: 1 - beta),
    ("is corrected by 1 − β t, a product for a power", lambda beta, t: 1 - beta * t),
    ("is multiplied with the correction, not divided by it", lambda beta, t: 1 / (1 - beta**t)),
    ("is corrected by 1 + βᵗ", lambda beta, t: 1 + beta**t),
    ("is corrected by βᵗ", lambda beta, t: beta**t),
    ("is corrected by the root of 1 − βᵗ", lambda beta, t: np.sqrt(1 - beta**t)),
    ("is corrected twice", lambda beta, t: (1 - beta**t) ** 2),
]
"""Wrong corrections of one moment, where the other's is right."""


def corrected(slip, m, v, b1, b2, t):
    """(m̂, v̂)."""
    right = m / (1 - b1**t), v / (1 - b2**t)
    one = slip.instead(
        lambda: right,
        *((CORRECTION, f"the mean alone {note}", lambda by=by: (m / by(b1, t), right[1])) for note, by in CORRECTIONS),
        *(
            (CORRECTION, f"the square alone {note}", lambda by=by: (right[0], v / by(b2, t)))
            for note, by in CORRECTIONS
        ),
    )
    return slip.instead(
        lambda: one,
        (CORRECTION, "the means are not corrected", lambda: (m, v)),
        (CORRECTION, "the correction is 1 − β, without its power", lambda: (m / (1 - b1), v / (1 - b2))),
        (CORRECTION, "the correction is 1 − β t, a product for a power", lambda: (m / (1 - b1 * t), v / (1 - b2 * t))),
        (CORRECTION, "only the mean is corrected", lambda: (right[0], v)),
        (CORRECTION, "only the square is corrected", lambda: (m, right[1])),
        (CORRECTION, "the correction multiplies", lambda: (m * (1 - b1**t), v * (1 - b2**t))),
        (CORRECTION, "the correction is 1 + βᵗ", lambda: (m / (1 + b1**t), v / (1 + b2**t))),
        (CORRECTION, "both are corrected with β₁", lambda: (m / (1 - b1**t), v / (1 - b1**t))),
        (CORRECTION, "the betas of the corrections change places", lambda: (m / (1 - b2**t), v / (1 - b1**t))),
        (CORRECTION, "both are corrected with β₂", lambda: (m / (1 - b2**t), v / (1 - b2**t))),
        ("adam-t", "t is raised after use, and at t = 0 nothing is corrected", lambda: behind(m, v, b1, b2, t - 1)),
        (CORRECTION, "the first step is not corrected", lambda: (m, v) if t <= 1 else right),
        (CORRECTION, "late steps are not corrected", lambda: (m, v) if t > 100 else right),
        (
            "adam-t or adam-bias-correction",
            "t is raised between the two corrections",
            lambda: (m / (1 - b1 ** (t - 1)), right[1]),
        ),
        (
            "adam-t or adam-bias-correction",
            "the square alone is corrected by the step before",
            lambda: (right[0], v / (1 - b2 ** (t - 1))),
        ),
    )


def raised(corrected, v):
    """By what v was corrected: the same factor everywhere."""
    return np.max(np.divide(corrected, v, out=np.ones_like(v), where=v != 0))


def behind(m, v, b1, b2, t):
    """Corrected by the number of steps that are past, if there are any."""
    return (m, v) if t == 0 else (m / (1 - b1**t), v / (1 - b2**t))
