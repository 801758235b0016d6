from scores import *
from softmax import *


def softmax_classifier_loss(W, b, X, y):
    F = scores(X, W, b)
    dF = scores_gradient(F, y)
    return cross_entropy(F, y), X.T @ dF, dF.sum(axis=0)
