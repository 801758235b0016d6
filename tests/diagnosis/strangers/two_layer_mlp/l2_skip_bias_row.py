import numpy as np

def l2_penalty(W, w, reg):
    # row 0 of theta is the bias unit, don't regularize it
    def one(theta):
        t = theta.copy()
        t[0, :] = 0
        return 0.5 * reg * np.sum(t ** 2), reg * t
    p1, dW = one(W)
    p2, dw = one(w)
    return p1 + p2, dW, dw
