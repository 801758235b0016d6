import scores as affine
from softmax import cross_entropy, scores_gradient


def softmax_classifier_loss(W, b, X, y):
    F = affine.scores(X, W, b)
    dF = scores_gradient(F, y)
    return cross_entropy(F, y), affine.weight_gradient(X, dF), affine.bias_gradient(dF)
