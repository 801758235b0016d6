import numpy as np


class Windows:
    """All places of a window on an image, one after the other."""

    def __init__(self, shape, height, width, stride):
        self.h, self.w, self.s = height, width, stride
        self.rows = (shape[2] - height) // stride + 1
        self.cols = (shape[3] - width) // stride + 1

    def __iter__(self):
        for i in range(self.rows):
            for j in range(self.cols):
                top, left = i * self.s, j * self.s
                yield (slice(None), slice(None), i, j), (
                    slice(None), slice(None), slice(top, top + self.h), slice(left, left + self.w))


class Conv:
    def __init__(self, w, b, stride, pad):
        self.w, self.b, self.stride, self.pad = w, b, stride, pad

    def forward(self, x):
        p = self.pad
        self.shape = x.shape
        self.x = np.zeros((x.shape[0], x.shape[1], x.shape[2] + 2 * p, x.shape[3] + 2 * p))
        self.x[self.inner()] = x
        self.windows = Windows(self.x.shape, *self.w.shape[2:], self.stride)
        out = np.zeros((len(x), len(self.w), self.windows.rows, self.windows.cols))
        for here, window in self.windows:
            out[here] = np.tensordot(self.x[window], self.w, axes=([1, 2, 3], [1, 2, 3])) + self.b
        return out

    def inner(self):
        p = self.pad
        return (slice(None), slice(None), slice(p, p + self.shape[2]), slice(p, p + self.shape[3]))

    def backward(self, dout):
        dx, dw = np.zeros(self.x.shape), np.zeros(self.w.shape)
        for here, window in self.windows:
            dx[window] += np.tensordot(dout[here], self.w, axes=1)
            dw += np.tensordot(dout[here].T, self.x[window], axes=1)
        return dx[self.inner()], dw, dout.sum(axis=0).sum(axis=(1, 2))


class MaxPool:
    def __init__(self, param):
        self.size = param["pool_height"], param["pool_width"], param["stride"]

    def forward(self, x):
        self.x, self.windows = x, Windows(x.shape, *self.size)
        out = np.empty(x.shape[:2] + (self.windows.rows, self.windows.cols))
        for here, window in self.windows:
            out[here] = np.amax(x[window], axis=(2, 3))
        self.out = out
        return out

    def backward(self, dout):
        dx = np.zeros(self.x.shape)
        for here, window in self.windows:
            is_max = self.x[window] == self.out[here][:, :, None, None]
            share = is_max / np.sum(is_max, axis=(2, 3), keepdims=True)
            dx[window] += share * dout[here][:, :, None, None]
        return dx


class Norm:
    """Normalise over `axes` of an array reshaped to `inside`."""

    def __init__(self, axes, eps, inside=None):
        self.axes, self.eps, self.inside = axes, eps, inside

    def forward(self, x):
        a = x if self.inside is None else x.reshape(self.inside)
        self.mean, self.var = a.mean(axis=self.axes, keepdims=True), a.var(axis=self.axes, keepdims=True)
        self.xhat = (a - self.mean) / np.sqrt(self.var + self.eps)
        return self.xhat.reshape(x.shape)

    def backward(self, dxhat):
        d = dxhat.reshape(self.xhat.shape)
        terms = [d, -d.mean(axis=self.axes, keepdims=True)]
        terms.append(-self.xhat * np.mean(d * self.xhat, axis=self.axes, keepdims=True))
        return (sum(terms) / np.sqrt(self.var + self.eps)).reshape(dxhat.shape)


def conv_forward_naive(x, w, b, conv_param):
    layer = Conv(w, b, **conv_param)
    return layer.forward(x), layer


def conv_backward_naive(dout, cache):
    return cache.backward(dout)


def max_pool_forward_naive(x, pool_param):
    layer = MaxPool(pool_param)
    return layer.forward(x), layer


def max_pool_backward_naive(dout, cache):
    return cache.backward(dout)


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    shape = (1, -1, 1, 1)
    eps, m = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    for key in ("running_mean", "running_var"):
        if key not in bn_param:
            bn_param[key] = np.zeros(x.shape[1])
    g, b = gamma.reshape(shape), beta.reshape(shape)
    if bn_param["mode"] == "test":
        mean, var = (bn_param[key].reshape(shape) for key in ("running_mean", "running_var"))
        return g * (x - mean) / np.sqrt(var + eps) + b, None
    norm = Norm((0, 2, 3), eps)
    out = g * norm.forward(x) + b
    bn_param["running_mean"] = m * bn_param["running_mean"] + (1 - m) * norm.mean.ravel()
    bn_param["running_var"] = m * bn_param["running_var"] + (1 - m) * norm.var.ravel()
    return out, (norm, g)


def spatial_batchnorm_backward(dout, cache):
    norm, g = cache
    return norm.backward(dout * g), np.sum(dout * norm.xhat, axis=(0, 2, 3)), np.sum(dout, axis=(0, 2, 3))


def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    N, C, H, W = x.shape
    norm = Norm((2, 3, 4), gn_param.get("eps", 1e-5), (N, G, C // G, H, W))
    return gamma * norm.forward(x) + beta, (norm, gamma)


def spatial_groupnorm_backward(dout, cache):
    norm, gamma = cache
    over = dict(axis=(0, 2, 3), keepdims=True)
    return norm.backward(dout * gamma), np.sum(dout * norm.xhat.reshape(dout.shape), **over), np.sum(dout, **over)
