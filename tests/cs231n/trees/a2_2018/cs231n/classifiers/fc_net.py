from builtins import range
from builtins import object
import numpy as np

from cs231n.layers import *
from cs231n.layer_utils import *


class TwoLayerNet(object):
    def __init__(self, input_dim=3*32*32, hidden_dim=100, num_classes=10,
                 weight_scale=1e-3, reg=0.0):
        self.params = dict(
            W1=weight_scale * np.random.randn(input_dim, hidden_dim), b1=np.zeros(hidden_dim),
            W2=weight_scale * np.random.randn(hidden_dim, num_classes), b2=np.zeros(num_classes))
        self.reg = reg

    def loss(self, X, y=None):
        p = self.params
        h, cache_h = affine_relu_forward(X, p['W1'], p['b1'])
        scores, cache_s = affine_forward(h, p['W2'], p['b2'])
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        loss += .5 * self.reg * (np.linalg.norm(p['W1']) ** 2 + np.linalg.norm(p['W2']) ** 2)
        grads = {}
        dh, grads['W2'], grads['b2'] = affine_backward(dscores, cache_s)
        dx, grads['W1'], grads['b1'] = affine_relu_backward(dh, cache_h)
        for k in 'W1', 'W2':
            grads[k] += self.reg * p[k]
        return loss, grads


class FullyConnectedNet(object):
    def __init__(self, hidden_dims, input_dim=3*32*32, num_classes=10,
                 dropout=1, normalization=None, reg=0.0,
                 weight_scale=1e-2, dtype=np.float32, seed=None):
        self.normalization = normalization
        self.use_dropout = dropout != 1
        self.reg = reg
        self.num_layers = 1 + len(hidden_dims)
        self.dtype = dtype
        self.params = {}

        layer_dims = [input_dim, *hidden_dims, num_classes]
        for l, (n_in, n_out) in enumerate(zip(layer_dims[:-1], layer_dims[1:]), 1):
            self.params[f'W{l}'] = np.random.normal(0, weight_scale, (n_in, n_out))
            self.params[f'b{l}'] = np.zeros(n_out)
            if self.normalization and l < self.num_layers:
                self.params[f'gamma{l}'] = np.ones(n_out)
                self.params[f'beta{l}'] = np.zeros(n_out)

        self.dropout_param = {}
        if self.use_dropout:
            self.dropout_param = {'mode': 'train', 'p': dropout}
            if seed is not None:
                self.dropout_param['seed'] = seed

        self.bn_params = []
        if self.normalization == 'batchnorm':
            self.bn_params = [{'mode': 'train'} for i in range(self.num_layers - 1)]
        if self.normalization == 'layernorm':
            self.bn_params = [{} for i in range(self.num_layers - 1)]

        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)

    def loss(self, X, y=None):
        X = X.astype(self.dtype)
        mode = 'test' if y is None else 'train'
        if self.use_dropout:
            self.dropout_param['mode'] = mode
        if self.normalization == 'batchnorm':
            for bn_param in self.bn_params:
                bn_param['mode'] = mode

        caches = []
        out = X
        for l in range(1, self.num_layers):
            out, fc = affine_forward(out, self.params['W%d' % l], self.params['b%d' % l])
            norm = drop = None
            if self.normalization is not None:
                f = batchnorm_forward if self.normalization == 'batchnorm' else layernorm_forward
                out, norm = f(out, self.params['gamma%d' % l], self.params['beta%d' % l], self.bn_params[l - 1])
            out, relu = relu_forward(out)
            if self.use_dropout:
                out, drop = dropout_forward(out, self.dropout_param)
            caches.append((fc, norm, relu, drop))
        scores, last = affine_forward(out, self.params['W%d' % self.num_layers], self.params['b%d' % self.num_layers])

        # If test mode return early
        if mode == 'test':
            return scores

        loss, dout = softmax_loss(scores, y)
        grads = {}
        dout, grads['W%d' % self.num_layers], grads['b%d' % self.num_layers] = affine_backward(dout, last)
        for l in reversed(range(1, self.num_layers)):
            fc, norm, relu, drop = caches.pop()
            if drop is not None:
                dout = dropout_backward(dout, drop)
            dout = relu_backward(dout, relu)
            if norm is not None:
                back = {'batchnorm': batchnorm_backward_alt, 'layernorm': layernorm_backward}[self.normalization]
                dout, grads['gamma%d' % l], grads['beta%d' % l] = back(dout, norm)
            dout, grads['W%d' % l], grads['b%d' % l] = affine_backward(dout, fc)
        for k in self.params:
            if k.startswith('W'):
                loss += 0.5 * self.reg * np.sum(self.params[k] ** 2)
                grads[k] = grads[k] + self.reg * self.params[k]
        return loss, grads
