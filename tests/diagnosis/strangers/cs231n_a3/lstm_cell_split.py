import numpy as np

def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))

def lstm_step_forward(x, prev_h, prev_c, Wx, Wh, b):
    ai, af, ao, ag = np.split(x @ Wx + prev_h @ Wh + b, 4, axis=1)
    i, f, o, g = sigmoid(ai), sigmoid(af), sigmoid(ao), np.tanh(ag)
    c = f * prev_c + i * g
    tc = np.tanh(c)
    return o * tc, c, dict(x=x, h=prev_h, c=prev_c, Wx=Wx, Wh=Wh, i=i, f=f, o=o, g=g, tc=tc)

def lstm_step_backward(dnext_h, dnext_c, cache):
    k = cache
    do = dnext_h * k['tc']
    dcell = dnext_h * k['o'] * (1 - k['tc'] ** 2) + dnext_c
    # c = f * prev_c + i * g
    dprev_c = dnext_c * k['f']
    df = dcell * k['c']
    di = dcell * k['g']
    dg = dcell * k['i']
    da = np.concatenate([di * k['i'] * (1 - k['i']), df * k['f'] * (1 - k['f']),
                         do * k['o'] * (1 - k['o']), dg * (1 - k['g'] ** 2)], axis=1)
    return da @ k['Wx'].T, da @ k['Wh'].T, dprev_c, k['x'].T @ da, k['h'].T @ da, da.sum(axis=0)
