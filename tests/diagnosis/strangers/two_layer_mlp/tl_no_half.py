import numpy as np

def two_layer_loss(params, X, y, reg):
    def sq(a):
        return float(np.einsum('ij,ij->', a, a))
    W, c, w, b = params['W'], params['c'], params['w'], params['b']
    U = np.einsum('nd,dh->nh', X, W) + c
    H = np.clip(U, 0, None)
    Z = np.einsum('nh,hc->nc', H, w) + b
    Z -= Z.max(axis=1, keepdims=True)
    E = np.exp(Z)
    P = E / E.sum(axis=1, keepdims=True)
    y = np.asarray(y)
    T = np.eye(P.shape[1])[y] if y.ndim == 1 else y
    N = X.shape[0]
    loss = -np.sum(T * np.log(P)) / N + reg * (sq(W) + sq(w))
    G = (P - T) / N
    dU = np.einsum('nc,hc->nh', G, w) * (U > 0)
    return loss, {'W': np.einsum('nd,nh->dh', X, dU) + reg * W,
                  'c': dU.sum(0),
                  'w': np.einsum('nh,nc->hc', H, G) + reg * w,
                  'b': G.sum(0)}
