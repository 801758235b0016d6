import numpy as np


class Dropout:
    def __init__(self, settings):
        self.p = settings["p"]
        self.training = settings["mode"] == "train"
        self.state = np.random.RandomState(settings["seed"]) if "seed" in settings else np.random.RandomState()

    def __call__(self, x):
        self.mask = None
        if not self.training:
            return x
        self.mask = self.state.uniform(size=x.shape) >= 1 - self.p
        return np.where(self.mask, x / self.p, 0.0)

    def back(self, dout):
        return dout if self.mask is None else np.where(self.mask, dout / self.p, 0.0)


def dropout_forward(x, dropout_param):
    layer = Dropout(dropout_param)
    return layer(x), layer


def dropout_backward(dout, cache):
    return cache.back(dout)
