from __future__ import print_function
import numpy as np
from random import shuffle
from past.builtins import xrange

def svm_loss_naive(W, X, y, reg):
  dW = np.zeros(W.shape)
  num_classes = W.shape[1]
  num_train = X.shape[0]
  loss = 0.0
  for i in xrange(num_train):
    scores = X[i].dot(W)
    correct_class_score = scores[y[i]]
    for j in xrange(num_classes):
      if j == y[i]:
        continue
      margin = scores[j] - correct_class_score + 1
      if margin > 0:
        loss += margin
        dW[:, j] += X[i]
        dW[:, y[i]] += -X[i]
  loss /= num_train
  loss += reg * np.sum(W * W)
  dW = dW / num_train + 2 * reg * W
  return loss, dW


def svm_loss_vectorized(W, X, y, reg):
  num_train = X.shape[0]
  scores = X.dot(W)
  correct = np.choose(y, scores.T)
  margins = np.clip(scores - correct.reshape(-1, 1) + 1, 0, None)
  margins[np.arange(num_train), y] = 0
  loss = margins.sum() / num_train + reg * np.sum(W * W)
  binary = (margins > 0).astype(float)
  binary[np.arange(num_train), y] = -binary.sum(axis=1)
  dW = X.T.dot(binary) / num_train + 2 * reg * W
  return loss, dW

if __name__ == "__main__":
  from cs231n.data_utils import load_CIFAR10
  print(svm_loss_naive(*load_CIFAR10('cs231n/datasets')))
