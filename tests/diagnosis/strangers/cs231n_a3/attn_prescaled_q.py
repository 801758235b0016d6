import numpy as np

def scaled_dot_product_attention_forward(Q, K, V, mask=None):
    c = 1.0 / np.sqrt(Q.shape[-1])
    q = Q * c                               # scale the small thing, not the scores
    S = q @ np.swapaxes(K, -1, -2)
    if mask is not None:
        S = np.where(np.asarray(mask).astype(bool), S, -np.inf)
    P = np.exp(S - np.max(S, -1, keepdims=True))
    P = P / np.sum(P, -1, keepdims=True)
    return P @ V, dict(Q=Q, K=K, V=V, P=P, c=c)

def scaled_dot_product_attention_backward(dout, cache):
    Q, K, V, P, c = (cache[k] for k in 'QKVPc')
    dP = dout @ np.swapaxes(V, -1, -2)
    dS = P * (dP - (P * dP).sum(-1, keepdims=True))
    dq = dS @ K
    dK = np.swapaxes(dS, -1, -2) @ Q
    return dq * c, dK, np.swapaxes(P, -1, -2) @ dout
