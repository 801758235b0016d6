import numpy as np


def rmsprop(w, dw, config=None):
    """w -= lr * dw / rms"""
    config = {} if config is None else config
    for key, default in (('learning_rate', 1e-2), ('decay_rate', 0.99), ('epsilon', 1e-8)):
        config.setdefault(key, default)
    if 'cache' not in config:
        config['cache'] = np.zeros_like(w)
    rho = config['decay_rate']
    config['cache'] = rho * config['cache'] + (1 - rho) * np.square(dw)
    step = config['learning_rate'] * dw
    step /= config['cache'] + config['epsilon']
    return w - step, config
