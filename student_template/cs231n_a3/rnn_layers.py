"""Recurrent layers and word vectors, each forward and backward."""

import numpy as np


def rnn_step_forward(x, prev_h, Wx, Wh, b):
    """Run one step in time: return (next_h, cache).

    h_t = tanh(x_t W_x + h_{t−1} W_h + b)   [CS:rnn_step_forward]

    cache holds whatever rnn_step_backward needs.

    Shapes
        x       (N, D)
        prev_h  (N, H)
        Wx      (D, H)
        Wh      (H, H)
        b       (H,)
        next_h  (N, H)

    Source: signature of CS231n's rnn_layers; Elman, "Finding Structure in Time", 1990.
    """
    ####################################################################################################
    # TODO: derive rnn_step_forward on paper, then write it here in place of the `raise`.              #
    # Equations graded here: CS:rnn_step_forward.                                                      #
    ####################################################################################################
    raise NotImplementedError


def rnn_step_backward(dnext_h, cache):
    """Return (dx, dprev_h, dWx, dWh, db), the gradients of one step's five inputs.

    h_t = tanh(x_t W_x + h_{t−1} W_h + b), and dnext_h = ∂L/∂h_t   [CS:rnn_step_backward]

    Shapes
        dnext_h  (N, H)
        dx       (N, D)
        dprev_h  (N, H)
        dWx      (D, H)
        dWh      (H, H)
        db       (H,)

    Source: signature of CS231n's rnn_layers; Elman, "Finding Structure in Time", 1990.
    """
    ####################################################################################################
    # TODO: derive rnn_step_backward on paper, then write it here in place of the `raise`.             #
    # Equations graded here: CS:rnn_step_backward.                                                     #
    ####################################################################################################
    raise NotImplementedError


def rnn_forward(x, h0, Wx, Wh, b):
    """Run a whole sequence from the state h0: return (h, cache).

    h_t = tanh(x_t W_x + h_{t−1} W_h + b), t = 1, …, T, with the same W_x, W_h, b at every step   [CS:rnn_forward]

    Python counts from 0: h[:, t − 1] is h_t, and h0 is not part of h.

    Shapes
        x   (N, T, D)
        h0  (N, H)
        Wx  (D, H)
        Wh  (H, H)
        b   (H,)
        h   (N, T, H)

    Source: signature of CS231n's rnn_layers; Elman, "Finding Structure in Time", 1990.
    """
    ####################################################################################################
    # TODO: derive rnn_forward on paper, then write it here in place of the `raise`.                   #
    # Equations graded here: CS:rnn_forward.                                                           #
    ####################################################################################################
    raise NotImplementedError


def rnn_backward(dh, cache):
    """Return (dx, dh0, dWx, dWh, db), the gradients of a whole sequence's five inputs.

    h_t = tanh(x_t W_x + h_{t−1} W_h + b), t = 1, …, T; dh[:, t − 1] is what L owes to h_t directly   [CS:rnn_backward]

    Note
        dh holds the upstream gradient of every output by itself. What h_t owes to later steps is for this function to
        add.

    Shapes
        dh   (N, T, H)
        dx   (N, T, D)
        dh0  (N, H)
        dWx  (D, H)
        dWh  (H, H)
        db   (H,)

    Source: signature of CS231n's rnn_layers; Elman, "Finding Structure in Time", 1990.
    """
    ####################################################################################################
    # TODO: derive rnn_backward on paper, then write it here in place of the `raise`.                  #
    # Equations graded here: CS:rnn_backward.                                                          #
    ####################################################################################################
    raise NotImplementedError


def word_embedding_forward(x, W):
    """Look up the vector of every word: return (out, cache).

    out[n, t] = W[x[n, t]]   [CS:word_embedding_forward]

    cache holds whatever word_embedding_backward needs.

    Shapes
        x    (N, T)    integers, 0 to V − 1
        W    (V, D)
        out  (N, T, D)

    Source: signature of CS231n's rnn_layers.
    """
    ####################################################################################################
    # TODO: derive word_embedding_forward on paper, then write it here in place of the `raise`.        #
    # Equations graded here: CS:word_embedding_forward.                                                #
    ####################################################################################################
    raise NotImplementedError


def word_embedding_backward(dout, cache):
    """Return dW = ∂L/∂W, shaped like the table.

    out[n, t] = W[x[n, t]], and dout = ∂L/∂out   [CS:word_embedding_backward]

    Note
        A word can occur more than once, and most words do not occur. Integers have no gradient: there is no dx.

    Shapes
        dout  (N, T, D)
        dW    (V, D)

    Source: signature of CS231n's rnn_layers.
    """
    ####################################################################################################
    # TODO: derive word_embedding_backward on paper, then write it here in place of the `raise`.       #
    # Equations graded here: CS:word_embedding_backward.                                               #
    ####################################################################################################
    raise NotImplementedError


def lstm_step_forward(x, prev_h, prev_c, Wx, Wh, b):
    """Run one step in time: return (next_h, next_c, cache).

    (a_i | a_f | a_o | a_g) = x_t W_x + h_{t−1} W_h + b, four blocks of H columns in this order;
    i = σ(a_i),  f = σ(a_f),  o = σ(a_o),  g = tanh(a_g);
    c_t = f ∘ c_{t−1} + i ∘ g,   h_t = o ∘ tanh(c_t)   [CS:lstm_step_forward]

    cache holds whatever lstm_step_backward needs.

    Shapes
        x       (N, D)
        prev_h  (N, H)
        prev_c  (N, H)
        Wx      (D, 4H)
        Wh      (H, 4H)
        b       (4H,)
        next_h  (N, H)
        next_c  (N, H)

    Source: signature of CS231n's rnn_layers; Hochreiter and Schmidhuber, "Long Short-Term Memory", 1997.
    """
    ####################################################################################################
    # TODO: derive lstm_step_forward on paper, then write it here in place of the `raise`.             #
    # Equations graded here: CS:lstm_step_forward.                                                     #
    ####################################################################################################
    raise NotImplementedError


def lstm_step_backward(dnext_h, dnext_c, cache):
    """Return (dx, dprev_h, dprev_c, dWx, dWh, db), the gradients of one step's six inputs.

    (a_i | a_f | a_o | a_g) = x_t W_x + h_{t−1} W_h + b,   c_t = f ∘ c_{t−1} + i ∘ g,   h_t = o ∘ tanh(c_t)

    dnext_h = ∂L/∂h_t; dnext_c is what L owes to c_t otherwise than through h_t   [CS:lstm_step_backward]

    Note
        c_t is an output, and it also makes h_t.

    Shapes
        dnext_h  (N, H)
        dnext_c  (N, H)
        dx       (N, D)
        dprev_h  (N, H)
        dprev_c  (N, H)
        dWx      (D, 4H)
        dWh      (H, 4H)
        db       (4H,)

    Source: signature of CS231n's rnn_layers; Hochreiter and Schmidhuber, "Long Short-Term Memory", 1997.
    """
    ####################################################################################################
    # TODO: derive lstm_step_backward on paper, then write it here in place of the `raise`.            #
    # Equations graded here: CS:lstm_step_backward.                                                    #
    ####################################################################################################
    raise NotImplementedError


def lstm_forward(x, h0, Wx, Wh, b):
    """Run a whole sequence from the state h0 and an empty cell: return (h, cache).

    (h_t, c_t) = step(x_t, h_{t−1}, c_{t−1}), t = 1, …, T, with c_0 = 0 and the same W_x, W_h, b at every step
    [CS:lstm_forward]

    Python counts from 0: h[:, t − 1] is h_t. The cells are not returned.

    Shapes
        x   (N, T, D)
        h0  (N, H)
        Wx  (D, 4H)
        Wh  (H, 4H)
        b   (4H,)
        h   (N, T, H)

    Source: signature of CS231n's rnn_layers; Hochreiter and Schmidhuber, "Long Short-Term Memory", 1997.
    """
    ####################################################################################################
    # TODO: derive lstm_forward on paper, then write it here in place of the `raise`.                  #
    # Equations graded here: CS:lstm_forward.                                                          #
    ####################################################################################################
    raise NotImplementedError


def lstm_backward(dh, cache):
    """Return (dx, dh0, dWx, dWh, db), the gradients of a whole sequence's five inputs.

    (h_t, c_t) = step(x_t, h_{t−1}, c_{t−1}), t = 1, …, T, with c_0 = 0; dh[:, t − 1] is what L owes to h_t directly
    [CS:lstm_backward]

    Note
        Both h_t and c_t are used by step t + 1; c_T is used by nobody.

    Shapes
        dh   (N, T, H)
        dx   (N, T, D)
        dh0  (N, H)
        dWx  (D, 4H)
        dWh  (H, 4H)
        db   (4H,)

    Source: signature of CS231n's rnn_layers; Hochreiter and Schmidhuber, "Long Short-Term Memory", 1997.
    """
    ####################################################################################################
    # TODO: derive lstm_backward on paper, then write it here in place of the `raise`.                 #
    # Equations graded here: CS:lstm_backward.                                                         #
    ####################################################################################################
    raise NotImplementedError
