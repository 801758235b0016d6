from builtins import range
from builtins import object
import numpy as np

from ..rnn_layers import *


class CaptioningRNN(object):
  """
  Captions from image features with a vanilla RNN or an LSTM.
  """

  def __init__(self, word_to_idx, input_dim=512, wordvec_dim=128,
               hidden_dim=128, cell_type='rnn', dtype=np.float32):
    if cell_type not in {'rnn', 'lstm'}:
      raise ValueError('Invalid cell_type "%s"' % cell_type)

    self.cell_type = cell_type
    self.dtype = dtype
    self.word_to_idx = word_to_idx
    self.idx_to_word = {i: w for w, i in word_to_idx.items()}
    self.params = {}

    vocab_size = len(word_to_idx)

    self._null = word_to_idx['<NULL>']
    self._start = word_to_idx.get('<START>', None)
    self._end = word_to_idx.get('<END>', None)

    self.params['W_embed'] = np.random.randn(vocab_size, wordvec_dim)
    self.params['W_embed'] /= 100
    self.params['W_proj'] = np.random.randn(input_dim, hidden_dim)
    self.params['W_proj'] /= np.sqrt(input_dim)
    self.params['b_proj'] = np.zeros(hidden_dim)
    dim_mul = {'lstm': 4, 'rnn': 1}[cell_type]
    self.params['Wx'] = np.random.randn(wordvec_dim, dim_mul * hidden_dim)
    self.params['Wx'] /= np.sqrt(wordvec_dim)
    self.params['Wh'] = np.random.randn(hidden_dim, dim_mul * hidden_dim)
    self.params['Wh'] /= np.sqrt(hidden_dim)
    self.params['b'] = np.zeros(dim_mul * hidden_dim)
    self.params['W_vocab'] = np.random.randn(hidden_dim, vocab_size)
    self.params['W_vocab'] /= np.sqrt(hidden_dim)
    self.params['b_vocab'] = np.zeros(vocab_size)

    for k, v in self.params.items():
      self.params[k] = v.astype(self.dtype)

  def loss(self, features, captions):
    # all words but the last go in, all but the first should come out; <NULL>s do not count
    captions_in, captions_out = captions[:, :-1], captions[:, 1:]
    mask = captions_out != self._null
    p = self.params
    forward, backward = {'rnn': (rnn_forward, rnn_backward), 'lstm': (lstm_forward, lstm_backward)}[self.cell_type]
    grads = dict.fromkeys(p)

    # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****

    h0, back_h0 = affine_forward(features, p['W_proj'], p['b_proj'])
    embedded, back_embed = word_embedding_forward(captions_in, p['W_embed'])
    hidden, back_hidden = forward(embedded, h0, p['Wx'], p['Wh'], p['b'])
    vocab, back_vocab = temporal_affine_forward(hidden, p['W_vocab'], p['b_vocab'])
    loss, dvocab = temporal_softmax_loss(vocab, captions_out, mask, verbose=False)

    dhidden, grads['W_vocab'], grads['b_vocab'] = temporal_affine_backward(dvocab, back_vocab)
    dembedded, dh0, *shared = backward(dhidden, back_hidden)
    grads.update(zip(('Wx', 'Wh', 'b'), shared))
    grads['W_embed'] = word_embedding_backward(dembedded, back_embed)
    grads['W_proj'], grads['b_proj'] = affine_backward(dh0, back_h0)[1:]

    # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
    return loss, grads

  def sample(self, features, max_length=30):
    N = features.shape[0]
    captions = self._null * np.ones((N, max_length), dtype=np.int32)
    return captions
