import numpy as np
from random import shuffle

def svm_loss_naive(W, X, y, reg):
  dW = np.zeros(W.shape)
  num_classes = W.shape[1]
  num_train = X.shape[0]
  loss = 0.0
  for i in range(num_train):
    scores = X[i].dot(W)
    margins = scores - scores[y[i]] + 1
    for j in range(num_classes):
      if margins[j] > 0:
        loss += margins[j]
        dW[:,j] += X[i,:].T
        dW[:,y[i]] -= X[i,:].T

  loss /= num_train
  dW /= num_train

  # Add regularization to the loss.
  loss += reg * np.sum(W * W)
  dW += 2*reg*W
  return loss, dW
