import numpy as np


class ThreeLayerConvNet(object):
    def __init__(self, input_dim=(3, 32, 32), num_filters=32, filter_size=7, hidden_dim=100,
                 num_classes=10, weight_scale=1e-3, reg=0.0, dtype=np.float32):
        C, H, W = input_dim
        self.reg, self.dtype = reg, dtype
        n = lambda *s: (weight_scale * np.random.randn(*s)).astype(dtype)
        z = lambda k: np.zeros(k, dtype=dtype)
        self.params = {'W1': n(num_filters, C, filter_size, filter_size), 'b1': z(num_filters),
                       'W2': n(num_filters * (H // 2) * (W // 2), hidden_dim), 'b2': z(hidden_dim),
                       'W3': n(hidden_dim, num_classes), 'b3': z(num_classes)}

    def penalty(self):
        """L2 of the three weights, biases stay free"""
        tot = 0.0
        for k in ('W1', 'W2', 'W3'):
            tot += np.sum(self.params[k]) ** 2
        return 0.5 * self.reg * tot

    def loss(self, X, y=None):
        W1, b1, W2, b2, W3, b3 = [self.params[k] for k in ('W1', 'b1', 'W2', 'b2', 'W3', 'b3')]
        f = W1.shape[2]
        p = (f - 1) // 2
        N, C, H, W = X.shape
        Xp = np.pad(X, ((0, 0), (0, 0), (p, p), (p, p)), 'constant')
        Ho, Wo = H + 2 * p - f + 1, W + 2 * p - W1.shape[3] + 1
        conv = np.zeros((N, W1.shape[0], Ho, Wo)) + b1[None, :, None, None]
        for r in range(f):
            for c in range(W1.shape[3]):
                conv += np.einsum('nchw,fc->nfhw', Xp[:, :, r:r + Ho, c:c + Wo], W1[:, :, r, c])
        act = np.maximum(conv, 0)
        blocks = act[:, :, :Ho // 2 * 2, :Wo // 2 * 2].reshape(N, -1, Ho // 2, 2, Wo // 2, 2)
        pool = blocks.max(axis=(3, 5))
        flat = pool.reshape(N, -1)
        u = flat @ W2 + b2
        h = np.maximum(u, 0)
        scores = h @ W3 + b3
        if y is None:
            return scores
        s = scores - scores.max(1, keepdims=True)
        P = np.exp(s) / np.exp(s).sum(1, keepdims=True)
        loss = -np.mean(s[np.arange(N), y] - np.log(np.exp(s).sum(1))) + self.penalty()
        P[np.arange(N), y] -= 1
        P /= N
        g = {'W3': h.T @ P + self.reg * W3, 'b3': P.sum(0)}
        du = (P @ W3.T) * (u > 0)
        g['W2'], g['b2'] = flat.T @ du + self.reg * W2, du.sum(0)
        dpool = (du @ W2.T).reshape(pool.shape)
        dblocks = (blocks == pool[:, :, :, None, :, None]) * dpool[:, :, :, None, :, None]
        dact = np.zeros_like(act)
        dact[:, :, :Ho // 2 * 2, :Wo // 2 * 2] = dblocks.reshape(N, -1, Ho // 2 * 2, Wo // 2 * 2)
        dconv = dact * (conv > 0)
        dW1 = np.zeros_like(W1)
        for r in range(f):
            for c in range(W1.shape[3]):
                dW1[:, :, r, c] = np.einsum('nfhw,nchw->fc', dconv, Xp[:, :, r:r + Ho, c:c + Wo])
        g['W1'], g['b1'] = dW1 + self.reg * W1, dconv.sum((0, 2, 3))
        return loss, g
