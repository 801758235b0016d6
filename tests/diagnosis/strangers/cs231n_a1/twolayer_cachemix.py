import numpy as np

def fc(x, w, b):
    x2 = np.reshape(x, (x.shape[0], np.prod(x.shape[1:])))
    return x2 @ w + b, (x2, w)

def fc_relu(x, w, b):
    a, c = fc(x, w, b)
    return np.maximum(a, 0), (c, a)

def fc_back(d, c):
    x2, w = c
    return d @ w.T, x2.T @ d, d.sum(axis=0)

class TwoLayerNet:
    def __init__(self, input_dim=3072, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.params = {'W1': np.random.normal(0, weight_scale, (input_dim, hidden_dim)),
                       'b1': np.zeros(hidden_dim),
                       'W2': np.random.normal(0, weight_scale, (hidden_dim, num_classes)),
                       'b2': np.zeros(num_classes)}
        self.reg = reg

    def loss(self, X, y=None):
        p = self.params
        hid, (c1, pre) = fc_relu(X, p['W1'], p['b1'])
        scores, _ = fc(hid, p['W2'], p['b2'])
        if y is None:
            return scores
        n = scores.shape[0]
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        e /= e.sum(axis=1, keepdims=True)
        loss = -np.log(e[np.arange(n), y]).sum() / n
        loss += self.reg / 2 * (np.sum(p['W1'] ** 2) + np.sum(p['W2'] ** 2))
        d = (e - np.eye(e.shape[1])[y]) / n
        dhid, dW2, db2 = fc_back(d, (pre, p['W2']))
        dhid[pre <= 0] = 0
        _, dW1, db1 = fc_back(dhid, c1)
        return loss, {'W1': dW1 + self.reg * p['W1'], 'b1': db1, 'W2': dW2 + self.reg * p['W2'], 'b2': db2}
