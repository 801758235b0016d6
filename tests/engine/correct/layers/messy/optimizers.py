import numpy as np
def sgd(w,dw,config=None):
    if config is None: config={}
    config.setdefault('learning_rate',1e-2)
    w=w.copy(); w-=config['learning_rate']*dw
    return [w,config]

def sgd_momentum(w,dw,config=None):
    if config is None: config={}
    config.setdefault('learning_rate',1e-2); config.setdefault('momentum',.9)
    v=np.array(config.get('velocity',np.zeros_like(w)))
    v*=config['momentum']; v-=config['learning_rate']*dw
    config['velocity']=v
    return (w+v).tolist(),config

def rmsprop(w,dw,config=None):
    if config is None: config={}
    for k,v in [('learning_rate',1e-2),('decay_rate',.99),('epsilon',1e-8),('cache',np.zeros_like(w))]: config.setdefault(k,v)
    c=config['cache']*config['decay_rate']; c+=dw*dw*(1-config['decay_rate'])
    config['cache']=c
    d=np.sqrt(c); d+=config['epsilon']
    return np.asfortranarray(w-config['learning_rate']*(dw/d)),config

def adam(w,dw,config=None):
    if config is None: config={}
    for k,v in [('learning_rate',1e-3),('beta1',.9),('beta2',.999),('epsilon',1e-8),('m',np.zeros_like(w)),('v',np.zeros_like(w)),('t',0)]:
        config.setdefault(k,v)
    t=config['t']+1
    config.update(t=t,m=config['beta1']*config['m']+(1-config['beta1'])*dw,v=config['beta2']*config['v']+(1-config['beta2'])*(dw**2))
    mh=config['m']/(1-config['beta1']**t); vh=config['v']/(1-config['beta2']**t)
    print('adam step',t)
    return w-config['learning_rate']*mh/(vh**.5+config['epsilon']),config
