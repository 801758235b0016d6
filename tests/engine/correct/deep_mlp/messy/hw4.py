from numpy import *
import numpy as np
def activation(sigma,z):
    z=array(z,dtype=float)
    if sigma=='relu': z[z<0]=0; return z
    if sigma=='tanh': return tanh(z)
    if sigma=='sigmoid':
        s=z.copy(); s[z>=0]=1/(1+exp(-z[z>=0])); e=exp(z[z<0]); s[z<0]=e/(1+e); return s
    return z
def activation_derivative(sigma,z):
    h=activation(sigma,z)
    if sigma=='relu': return (h>0)            # bools are fine?
    if sigma=='tanh': return asfortranarray(1-h*h)
    if sigma=='sigmoid': return h*activation(sigma,-z)
    return ones(z.shape,dtype=int)
def forward(W,b,h0,sigma):
    zs=[];hs=[h0]
    l=0
    while l<len(W):
        zs.append(W[l].dot(hs[l])+b[l]); hs.append(activation(sigma,zs[l])); l+=1
    return (zs,hs)
def half_squared_error(h,t):
    d=h.ravel()-t.ravel()
    return [dot(d,d)/2,[[v] for v in d]]
def output_delta(dC,zL,sigma): return (dC*array(activation_derivative(sigma,zL))).tolist()
def hidden_delta(W_next,D_next,z,sigma):
    q=D_next.T.dot(W_next).T; q*=activation_derivative(sigma,z); return q
def weight_gradient(D,h_prev): return [[d*h for h in h_prev.ravel()] for d in D.ravel()]
def bias_gradient(D): return 1*D
def backprop(W,b,h0,t,sigma):
    zs,hs=forward(W,b,h0,sigma)
    dW=[];db=[]
    d=(hs[-1]-t)*activation_derivative(sigma,zs.pop())
    for w,h in zip(reversed(W),reversed(hs[:-1])):
        dW.append(outer(d,h)); db.append(array(d))
        if zs: d=(w.T@d)*activation_derivative(sigma,zs.pop())
    dW.reverse();db.reverse()
    return [dW,db]
def backprop_batch(W,b,H0,T,sigma):
    parts=[backprop(W,b,H0[:,[n]],T[:,[n]],sigma) for n in range(H0.shape[1])]
    return [sum([p[0][l] for p in parts],axis=0) for l in range(len(W))],[sum([p[1][l] for p in parts],axis=0) for l in range(len(b))]
def backprop_batch_rows(W,b,X,T,sigma):
    H=[X];Z=[]
    for w,v in zip(W,b): Z.append(H[-1]@w.T+v.ravel()); H.append(activation(sigma,Z[-1]))
    d=(H[-1]-T)*activation_derivative(sigma,Z[-1]); dW={};db={}
    for l in range(len(W)-1,-1,-1):
        dW[l]=d.T@H[l]; db[l]=d.sum(0).reshape(-1,1)
        if l: d=d@W[l]*activation_derivative(sigma,Z[l-1])
    print(len(dW),'layers')
    return [dW[k] for k in sorted(dW)],[db[k] for k in sorted(db)]
def update(W,b,dW,db,learning_rate):
    n=[(w-learning_rate*g,v-learning_rate*k) for w,v,g,k in zip(W,b,dW,db)]
    return [a for a,_ in n],[c for _,c in n]
