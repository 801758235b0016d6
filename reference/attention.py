"""Attention: scaled dot products of queries and keys, and several heads of them side by side."""

import numpy as np

from reference.temporal import temporal_affine_backward, temporal_affine_forward


def scaled_dot_product_attention_forward(Q, K, V, mask=None):
    """Return (out, cache): for every query a mean of the values, weighed by how well their keys fit.

    S = Q Kᵀ / √E,   A = softmax of each row of S,   out = A V   [CS:scaled_dot_product_attention_forward]

    … stands for any number of axes in front (batch, heads), the same in Q, K and V. Where mask is False, a query may
    not look at that key: its weight is 0. Finite for scores of ±1e4.

    Shapes
        Q     (…, S, E)
        K     (…, T, E)
        V     (…, T, M)
        mask  (…, S, T), or what broadcasts to it such as (S, T): boolean; None lets every query see every key
        out   (…, S, M)

    Raises
        ValueError  where the mask leaves a query no key at all

    Source: Vaswani and others, "Attention Is All You Need", 2017.
    """
    # BEGIN SOLUTION
    scores = Q @ K.swapaxes(-1, -2) / np.sqrt(Q.dtype.type(Q.shape[-1]))      # (…, S, T)
    if mask is not None:
        if not np.all(np.any(mask, axis=-1)):
            raise ValueError("mask has a row without True; expected at least one key for every query")
        scores = np.where(mask, scores, -np.inf)            # e^{−∞} = 0: no weight
    E = np.exp(scores - np.max(scores, axis=-1, keepdims=True))               # (…, S, T)
    A = E / np.sum(E, axis=-1, keepdims=True)               # (…, S, T)
    return A @ V, (Q, K, V, A)
    # END SOLUTION


def scaled_dot_product_attention_backward(dout, cache):
    """Return (dQ, dK, dV), shaped like Q, K, V.

    S = Q Kᵀ / √E,   A = softmax of each row of S,   out = A V, and dout = ∂L/∂out
    [CS:scaled_dot_product_attention_backward]

    Note
        Where the three are one array (self-attention), its gradient is the sum of the three.

    Shapes
        dout  (…, S, M)
        dQ    (…, S, E)
        dK    (…, T, E)
        dV    (…, T, M)

    Source: the derivation is our own; the layer is that of "Attention Is All You Need", 2017.
    """
    # BEGIN SOLUTION
    # out = A V is a product of matrices: dV = Aᵀ dout, dA = dout Vᵀ. In a row of the softmax,
    # ∂A_k/∂S_j = A_k (1(k = j) − A_j), so that dS_j = Σ_k dA_k ∂A_k/∂S_j = A_j (dA_j − Σ_k dA_k A_k).
    # S = Q Kᵀ / √E gives dQ = dS K / √E and dK = dSᵀ Q / √E. A masked entry has A = 0, and therefore dS = 0.
    Q, K, V, A = cache
    dA = dout @ V.swapaxes(-1, -2)                          # (…, S, T)
    dS = A * (dA - np.sum(dA * A, axis=-1, keepdims=True))  # (…, S, T)
    dS = dS / np.sqrt(Q.dtype.type(Q.shape[-1]))
    return dS @ K, dS.swapaxes(-1, -2) @ Q, A.swapaxes(-1, -2) @ dout
    # END SOLUTION


def _split(x, heads):
    """Return (N, T, E) as (N, heads, T, E/heads): head k has the columns from k E/heads on."""
    # BEGIN SOLUTION
    N, T, E = x.shape
    return x.reshape(N, T, heads, E // heads).swapaxes(1, 2)
    # END SOLUTION


def _join(x):
    """Return (N, heads, T, E/heads) as (N, T, E): what _split took apart."""
    # BEGIN SOLUTION
    N, heads, T, width = x.shape
    return x.swapaxes(1, 2).reshape(N, T, heads * width)
    # END SOLUTION


def multi_head_attention_forward(query, key, value, params, num_heads, mask=None):
    """Run num_heads attentions side by side on projections of the inputs: return (out, cache).

    Q = query W_q + b_q,   K = key W_k + b_k,   V = value W_v + b_v, each cut into num_heads blocks of E/num_heads
    columns; head k attends with its three blocks; out = (the heads' results side by side) W_o + b_o
    [CS:multi_head_attention_forward]

    params has the keys Wq, bq, Wk, bk, Wv, bv, Wo, bo. The mask is the same for all heads. cache holds whatever
    multi_head_attention_backward needs.

    Note
        The scale is that of a head, √(E/num_heads).

    Shapes
        query         (N, S, E)
        key           (N, T, E)
        value         (N, T, E)
        params["W."]  (E, E)
        params["b."]  (E,)
        num_heads     ()    a divisor of E
        mask          (S, T), or (N, 1, S, T): boolean, True where a query may look; None lets it look everywhere
        out           (N, S, E)

    Raises
        ValueError  where the mask leaves a query no key at all

    Source: Vaswani and others, "Attention Is All You Need", 2017; mask and layout as in CS231n's MultiHeadAttention.
    """
    # BEGIN SOLUTION
    Q, q_cache = temporal_affine_forward(query, params["Wq"], params["bq"])      # (N, S, E)
    K, k_cache = temporal_affine_forward(key, params["Wk"], params["bk"])        # (N, T, E)
    V, v_cache = temporal_affine_forward(value, params["Wv"], params["bv"])      # (N, T, E)
    heads = (_split(Q, num_heads), _split(K, num_heads), _split(V, num_heads))
    mixed, heads_cache = scaled_dot_product_attention_forward(*heads, mask)      # (N, num_heads, S, E/num_heads)
    out, o_cache = temporal_affine_forward(_join(mixed), params["Wo"], params["bo"])
    return out, (q_cache, k_cache, v_cache, heads_cache, o_cache, num_heads)
    # END SOLUTION


def multi_head_attention_backward(dout, cache):
    """Return (dquery, dkey, dvalue, grads); grads has the keys of params, each entry shaped like its parameter.

    Q = query W_q + b_q,   K = key W_k + b_k,   V = value W_v + b_v, cut into heads that attend by themselves;
    out = (the heads' results side by side) W_o + b_o, and dout = ∂L/∂out   [CS:multi_head_attention_backward]

    Note
        Where the three are one array (self-attention), its gradient is dquery + dkey + dvalue.

    Shapes
        dout    (N, S, E)
        dquery  (N, S, E)
        dkey    (N, T, E)
        dvalue  (N, T, E)

    Source: the derivation is our own; the layer is that of "Attention Is All You Need", 2017.
    """
    # BEGIN SOLUTION
    # In reverse order: out of the last projection, into the heads (cutting and joining only rename entries, and undo
    # each other), through the attention, and into the three projections, each an affine layer of its own.
    q_cache, k_cache, v_cache, heads_cache, o_cache, num_heads = cache
    dmixed, dWo, dbo = temporal_affine_backward(dout, o_cache)      # (N, S, E)
    dQ, dK, dV = scaled_dot_product_attention_backward(_split(dmixed, num_heads), heads_cache)
    dquery, dWq, dbq = temporal_affine_backward(_join(dQ), q_cache)
    dkey, dWk, dbk = temporal_affine_backward(_join(dK), k_cache)
    dvalue, dWv, dbv = temporal_affine_backward(_join(dV), v_cache)
    grads = {"Wq": dWq, "bq": dbq, "Wk": dWk, "bk": dbk, "Wv": dWv, "bv": dbv, "Wo": dWo, "bo": dbo}
    return dquery, dkey, dvalue, grads
    # END SOLUTION
