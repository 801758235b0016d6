"""A recurrent net that writes captions: projection, words, cell, scores, a masked loss, and all gradients."""

from assignments.mistakes import affine, recurrent, words


def captioning(slip, construct, params, features, captions):
    """(loss, grads)."""
    null = construct["word_to_idx"]["<NULL>"]
    forward, backward = {
        "rnn": (recurrent.rnn_forward, recurrent.rnn_backward),
        "lstm": (recurrent.lstm_forward, recurrent.lstm_backward),
    }[construct["cell_type"]]
    given, wanted = shifted(slip, captions)
    mask = slip.instead(
        lambda: wanted != null,
        ("wrong-operand or none", "the mask asks for the words that go in", lambda: given != null),
        ("", "the mask takes 0 for <NULL>, whatever its number is", lambda: wanted != 0),
        ("", "the first word never counts", lambda: (wanted != null) & (given != captions[:, :1])),
    )
    cell = [params[name] for name in ("Wx", "Wh", "b")]
    h0 = affine.forward(slip.within("projection"), features, params["W_proj"], params["b_proj"])
    x = words.embedding_forward(slip, given, params["W_embed"])
    h = forward(slip, x, h0, *cell)
    scores = [params["W_vocab"], params["b_vocab"]]
    s = words.temporal_affine_forward(slip.within("scores"), h, *scores)
    loss, ds = words.temporal_softmax_loss(slip, s, wanted, mask, False)
    dh, dW_vocab, db_vocab = words.temporal_affine_backward(slip.within("scores"), h, *scores, ds)
    dx, dh0, dWx, dWh, db = backward(slip, x, h0, *cell, dh)
    dh0 = slip.instead(
        lambda: dh0,
        ("rnn-carry", "the projection gets the first step's gradient of h_1, not that of h_0", lambda: dh[:, 0]),
        ("rnn-sum-over-time", "the projection gets the sum of all steps' upstream gradients", lambda: dh.sum(axis=1)),
    )
    there = slip.within("projection")
    return loss, {
        "W_proj": affine.weights(there, features, dh0),
        "b_proj": affine.biases(there, dh0),
        "W_embed": words.embedding_backward(slip, given, params["W_embed"], dx),
        "Wx": dWx,
        "Wh": dWh,
        "b": db,
        "W_vocab": dW_vocab,
        "b_vocab": db_vocab,
    }


def shifted(slip, captions):
    """(all words but the last, all but the first)."""
    return slip.instead(
        lambda: (captions[:, :-1], captions[:, 1:]),
        ("", "words are to come out at the step at which they go in", lambda: (captions[:, :-1], captions[:, :-1])),
        ("", "the words that come out go in", lambda: (captions[:, 1:], captions[:, 1:])),
        ("", "the words that go in and come out have changed places", lambda: (captions[:, 1:], captions[:, :-1])),
    )
