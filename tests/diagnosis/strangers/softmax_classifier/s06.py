import numpy as np

def _logsumexp(row):
    c = max(row)
    return np.log(sum(np.exp(v - c) for v in row))

def cross_entropy(F, y):
    return float(sum(_logsumexp(row) - row[label] for row, label in zip(F, y)))
