import numpy as np
from random import shuffle

def svm_loss_naive(W, X, y, reg):
  dW = np.zeros(W.shape) # initialize the gradient as zero

  # compute the loss and the gradient
  num_classes = W.shape[1]
  num_train = X.shape[0]
  loss = 0.0
  for i in xrange(num_train):
    scores = X[i].dot(W)
    correct_class_score = scores[y[i]]
    count = 0
    for j in xrange(num_classes):
      if j == y[i]:
        continue
      margin = scores[j] - correct_class_score + 1 # note delta = 1
      if margin > 0:
        loss += margin
        dW[:,j] += X[i].T
        count += 1
    dW[:,y[i]] -= count*X[i].T
  loss /= num_train
  dW /= num_train
  loss += 0.5 * reg * np.sum(W * W)
  dW += reg*W
  return loss, dW


def svm_loss_vectorized(W, X, y, reg):
  """
  Structured SVM loss function, vectorized implementation.
  """
  loss = 0.0
  dW = np.zeros(W.shape)
  N = X.shape[0]
  s = np.dot(X, W)
  #print s.shape
  right = s[xrange(N), y]
  m = np.maximum(0, s - right[:,np.newaxis] + 1.0)
  m[xrange(N), y] = 0
  loss = np.sum(m)/N + 0.5*reg*np.sum(W**2)
  mask = np.zeros(m.shape)
  mask[m > 0] = 1
  mask[xrange(N), y] = -np.sum(mask, axis=1)
  dW = np.dot(X.T, mask)/N + reg*W
  return loss, dW
