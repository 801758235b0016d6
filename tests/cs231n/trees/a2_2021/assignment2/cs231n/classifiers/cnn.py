from builtins import object
import numpy as np

from ..layers import *
from ..fast_layers import *
from ..layer_utils import *


class ThreeLayerConvNet(object):
    def __init__(self, input_dim=(3, 32, 32), num_filters=32, filter_size=7,
                 hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0,
                 dtype=np.float32):
        self.params = {}
        self.reg = reg
        self.dtype = dtype
        C, H, W = input_dim
        F = num_filters
        self.params["W1"] = np.random.randn(F, C, filter_size, filter_size) * weight_scale
        self.params["b1"] = np.zeros(F)
        self.params["W2"] = np.random.randn(F * (H // 2) * (W // 2), hidden_dim) * weight_scale
        self.params["b2"] = np.zeros(hidden_dim)
        self.params["W3"] = np.random.randn(hidden_dim, num_classes) * weight_scale
        self.params["b3"] = np.zeros(num_classes)
        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)

    def loss(self, X, y=None):
        W1, b1 = self.params["W1"], self.params["b1"]
        W2, b2 = self.params["W2"], self.params["b2"]
        W3, b3 = self.params["W3"], self.params["b3"]
        filter_size = W1.shape[2]
        conv_param = {"stride": 1, "pad": (filter_size - 1) // 2}
        pool_param = {"pool_height": 2, "pool_width": 2, "stride": 2}

        conv, c1 = conv_forward_fast(X, W1, b1, conv_param)
        act, c2 = relu_forward(conv)
        pool, c3 = max_pool_forward_fast(act, pool_param)
        hid, c4 = affine_relu_forward(pool, W2, b2)
        scores, c5 = affine_forward(hid, W3, b3)
        if y is None:
            return scores

        grads = {}
        loss, d = softmax_loss(scores, y)
        loss += 0.5 * self.reg * ((W1 ** 2).sum() + (W2 ** 2).sum() + (W3 ** 2).sum())
        d, dW3, grads["b3"] = affine_backward(d, c5)
        d, dW2, grads["b2"] = affine_relu_backward(d, c4)
        d = max_pool_backward_fast(d, c3)
        d = relu_backward(d, c2)
        d, dW1, grads["b1"] = conv_backward_fast(d, c1)
        grads.update({"W1": dW1 + self.reg * W1, "W2": dW2 + self.reg * W2, "W3": dW3 + self.reg * W3})
        return loss, grads
