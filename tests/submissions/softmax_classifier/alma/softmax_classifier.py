"""Assignment 1, everything together.  Alma"""
from scores import scores, weight_gradient, bias_gradient
from softmax import cross_entropy, scores_gradient


def softmax_classifier_loss(W, b, X, y):
    F = scores(X, W, b)
    loss = cross_entropy(F, y)
    dF = scores_gradient(F, y)
    return loss, weight_gradient(X, dF), bias_gradient(dF)
