import numpy as np
from math import sqrt


def _defaults(config, **values):
    config = {} if config is None else config
    for key in values:
        if key not in config:
            config[key] = values[key]
    return config


def sgd(w, dw, config=None):
    config = _defaults(config, learning_rate=1e-2)
    new = np.zeros_like(w)
    for i in np.ndindex(w.shape):
        new[i] = w[i] - config["learning_rate"] * dw[i]
    return new, config


def sgd_momentum(w, dw, config=None):
    config = _defaults(config, learning_rate=1e-2, momentum=0.9, velocity=np.zeros_like(w))
    v, new = np.zeros_like(w), np.zeros_like(w)
    for i in np.ndindex(w.shape):
        v[i] = config["momentum"] * config["velocity"][i] - config["learning_rate"] * dw[i]
        new[i] = w[i] + v[i]
    config["velocity"] = v
    return new, config


def rmsprop(w, dw, config=None):
    config = _defaults(config, learning_rate=1e-2, decay_rate=0.99, epsilon=1e-8, cache=np.zeros_like(w))
    rho, new, cache = config["decay_rate"], w.copy(), config["cache"].copy()
    for i in np.ndindex(w.shape):
        cache[i] = rho * cache[i] + (1 - rho) * dw[i] ** 2
        new[i] -= config["learning_rate"] * dw[i] / (sqrt(cache[i]) + config["epsilon"])
    config["cache"] = cache
    return new, config


def adam(w, dw, config=None):
    config = _defaults(config, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, t=0,
                       m=np.zeros_like(w), v=np.zeros_like(w))
    b1, b2 = config["beta1"], config["beta2"]
    config["t"] = t = config["t"] + 1
    m, v, new = config["m"].copy(), config["v"].copy(), w.copy()
    for i in np.ndindex(w.shape):
        m[i] = b1 * m[i] + (1 - b1) * dw[i]
        v[i] = b2 * v[i] + (1 - b2) * dw[i] ** 2
        mt, vt = m[i] / (1 - b1 ** t), v[i] / (1 - b2 ** t)
        new[i] -= config["learning_rate"] * mt / (sqrt(vt) + config["epsilon"])
    config["m"], config["v"] = m, v
    return new, config
