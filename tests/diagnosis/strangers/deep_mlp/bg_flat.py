import numpy as np

def bias_gradient(D):
    return np.sum(D, axis=1)
