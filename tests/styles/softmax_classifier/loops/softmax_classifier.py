from scores import bias_gradient, scores, weight_gradient_loop
from softmax import cross_entropy, scores_gradient


def softmax_classifier_loss(W, b, X, y):
    F = scores(X, W, b)
    loss = cross_entropy(F, y)
    dF = scores_gradient(F, y)
    dW = weight_gradient_loop(X, dF)
    db = bias_gradient(dF)
    return loss, dW, db
