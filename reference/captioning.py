"""Captions from image features: a recurrent net that is given the image as its first state."""

import numpy as np

from reference.embedding import word_embedding_backward, word_embedding_forward
from reference.lstm import lstm_backward, lstm_forward
from reference.rnn import rnn_backward, rnn_forward
from reference.temporal import temporal_affine_backward, temporal_affine_forward, temporal_softmax_loss


class CaptioningRNN:
    """A net that writes captions. `params` holds W_proj, b_proj, W_embed, Wx, Wh, b, W_vocab and b_vocab.

    `word_to_idx` numbers the words, "<NULL>", "<START>" and "<END>" among them; `cell_type` is "rnn" or "lstm". What is
    drawn here is where training starts; it is not graded.
    """

    def __init__(
        self, word_to_idx, input_dim=512, wordvec_dim=128, hidden_dim=128, cell_type="rnn", dtype=np.float32
    ):
        if cell_type not in ("rnn", "lstm"):
            raise ValueError(f"cell_type is {cell_type!r}; expected 'rnn' or 'lstm'")
        self.word_to_idx, self.cell_type, self.dtype = word_to_idx, cell_type, dtype
        self._null, self._start = word_to_idx["<NULL>"], word_to_idx.get("<START>")
        words, columns = len(word_to_idx), {"rnn": 1, "lstm": 4}[cell_type] * hidden_dim
        self.params = {
            "W_proj": np.random.randn(input_dim, hidden_dim) / np.sqrt(input_dim),
            "b_proj": np.zeros(hidden_dim),
            "W_embed": np.random.randn(words, wordvec_dim) / 100,
            "Wx": np.random.randn(wordvec_dim, columns) / np.sqrt(wordvec_dim),
            "Wh": np.random.randn(hidden_dim, columns) / np.sqrt(hidden_dim),
            "b": np.zeros(columns),
            "W_vocab": np.random.randn(hidden_dim, words) / np.sqrt(hidden_dim),
            "b_vocab": np.zeros(words),
        }
        self.params = {name: array.astype(dtype) for name, array in self.params.items()}

    def loss(self, features, captions):
        """Compute the loss of a batch of captions and the gradients of all parameters: return (loss, grads).

        h_0 = features W_proj + b_proj;  x_t is the row of W_embed of word t of the caption;  h_1 … h_T from the cell;
        s_t = h_t W_vocab + b_vocab;  loss = −(1/N) Σ_{n,t} m_nt log softmax(s_nt)_{y_nt}   [CS:CaptioningRNN.loss]

        The T words that go in are all but the last of the caption, the words y that are to come out are all but the
        first, and m_nt is 0 where y_nt is "<NULL>", else 1. grads has the keys of params.

        Note
            The divisor is N, neither N·T nor the number of words that count. There is no penalty.

        Shapes
            features  (N, F)
            captions  (N, T + 1)    numbers of words
            loss      ()

        Source: signature of CS231n's rnn.
        """
        # BEGIN SOLUTION
        made = {"word_to_idx": self.word_to_idx, "cell_type": self.cell_type}
        return captioning_loss(made, self.params, features, captions)
        # END SOLUTION


def captioning_loss(construct, params, features, captions):
    """Compute the loss of a batch of captions and the gradients of all parameters: return (loss, grads).

    h_0 = features W_proj + b_proj;  x_t is the row of W_embed of word t of the caption;  h_1 … h_T from the cell;
    s_t = h_t W_vocab + b_vocab;  loss = −(1/N) Σ_{n,t} m_nt log softmax(s_nt)_{y_nt}   [CS:CaptioningRNN.loss]

    construct holds "word_to_idx" and "cell_type" ("rnn" or "lstm"). The words that go in are all but the last of the
    caption, the words y that come out all but the first, and m_nt is 0 where y_nt is "<NULL>". grads has the keys of
    params.

    Shapes
        params["W_proj"]   (F, H)
        params["b_proj"]   (H,)
        params["W_embed"]  (V, D)
        params["Wx"]       (D, H), or (D, 4H) for "lstm"
        params["Wh"]       (H, H), or (H, 4H)
        params["b"]        (H,), or (4H,)
        params["W_vocab"]  (H, V)
        params["b_vocab"]  (V,)
        features           (N, F)
        captions           (N, T + 1)    numbers of words
        loss               ()

    Source: signature of CS231n's rnn, as a function of what the net is made with.
    """
    # BEGIN SOLUTION
    # Layers in order, and back in reverse. The image enters once, as the first state: its projection gets the gradient
    # of h_0. Every word vector is used in several places, and the embedding's backward pass adds these up.
    cells = {"rnn": (rnn_forward, rnn_backward), "lstm": (lstm_forward, lstm_backward)}
    forward, backward = cells[construct["cell_type"]]
    words_in, words_out = captions[:, :-1], captions[:, 1:]                   # (N, T)
    h0 = features @ params["W_proj"] + params["b_proj"]                       # (N, H)
    x, embed = word_embedding_forward(words_in, params["W_embed"])            # (N, T, D)
    h, cell = forward(x, h0, params["Wx"], params["Wh"], params["b"])         # (N, T, H)
    s, vocab = temporal_affine_forward(h, params["W_vocab"], params["b_vocab"])      # (N, T, V)
    loss, ds = temporal_softmax_loss(s, words_out, words_out != construct["word_to_idx"]["<NULL>"])
    grads = {}
    dh, grads["W_vocab"], grads["b_vocab"] = temporal_affine_backward(ds, vocab)
    dx, dh0, grads["Wx"], grads["Wh"], grads["b"] = backward(dh, cell)
    grads["W_embed"] = word_embedding_backward(dx, embed)
    grads["W_proj"], grads["b_proj"] = features.T @ dh0, np.sum(dh0, axis=0)
    return loss, grads
    # END SOLUTION
