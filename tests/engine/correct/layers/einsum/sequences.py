import numpy as np

es = np.einsum


def sigma(a):
    return 0.5 * (1 + np.tanh(a / 2))


def affine(x, h, Wx, Wh, b):
    return es("nd,dk->nk", x, Wx) + es("nj,jk->nk", h, Wh) + b


def affine_back(da, x, h, Wx, Wh):
    return (es("nk,dk->nd", da, Wx), es("nk,jk->nj", da, Wh), es("nd,nk->dk", x, da), es("nj,nk->jk", h, da),
            es("nk->k", da))


def rnn_step_forward(x, prev_h, Wx, Wh, b):
    h = np.tanh(affine(x, prev_h, Wx, Wh, b))
    return h, {"args": (x, prev_h, Wx, Wh), "h": h}


def rnn_step_backward(dnext_h, cache):
    return affine_back(es("nh,nh->nh", dnext_h, 1 - cache["h"] ** 2), *cache["args"])


def rnn_forward(x, h0, Wx, Wh, b):
    u = es("ntd,dh->tnh", x, Wx) + b            # all inputs at once
    hs = [h0]
    for t in range(len(u)):
        hs.append(np.tanh(u[t] + es("nj,jh->nh", hs[-1], Wh)))
    return es("tnh->nth", np.array(hs[1:])), (x, np.array(hs), Wx, Wh)


def rnn_backward(dh, cache):
    x, hs, Wx, Wh = cache
    da, carry = np.zeros(hs[1:].shape), 0
    for t in reversed(range(dh.shape[1])):
        da[t] = (dh[:, t] + carry) * (1 - hs[t + 1] ** 2)
        carry = es("nh,jh->nj", da[t], Wh)
    return (es("tnh,dh->ntd", da, Wx), carry, es("ntd,tnh->dh", x, da), es("tnj,tnh->jh", hs[:-1], da),
            es("tnh->h", da))


def lstm_step_forward(x, prev_h, prev_c, Wx, Wh, b):
    N, H = prev_h.shape
    a = affine(x, prev_h, Wx, Wh, b).reshape(N, 4, H)
    s, g = sigma(a[:, :3]), np.tanh(a[:, 3])
    c = es("nh,nh->nh", s[:, 1], prev_c) + es("nh,nh->nh", s[:, 0], g)
    return s[:, 2] * np.tanh(c), c, {"args": (x, prev_h, Wx, Wh), "s": s, "g": g, "c": c, "prev_c": prev_c}


def lstm_step_backward(dnext_h, dnext_c, cache):
    s, g, prev_c, tc = cache["s"], cache["g"], cache["prev_c"], np.tanh(cache["c"])
    dc = dnext_c + es("nh,nh,nh->nh", dnext_h, s[:, 2], 1 - tc ** 2)
    ds = np.stack([dc * g, dc * prev_c, dnext_h * tc], axis=1)
    da = np.concatenate([es("ngh,ngh,ngh->ngh", ds, s, 1 - s), (dc * s[:, 0] * (1 - g ** 2))[:, None]], axis=1)
    dx, dh, dWx, dWh, db = affine_back(da.reshape(len(da), -1), *cache["args"])
    return dx, dh, es("nh,nh->nh", dc, s[:, 1]), dWx, dWh, db


def lstm_forward(x, h0, Wx, Wh, b):
    steps, h, c = [], h0, np.zeros_like(h0)
    hs = []
    for xt in es("ntd->tnd", x):
        h, c, k = lstm_step_forward(xt, h, c, Wx, Wh, b)
        hs += [h]
        steps += [k]
    return es("tnh->nth", np.array(hs)), steps


def lstm_backward(dh, cache):
    up_h, up_c, all_ = np.zeros(dh[:, 0].shape), np.zeros(dh[:, 0].shape), []
    for d, k in zip(es("nth->tnh", dh)[::-1], cache[::-1]):
        dx, up_h, up_c, *w = lstm_step_backward(d + up_h, up_c, k)
        all_.append((dx, *w))
    dxs, dWx, dWh, db = zip(*all_)
    return es("tnd->ntd", np.array(dxs[::-1])), up_h, sum(dWx), sum(dWh), sum(db)


def word_embedding_forward(x, W):
    hot = (x[..., None] == np.arange(len(W))).astype(float)
    return es("ntv,vd->ntd", hot, W), hot


def word_embedding_backward(dout, cache):
    return es("ntv,ntd->vd", cache, dout)


def temporal_affine_forward(x, w, b):
    return es("ntd,dm->ntm", x, w) + es("m->m", b), [x, w]


def temporal_affine_backward(dout, cache):
    x, w = cache
    return es("ntm,dm->ntd", dout, w), es("ntm,ntd->dm", dout, x), es("ntm->m", dout)


def temporal_softmax_loss(x, y, mask, verbose=False):
    hot = (y[..., None] == np.arange(x.shape[2])).astype(float)
    lse = np.logaddexp.reduce(x, axis=2)
    m = mask.astype(float) / x.shape[0]
    loss = es("nt,nt->", m, lse - es("ntv,ntv->nt", x, hot))
    return loss, es("nt,ntv->ntv", m, np.exp(x - lse[..., None]) - hot)
