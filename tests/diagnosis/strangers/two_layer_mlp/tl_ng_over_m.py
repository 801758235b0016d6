import numpy as np

def two_layer_loss(params, X, y, reg):
    m = X.shape[0]
    y = np.asarray(y)
    A0 = X.T                                    # columns = examples
    Z1 = params['W'].T @ A0 + params['c'].reshape(-1, 1)
    A1 = np.maximum(0, Z1)
    Z2 = params['w'].T @ A1 + params['b'].reshape(-1, 1)
    Z2 = Z2 - Z2.max(axis=0)
    A2 = np.exp(Z2) / np.exp(Z2).sum(axis=0)
    Y = (np.eye(A2.shape[0])[y] if y.ndim == 1 else y).T
    cross_entropy_cost = -np.sum(Y * np.log(A2)) / m
    L2_cost = reg / (2 * m) * (np.sum(np.square(params['W'])) + np.sum(np.square(params['w'])))
    cost = cross_entropy_cost + L2_cost

    dZ2 = A2 - Y
    dW2 = 1. / m * np.dot(dZ2, A1.T) + reg / m * params['w'].T
    db2 = 1. / m * np.sum(dZ2, axis=1)
    dZ1 = np.multiply(np.dot(params['w'], dZ2), np.int64(A1 > 0))
    dW1 = 1. / m * np.dot(dZ1, A0.T) + reg / m * params['W'].T
    db1 = 1. / m * np.sum(dZ1, axis=1)
    return cost, {'W': dW1.T, 'c': db1, 'w': dW2.T, 'b': db2}
