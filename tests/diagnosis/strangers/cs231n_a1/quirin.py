import numpy as np


class TwoLayerNet(object):
    """affine - relu - affine - softmax"""

    def __init__(self, input_dim=3072, hidden_dim=100, num_classes=10,
                 weight_scale=1e-3, reg=0.0):
        self.reg = reg
        rs = np.random.randn
        self.params = dict(W1=weight_scale * rs(input_dim, hidden_dim), b1=np.zeros(hidden_dim),
                           W2=weight_scale * rs(hidden_dim, num_classes), b2=np.zeros(num_classes))

    def loss(self, X, y=None):
        W1 = self.params['W1']; b1 = self.params['b1']
        W2 = self.params['W2']; b2 = self.params['b2']
        N = X.shape[0]
        Xr = np.reshape(X, (N, -1))
        h = np.maximum(0, np.matmul(Xr, W1) + b1)
        scores = np.matmul(h, W2) + b2
        if y is None:
            return scores

        z = scores - np.max(scores, 1)[:, None]
        lse = np.log(np.sum(np.exp(z), 1))
        data_loss = np.mean(lse - z[np.arange(N), y])
        reg_loss = 0.5 * self.reg * np.sum(W1 * W1) + 0.5 * self.reg * np.sum(W1 * W1)
        loss = data_loss + reg_loss

        Y = np.zeros_like(scores)
        Y[np.arange(N), y] = 1
        dz = (np.exp(z - lse[:, None]) - Y) / N
        dh = np.matmul(dz, W2.T)
        dh[h <= 0] = 0
        grads = {'W2': np.matmul(h.T, dz) + self.reg * W2, 'b2': np.sum(dz, 0),
                 'W1': np.matmul(Xr.T, dh) + self.reg * W1, 'b1': np.sum(dh, 0)}
        return loss, grads
