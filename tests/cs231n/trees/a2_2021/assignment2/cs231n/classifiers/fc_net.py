from builtins import range
from builtins import object
import numpy as np

from ..layers import *
from ..layer_utils import *
from .. import layers as L


class FullyConnectedNet(object):
    """ {affine - [batch/layer norm] - relu - [dropout]} x (L - 1) - affine - softmax """

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
        self.normalization = normalization
        self.use_dropout = dropout_keep_ratio != 1
        self.reg = reg
        self.num_layers = 1 + len(hidden_dims)
        self.dtype = dtype
        self.params = {}
        # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
        dims = np.hstack([input_dim, hidden_dims, num_classes])
        for i in range(self.num_layers):
            self.params["W" + str(i + 1)] = weight_scale * np.random.randn(dims[i], dims[i + 1])
            self.params["b" + str(i + 1)] = np.zeros(dims[i + 1])
        if self.normalization:
            for i in range(self.num_layers - 1):
                self.params["gamma" + str(i + 1)] = np.ones(dims[i + 1])
                self.params["beta" + str(i + 1)] = np.zeros(dims[i + 1])
        # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
        self.dropout_param = {}
        if self.use_dropout:
            self.dropout_param = {"mode": "train", "p": dropout_keep_ratio}
            if seed is not None:
                self.dropout_param["seed"] = seed
        self.bn_params = []
        if self.normalization == "batchnorm":
            self.bn_params = [{"mode": "train"} for i in range(self.num_layers - 1)]
        if self.normalization == "layernorm":
            self.bn_params = [{} for i in range(self.num_layers - 1)]
        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)

    def _block(self, i):
        """parameters of hidden layer i"""
        return [self.params.get(n + str(i)) for n in ("W", "b", "gamma", "beta")]

    def _forward(self, x, i):
        W, b, gamma, beta = self._block(i)
        stack = []
        x, c = affine_forward(x, W, b); stack.append((affine_backward, c))
        if self.normalization == "batchnorm":
            x, c = batchnorm_forward(x, gamma, beta, self.bn_params[i - 1]); stack.append((batchnorm_backward, c))
        elif self.normalization == "layernorm":
            x, c = layernorm_forward(x, gamma, beta, self.bn_params[i - 1]); stack.append((layernorm_backward, c))
        x, c = relu_forward(x); stack.append((relu_backward, c))
        if self.use_dropout:
            x, c = dropout_forward(x, self.dropout_param); stack.append((dropout_backward, c))
        return x, stack

    def loss(self, X, y=None):
        X = X.astype(self.dtype)
        mode = "test" if y is None else "train"
        if self.use_dropout:
            self.dropout_param["mode"] = mode
        if self.normalization == "batchnorm":
            for bn_param in self.bn_params:
                bn_param["mode"] = mode
        scores = None
        # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
        stacks = {}
        out = X
        for i in range(1, self.num_layers):
            out, stacks[i] = self._forward(out, i)
        n = str(self.num_layers)
        scores, last = affine_forward(out, self.params["W" + n], self.params["b" + n])
        # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
        if mode == "test":
            return scores
        loss, grads = 0.0, {}
        # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
        loss, d = softmax_loss(scores, y)
        d, grads["W" + n], grads["b" + n] = affine_backward(d, last)
        for i in sorted(stacks, reverse=True):
            for back, c in stacks[i][::-1]:
                d = back(d, c)
                if back is affine_backward:
                    d, grads["W%d" % i], grads["b%d" % i] = d
                elif isinstance(d, tuple):
                    d, grads["gamma%d" % i], grads["beta%d" % i] = d
        for k, w in self.params.items():
            if k[0] == "W":
                loss += self.reg / 2 * np.sum(w ** 2)
                grads[k] += self.reg * w
        # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
        return loss, grads
