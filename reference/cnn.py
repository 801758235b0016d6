"""A convolutional net with three layers, put together from layers."""

import numpy as np

from reference.affine import affine_backward, affine_forward
from reference.convolution import conv_backward_naive, conv_forward_naive
from reference.linear_softmax import softmax_loss
from reference.pooling import max_pool_backward_naive, max_pool_forward_naive
from reference.relu import relu_backward, relu_forward


class ThreeLayerConvNet:
    """A net of convolution, ReLU, 2 × 2 pooling, affine, ReLU, affine, softmax. `params` holds W1, b1 … W3, b3.

    The convolution has stride 1 and keeps the size of the image: its rim is (filter_size − 1) // 2 wide, for filters of
    odd size. What is drawn here is where training starts; it is not graded.
    """

    def __init__(
        self,
        input_dim=(3, 32, 32),
        num_filters=32,
        filter_size=7,
        hidden_dim=100,
        num_classes=10,
        weight_scale=1e-3,
        reg=0.0,
        dtype=np.float32,
    ):
        self.reg, self.dtype = reg, dtype
        C, H, W = input_dim
        pooled = num_filters * (H // 2) * (W // 2)
        self.params = {
            "W1": weight_scale * np.random.randn(num_filters, C, filter_size, filter_size),
            "b1": np.zeros(num_filters),
            "W2": weight_scale * np.random.randn(pooled, hidden_dim),
            "b2": np.zeros(hidden_dim),
            "W3": weight_scale * np.random.randn(hidden_dim, num_classes),
            "b3": np.zeros(num_classes),
        }
        self.params = {name: array.astype(dtype) for name, array in self.params.items()}

    def loss(self, X, y=None):
        """Compute the loss and the gradients of all parameters: return (loss, grads), or the scores where y is None.

        s = max(0, pool(max(0, conv(X, W1) + b1)) W2 + b2) W3 + b3
        loss = −(1/N) Σ_i log softmax(s_i)_{y_i} + ½ λ (Σ W1² + Σ W2² + Σ W3²), with λ = reg
        [CS:ThreeLayerConvNet.loss]

        The filters move by 1 over images with a rim of (HH − 1) // 2 zeros; pooling windows are 2 × 2, side by side.
        grads has the keys of params.

        Note
            The penalty has a ½ and leaves the biases out.

        Shapes
            X       (N, C, H, W)
            y       (N,)    integer labels, 0 to K − 1, or None
            W1      (F, C, HH, HH)
            W2      (F·(H/2)·(W/2), M)
            W3      (M, K)
            loss    ()
            scores  (N, K)

        Source: signature of CS231n's cnn.
        """
        # BEGIN SOLUTION
        return three_layer_conv_net_loss({"reg": self.reg}, self.params, X, y)
        # END SOLUTION


def three_layer_conv_net_loss(construct, params, X, y):
    """Compute loss and gradients of a convolutional net: return (loss, grads), or the scores where y is None.

    s = max(0, pool(max(0, conv(X, W1) + b1)) W2 + b2) W3 + b3
    loss = −(1/N) Σ_i log softmax(s_i)_{y_i} + ½ λ (Σ W1² + Σ W2² + Σ W3²)   [CS:ThreeLayerConvNet.loss]

    λ = construct["reg"], 0 where it is not given; the stride is 1, the rim (HH − 1) // 2, and pooling is 2 × 2. grads
    has the keys of params.

    Shapes
        params["W1"]  (F, C, HH, HH)
        params["b1"]  (F,)
        params["W2"]  (F·(H/2)·(W/2), M)
        params["b2"]  (M,)
        params["W3"]  (M, K)
        params["b3"]  (K,)
        X             (N, C, H, W)
        y             (N,)    integer labels, 0 to K − 1, or None
        loss          ()

    Source: signature of CS231n's cnn, as a function of what the net is made with.
    """
    # BEGIN SOLUTION
    # Layer by layer up and back. The affine layer lays its input out flat by itself and gives the gradient back in the
    # shape of the pooled images. Each W also has its penalty's λ W.
    reg, W1, W2, W3 = construct.get("reg", 0), params["W1"], params["W2"], params["W3"]
    rim, window = {"stride": 1, "pad": (W1.shape[2] - 1) // 2}, {"pool_height": 2, "pool_width": 2, "stride": 2}
    a, conv = conv_forward_naive(X, W1, params["b1"], rim)        # (N, F, H, W)
    positive, first = relu_forward(a)                             # (N, F, H, W)
    pooled, pool = max_pool_forward_naive(positive, window)       # (N, F, H/2, W/2)
    u, hidden = affine_forward(pooled, W2, params["b2"])          # (N, M)
    h, second = relu_forward(u)                                   # (N, M)
    s, last = affine_forward(h, W3, params["b3"])                 # (N, K)
    if y is None:
        return s
    loss, ds = softmax_loss(s, y)                                 # (N, K)
    dh, dW3, db3 = affine_backward(ds, last)
    dpooled, dW2, db2 = affine_backward(relu_backward(dh, second), hidden)
    da = relu_backward(max_pool_backward_naive(dpooled, pool), first)          # (N, F, H, W)
    _, dW1, db1 = conv_backward_naive(da, conv)
    loss = loss + reg * (np.sum(W1 * W1) + np.sum(W2 * W2) + np.sum(W3 * W3)) / 2
    return loss, {"W1": dW1 + reg * W1, "b1": db1, "W2": dW2 + reg * W2, "b2": db2, "W3": dW3 + reg * W3, "b3": db3}
    # END SOLUTION
