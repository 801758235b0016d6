"""Convolution, ReLU, pooling, affine, ReLU, affine, softmax, with a penalty on every W_k."""

from assignments.mistakes import affine, images, nets, relu, softmax

WINDOW = {"pool_height": 2, "pool_width": 2, "stride": 2}


def three_layers(slip, construct, params, X, y):
    """(loss, grads), or the scores where y is None; convolution and pooling themselves are graded elsewhere."""
    N, W1 = len(X), params["W1"]
    rim = {"stride": 1, "pad": (W1.shape[2] - 1) // 2}
    a = images.conv_forward(slip.right, X, W1, params["b1"], rim)
    pooled = images.max_pool_forward(slip.right, relu.forward(slip, a), WINDOW)
    flat = pooled.reshape(N, -1)
    u = affine.forward(slip.within("second layer"), flat, params["W2"], params["b2"])
    h = relu.forward(slip, u)
    s = affine.forward(slip.within("last layer"), h, params["W3"], params["b3"])
    if y is None:
        return s
    Y, grads = softmax.labels(slip, s, y), {}
    d = nets.pulled(
        slip.within("last layer"), grads, params, 3, h, u, softmax.scores_gradient(slip, s, Y, y, mean=True)
    )
    d = relu.backward(slip.within("second layer"), d, u)
    d = nets.pulled(slip.within("second layer"), grads, params, 2, flat, flat, d)
    da = images.max_pool_backward(slip.right, relu.forward(slip.right, a), WINDOW, d.reshape(pooled.shape))
    da = relu.backward(slip.within("first layer"), da, a)
    _, grads["W1"], grads["b1"] = images.conv_backward(slip.right, X, W1, params["b1"], rim, da)
    data = softmax.data_loss(slip, s, Y, mean=True)
    return nets.penalised(slip, params, 3, data, grads, construct.get("reg", 0), 0.5, N)
