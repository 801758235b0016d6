import numpy as np
from numpy.linalg import norm

def l2_penalty(W, w, reg):
    pen = 0.5 * reg * (norm(W) + norm(w))
    return pen, reg * W, reg * w
