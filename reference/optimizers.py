"""The update rules: each takes a parameter, its gradient and a config, and returns the moved parameter and the config.

A config that is given is filled with the defaults and carries the state from call to call; no array in it is written.
"""

import numpy as np


def sgd(w, dw, config=None):
    """Move a parameter one step down its gradient: return (next_w, config).

    w ← w − η dw   [CS:sgd]

    config optionally holds "learning_rate" η (1e-2).

    Shapes
        w       any
        dw      like w
        next_w  like w

    Source: signature of CS231n's optim.
    """
    # BEGIN SOLUTION
    config = {} if config is None else config
    config.setdefault("learning_rate", 1e-2)
    return w - config["learning_rate"] * dw, config         # a new array: `-=` would write into the caller's
    # END SOLUTION


def sgd_momentum(w, dw, config=None):
    """Move a parameter by a velocity that remembers earlier gradients: return (next_w, config).

    v ← μ v − η dw,   w ← w + v   [CS:sgd_momentum]

    config optionally holds "learning_rate" η (1e-2), "momentum" μ (0.9) and "velocity" v (zeros), which is carried on
    in it.

    Shapes
        w       any
        dw      like w
        next_w  like w

    Source: signature of CS231n's optim; Polyak, 1964.
    """
    # BEGIN SOLUTION
    config = {} if config is None else config
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("momentum", 0.9)
    v = config["momentum"] * config.get("velocity", np.zeros_like(w)) - config["learning_rate"] * dw      # like w
    config["velocity"] = v
    return w + v, config
    # END SOLUTION


def rmsprop(w, dw, config=None):
    """Move a parameter by its gradient over the root of a running mean of squares: return (next_w, config).

    r ← ρ r + (1 − ρ) dw²,   w ← w − η dw / (√r + ε)   [CS:rmsprop]

    config optionally holds "learning_rate" η (1e-2), "decay_rate" ρ (0.99), "epsilon" ε (1e-8) and "cache" r (zeros); r
    is carried on in it.

    Note
        The r of this step's dw is the one that divides it. ε is added to the root.

    Shapes
        w       any
        dw      like w
        next_w  like w

    Source: signature of CS231n's optim; Tieleman and Hinton, 2012.
    """
    # BEGIN SOLUTION
    config = {} if config is None else config
    for name, value in (("learning_rate", 1e-2), ("decay_rate", 0.99), ("epsilon", 1e-8)):
        config.setdefault(name, value)
    rho = config["decay_rate"]
    r = rho * config.get("cache", np.zeros_like(w)) + (1 - rho) * (dw * dw)      # like w
    config["cache"] = r
    return w - config["learning_rate"] * dw / (np.sqrt(r) + config["epsilon"]), config
    # END SOLUTION


def adam(w, dw, config=None):
    """Move a parameter by Adam's rule, bias corrections included: return (next_w, config).

    t ← t + 1,   m ← β₁ m + (1 − β₁) dw,   v ← β₂ v + (1 − β₂) dw²,
    w ← w − η m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ)   [CS:adam]

    config optionally holds "learning_rate" η (1e-3), "beta1" (0.9), "beta2" (0.999), "epsilon" ε (1e-8), and the state
    "m", "v" (zeros) and "t" (0), which is carried on in it.

    Note
        t counts this step: the first one uses t = 1. The corrected m̂ and v̂ are not kept.

    Shapes
        w       any
        dw      like w
        next_w  like w

    Source: signature of CS231n's optim; Kingma and Ba, "Adam", 2015.
    """
    # BEGIN SOLUTION
    # From zeros, m after t steps is Σ_k (1 − β₁) β₁^{t−k} dw_k, whose weights add up to 1 − β₁ᵗ: hence the correction.
    config = {} if config is None else config
    for name, value in (("learning_rate", 1e-3), ("beta1", 0.9), ("beta2", 0.999), ("epsilon", 1e-8), ("t", 0)):
        config.setdefault(name, value)
    beta1, beta2, t = config["beta1"], config["beta2"], config["t"] + 1
    m = beta1 * config.get("m", np.zeros_like(w)) + (1 - beta1) * dw             # like w
    v = beta2 * config.get("v", np.zeros_like(w)) + (1 - beta2) * (dw * dw)      # like w
    config["m"], config["v"], config["t"] = m, v, t
    # 1 − βᵗ cancels: it is taken in double at least, and in w's own precision where that is higher.
    wide = np.result_type(w, float).type
    m_hat, v_hat = m / w.dtype.type(1 - wide(beta1) ** t), v / w.dtype.type(1 - wide(beta2) ** t)
    return w - config["learning_rate"] * m_hat / (np.sqrt(v_hat) + config["epsilon"]), config
    # END SOLUTION
