import numpy as np


def _bn(x, ga, be, prm):
    eps, mo = prm.get('eps', 1e-5), prm.get('momentum', .9)
    D = x.shape[1]
    prm.setdefault('running_mean', np.zeros(D)); prm.setdefault('running_var', np.zeros(D))
    if prm['mode'] == 'train':
        mu, v = x.mean(0), x.var(0)
        prm['running_mean'] = mo * prm['running_mean'] + (1 - mo) * mu
        prm['running_var'] = mo * prm['running_var'] + (1 - mo) * v
    else:
        mu, v = prm['running_mean'], prm['running_var']
    xh = (x - mu) / np.sqrt(v + eps)
    return ga * xh + be, (xh, ga, np.sqrt(v + eps), 0)


def _ln(x, ga, be, prm):
    sd = np.sqrt(x.var(1, keepdims=True) + prm.get('eps', 1e-5))
    xh = (x - x.mean(1, keepdims=True)) / sd
    return ga * xh + be, (xh, ga, sd, 1)


def _norm_back(d, cache):
    xh, ga, sd, ax = cache
    dxh = d * ga
    dx = (dxh - dxh.mean(ax, keepdims=True) - xh * (dxh * xh).mean(ax, keepdims=True)) / sd
    return dx, (d * xh).sum(0), d.sum(0)


class FullyConnectedNet(object):
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, dropout_keep_ratio=1,
                 normalization=None, reg=0.0, weight_scale=1e-2, dtype=np.float32, seed=None):
        self.normalization = normalization
        self.use_dropout = dropout_keep_ratio != 1
        self.reg = reg
        self.num_layers = 1 + len(hidden_dims)
        self.dtype = dtype
        self.params = {}
        sizes = [input_dim] + list(hidden_dims) + [num_classes]
        for l, (a, b) in enumerate(zip(sizes, sizes[1:]), 1):
            self.params['W%d' % l] = np.random.randn(a, b) * weight_scale
            self.params['b%d' % l] = np.zeros(b)
            if normalization and l < self.num_layers:
                self.params['gamma%d' % l] = np.ones(b)
                self.params['beta%d' % l] = np.zeros(b)
        self.dropout_param = {}
        if self.use_dropout:
            self.dropout_param = {'mode': 'train', 'p': dropout_keep_ratio}
            if seed is not None:
                self.dropout_param['seed'] = seed
        self.bn_params = []
        if normalization == 'batchnorm':
            self.bn_params = [{'mode': 'train'} for _ in hidden_dims]
        if normalization == 'layernorm':
            self.bn_params = [{} for _ in hidden_dims]
        for k in self.params:
            self.params[k] = self.params[k].astype(dtype)

    def loss(self, X, y=None):
        X = X.astype(self.dtype)
        mode = 'test' if y is None else 'train'
        if self.use_dropout:
            self.dropout_param['mode'] = mode
        if self.normalization == 'batchnorm':
            for q in self.bn_params:
                q['mode'] = mode
        P, L = self.params, self.num_layers
        h, tape = X.reshape(len(X), -1), []
        for l in range(1, L):
            rec = {'in': h}
            h = h @ P['W%d' % l] + P['b%d' % l]
            if self.normalization:
                f = _bn if self.normalization == 'batchnorm' else _ln
                h, rec['norm'] = f(h, P['gamma%d' % l], P['beta%d' % l], self.bn_params[l - 1])
            rec['pos'] = h > 0
            h = h * rec['pos']
            if self.use_dropout and mode == 'train':
                if 'seed' in self.dropout_param:
                    np.random.seed(self.dropout_param['seed'])
                p = self.dropout_param['p']
                rec['keep'] = (np.random.rand(*h.shape) < p) / p
                h = h * rec['keep']
            tape.append(rec)
        scores = h @ P['W%d' % L] + P['b%d' % L]
        if mode == 'test':
            return scores

        N = len(y)
        z = scores - scores.max(1, keepdims=True)
        lp = z - np.log(np.exp(z).sum(1, keepdims=True))
        loss = -lp[np.arange(N), y].mean()
        d = np.exp(lp)
        d[np.arange(N), y] -= 1
        d /= N
        grads = {'W%d' % L: h.T @ d, 'b%d' % L: d.sum(0)}
        d = d @ P['W%d' % L].T
        for l in range(L - 1, 0, -1):
            rec = tape[l - 1]
            d = d * rec.get('keep', 1) * rec['pos']
            if 'norm' in rec:
                d, grads['gamma%d' % l], grads['beta%d' % l] = _norm_back(d, rec['norm'])
            grads['W%d' % l], grads['b%d' % l] = rec['in'].T @ d, d.sum(0)
            d = d @ P['W%d' % l].T
        for name, value in P.items():
            if name.startswith(('W', 'b')) and not name.startswith('beta'):
                loss += 0.5 * self.reg * np.sum(value ** 2)
                grads[name] = grads[name] + self.reg * value
        return loss, grads
