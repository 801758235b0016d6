from deepstuff import *
from deepstuff import D_
import numpy as np
def _col(v): return np.asarray(v).reshape(-1,1)

def forward(W,b,h0,sigma):
    zs=(); hs=(h0,)
    for w,v in zip(W,b):
        z=np.asfortranarray(w@hs[-1]+v)
        zs+=(z,); hs+=(activation(sigma,z),)
    return [zs,hs]

def half_squared_error(h,t):
    print("err")
    return np.array(.5*((h-t)**2).sum()),(h-t).tolist()

def weight_jacobian(W):
    p,q=W.shape
    return [[[[int(a==i and b==j) for j in range(q)] for i in range(p)] for b in range(q)] for a in range(p)]

def gradient_by_index(W,zs,hs,dC,sigma):
    a,b,c=[np.array(D_(sigma,z)) for z in zs[-3:]]
    G=[]
    for i in range(W[-3].shape[0]):
        row=[]
        for j in range(W[-3].shape[1]):
            t=0
            for n in range(b.shape[0]):
                for m in range(c.shape[0]): t+=W[-2][n,i]*b[n,0]*W[-1][m,n]*dC[m,0]*c[m,0]
            row.append(t*a[i,0]*hs[-4][j,0])
        G.append(row)
    return G

def gradient_unrolled(W,zs,hs,dC,sigma):
    d=dC*D_(sigma,zs[-1])
    for k in (1,2):
        d=np.dot(W[-k].T,d)
        d=d*D_(sigma,zs[-k-1])
    print(d.T)
    return np.outer(d,hs[-4])

def output_delta(dC,zL,sigma):
    if sigma=='identity': return dC     # times 1
    return np.multiply(dC,D_(sigma,zL))

def hidden_delta(W_next,D_next,z,sigma):
    back=(D_next.T@W_next).T
    return back*np.array(D_(sigma,z))

def weight_gradient(D,h_prev): return np.outer(D,h_prev).tolist()
def bias_gradient(D): return D
def layer_jacobian(W,z_prev,sigma):
    d=np.array(D_(sigma,z_prev)).flatten()
    return (W.T*d[:,None]).T

def weight_to_preactivation_jacobian(W_next,z,h_prev,sigma):
    out=np.zeros((W_next.shape[0],W_next.shape[1],h_prev.shape[0]),order="F")
    J=layer_jacobian(W_next,z,sigma)
    for q in range(len(J)): out[q]=np.outer(J[q],h_prev)
    return out

def softmax_output_delta(zL,y):
    l=zL[:,0].tolist(); m=max(l)
    e=[exp(v-m) for v in l]; S=sum(e)
    return [[v/S-(k==y)] for k,v in enumerate(e)]

def backprop_batch(W,b,H0,T,sigma):
    zs,hs=forward(W,b,H0,sigma)
    d=np.array((hs[-1]-T)*D_(sigma,zs[-1]))
    dW={};db={}
    for l in range(len(W))[::-1]:
        dW[l]=d@hs[l].T; db[l]=d@np.ones((d.shape[1],1))
        if l==0: break
        d=hidden_delta(W[l],d,zs[l-1],sigma)
    return [dW[l] for l in range(len(W))],tuple(db[l] for l in range(len(W)))

def backprop(W,b,h0,t,sigma): return list(backprop_batch(W,b,h0,t,sigma))

def backprop_batch_rows(W,b,X,T,sigma):
    return backprop_batch(W,b,np.ascontiguousarray(X.T),T.T,sigma)

def update(W,b,dW,db,learning_rate):
    W=list(W); b=list(b)
    for l in range(len(W)):
        W[l]=W[l]-learning_rate*dW[l]
        b[l]=b[l]-learning_rate*db[l]
    return [W,b]
