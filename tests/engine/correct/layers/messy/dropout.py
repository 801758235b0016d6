import numpy as np
def dropout_forward(x,dropout_param):
    p,mode=dropout_param['p'],dropout_param['mode']
    if 'seed' in dropout_param: np.random.seed(dropout_param['seed'])
    m=None; out=x
    if mode=='train':
        drop=np.random.rand(*x.shape)>p
        out=x.copy(); out[drop]=0; out/=p
        m=drop
    return out,(dropout_param,m)

def dropout_backward(dout,cache):
    param,m=cache
    if param['mode']=='test': return dout     # untouched
    g=dout.copy()
    g[m]=0
    return (g/param['p']).tolist()
