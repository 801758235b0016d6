import numpy as np


def sigmoid(z):
    return 0.5 + 0.5 * np.tanh(z / 2)


class CaptioningRNN(object):
    def __init__(self, word_to_idx, input_dim=512, wordvec_dim=128, hidden_dim=128, cell_type='rnn', dtype=np.float32):
        if cell_type not in {'rnn', 'lstm'}:
            raise ValueError('Invalid cell_type "%s"' % cell_type)
        self.cell_type, self.dtype = cell_type, dtype
        self.word_to_idx = word_to_idx
        self.idx_to_word = {i: w for w, i in word_to_idx.items()}
        V = len(word_to_idx)
        self._null = word_to_idx['<NULL>']
        self._start = word_to_idx.get('<START>', None)
        self._end = word_to_idx.get('<END>', None)
        k = 4 if cell_type == 'lstm' else 1
        rn = np.random.randn
        self.params = {
            'W_embed': rn(V, wordvec_dim) / 100,
            'W_proj': rn(input_dim, hidden_dim) / np.sqrt(input_dim), 'b_proj': np.zeros(hidden_dim),
            'Wx': rn(wordvec_dim, k * hidden_dim) / np.sqrt(wordvec_dim),
            'Wh': rn(hidden_dim, k * hidden_dim) / np.sqrt(hidden_dim), 'b': np.zeros(k * hidden_dim),
            'W_vocab': rn(hidden_dim, V) / np.sqrt(hidden_dim), 'b_vocab': np.zeros(V)}
        for name in self.params:
            self.params[name] = self.params[name].astype(dtype)

    def loss(self, features, captions):
        p = self.params
        cin, cout = captions[:, :-1], captions[:, 1:]
        mask = (cout != self._null).astype(float)
        N, T = cin.shape
        H = p['W_proj'].shape[1]
        emb = p['W_embed'][cin]
        h = h0 = features @ p['W_proj'] + p['b_proj']
        c = np.zeros_like(h0)
        tape, hs = [], np.zeros((N, T, H))
        for t in range(T):
            a = emb[:, t] @ p['Wx'] + h @ p['Wh'] + p['b']
            if self.cell_type == 'rnn':
                new = np.tanh(a)
                tape.append((h, new))
                h = new
            else:
                i, f, o = [sigmoid(a[:, j * H:(j + 1) * H]) for j in range(3)]
                g = np.tanh(a[:, 3 * H:])
                c2 = f * c + i * g
                tape.append((h, c, i, f, o, g, np.tanh(c2)))
                h, c = o * np.tanh(c2), c2
            hs[:, t] = h
        scores = hs @ p['W_vocab'] + p['b_vocab']

        # softmax over the vocabulary, <NULL> does not count
        s = scores - scores.max(axis=2, keepdims=True)
        logp = s - np.log(np.exp(s).sum(axis=2, keepdims=True))
        nn, tt = np.indices(cout.shape)
        words = mask.sum()
        loss = -(logp[nn, tt, cout] * mask).sum() / words
        ds = np.exp(logp)
        ds[nn, tt, cout] -= 1
        ds *= mask[:, :, None] / words

        g_ = {'W_vocab': np.einsum('nth,ntv->hv', hs, ds), 'b_vocab': ds.sum((0, 1))}
        dhs = ds @ p['W_vocab'].T
        da_all = np.zeros((N, T, p['b'].size))
        hprev = np.zeros((N, T, H))
        carry, dc = np.zeros((N, H)), np.zeros((N, H))
        for t in range(T - 1, -1, -1):
            d = dhs[:, t] + carry
            if self.cell_type == 'rnn':
                hprev[:, t], cur = tape[t]
                da = d * (1 - cur ** 2)
            else:
                hprev[:, t], cp, i, f, o, g, tc = tape[t]
                dc = dc + d * o * (1 - tc ** 2)
                da = np.hstack([dc * g * i * (1 - i), dc * cp * f * (1 - f), d * tc * o * (1 - o), dc * i * (1 - g ** 2)])
                dc = dc * f
            da_all[:, t] = da
            carry = da @ p['Wh'].T
        g_['Wx'] = np.einsum('ntd,nta->da', emb, da_all)
        g_['Wh'] = np.einsum('nth,nta->ha', hprev, da_all)
        g_['b'] = da_all.sum((0, 1))
        g_['W_embed'] = np.zeros_like(p['W_embed'])
        np.add.at(g_['W_embed'], cin, da_all @ p['Wx'].T)
        g_['W_proj'], g_['b_proj'] = features.T @ carry, carry.sum(0)
        return loss, g_
