"""A net with one hidden layer, put together from layers."""

import numpy as np
from layers import affine_backward, affine_forward, softmax_loss, relu_backward, relu_forward


class TwoLayerNet:
    """A net with one hidden layer: affine, ReLU, affine, softmax. `params` holds W1, b1, W2 and b2.

    `reg` is the strength λ of the penalty. What is drawn here is where training starts; it is not graded.
    """

    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = {
            "W1": weight_scale * np.random.randn(input_dim, hidden_dim),
            "b1": np.zeros(hidden_dim),
            "W2": weight_scale * np.random.randn(hidden_dim, num_classes),
            "b2": np.zeros(num_classes),
        }

    def loss(self, X, y=None):
        """Compute the loss and the gradients of all parameters: return (loss, grads), or the scores where y is None.

        s = max(0, X W1 + b1) W2 + b2,   loss = −(1/N) Σ_i log softmax(s_i)_{y_i} + ½ λ (Σ W1² + Σ W2²), with λ = reg
        [CS:TwoLayerNet.loss]

        grads has the keys of params.

        Note
            The penalty has a ½ and leaves the biases out.

        Shapes
            X       (N, d1, …, dk)    laid out flat, an example has D numbers
            y       (N,)    integer labels, 0 to C − 1, or None
            W1      (D, H)
            b1      (H,)
            W2      (H, C)
            b2      (C,)
            loss    ()
            scores  (N, C)

        Source: signature of CS231n's fc_net.
        """
        ####################################################################################################
        # TODO: derive TwoLayerNet.loss on paper, then write it here in place of the `raise`.              #
        # Equations graded here: CS:TwoLayerNet.loss.                                                      #
        ####################################################################################################
        raise NotImplementedError
