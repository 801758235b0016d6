import numpy as np


def _sig(a):
    return 0.5 + 0.5 * np.tanh(0.5 * a)


class _RNN:
    """vanilla cell unrolled over time"""
    @staticmethod
    def forward(x, h0, Wx, Wh, b):
        h = [h0]
        for t in range(x.shape[1]):
            h.append(np.tanh(x[:, t] @ Wx + h[-1] @ Wh + b))
        return np.stack(h[1:], 1), (x, h, Wx, Wh)

    @staticmethod
    def backward(dh, cache):
        x, h, Wx, Wh = cache
        dx = np.zeros_like(x)
        dWx, dWh, db = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros(Wh.shape[1])
        carry = 0
        for t in reversed(range(x.shape[1])):
            da = (dh[:, t] + carry) * (1 - h[t + 1] ** 2)
            dx[:, t] = da @ Wx.T
            carry = da @ Wh.T
            dWx += x[:, t].T @ da
            dWh += h[t].T @ da
            db += da.sum(0)
        return dx, carry, dWx, dWh, db


class _LSTM:
    @staticmethod
    def forward(x, h0, Wx, Wh, b):
        H = h0.shape[1]
        h, c, steps, out = h0, np.zeros_like(h0), [], []
        for t in range(x.shape[1]):
            a = x[:, t] @ Wx + h @ Wh + b
            i, f, o, g = _sig(a[:, :H]), _sig(a[:, H:2*H]), _sig(a[:, 2*H:3*H]), np.tanh(a[:, 3*H:])
            c_new = f * c + i * g
            tc = np.tanh(c_new)
            steps.append((h, c, i, f, o, g, tc))
            h, c = o * tc, c_new
            out.append(h)
        return np.stack(out, 1), (x, steps, Wx, Wh)

    @staticmethod
    def backward(dh, cache):
        x, steps, Wx, Wh = cache
        dx = np.zeros_like(x)
        dWx, dWh, db = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros(Wh.shape[1])
        ch, cc = 0, 0
        for t in reversed(range(x.shape[1])):
            hp, cp, i, f, o, g, tc = steps[t]
            d = dh[:, t] + ch
            dc = cc + d * o * (1 - tc ** 2)
            da = np.hstack([dc * g * i * (1 - i), dc * cp * f * (1 - f), d * tc * o * (1 - o), dc * i * (1 - g ** 2)])
            dx[:, t] = da @ Wx.T
            ch, cc = da @ Wh.T, dc * f
            dWx += x[:, t].T @ da
            dWh += hp.T @ da
            db += da.sum(0)
        return dx, ch, dWx, dWh, db


class CaptioningRNN(object):
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
        k = {'rnn': 1, 'lstm': 4}[cell_type]
        r = np.random.randn
        self.params['W_embed'] = r(vocab_size, wordvec_dim) / 100
        self.params['W_proj'] = r(input_dim, hidden_dim) / np.sqrt(input_dim)
        self.params['b_proj'] = np.zeros(hidden_dim)
        self.params['Wx'] = r(wordvec_dim, k * hidden_dim) / np.sqrt(wordvec_dim)
        self.params['Wh'] = r(hidden_dim, k * hidden_dim) / np.sqrt(hidden_dim)
        self.params['b'] = np.zeros(k * hidden_dim)
        self.params['W_vocab'] = r(hidden_dim, vocab_size) / np.sqrt(hidden_dim)
        self.params['b_vocab'] = np.zeros(vocab_size)
        for key, v in self.params.items():
            self.params[key] = v.astype(self.dtype)

    def loss(self, features, captions):
        captions_in, captions_out = captions[:, :-1], captions[:, 1:]
        mask = captions_out != self._null
        p = self.params
        cell = _LSTM if self.cell_type == 'lstm' else _RNN

        h0 = features @ p['W_proj'] + p['b_proj']
        emb = p['W_embed'][captions_in]
        h, cell_cache = cell.forward(emb, h0, p['Wx'], p['Wh'], p['b'])
        N, T, H = h.shape
        V = p['W_vocab'].shape[1]
        hf = h.reshape(N * T, H)
        scores = hf @ p['W_vocab'] + p['b_vocab']

        # softmax over all the words of all the captions at once
        y, m = captions_out.reshape(-1), mask.reshape(-1)
        z = scores - scores.max(axis=1, keepdims=True)
        logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        loss = -np.mean(m * logp[np.arange(N * T), y])
        ds = np.exp(logp)
        ds[np.arange(N * T), y] -= 1
        ds *= m[:, None] / len(m)

        grads = {}
        grads['W_vocab'] = hf.T @ ds
        grads['b_vocab'] = ds.sum(0)
        dh = (ds @ p['W_vocab'].T).reshape(N, T, H)
        demb, dh0, grads['Wx'], grads['Wh'], grads['b'] = cell.backward(dh, cell_cache)
        grads['W_embed'] = np.zeros_like(p['W_embed'])
        np.add.at(grads['W_embed'], captions_in, demb)
        grads['W_proj'] = features.T @ dh0
        grads['b_proj'] = dh0.sum(0)
        return loss, grads
