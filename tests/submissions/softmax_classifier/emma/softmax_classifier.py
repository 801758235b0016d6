def softmax_classifier_loss(W, b, X, y):
    """Compute the loss and its gradients."""
    loss = None
    dW = None
    db = None
    # TODO
    return loss, dW, db
