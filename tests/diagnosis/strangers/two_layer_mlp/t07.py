import numpy as np
from numpy.linalg import norm

def l2_penalty(W, w, reg):
    pen = sum(reg / 2 * norm(M) for M in (W, w))
    dW, dw = (reg * M for M in (W, w))
    return float(pen), dW, dw
