import numpy as np

def softmax_classifier_loss(W, b, X, y):
    loss = 0.0
    dW = np.zeros(W.shape)
    db = np.zeros(b.shape)
    num_train, num_class = X.shape[0], W.shape[1]
    for i in range(num_train):
        f = X[i].dot(W) + b
        f = f - f.max()
        expf = np.exp(f)
        S = expf.sum()
        loss += np.log(S) - f[y[i]]
        for j in range(num_class):
            p = expf[j] / S
            if j == y[i]:
                dW[:, j] += (p - 1) * X[i]
                db[j] += p - 1
            dW[:, j] += p * X[i]
            db[j] += p
    return loss, dW, db
