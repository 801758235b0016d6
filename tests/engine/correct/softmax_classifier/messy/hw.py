from numpy import *
import numpy as np
def scores(X,W,b):
    F=X@W
    F+=b
    return asfortranarray(F)
def softmax(F):
    z=F.T; z=z-z.max(0); z=exp(z); return (z/z.sum(0)).T
def cross_entropy(F,y):
    F=array(F); m=F.max(1); L=0
    for i in range(len(y)): L=L-(F[i,y[i]]-m[i]-log(sum(exp(F[i]-m[i]))))
    return array(L)
def scores_gradient(F,y):
    dF=softmax(F).copy()
    dF[tuple(zip(*enumerate(y)))]-=1
    print('grad norm',np.linalg.norm(dF))
    return dF.tolist()
def weight_gradient_one(x,df): return [[a*c for c in df] for a in x]
def weight_gradient_loop(X,dF):
    w=zeros((dF.shape[1],X.shape[1]))
    i=0
    while i<len(X): w+=outer(dF[i],X[i]); i+=1
    return w.T
def weight_gradient(X,dF): return (dF.T@X).T
def bias_gradient(dF): return list(dF.sum(0))
def input_gradient(dF,W): return asfortranarray(dF.dot(W.transpose()))
def softmax_jacobian(f):
    e=exp(f-max(f)); p=e/e.sum()
    return [[p[k]*((k==j)-p[j]) for j in range(f.size)] for k in range(f.size)]
def softmax_classifier_loss(W,b,X,y):
    F=scores(X,W,b); d=array(scores_gradient(F,y))
    return [cross_entropy(F,y),weight_gradient(X,d),d.sum(axis=0,keepdims=True).squeeze(0)]
