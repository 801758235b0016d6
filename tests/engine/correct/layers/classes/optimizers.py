import numpy as np


class Rule:
    defaults = {"learning_rate": 1e-2}
    state = ()

    def __init__(self, config, like):
        self.config = config if config is not None else dict()
        for name, value in {**self.defaults, **{k: np.zeros(like.shape) for k in self.state}}.items():
            self.config.setdefault(name, value)

    def __getattr__(self, name):
        return self.__dict__["config"][name]

    def step(self, dw):
        return -self.learning_rate * dw


class Momentum(Rule):
    defaults = {"learning_rate": 1e-2, "momentum": 0.9}
    state = ("velocity",)

    def step(self, dw):
        self.config["velocity"] = self.momentum * self.velocity + super().step(dw)
        return self.velocity


class RMS(Rule):
    defaults = {"learning_rate": 1e-2, "decay_rate": 0.99, "epsilon": 1e-8}
    state = ("cache",)

    def step(self, dw):
        self.config["cache"] = self.decay_rate * self.cache + (1 - self.decay_rate) * np.square(dw)
        return super().step(dw) / (np.sqrt(self.cache) + self.epsilon)


class Adam(Rule):
    defaults = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "t": 0}
    state = ("m", "v")

    def step(self, dw):
        self.config["t"] += 1
        self.config["m"] = self.beta1 * self.m + (1 - self.beta1) * dw
        self.config["v"] = self.beta2 * self.v + (1 - self.beta2) * np.square(dw)
        m, v = self.m / (1 - self.beta1 ** self.t), self.v / (1 - self.beta2 ** self.t)
        return super().step(m) / (np.sqrt(v) + self.epsilon)


def _apply(kind, w, dw, config):
    rule = kind(config, w)
    return w + rule.step(dw), rule.config


def sgd(w, dw, config=None):
    return _apply(Rule, w, dw, config)


def sgd_momentum(w, dw, config=None):
    return _apply(Momentum, w, dw, config)


def rmsprop(w, dw, config=None):
    return _apply(RMS, w, dw, config)


def adam(w, dw, config=None):
    return _apply(Adam, w, dw, config)
