import numpy as np

def softmax_loss(x, y):
    N, C = x.shape
    z = x - np.amax(x, 1, keepdims=True)
    logZ = np.log(np.exp(z).sum(1, keepdims=True))
    lp = z - logZ
    loss = -sum(lp[n, y[n]] for n in range(N)) / N
    dx = np.zeros((N, C))
    for n in range(N):
        for c in range(C):
            pc = np.exp(lp[n, c])
            if c == y[n]:
                dx[n, c] += (pc - 1) / N
            dx[n, c] += pc / N
    return loss, dx
