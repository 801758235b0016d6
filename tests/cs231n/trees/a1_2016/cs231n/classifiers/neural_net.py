import numpy as np
import matplotlib.pyplot as plt


class TwoLayerNet(object):
  """
  Two fully connected layers with a ReLU in between, softmax loss, L2 on the weights.
  """

  def __init__(self, input_size, hidden_size, output_size, std=1e-4):
    self.params = {}
    self.params['W1'] = std * np.random.randn(input_size, hidden_size)
    self.params['b1'] = np.zeros(hidden_size)
    self.params['W2'] = std * np.random.randn(hidden_size, output_size)
    self.params['b2'] = np.zeros(output_size)

  def loss(self, X, y=None, reg=0.0):
    # Unpack variables from the params dictionary
    W1, b1 = self.params['W1'], self.params['b1']
    W2, b2 = self.params['W2'], self.params['b2']
    N, D = X.shape

    # Compute the forward pass
    scores = None
    h1 = np.maximum(0, np.dot(X, W1) + b1)
    scores = np.dot(h1, W2) + b2
    if y is None:
      return scores

    loss = None
    scores = scores - np.max(scores, axis=1, keepdims=True)
    e = np.exp(scores)
    probs = e / np.sum(e, axis=1, keepdims=True)
    loss = np.sum(-np.log(probs[range(N), y])) / N
    loss += 0.5 * reg * (np.sum(W1 * W1) + np.sum(W2 * W2))

    grads = {}
    dscores = probs
    dscores[range(N), y] -= 1
    dscores /= N
    grads['W2'] = np.dot(h1.T, dscores) + reg * W2
    grads['b2'] = np.sum(dscores, axis=0)
    dh = np.dot(dscores, W2.T)
    dh[h1 <= 0] = 0
    grads['W1'] = np.dot(X.T, dh) + reg * W1
    grads['b1'] = np.sum(dh, axis=0)
    return loss, grads

  def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95,
            reg=1e-5, num_iters=100, batch_size=200, verbose=False):
    for it in xrange(num_iters):
      if verbose and it % 100 == 0:
        print 'iteration', it

  def predict(self, X):
    return np.argmax(self.loss(X), axis=1)
