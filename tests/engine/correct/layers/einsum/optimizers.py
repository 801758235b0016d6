import numpy as np

es = np.einsum


def sgd(w, dw, config=None):
    config = config or {"learning_rate": 1e-2} if config is None else config
    config.setdefault("learning_rate", 1e-2)
    return es("i...->i...", w) + es(",i...->i...", -config["learning_rate"], dw), config


def sgd_momentum(w, dw, config=None):
    c = {} if config is None else config
    c.setdefault("learning_rate", 1e-2), c.setdefault("momentum", 0.9)
    c["velocity"] = es(",i...->i...", c["momentum"], c.get("velocity", 0 * w)) - es(",i...->i...", c["learning_rate"], dw)
    return w + c["velocity"], c


def rmsprop(w, dw, config=None):
    c = {} if config is None else config
    [c.setdefault(k, v) for k, v in zip(("learning_rate", "decay_rate", "epsilon"), (1e-2, 0.99, 1e-8))]
    c["cache"] = np.stack([c.get("cache", 0 * w), es("i...,i...->i...", dw, dw)], -1) @ [c["decay_rate"], 1 - c["decay_rate"]]
    return w - c["learning_rate"] * dw / (c["cache"] ** 0.5 + c["epsilon"]), c


def adam(w, dw, config=None):
    c = {} if config is None else config
    for k, v in dict(learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, t=0).items():
        c.setdefault(k, v)
    c["t"] = c["t"] + 1
    for name, beta, g in (("m", c["beta1"], dw), ("v", c["beta2"], es("i...,i...->i...", dw, dw))):
        c[name] = es("k,ki...->i...", [beta, 1 - beta], np.array([c.get(name, np.zeros(w.shape)), g]))
    mh, vh = c["m"] / (1 - c["beta1"] ** c["t"]), c["v"] / (1 - c["beta2"] ** c["t"])
    return w - c["learning_rate"] * es("i...,i...->i...", mh, 1 / (np.sqrt(vh) + c["epsilon"])), c
