import numpy as np

"""
First-order update rules. Each one: w, dw, config -> next_w, config
"""


def sgd(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault('learning_rate', 1e-2)
    w -= config['learning_rate'] * dw
    return w, config


def sgd_momentum(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault('learning_rate', 1e-2)
    config.setdefault('momentum', 0.9)
    v = config.get('velocity', np.zeros_like(w))

    next_w = None
    v = v * config['momentum'] - config['learning_rate'] * dw
    w += v
    next_w = w
    config['velocity'] = v

    return next_w, config


def rmsprop(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault('learning_rate', 1e-2)
    config.setdefault('decay_rate', 0.99)
    config.setdefault('epsilon', 1e-8)
    config.setdefault('cache', np.zeros_like(w))

    lr, rho, eps, s = [config[k] for k in ['learning_rate', 'decay_rate', 'epsilon', 'cache']]
    s = rho * s + (1 - rho) * np.square(dw)
    next_w = w - lr * dw / (np.sqrt(s) + eps)
    config['cache'] = s
    return next_w, config


def adam(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault('learning_rate', 1e-3)
    config.setdefault('beta1', 0.9)
    config.setdefault('beta2', 0.999)
    config.setdefault('epsilon', 1e-8)
    config.setdefault('m', np.zeros_like(w))
    config.setdefault('v', np.zeros_like(w))
    config.setdefault('t', 0)

    next_w = None
    config['t'] = config['t'] + 1
    m, v, t = config['m'], config['v'], config['t']
    m = config['beta1'] * m + (1. - config['beta1']) * dw
    v = config['beta2'] * v + (1. - config['beta2']) * dw * dw
    config.update(m=m, v=v)
    alpha = config['learning_rate'] * np.sqrt(1 - config['beta2'] ** t) / (1 - config['beta1'] ** t)
    mt, vt = m / (1 - config['beta1'] ** t), v / (1 - config['beta2'] ** t)
    next_w = w - config['learning_rate'] * mt / (np.sqrt(vt) + config['epsilon'])
    return next_w, config
