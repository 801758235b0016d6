import numpy as np


class TwoLayerNet(object):
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10,
                 weight_scale=1e-3, reg=0.0):
        self.reg = reg
        r = np.random.randn
        self.params = dict(W1=weight_scale * r(input_dim, hidden_dim), b1=np.zeros(hidden_dim),
                           W2=weight_scale * r(hidden_dim, num_classes), b2=np.zeros(num_classes))

    def loss(self, X, y=None):
        g = self.params.get
        W1, b1, W2, b2 = g('W1'), g('b1'), g('W2'), g('b2')
        A = X.reshape(X.shape[0], -1)
        u = A.dot(W1) + b1
        h = u * (u > 0)
        s = h.dot(W2) + b2
        if y is None:
            return s
        N = len(y)
        s = s - s.max(1)[:, None]
        lse = np.log(np.exp(s).sum(1))
        loss = np.mean(lse - s[range(N), y])
        loss += 0.5 * self.reg * sum(float((w ** 2).sum()) for w in (W1, W2))

        G = np.exp(s - lse[:, None])
        G[range(N), y] -= 1
        G /= N
        grads = {}
        layer_in = {1: A, 2: h}
        for k in (2, 1):
            grads['W%d' % k] = layer_in[k].T.dot(G)
            grads['b%d' % k] = G.sum(0)
            if k > 1:
                G = G.dot(W2.T) * (u > 0)
        grads['W%d' % k] += self.reg * self.params['W%d' % k]
        return loss, grads
