import numpy as np

def two_layer_loss(params, X, y, reg):
    W1, b1, W2, b2 = params['W'], params['c'], params['w'], params['b']
    y = np.asarray(y)
    if y.ndim > 1:
        y = np.argmax(y, axis=1)
    n = X.shape[0]
    hidden_in = X @ W1 + b1
    hidden = np.where(hidden_in > 0, hidden_in, 0.0)
    logits = hidden @ W2 + b2
    logits = logits - logits.max(axis=1, keepdims=True)
    probs = np.exp(logits)
    probs /= probs.sum(axis=1, keepdims=True)
    loss = -np.log(probs[np.arange(n), y]).mean()
    for M in (W1, W2):
        loss += 0.5 * reg * np.sum(M * M)

    d = probs
    d[np.arange(n), y] -= 1
    d /= n
    dW2 = hidden.T @ d
    db2 = d.sum(axis=0)
    d = d @ W2.T
    d[hidden_in <= 0] = 0
    dW1 = X.T @ d
    db1 = d.sum(axis=0)
    dW1 += reg * W1
    return loss, {'W': dW1, 'c': db1, 'w': dW2, 'b': db2}
