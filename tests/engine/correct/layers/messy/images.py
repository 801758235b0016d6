import numpy as np
def conv_forward_naive(x,w,b,conv_param):
    s=conv_param['stride'];p=conv_param.get('pad',0)
    xp=np.pad(x,[(0,0),(0,0),(p,p),(p,p)],'constant')
    ho=1+(xp.shape[2]-w.shape[2])//s; wo=1+(xp.shape[3]-w.shape[3])//s
    out=[]
    for im in xp:
        maps=[]
        for f in range(w.shape[0]):
            maps.append([[ (im[:,i*s:i*s+w.shape[2],j*s:j*s+w.shape[3]]*w[f]).sum()+b[f] for j in range(wo)] for i in range(ho)])
        out.append(maps)
    return [np.array(out,order='F'),{'x':x,'xp':xp,'w':w,'s':s,'p':p}]

def conv_backward_naive(dout,cache):
    xp=cache['xp'];w=cache['w'];s=cache['s'];p=cache['p']
    dxp=0*xp; dw=0*w
    for n,f,i,j in np.ndindex(*dout.shape):
        sl=np.s_[:,i*s:i*s+w.shape[2],j*s:j*s+w.shape[3]]
        dw[f]+=xp[n][sl]*dout[n,f,i,j]
        dxp[n][sl]+=w[f]*dout[n,f,i,j]
    dx=dxp
    if p>0: dx=dxp[:,:,p:-p,p:-p]
    return dx,dw,np.array([dout[:,f].sum() for f in range(len(w))])

def max_pool_forward_naive(x,pool_param):
    h,w,s=pool_param['pool_height'],pool_param['pool_width'],pool_param['stride']
    out=np.full((x.shape[0],x.shape[1],(x.shape[2]-h)//s+1,(x.shape[3]-w)//s+1),-np.inf)
    for u in range(h):
        for v in range(w):
            out=np.maximum(out,x[:,:,u::s,v::s][:,:,:out.shape[2],:out.shape[3]])
    return out,(x,out.copy(),pool_param)

def max_pool_backward_naive(dout,cache):
    x,out,q=cache
    s=q['stride']; d=np.zeros(x.shape); done=np.zeros(out.shape,bool)
    for u in range(q['pool_height']):
        for v in range(q['pool_width']):
            a=x[:,:,u::s,v::s][:,:,:out.shape[2],:out.shape[3]]
            view=d[:,:,u::s,v::s][:,:,:out.shape[2],:out.shape[3]]
            hit=(a>=out)&~done; done|=hit
            view+=np.where(hit,dout,0)          # first come, first served
    return d.tolist()

def spatial_batchnorm_forward(x,gamma,beta,bn_param):
    N,C,H,W=x.shape
    f=x.transpose(0,2,3,1).reshape(N*H*W,C)
    eps=bn_param.get('eps',1e-5)
    rm=bn_param.get('running_mean',np.zeros(C)); rv=bn_param.get('running_var',np.zeros(C))
    if bn_param['mode']=='train':
        mu,v=f.mean(0),f.var(0); k=bn_param.get('momentum',.9)
        rm=k*rm+(1-k)*mu; rv=k*rv+(1-k)*v
    else: mu,v=rm,rv
    bn_param['running_mean'],bn_param['running_var']=rm,rv
    h=(f-mu)/np.sqrt(v+eps)
    return (gamma*h+beta).reshape(N,H,W,C).transpose(0,3,1,2),(h,v,eps,gamma,x.shape)

def spatial_batchnorm_backward(dout,cache):
    h,v,eps,gamma,(N,C,H,W)=cache
    d=dout.transpose(0,2,3,1).reshape(-1,C)
    m=N*H*W
    g=d*gamma
    dx=1./m/np.sqrt(v+eps)*(m*g-np.sum(g,0)-h*np.sum(g*h,0))
    return np.asfortranarray(dx.reshape(N,H,W,C).transpose(0,3,1,2)),np.sum(d*h,0),np.sum(d,0)

def spatial_groupnorm_forward(x,gamma,beta,G,gn_param):
    parts=np.split(x,G,axis=1); hats=[];roots=[]
    for part in parts:
        m=part.mean((1,2,3),keepdims=True); v=part.var(axis=(1,2,3),keepdims=True)+gn_param.get('eps',1e-5)
        hats.append((part-m)/np.sqrt(v)); roots.append(np.sqrt(v))
    h=np.concatenate(hats,1)
    return h*gamma+beta,(h,roots,gamma,G)

def spatial_groupnorm_backward(dout,cache):
    h,roots,gamma,G=cache
    dx=[]
    for g,hh,r in zip(np.split(dout*gamma,G,axis=1),np.split(h,G,axis=1),roots):
        n=hh[0].size
        dx+=[(n*g-g.sum((1,2,3),keepdims=True)-hh*(g*hh).sum((1,2,3),keepdims=True))/(n*r)]
    return np.concatenate(dx,axis=1),(dout*h).sum((0,2,3)).reshape(gamma.shape),dout.sum((0,2,3))[None,:,None,None]
