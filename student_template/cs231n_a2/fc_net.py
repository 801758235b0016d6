"""Fully connected nets, put together from layers."""

import numpy as np
from layers import affine_backward, affine_forward, batchnorm_backward, batchnorm_forward, dropout_backward, dropout_forward, layernorm_backward, layernorm_forward, relu_backward, relu_forward


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


class FullyConnectedNet:
    """A net with any number of hidden layers: affine, normalisation, ReLU and dropout in each, then affine, softmax.

    `params` holds W1, b1 … WL, bL, and with normalisation gamma1, beta1 … of the hidden layers. `normalization` is
    None, "batchnorm" or "layernorm"; `dropout_keep_ratio` 1 is no dropout. `bn_params` has a dict of settings for each
    hidden layer; `dropout_param` is {} without dropout. What is drawn here is where training starts; it is not graded.
    """

    def __init__(
        self,
        hidden_dims,
        input_dim=3 * 32 * 32,
        num_classes=10,
        dropout_keep_ratio=1,
        normalization=None,
        reg=0.0,
        weight_scale=1e-2,
        dtype=np.float32,
        seed=None,
    ):
        self.reg, self.normalization, self.dtype = reg, normalization, dtype
        self.use_dropout, self.num_layers = dropout_keep_ratio != 1, 1 + len(hidden_dims)
        self.settings = {
            "hidden_dims": hidden_dims,
            "normalization": normalization,
            "dropout_keep_ratio": dropout_keep_ratio,
            "reg": reg,
            "seed": seed,
        }
        self.params = {}
        widths = [input_dim, *hidden_dims, num_classes]
        for k in range(1, len(widths)):
            self.params[f"W{k}"] = weight_scale * np.random.randn(widths[k - 1], widths[k])
            self.params[f"b{k}"] = np.zeros(widths[k])
            if normalization and k < self.num_layers:
                self.params[f"gamma{k}"], self.params[f"beta{k}"] = np.ones(widths[k]), np.zeros(widths[k])
        self.dropout_param = {"mode": "train", "p": dropout_keep_ratio} if self.use_dropout else {}
        if self.use_dropout and seed is not None:
            self.dropout_param["seed"] = seed
        self.bn_params = [{"mode": "train"} for _ in hidden_dims] if normalization == "batchnorm" else []
        self.params = {name: array.astype(dtype) for name, array in self.params.items()}

    def loss(self, X, y=None):
        """Compute the loss and the gradients of all parameters: return (loss, grads), or the scores where y is None.

        h_0 = X,   h_k = drop(max(0, norm_k(h_{k−1} W_k + b_k))) for k < L,   s = h_{L−1} W_L + b_L
        loss = −(1/N) Σ_i log softmax(s_i)_{y_i} + ½ λ Σ_k Σ W_k², with λ = reg   [CS:FullyConnectedNet.loss]

        norm_k is batch or layer normalisation with γ_k and β_k, or nothing; drop is dropout, or nothing. Without labels
        both behave as in testing. grads has the keys of params.

        Note
            The penalty has a ½ and is taken of the W alone: neither b, nor γ, nor β.

        Shapes
            X       (N, d1, …, dk)    laid out flat, an example has D numbers
            y       (N,)    integer labels, 0 to C − 1, or None
            loss    ()
            scores  (N, C)

        Source: signature of CS231n's fc_net.
        """
        ####################################################################################################
        # TODO: derive FullyConnectedNet.loss on paper, then write it here in place of the `raise`.        #
        # Equations graded here: CS:FullyConnectedNet.loss.                                                #
        ####################################################################################################
        raise NotImplementedError
