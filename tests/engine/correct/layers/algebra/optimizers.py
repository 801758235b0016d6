import numpy as np


def sgd(w, dw, config=None):
    config = {"learning_rate": 1e-2} | (config or {}) if config is None else config
    lr = config.setdefault("learning_rate", 1e-2)
    return np.subtract(w, np.multiply(dw, lr)), config


def sgd_momentum(w, dw, config=None):
    config = {} if config is None else config
    mu, lr = config.setdefault("momentum", 0.9), config.setdefault("learning_rate", 1e-2)
    moved = w + mu * config.setdefault("velocity", np.zeros(w.shape)) - lr * dw
    config["velocity"] = mu * config["velocity"] - lr * dw
    return moved, config


def rmsprop(w, dw, config=None):
    config = {} if config is None else config
    rho = config.setdefault("decay_rate", 0.99)
    old = config.get("cache", np.zeros_like(w))
    config["cache"] = old + (1 - rho) * (dw ** 2 - old)          # a step towards dw²
    step = config.setdefault("learning_rate", 1e-2) / (np.sqrt(config["cache"]) + config.setdefault("epsilon", 1e-8))
    return w - step * dw, config


def adam(w, dw, config=None):
    config = {} if config is None else config
    lr, b1, b2 = (config.setdefault(k, v) for k, v in (("learning_rate", 1e-3), ("beta1", 0.9), ("beta2", 0.999)))
    eps = config.setdefault("epsilon", 1e-8)
    t = config["t"] = 1 + config.get("t", 0)
    config["m"] = (1 - b1) * dw + b1 * config.get("m", 0 * dw)
    config["v"] = (1 - b2) * dw * dw + b2 * config.get("v", 0 * dw)
    # both corrections in the step size, as the paper's section 2 does
    root = np.sqrt(1 - b2 ** t)
    return w - (lr * root / (1 - b1 ** t)) * config["m"] / (np.sqrt(config["v"]) + eps * root), config
