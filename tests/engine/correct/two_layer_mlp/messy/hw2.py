from numpy import *
import numpy as np
def affine_forward(x,w,b):
    out=x.reshape(x.shape[0],prod(x.shape[1:])).dot(w); out+=b
    return out,[x,w,b,out]
def affine_backward(dout,cache):
    x,w=cache[0],cache[1]
    dx=zeros(x.shape)
    for i in range(len(x)): dx[i]=(w@dout[i]).reshape(x.shape[1:])
    dw=sum([outer(a.ravel(),d) for a,d in zip(x,dout)],axis=0)
    return [dx,asfortranarray(dw),dout.sum(0,keepdims=True)[0].tolist()]
def relu_forward(x):
    y=x+0; y[y<0]=0; return [y,y>0]
def relu_backward(dout,cache):
    d=dout.copy(order='F'); d[~cache]=0.; return d
def relu_jacobian(u): return [[(1. if u[i]>0 else 0)*(i==j) for i in range(u.size)] for j in range(u.size)]
def softmax_loss(z,y):
    y=asarray(y)
    if y.ndim==2: y=nonzero(y)[1]
    n=arange(z.shape[0]); p=exp(z-amax(z,1)[:,None]); p=p/p.sum(1)[:,None]
    lp=z-amax(z,1).reshape(-1,1); lp=lp-log(exp(lp).sum(1)).reshape(-1,1)
    p[n,y]=p[n,y]-1; p/=float(n.size)
    print("loss: %f"%-lp[n,y].mean())
    return -lp[n,y].mean(),p
def l2_penalty(W,w,reg):
    return array([reg*(W**2).sum()/2.,reg*(w**2).sum()/2.]).sum(),(reg*W).tolist(),asfortranarray(reg*w)
def two_layer_loss(params,X,y,reg):
    W,c,w,b=params['W'],params['c'],params['w'],params['b']
    h=maximum(0,X@W+c)
    loss,dz=softmax_loss(h@w+b,y)
    loss+=.5*reg*(square(W).sum()+square(w).sum())
    g={}
    g['w']=h.T@dz+reg*w
    g['b']=dz.sum(0)
    dh=dz@w.T
    dh[h<=0]=0
    g['W']=(dh.T@X).T+reg*W; g['c']=[float(v) for v in dh.sum(0)]; g['hidden']=h
    return loss,g
def sgd_step(params,grads,learning_rate):
    p=dict(params)
    for k in p: p[k]=p[k]-learning_rate*array(grads[k])
    return p
