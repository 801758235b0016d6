import numpy as np


def scaled_dot_product_attention_forward(Q, K, V, mask=None):
    scale = 1 / np.sqrt(Q.shape[-1])
    scores = np.einsum('...se,...te->...st', Q, K) * scale
    if mask is not None:
        scores = np.where(mask, scores, -1e300)
    scores = scores - np.max(scores, axis=-1, keepdims=True)
    e = np.exp(scores)
    att = e / np.sum(e, axis=-1, keepdims=True)
    out = np.einsum('...st,...tm->...sm', att, V)
    return out, {'Q': Q, 'K': K, 'V': V, 'att': att, 'scale': scale}


def scaled_dot_product_attention_backward(dout, cache):
    Q, K, V, att, scale = (cache[k] for k in ('Q', 'K', 'V', 'att', 'scale'))
    dV = np.einsum('...st,...sm->...tm', att, dout)
    datt = np.einsum('...sm,...tm->...st', dout, V)
    dsoft = att * (1 - att)          # derivative of softmax
    dscores = datt * dsoft * scale
    dQ = np.einsum('...st,...te->...se', dscores, K)
    dK = np.einsum('...st,...se->...te', dscores, Q)
    return dQ, dK, dV
