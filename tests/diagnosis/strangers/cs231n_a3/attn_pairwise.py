import numpy as np

def _soft(S):
    E = np.exp(S - S.max(axis=-1, keepdims=True))
    return E / E.sum(axis=-1, keepdims=True)

def scaled_dot_product_attention_forward(Q, K, V, mask=None):
    root = Q.shape[-1] ** 0.5
    S = np.einsum('...se,...te->...st', Q, K) / root
    if mask is not None:
        S = np.where(np.asarray(mask) != 0, S, -np.inf)
    A = _soft(S)
    return np.einsum('...st,...tm->...sm', A, V), (Q, K, V, A, root)

def scaled_dot_product_attention_backward(dout, cache):
    Q, K, V, A, root = cache
    dV = np.einsum('...st,...sm->...tm', A, dout)
    dA = np.einsum('...sm,...tm->...st', dout, V)
    # softmax' like sigmoid'
    slope = A - np.square(A)
    dS = dA * slope / root
    dQ = np.einsum('...st,...te->...se', dS, K)
    dK = np.einsum('...st,...se->...te', dS, Q)
    return dQ, dK, dV
