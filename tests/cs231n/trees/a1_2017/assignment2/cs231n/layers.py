# the next assignment, not begun: only its own copies must not be taken
def svm_loss_naive(W, X, y, reg):
    return 0.0, W
