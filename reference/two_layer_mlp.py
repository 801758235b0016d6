"""The two-layer perceptron as a whole: loss and gradients, one step of descent, a training run."""

from reference.affine import affine_backward, affine_forward
from reference.losses import l2_penalty, softmax_loss
from reference.relu import relu_backward, relu_forward


def two_layer_loss(params, X, y, reg):
    """Compute the loss of affine, ReLU, affine, softmax and all four gradients: return (loss, grads).

    u = X W + c [MLP-1],   h = max(0, u) [MLP-2],   z = h w + b [MLP-3],   p = softmax(z) [MLP-4] [MLP-6] [MLP-7]

    loss = (1/N) Σ_i L_i + ½ λ (Σ W² + Σ w²), with λ = reg [MLP-5]

    grads has the keys of params, each entry ∂loss/∂(that parameter) and shaped like it. The way back meets the
    scores [MLP-8], the second layer [MLP-9] [MLP-10] [MLP-11], the rectifier [MLP-15] [MLP-16] [MLP-17] [MLP-18]
    and the first layer [MLP-12] [MLP-13] [MLP-19]. The whole can be checked by differences [MLP-14] and is what
    training descends [MLP-20].

    Note
        Each gradient belongs to this loss: the mean over examples, and the penalty on W and on w.

    Shapes
        params["W"]  (D, H)
        params["c"]  (H,)
        params["w"]  (H, C)
        params["b"]  (C,)
        X            (N, D)
        y            (N,)    integer labels 0 to C − 1, or (N, C) one-hot
        reg          ()
        loss         ()

    Source: "Backpropagation Guide", COMS 4732 Computer Vision 2, Jaidev Shah.
    """
    # BEGIN SOLUTION
    # Backwards through the layers in reverse order. W and w reach the loss on two paths, through the scores and
    # through the penalty, and the two contributions add; the biases have the first path alone.
    u, first = affine_forward(X, params["W"], params["c"])        # (N, H)
    h, rectifier = relu_forward(u)                                # (N, H)
    z, second = affine_forward(h, params["w"], params["b"])       # (N, C)
    data_loss, dz = softmax_loss(z, y)                            # (N, C), holds the 1/N for all that follows
    penalty, penalty_dW, penalty_dw = l2_penalty(params["W"], params["w"], reg)
    dh, dw, db = affine_backward(dz, second)
    _, dW, dc = affine_backward(relu_backward(dh, rectifier), first)
    return data_loss + penalty, {"W": dW + penalty_dW, "c": dc, "w": dw + penalty_dw, "b": db}
    # END SOLUTION


def sgd_step(params, grads, learning_rate):
    """Move every parameter one step down its gradient: return a new dict.

    θ ← θ − η dθ for θ in W, c, w, b, with η = learning_rate   [MLP-20]

    Neither params, nor grads, nor any array in them is changed.

    Shapes
        params[k]      any
        grads[k]       like params[k]
        learning_rate  ()

    Source: "Backpropagation Guide", COMS 4732 Computer Vision 2, Jaidev Shah.
    """
    # BEGIN SOLUTION
    # A new array for each: `-=` would write into the caller's.
    return {name: theta - learning_rate * grads[name] for name, theta in params.items()}
    # END SOLUTION


def train(params, X, y, reg, learning_rate, steps):
    """Run full-batch gradient descent: return (params, losses).

    θ ← θ − η dθ, repeated `steps` times   [MLP-20]

    losses[t] is two_layer_loss, penalty included, before step t. With steps = 0 the parameters come back equal
    and losses is empty. The argument params is not changed.

    Shapes
        params  as in two_layer_loss
        X       (N, D)
        y       (N,)    integer labels 0 to C − 1
        losses  (steps,)

    Source: "Backpropagation Guide", COMS 4732 Computer Vision 2, Jaidev Shah.
    """
    # BEGIN SOLUTION
    params = {name: theta.copy() for name, theta in params.items()}
    losses = []
    for _ in range(steps):
        loss, grads = two_layer_loss(params, X, y, reg)     # at the parameters before this step
        losses.append(loss)
        params = sgd_step(params, grads, learning_rate)     # a new dict; the caller's stays as it was
    return params, losses
    # END SOLUTION
