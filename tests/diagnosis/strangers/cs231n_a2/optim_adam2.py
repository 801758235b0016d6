import numpy as np

DEFAULTS = [('learning_rate', 1e-3), ('beta1', 0.9), ('beta2', 0.999), ('epsilon', 1e-8), ('t', 0)]

def adam(w, dw, config=None):
    config = {} if config is None else config
    for k, v in DEFAULTS:
        config.setdefault(k, v)
    config.setdefault('m', np.zeros_like(w))
    config.setdefault('v', np.zeros_like(w))
    lr, b1, b2, eps, step = [config[k] for k, _ in DEFAULTS]
    config['t'] += 1
    config['m'] = b1 * config['m'] + (1 - b1) * dw
    config['v'] = b2 * config['v'] + (1 - b2) * dw ** 2
    unbias = lambda a, beta: a / (1 - beta ** step)
    next_w = w - lr * unbias(config['m'], b1) / (np.sqrt(unbias(config['v'], b2)) + eps)
    return next_w, config
