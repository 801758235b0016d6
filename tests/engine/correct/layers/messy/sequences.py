from numpy import *
import numpy as np
def sg(a): 
    p=a>=0; z=zeros_like(a); z[p]=exp(-a[p]); z[~p]=exp(a[~p]); t=ones_like(a); t[~p]=z[~p]
    return t/(1+z)

def rnn_step_forward(x,prev_h,Wx,Wh,b):
    n=tanh(dot(x,Wx)+dot(prev_h,Wh)+b)
    return n,[x,prev_h,Wx,Wh,n]

def rnn_step_backward(dnext_h,cache):
    x,ph,Wx,Wh,n=cache
    q=dnext_h*(1-n)*(1+n)
    return [(Wx@q.T).T,(Wh@q.T).T,(q.T@x).T,(q.T@ph).T,q.sum(0).tolist()]

def rnn_forward(x,h0,Wx,Wh,b):
    X=x.transpose(1,0,2); h=[]; c=[]
    for xt in X:
        nh,k=rnn_step_forward(xt,h[-1] if h else h0,Wx,Wh,b)
        h.append(nh);c.append(k)
    return asarray(h).transpose(1,0,2),c

def rnn_backward(dh,cache):
    N,T,H=dh.shape
    dh=dh.copy()                     # I add into it, so copy first
    dWx=zeros_like(cache[0][2]);dWh=zeros_like(cache[0][3]);db=zeros(H);dx=[]
    for t in range(T)[::-1]:
        a,p,w,u,v=rnn_step_backward(dh[:,t],cache[t])
        if t>0: dh[:,t-1]+=p
        dWx+=w;dWh+=u;db+=v
        dx=[a]+dx
    return asfortranarray(np.stack(dx,1)),p,dWx,dWh,db

def lstm_step_forward(x,prev_h,prev_c,Wx,Wh,b):
    H=Wh.shape[0]; a=x@Wx+prev_h@Wh+b
    s=sg(a[:,:3*H]); i,f,o=s[:,:H],s[:,H:2*H],s[:,2*H:]
    g=tanh(a[:,-H:]); c=f*prev_c; c+=i*g
    tc=tanh(c)
    return [o*tc,c,(x,prev_h,prev_c,Wx,Wh,i,f,o,g,tc)]

def lstm_step_backward(dnext_h,dnext_c,cache):
    x,ph,pc,Wx,Wh,i,f,o,g,tc=cache
    H=ph.shape[1]
    dc=dnext_h*o; dc*=1-tc**2; dc+=dnext_c
    da=empty((len(x),4*H),order='F')
    da[:,:H]=dc*g*i*(1-i)
    da[:,H:2*H]=dc*pc*f*(1-f)
    da[:,2*H:3*H]=dnext_h*tc*o*(1-o)
    da[:,3*H:]=dc*i*(1-g*g)
    return da@Wx.T,da@Wh.T,dc*f,x.T@da,ph.T@da,[float(z) for z in da.sum(0)]

def lstm_forward(x,h0,Wx,Wh,b):
    h=zeros((x.shape[0],x.shape[1],h0.shape[1])); cc=[];ph=h0;pc=h0*0
    for t in range(x.shape[1]):
        ph,pc,k=lstm_step_forward(x[:,t,:],ph,pc,Wx,Wh,b); h[:,t,:]=ph; cc.append(k)
    return h,tuple(cc)

def lstm_backward(dh,cache):
    N,T,H=dh.shape
    g=[0,0,0]; nh=nc=0; dx=[]
    t=T
    while t:
        t-=1
        r=lstm_step_backward(dh[:,t]+nh,nc,cache[t])
        dx.insert(0,r[0]);nh=r[1];nc=r[2]
        g=[a+array(b_) for a,b_ in zip(g,r[3:])]
    return array(dx).swapaxes(0,1),nh,g[0],g[1],g[2]

def word_embedding_forward(x,W):
    return [[W[w].tolist() for w in r] for r in x],(x,W.shape)

def word_embedding_backward(dout,cache):
    x,s=cache
    dW=zeros(s)
    for w in set(x.ravel().tolist()): dW[w]=dout[x==w].sum(axis=0)
    return dW

def temporal_affine_forward(x,w,b):
    y=array([xx.dot(w) for xx in x]); y+=b
    return y,(x,w)

def temporal_affine_backward(dout,cache):
    x,w=cache
    dw=0
    for a,d in zip(x,dout): dw=dw+a.T.dot(d)
    return dout.dot(w.T),dw,dout.sum(0).sum(0)

def temporal_softmax_loss(x,y,mask,verbose=False):
    z=x-x.max(-1,keepdims=True); L=log(exp(z).sum(-1))
    n,t=indices(y.shape)
    loss=((L-z[n,t,y])*mask).sum()/x.shape[0]
    d=exp(z-L[...,None]); d[n,t,y]-=1; d/=x.shape[0]; d[mask==False]=0
    print('masked',mask.sum())
    return array(loss),d
