import numpy as np


def _im2col(x, hh, ww, pad):
    N, C, H, W = x.shape
    xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    Ho, Wo = H + 2 * pad - hh + 1, W + 2 * pad - ww + 1
    cols = np.empty((N, Ho, Wo, C, hh, ww))
    for i in range(Ho):
        for j in range(Wo):
            cols[:, i, j] = xp[:, :, i:i + hh, j:j + ww]
    return cols


def conv_forward(x, w, b, pad):
    cols = _im2col(x, w.shape[2], w.shape[3], pad)
    out = np.tensordot(cols, w, axes=([3, 4, 5], [1, 2, 3])) + b
    return out.transpose(0, 3, 1, 2), (x.shape, cols, w, pad)


def conv_backward(dout, cache):
    (N, C, H, W), cols, w, pad = cache
    dw = np.einsum('nfij,nijchw->fchw', dout, cols)
    db = dout.sum(axis=(0, 2, 3))
    dxp = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            dxp[:, :, i:i + w.shape[2], j:j + w.shape[3]] += np.tensordot(dout[:, :, i, j], w, axes=(1, 0))
    return dxp[:, :, pad:pad + H, pad:pad + W], dw, db


def pool_forward(x):
    N, C, H, W = x.shape
    r = x.reshape(N, C, H // 2, 2, W // 2, 2)
    out = r.max(axis=(3, 5))
    return out, (r, out)


def pool_backward(dout, cache):
    r, out = cache
    hit = r == out[:, :, :, None, :, None]
    d = hit * dout[:, :, :, None, :, None] / hit.sum(axis=(3, 5), keepdims=True)
    N, C, h, _, w, _ = r.shape
    return d.reshape(N, C, 2 * h, 2 * w)


class ThreeLayerConvNet(object):
    """conv - relu - 2x2 max pool - affine - relu - affine - softmax"""

    def __init__(self, input_dim=(3, 32, 32), num_filters=32, filter_size=7,
                 hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0,
                 dtype=np.float32):
        self.params = {}
        self.reg = reg
        self.dtype = dtype
        C, H, W = input_dim
        self.params['W1'] = weight_scale * np.random.randn(num_filters, C, filter_size, filter_size)
        self.params['b1'] = np.zeros(num_filters)
        self.params['W2'] = weight_scale * np.random.randn(num_filters * (H // 2) * (W // 2), hidden_dim)
        self.params['b2'] = np.zeros(hidden_dim)
        self.params['W3'] = weight_scale * np.random.randn(hidden_dim, num_classes)
        self.params['b3'] = np.zeros(num_classes)
        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)

    def loss(self, X, y=None):
        W1, b1 = self.params['W1'], self.params['b1']
        W2, b2 = self.params['W2'], self.params['b2']
        W3, b3 = self.params['W3'], self.params['b3']
        pad = (W1.shape[2] - 1) // 2
        N = X.shape[0]

        a1, conv_cache = conv_forward(X, W1, b1, pad)
        p1, pool_cache = pool_forward(np.maximum(a1, 0))
        flat = p1.reshape(N, -1)
        a2 = flat @ W2 + b2
        h2 = np.maximum(a2, 0)
        scores = h2 @ W3 + b3
        if y is None:
            return scores

        z = scores - scores.max(axis=1, keepdims=True)
        logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        loss = -logp[np.arange(N), y].mean()
        loss += 0.5 * self.reg * sum(np.sum(w ** 2) for w in (W1, W2, W3))

        grads = {}
        d3 = np.exp(logp)
        d3[np.arange(N), y] -= 1
        d3 /= N
        grads['W3'] = h2.T @ d3 + self.reg * W3
        grads['b3'] = d3.sum(axis=0)
        d2 = (d3 @ W3.T) * (a2 > 0)
        grads['W2'] = flat.T @ d2 + self.reg * W2
        grads['b2'] = d2.sum(axis=0)
        dp = (d2 @ W2.T).reshape(p1.shape)
        d1 = pool_backward(dp, pool_cache) * (a1 > 0)
        _, grads['W1'], grads['b1'] = conv_backward(d1, conv_cache)
        return loss, grads
