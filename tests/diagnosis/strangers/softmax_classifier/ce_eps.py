import numpy as np

EPS = 1e-7

def cross_entropy(F, y):
    total = 0.0
    for row, label in zip(F, y):
        row = row - row.max()
        p = np.exp(row) / np.exp(row).sum()
        total -= np.log(p[label] + EPS)
    return float(total)
