import numpy as np
from random import shuffle
from past.builtins import xrange

eps = 1e-300

def _probs(scores):
  """ my own little helper """
  z = np.exp(scores - scores.max(axis=-1, keepdims=True))
  return z / z.sum(axis=-1, keepdims=True)

def softmax_loss_naive(W, X, y, reg):
  loss = 0.0
  dW = np.zeros_like(W)
  for i in xrange(X.shape[0]):
    p = _probs(X[i] @ W)
    loss += - np.log(p[y[i]] + eps)
    p[y[i]] -= 1
    dW += np.outer(X[i], p)
  loss /= X.shape[0]
  dW /= X.shape[0]
  return loss + reg * np.sum(W * W), dW + 2 * reg * W


def softmax_loss_vectorized(W, X, y, reg):
  p = _probs(X @ W)
  n = len(y)
  loss = -np.log(p[range(n), y] + eps).sum() / n + reg * (W * W).sum()
  onehot = np.zeros_like(p)
  onehot[range(n), y] = 1
  return loss, X.T @ (p - onehot) / n + 2 * reg * W
