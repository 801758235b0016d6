import numpy as np


class TwoLayerNet(object):
    def __init__(self, input_dim=3*32*32, hidden_dim=100, num_classes=10,
                 weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = {
            'W1': weight_scale * np.random.randn(input_dim, hidden_dim),
            'b1': np.zeros(hidden_dim),
            'W2': weight_scale * np.random.randn(hidden_dim, num_classes),
            'b2': np.zeros(num_classes),
        }

    def loss(self, X, y=None):
        W1, b1 = self.params['W1'], self.params['b1']
        W2, b2 = self.params['W2'], self.params['b2']
        N = X.shape[0]
        X = X.reshape(N, -1)

        cache = {}
        cache['a1'] = X.dot(W1) + b1
        cache['h1'] = np.maximum(cache['a1'], 0)
        scores = cache['h1'].dot(W2) + b2
        if y is None:
            return scores

        scores = scores - scores.max(axis=1, keepdims=True)
        logZ = np.log(np.exp(scores).sum(axis=1, keepdims=True))
        logp = scores - logZ
        loss = -logp[np.arange(N), y].mean()
        loss += 0.5 * self.reg * (np.sum(W1**2) + np.sum(W2**2))

        d2 = np.exp(logp)
        d2[np.arange(N), y] -= 1
        d2 /= N
        d1 = d2.dot(W2.T) * (cache['a1'] > 0)

        grads = {}
        grads['W2'] = cache['a1'].T.dot(d2) + self.reg * W2
        grads['b2'] = d2.sum(axis=0)
        grads['W1'] = X.T.dot(d1) + self.reg * W1
        grads['b1'] = d1.sum(axis=0)
        return loss, grads
