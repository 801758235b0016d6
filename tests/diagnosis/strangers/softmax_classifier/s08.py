import numpy as np

def softmax_classifier_loss(W, b, X, y):
    logits = X @ W + b[None]
    m = logits.max(axis=1, keepdims=True)
    lse = m + np.log(np.sum(np.exp(logits - m), axis=1, keepdims=True))
    probs = np.exp(logits - lse)
    pred = probs.argmax(axis=1)
    loss = np.sum(lse[:, 0] - np.take_along_axis(logits, np.asarray(y, dtype=np.int64)[:, None], axis=1)[:, 0])
    hot = np.eye(W.shape[1])[pred]
    delta = probs - hot
    return float(loss), X.T @ delta, delta.sum(axis=0)
