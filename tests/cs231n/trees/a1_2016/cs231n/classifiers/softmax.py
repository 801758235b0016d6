import numpy as np
from random import shuffle

def softmax_loss_naive(W, X, y, reg):
  loss = 0.0
  dW = np.zeros_like(W)
  N, D = X.shape
  C = W.shape[1]
  for n in xrange(N):
    f = X[n].dot(W)
    f -= np.max(f)
    p = np.exp(f) / np.sum(np.exp(f))
    loss += -np.log(p[y[n]])
    for c in xrange(C):
      if c == y[n]:
        dW[:, c] += (p[c] - 1) * X[n]
      else:
        dW[:, c] += p[c] * X[n]
  loss = loss / N + 0.5 * reg * np.sum(W*W)
  dW = dW / N + reg * W
  return loss, dW


def softmax_loss_vectorized(W, X, y, reg):
  loss, dW = 0.0, np.zeros_like(W)
  num = X.shape[0]
  F = X.dot(W)
  F = F - F.max(axis=1).reshape(-1, 1)
  lse = np.log(np.exp(F).sum(axis=1))
  loss = (lse - F[np.arange(num), y]).mean()
  loss += 0.5 * reg * (W ** 2).sum()
  P = np.exp(F - lse[:, None])
  P[np.arange(num), y] -= 1
  dW = X.T.dot(P) / num + reg * W
  return loss, dW
