"""Attention: scaled dot products of queries and keys, and several heads of them side by side."""

import numpy as np


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
    ####################################################################################################
    # TODO: derive scaled_dot_product_attention_forward on paper, then write it here in place of the   #
    # `raise`.                                                                                         #
    # Equations graded here: CS:scaled_dot_product_attention_forward.                                  #
    ####################################################################################################
    raise NotImplementedError


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
    ####################################################################################################
    # TODO: derive scaled_dot_product_attention_backward on paper, then write it here in place of the  #
    # `raise`.                                                                                         #
    # Equations graded here: CS:scaled_dot_product_attention_backward.                                 #
    ####################################################################################################
    raise NotImplementedError


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
    ####################################################################################################
    # TODO: derive multi_head_attention_forward on paper, then write it here in place of the `raise`.  #
    # Equations graded here: CS:multi_head_attention_forward.                                          #
    ####################################################################################################
    raise NotImplementedError


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
    ####################################################################################################
    # TODO: derive multi_head_attention_backward on paper, then write it here in place of the `raise`. #
    # Equations graded here: CS:multi_head_attention_backward.                                         #
    ####################################################################################################
    raise NotImplementedError
