"""Wrong solutions of names that the other data hold fewer than twice."""

from tests.wrong.record import Wrong

D = ("D is the true derivative",)
MORE = {
    "deep_mlp": [
        Wrong(
            "softmax delta by the rule for element-wise activations, written out",
            "delta-on-softmax",
            "softmax_output_delta",
            """
import numpy as np

def softmax_output_delta(zL, y):
    p = np.exp(zL - zL.max()) / np.exp(zL - zL.max()).sum()
    target = np.zeros(p.shape)
    target[y] = 1.0
    return np.multiply(p - target, np.multiply(p, 1.0 - p))
""",
            D,
        ),
    ],
}
MORE["two_layer_mlp"] = [
    Wrong(
        "affine backward fills dx into an array of integers",
        "integer-cast",
        "affine_backward",
        """
import numpy as np

def affine_backward(dout, cache):
    x, w, b = cache
    flat = x.reshape(x.shape[0], -1)
    dx = np.zeros(flat.shape, dtype=int)
    dx[:] = dout.dot(w.T)
    return dx.reshape(x.shape), flat.T.dot(dout), dout.sum(axis=0)

def affine_forward(x, w, b):
    return x.reshape(x.shape[0], -1).dot(w) + b, (x, w, b)
""",
        ("dx is the true derivative",),
    ),
    Wrong(
        "rectifier backward rounds to whole numbers",
        "integer-cast",
        "relu_backward",
        """
import numpy as np

def relu_forward(x):
    return np.maximum(0, x), x

def relu_backward(dout, cache):
    return np.where(cache > 0, dout, 0).astype(np.int64)
""",
        ("dx is the true derivative",),
    ),
]
