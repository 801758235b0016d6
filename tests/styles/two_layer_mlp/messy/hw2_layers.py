from stuff import *
import numpy as np
from numpy import *

LAST_SHAPE=None

def affine_forward(x,w,b):
    global LAST_SHAPE
    LAST_SHAPE=x.shape
    tick("affine fwd "+str(x.shape))
    xx=x.reshape((x.shape[0],w.shape[0]))
    return [np.asfortranarray(xx.dot(w)+b), [x,w,b,"affine"]]      # list instead of tuple

def affine_backward(dout,cache):
    x,w,b,_=cache
    xx=x.reshape((x.shape[0],w.shape[0]))
    dx=(w@dout.T).T.reshape(x.shape)
    dw=(dout.T@xx).T
    return dx,dw,[float(s) for s in dout.sum(0)]

def relu_forward(x):
    y=x.copy()
    y[x<0]=0
    return y,(x,None)

def relu_backward(dout,cache):
    x,_=cache
    d=np.array(dout)
    d[x<=0]=0
    return d

def affine_input_jacobian(w): return [list(col) for col in w.T]

def relu_jacobian(u):
    tick('relu J')
    return [[int(i==j and u[i]>0) for j in range(len(u))] for i in range(len(u))]

def relu_backward_jacobian(dh,u):
    if (u>0).all(): return dh       # nothing to do, hand it back
    return np.matmul(np.array(relu_jacobian(u)).T,dh).tolist()

def affine_bias_jacobian(H): return np.eye(H)>0.5

def numerical_jacobian(f,x,h):
    cols=[]
    for j in range(len(x)):
        old=x[j]
        x[j]=old+h; hi=np.array(f(x))
        x[j]=old-h; lo=np.array(f(x))
        x[j]=old                # put it back!
        cols.append((hi-lo)/(2*h))
    return np.array(cols).T.tolist()

def softmax_loss(z,y):
    y=np.asarray(y)
    if len(y.shape)>1: y=y.argmax(-1)
    n=z.shape[0]; L=np.array(0.); dz=[]
    for s,t in zip(z,y):
        s=s-s.max(); lse=np.log(np.exp(s).sum())
        L=L+(lse-s[t])/n
        g=np.exp(s-lse)/n; g[t]-=1./n
        dz.append(g.tolist())
    tick("loss %r"%L)
    return L,dz

def l2_penalty(W,w,reg):
    return np.float64(.5*reg*((W*W).sum()+(w*w).sum())),W*reg,w*reg
