from __future__ import print_function

import numpy as np
import matplotlib.pyplot as plt
from past.builtins import xrange

class TwoLayerNet(object):
  def __init__(self, input_size, hidden_size, output_size, std=1e-4):
    self.params = {}
    self.params['W1'] = std * np.random.randn(input_size, hidden_size)
    self.params['b1'] = np.zeros(hidden_size)
    self.params['W2'] = std * np.random.randn(hidden_size, output_size)
    self.params['b2'] = np.zeros(output_size)

  def loss(self, X, y=None, reg=0.0):
    W1, b1 = self.params['W1'], self.params['b1']
    W2, b2 = self.params['W2'], self.params['b2']
    N, D = X.shape
    Z1 = X.dot(W1) + b1
    A1 = Z1 * (Z1 > 0)
    scores = A1.dot(W2) + b2
    if y is None:
      return scores

    shift = scores - scores.max(1)[:, None]
    logp = shift - np.log(np.exp(shift).sum(1))[:, None]
    data_loss = -logp[np.arange(N), y].mean()
    reg_loss = reg * np.sum(W1 * W1) + reg * np.sum(W2 * W2)
    loss = data_loss + reg_loss

    grads = {}
    dZ2 = np.exp(logp)
    dZ2[np.arange(N), y] -= 1
    dZ2 /= N
    dA1 = dZ2.dot(W2.T)
    dZ1 = dA1 * (Z1 > 0)
    grads = dict(W1=X.T.dot(dZ1) + 2 * reg * W1, b1=dZ1.sum(0), W2=A1.T.dot(dZ2) + 2 * reg * W2, b2=dZ2.sum(0))
    return loss, grads
