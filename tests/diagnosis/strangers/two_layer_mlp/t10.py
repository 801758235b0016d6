import numpy as np

def _lin(x, w, b):
    return x.dot(w) + b, (x, w)

def two_layer_loss(params, X, y, reg):
    W, c, w, b = (params[k] for k in ('W', 'c', 'w', 'b'))
    tape = {}
    tape['u'], tape['fc1'] = _lin(X, W, c)
    z, tape['fc2'] = _lin(tape['u'] * (tape['u'] > 0), w, b)

    N = len(X)
    idx = (np.arange(N), y)
    z = z - z.max(1)[:, None]
    P = np.exp(z)
    Zs = P.sum(1)
    loss = np.mean(np.log(Zs) - z[idx])
    P = P / Zs[:, None]
    P[idx] -= 1
    P /= N

    _, w_ = tape['fc2']
    act = tape['u']
    g = {'w': np.tensordot(act, P, axes=(0, 0)), 'b': np.ones(N) @ P}
    dh = np.inner(P, w_)
    dh[tape['u'] <= 0] = 0
    x_, _ = tape['fc1']
    g['W'] = np.tensordot(x_, dh, axes=(0, 0))
    g['c'] = np.ones(N) @ dh
    for k in ('W', 'w'):
        g[k] += reg * params[k]
        loss += 0.5 * reg * np.square(params[k]).sum()
    return float(loss), g
