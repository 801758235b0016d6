import numpy as np

def softmax_classifier_loss(W, b, X, y):
    rows = np.arange(X.shape[0])
    cache = {}
    cache['F'] = X @ W + b
    cache['F'] = cache['F'] - cache['F'].max(axis=1, keepdims=True)
    cache['E'] = np.exp(cache['F'])
    cache['P'] = cache['E'] / cache['E'].sum(axis=1, keepdims=True)
    loss = -(cache['F'][rows, y] - np.log(cache['E'].sum(axis=1))).sum()

    dF = cache['P'].copy()
    dF[rows, y] - 1
    dW = X.T @ dF
    db = dF.sum(axis=0)
    return loss, dW, db
