import numpy as np


def softmax_loss_naive(W, X, y, reg):
  # Initialize the loss and gradient to zero.
  loss = 0.0
  dW = np.zeros_like(W)
  num_train = X.shape[0]
  num_classes = W.shape[1]

  for i in range(num_train):
    scores = X[i].dot(W)
    scores -= np.max(scores)
    exp_scores = np.exp(scores)
    probs = exp_scores / np.sum(exp_scores)
    loss += np.log(np.sum(exp_scores)) - scores[y[i]]
    for j in range(num_classes):
      if j == y[i]:
        dW[:, j] += (probs[j] - 1) * X[i]
      else:
        dW[:, j] += probs[j] * X[i]

  loss = loss / num_train + reg * np.sum(W * W)
  dW += 2 * reg * W
  dW /= num_train

  return loss, dW
