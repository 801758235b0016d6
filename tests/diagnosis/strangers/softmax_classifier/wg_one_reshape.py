import numpy as np

def weight_gradient_one(x, df):
    D, K = len(x), len(df)
    g = df.reshape(K, 1) @ x.reshape(1, D)
    return g.reshape(D, K)   # contract wants (D, K)
