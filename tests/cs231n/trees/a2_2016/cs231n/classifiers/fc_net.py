import numpy as np

from cs231n.layers import *
from cs231n.layer_utils import *


class TwoLayerNet(object):
  def __init__(self, input_dim=3*32*32, hidden_dim=100, num_classes=10,
               weight_scale=1e-3, reg=0.0):
    self.params = {}
    self.reg = reg
    self.params['W1'] = weight_scale * np.random.randn(input_dim, hidden_dim)
    self.params['b1'] = np.zeros(hidden_dim)
    self.params['W2'] = weight_scale * np.random.randn(hidden_dim, num_classes)
    self.params['b2'] = np.zeros(num_classes)

  def loss(self, X, y=None):
    scores = None
    a1, c1 = affine_relu_forward(X, self.params['W1'], self.params['b1'])
    scores, c2 = affine_forward(a1, self.params['W2'], self.params['b2'])
    if y is None:
      return scores
    loss, grads = 0, {}
    loss, ds = softmax_loss(scores, y)
    loss += 0.5 * self.reg * (np.sum(self.params['W1']**2) + np.sum(self.params['W2']**2))
    da1, dW2, grads['b2'] = affine_backward(ds, c2)
    dx, dW1, grads['b1'] = affine_relu_backward(da1, c1)
    grads['W1'] = dW1 + self.reg * self.params['W1']
    grads['W2'] = dW2 + self.reg * self.params['W2']
    return loss, grads


class FullyConnectedNet(object):
  def __init__(self, hidden_dims, input_dim=3*32*32, num_classes=10,
               dropout=0, use_batchnorm=False, reg=0.0,
               weight_scale=1e-2, dtype=np.float32, seed=None):
    self.use_batchnorm = use_batchnorm
    self.use_dropout = dropout > 0
    self.reg = reg
    self.num_layers = 1 + len(hidden_dims)
    self.dtype = dtype
    self.params = {}

    dims = [input_dim] + hidden_dims + [num_classes]
    for i in xrange(self.num_layers):
      self.params['W%d' % (i+1)] = weight_scale * np.random.randn(dims[i], dims[i+1])
      self.params['b%d' % (i+1)] = np.zeros(dims[i+1])
      if self.use_batchnorm and i < self.num_layers - 1:
        self.params['gamma' + `i+1`] = np.ones(dims[i+1])
        self.params['beta' + `i+1`] = np.zeros(dims[i+1])

    self.dropout_param = {}
    if self.use_dropout:
      self.dropout_param = {'mode': 'train', 'p': dropout}
      if seed is not None:
        self.dropout_param['seed'] = seed

    self.bn_params = []
    if self.use_batchnorm:
      self.bn_params = [{'mode': 'train'} for i in xrange(self.num_layers - 1)]

    for k, v in self.params.iteritems():
      self.params[k] = v.astype(dtype)

  def loss(self, X, y=None):
    X = X.astype(self.dtype)
    mode = 'test' if y is None else 'train'
    if self.dropout_param is not None:
      self.dropout_param['mode'] = mode
    if self.use_batchnorm:
      for bn_param in self.bn_params:
        bn_param[mode] = mode
        bn_param['mode'] = mode

    scores = None
    layer, caches, drops = X, {}, {}
    for i in xrange(1, self.num_layers):
      W, b = self.params['W%d' % i], self.params['b%d' % i]
      if self.use_batchnorm:
        layer, caches[i] = affine_bn_relu_forward(layer, W, b, self.params['gamma%d' % i],
                                                  self.params['beta%d' % i], self.bn_params[i-1])
      else:
        layer, caches[i] = affine_relu_forward(layer, W, b)
      if self.use_dropout:
        layer, drops[i] = dropout_forward(layer, self.dropout_param)
    L = self.num_layers
    scores, caches[L] = affine_forward(layer, self.params['W%d' % L], self.params['b%d' % L])

    if mode == 'test':
      return scores

    loss, grads = 0.0, {}
    loss, dout = softmax_loss(scores, y)
    dout, grads['W%d' % L], grads['b%d' % L] = affine_backward(dout, caches[L])
    for i in xrange(L - 1, 0, -1):
      if self.use_dropout:
        dout = dropout_backward(dout, drops[i])
      if self.use_batchnorm:
        dout, dw, db, dg, dbt = affine_bn_relu_backward(dout, caches[i])
        grads['gamma%d' % i], grads['beta%d' % i] = dg, dbt
      else:
        dout, dw, db = affine_relu_backward(dout, caches[i])
      grads['W%d' % i], grads['b%d' % i] = dw, db
    for i in xrange(1, L + 1):
      W = self.params['W%d' % i]
      loss += 0.5 * self.reg * np.sum(W * W)
      grads['W%d' % i] += self.reg * W
    return loss, grads
