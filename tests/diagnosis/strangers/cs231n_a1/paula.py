import numpy as np


def affine_forward(x, w, b):
    return x.reshape(x.shape[0], -1) @ w + b, (x, w, b)

def affine_backward(dout, cache):
    x, w, b = cache
    return (dout @ w.T).reshape(x.shape), x.reshape(len(x), -1).T @ dout, dout.sum(0)

def relu_forward(x):
    return x * (x > 0), x

def affine_relu_forward(x, w, b):
    a, fc_cache = affine_forward(x, w, b)
    out, relu_cache = relu_forward(a)
    return out, (fc_cache, relu_cache)

def softmax_loss(x, y):
    n = x.shape[0]
    p = np.exp(x - x.max(1, keepdims=True))
    s = p.sum(1, keepdims=True)
    p = p / s
    logp = x - x.max(1, keepdims=True) - np.log(s)
    loss = -logp[np.arange(n), y].sum() / n
    p[np.arange(n), y] -= 1
    return loss, p / n


class TwoLayerNet:

    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.params = {}
        self.reg = reg
        self.params['W1'] = np.random.normal(0, weight_scale, (input_dim, hidden_dim))
        self.params['W2'] = np.random.normal(0, weight_scale, (hidden_dim, num_classes))
        self.params['b1'] = np.zeros(hidden_dim)
        self.params['b2'] = np.zeros(num_classes)

    def loss(self, X, y=None):
        p, r = self.params, self.reg
        h, c1 = affine_relu_forward(X, p['W1'], p['b1'])
        scores, c2 = affine_forward(h, p['W2'], p['b2'])
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        loss += .5 * r * ((p['W1'] * p['W1']).sum() + (p['W2'] * p['W2']).sum())
        grads = {}
        dh, grads['W2'], grads['b2'] = affine_backward(dscores, c2)
        fc_cache, relu_cache = c1
        _, grads['W1'], grads['b1'] = affine_backward(dh, fc_cache)
        grads['W1'] += r * p['W1']
        grads['W2'] += r * p['W2']
        return loss, grads
