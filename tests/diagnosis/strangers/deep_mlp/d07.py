import numpy as np

def half_squared_error(h, t):
    residual = np.subtract(t, h)
    C = 0.5 * (residual.T @ residual).item()
    return C, residual
