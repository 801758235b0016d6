import numpy as np

def half_squared_error(h, t):
    e = np.subtract(h, t)
    C = 0.5 * np.mean(np.square(e))
    return float(C), e / e.size
