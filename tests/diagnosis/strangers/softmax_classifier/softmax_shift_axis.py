import numpy as np

def softmax(F):
    # subtract max so that exp doesn't overflow
    stable = F - np.max(F, axis=0)
    ex = np.exp(stable)
    return np.divide(ex, np.sum(ex, axis=1).reshape(-1, 1))
