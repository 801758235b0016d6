import numpy as np
def batchnorm_forward(x,gamma,beta,bn_param):
    eps=bn_param.get('eps',1e-5); D=x.shape[1]
    if 'running_mean' not in bn_param: bn_param['running_mean']=np.zeros(D); bn_param['running_var']=np.zeros(D)
    train=bn_param['mode']=='train'
    m=x.mean(0) if train else bn_param['running_mean']
    v=np.var(x,axis=0) if train else bn_param['running_var']
    z=x.copy()
    z-=m; z/=np.sqrt(v+eps)             # in place, but on my copy
    if train:
        k=bn_param.get('momentum',.9)
        bn_param['running_mean']=k*bn_param['running_mean']+(1-k)*m
        bn_param['running_var']=k*bn_param['running_var']+(1-k)*v
        bn_param['seen']=bn_param.get('seen',0)+len(x)
    return np.asfortranarray(z*gamma+beta),[z,v,eps,gamma,x]

def batchnorm_backward(dout,cache):
    z,v,eps,gamma,x=cache
    n=float(len(x))
    dz=gamma*dout
    dv=(-.5*dz*(x-x.mean(0))*(v+eps)**-1.5).sum(0)
    dm=-dz.sum(0)/np.sqrt(v+eps)-2*dv*(x-x.mean(0)).mean(0)
    dx=dz/np.sqrt(v+eps)+2*dv*(x-x.mean(0))/n+dm/n
    return dx.tolist(),(z*dout).sum(0).tolist(),dout.sum(0).tolist()

def batchnorm_backward_alt(dout,cache):
    z,v,eps,gamma,_=cache
    dg=np.einsum('ij,ij->j',z,dout)
    db=dout.sum(axis=0)
    t=dout.T                            # work on the transpose
    return (gamma/np.sqrt(v+eps)*(t.T-db/len(z)-z*dg/len(z))),dg,db

def layernorm_forward(x,gamma,beta,ln_param):
    xt=x.T                              # columns are examples now, same as BN
    eps=ln_param.get('eps',1e-5)
    z=(xt-xt.mean(0))/np.sqrt(xt.var(0)+eps)
    return gamma*z.T+beta,(z,xt.var(0)+eps,gamma)

def layernorm_backward(dout,cache):
    z,ve,gamma=cache
    g=(dout*gamma).T
    D=z.shape[0]
    dxt=(D*g-g.sum(0)-z*(g*z).sum(0))/D/np.sqrt(ve)
    return [dxt.T,(dout*z.T).sum(0),dout.sum(0)]
