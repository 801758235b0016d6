from numpy import *
import numpy as np
DEBUG=0
def svm_loss(x,y):
    x=array(x); N=x.shape[0]; x-=x[arange(N),y].reshape(-1,1)-1.   # my own copy
    x[arange(N),y]=0
    x[x<0]=0
    L=x.sum()/N
    x[x>0]=1; x[arange(N),y]-=x.sum(axis=1)
    return [L, asfortranarray(x/N)]

def svm_loss_naive(W,X,y,reg):
    dW=zeros_like(W); loss=0.
    i=0
    while i<X.shape[0]:
        sc=dot(X[i],W); marg=sc-sc[y[i]]+1
        hit=[j for j in range(W.shape[1]) if marg[j]>0 and j!=int(y[i])]
        loss+=sum([marg[j] for j in hit])
        for j in hit: dW[:,j]+=X[i]
        dW[:,y[i]]-=len(hit)*X[i]
        i+=1
    if DEBUG: print(loss)
    dW/=X.shape[0]; dW+=reg*2*W
    return array(loss/X.shape[0]+reg*sum(W*W)),dW.tolist()

def svm_loss_vectorized(W,X,y,reg):
    N=y.size
    s=(W.T@X.T)              # classes down
    m=fmax(s-s[y,arange(N)]+1,0)
    m[y,arange(N)]=0
    g=where(m>0,1.,0.); g[y,arange(N)]=-g.sum(0)
    print('loss so far',m.mean())
    return float(m.sum()/N+reg*(W**2).sum()),(g@X).T/N+W*(2*reg)

def softmax_loss_naive(W,X,y,reg):
    loss=[];dW=[]
    for a,t in zip(X,y):
        f=a@W; f=f-np.max(f); p=exp(f); p=p/p.sum()
        loss+=[log(exp(f).sum())-f[t]]
        p=[q-1 if k==t else q for k,q in enumerate(p)]
        dW+=[outer(a,p)]
    return mean(loss)+reg*square(W).sum(), mean(dW,axis=0)+reg*2*W

def softmax_loss_vectorized(W,X,y,reg):
    n=X.shape[0]; z=X@W; z=(z.T-z.max(axis=1)).T
    q=exp(z).T; S=q.sum(axis=0); q/=S
    q[y,list(range(n))]-=1
    q/=n
    return (log(S)-z[list(range(n)),y]).mean()+reg*sum(W*W),(q@X).T+2*reg*W

def softmax_loss(x,y):
    x=x-x.max(axis=1)[:,newaxis]; n=len(x)
    lp=x-log(exp(x).sum(1))[:,newaxis]
    d=exp(lp)/n
    for i in range(n): d[i,y[i]]-=1./n
    return array(-lp[range(n),y].sum()/n),asfortranarray(d)
