import numpy as np

def weight_gradient(D, h_prev):
    return np.outer(h_prev, D)
