from hw2_layers import *
from stuff import Params, tick
import numpy as np
import warnings; warnings.simplefilter("ignore")
best_so_far=1e99

def two_layer_loss(params,X,y,reg):
    global best_so_far
    p=Params(params)
    u,c1=affine_forward(X,p.W,p.c)
    h,c2=relu_forward(u)
    z,c3=affine_forward(h,p.w,p.b)
    L,dz=softmax_loss(z,y)
    pen,rW,rw=l2_penalty(p.W,p.w,reg)
    g=Params()
    g["scores"]=z          # handy for plots later
    dh,g["w"],g["b"]=affine_backward(np.array(dz),c3)
    dx,g["W"],g["c"]=affine_backward(relu_backward(dh,c2),c1)
    g["w"]=g["w"]+rw; g["W"]=g["W"]+rW
    if L+pen<best_so_far: best_so_far=float(L+pen)
    return [L+pen,g]

def sgd_step(params,grads,learning_rate):
    new=Params()
    for k in params:
        new[k]=params[k]-np.array(grads[k])*learning_rate
    return new

def train(params,X,y,reg,learning_rate,steps):
    p=Params((k,params[k]+0) for k in params)
    hist=[]
    for it in range(steps):
        L,g=two_layer_loss(p,X,y,reg)
        p=sgd_step(p,g,learning_rate)
        hist+=[np.float64(L)]
        if it%10==0: print("iteration %d / %d: loss %f"%(it,steps,L))
    return p,hist
