"""A convolutional net with three layers, put together from layers."""

import numpy as np
from layers import affine_backward, affine_forward, conv_backward_naive, conv_forward_naive, max_pool_backward_naive, max_pool_forward_naive, relu_backward, relu_forward


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
        ####################################################################################################
        # TODO: derive ThreeLayerConvNet.loss on paper, then write it here in place of the `raise`.        #
        # Equations graded here: CS:ThreeLayerConvNet.loss.                                                #
        ####################################################################################################
        raise NotImplementedError
