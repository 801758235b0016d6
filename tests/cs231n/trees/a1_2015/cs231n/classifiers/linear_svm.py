import numpy as np
from random import shuffle

def svm_loss_naive(W, X, y, reg):
  """
  Inputs:
  - W: C x D array of weights
  - X: D x N array of data. Data are D-dimensional columns
  """
  dW = np.zeros(W.shape)
  num_classes = W.shape[0]
  num_train = X.shape[1]
  loss = 0.0
  for i in xrange(num_train):
    scores = W.dot(X[:, i])
    correct_class_score = scores[y[i]]
    for j in xrange(num_classes):
      if j == y[i]:
        continue
      margin = scores[j] - correct_class_score + 1
      if margin > 0:
        loss += margin
        dW[j, :] += X[:, i]
        dW[y[i], :] -= X[:, i]
  loss /= num_train
  loss += 0.5 * reg * np.sum(W * W)
  return loss, dW / num_train + reg * W
