"""A net that writes captions, put together from layers."""

import numpy as np
from rnn_layers import word_embedding_backward, word_embedding_forward, lstm_backward, lstm_forward, rnn_backward, rnn_forward


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
        ####################################################################################################
        # TODO: derive CaptioningRNN.loss on paper, then write it here in place of the `raise`.            #
        # Equations graded here: CS:CaptioningRNN.loss.                                                    #
        ####################################################################################################
        raise NotImplementedError
