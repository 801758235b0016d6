"""Normalisation of images: spatial batch norm, group norm."""

import numpy as np

from assignments.mistakes.norms import AXIS, backward, batchnorm_forward, pulled_back, scaled, statistics


def pixels(slip, x):
    """(N H W, C), one row a pixel."""
    C = x.shape[1]
    return slip.instead(
        lambda: x.transpose(0, 2, 3, 1).reshape(-1, C),
        ("", "images are reshaped without moving the channels to the end", lambda: x.reshape(-1, C)),
    )


def images(slip, rows, shape):
    """Back to (N, C, H, W)."""
    N, C, H, W = shape
    return slip.instead(
        lambda: rows.reshape(N, H, W, C).transpose(0, 3, 1, 2),
        (
            "transpose or none",
            "the axes are moved back in another order",
            lambda: rows.reshape(N, W, H, C).transpose(0, 3, 2, 1),
        ),
        ("", "rows are reshaped without moving the channels back", lambda: rows.reshape(shape)),
    )


def spatial_batchnorm_forward(slip, x, gamma, beta, bn_param):
    """Batch norm of pixels."""
    if slip(AXIS, "statistics run over the batch alone, each place by itself"):
        c = x - x.mean(axis=0)
        xhat = c / np.sqrt(x.var(axis=0) + bn_param.get("eps", 1e-5))
        return gamma[:, None, None] * xhat + beta[:, None, None]
    if slip(AXIS, "statistics run over the places of each image alone"):
        c = x - x.mean(axis=(2, 3), keepdims=True)
        xhat = c / np.sqrt(x.var(axis=(2, 3), keepdims=True) + bn_param.get("eps", 1e-5))
        return gamma[:, None, None] * xhat + beta[:, None, None]
    return images(slip, batchnorm_forward(slip, pixels(slip, x), gamma, beta, bn_param), x.shape)


def spatial_batchnorm_backward(slip, x, gamma, beta, bn_param, dout):
    """The count of the means is N H W."""
    N, C, H, W = x.shape
    eps = bn_param.get("eps", 1e-5)
    rows, drows = pixels(slip, x), pixels(slip, dout)
    dx, dgamma, dbeta = pulled_back(slip, rows, gamma, drows, 0, eps, H * W)
    c = rows - rows.mean(axis=0)
    std = np.sqrt(rows.var(axis=0) + eps)
    g = gamma * drows

    def counted(mean_of, var_of):
        m, v = g.sum(axis=0) / mean_of, (g * c / std).sum(axis=0) / var_of
        return (g - m - c / std * v) / std

    def partly(over):
        split = [a.reshape(N, H, W, C) for a in (g, c / std)]
        return without_means(*split, over).reshape(rows.shape) / std

    dx = slip.instead(
        lambda: dx,
        *(
            ("spatial-count", f"the means of {which} are divided by {name}, not N·H·W", formula)
            for name, n in (("N", N), ("H·W", H * W), ("N·H", N * H), ("N·W", N * W), ("N·C", N * C), ("C", C))
            for which, formula in (
                ("both paths", lambda n=n: counted(n, n)),
                ("the mean path", lambda n=n: counted(n, N * H * W)),
                ("the variance path", lambda n=n: counted(N * H * W, n)),
            )
        ),
        *(
            (f"{AXIS} or spatial-count", f"both paths sum over {what} alone", lambda over=over: partly(over))
            for what, over in (("the images", (0,)), ("the places of each image", (1, 2)))
        ),
    )
    return images(slip, dx, x.shape), dgamma, dbeta


def without_means(g, xhat, over):
    """The upstream gradient less what mean and variance carry, summed over some axes."""
    return g - g.mean(axis=over, keepdims=True) - xhat * (g * xhat).mean(axis=over, keepdims=True)


def grouped(slip, x, G):
    """(N G, C/G H W), one row a group of an image."""
    N, C, *_ = x.shape
    return slip.instead(
        lambda: x.reshape(N * G, -1),
        (AXIS, "every channel is a group by itself", lambda: x.reshape(N * C, -1)),
        (AXIS, "all channels are one group", lambda: x.reshape(N, -1)),
        ("", "G is taken for the number of channels in a group", lambda: x.reshape(N * (C // G), -1)),
    )


def spatial_groupnorm_forward(slip, x, gamma, beta, G, gn_param):
    """Layer norm of groups."""
    eps = gn_param.get("eps", 1e-5)
    N, C, H, W = x.shape
    if slip(AXIS, "images share the statistics of a group"):
        rows = x.reshape(N, G, -1).swapaxes(0, 1).reshape(G, -1)
        c, std = statistics(slip.right, rows, 1, eps)
        xhat = (c / std).reshape(G, N, -1).swapaxes(0, 1).reshape(x.shape)
        return gamma.reshape(-1, 1, 1) * xhat + beta.reshape(-1, 1, 1)
    if slip(AXIS, "groups hold every G-th channel, not neighbours"):
        rows = x.reshape(N, C // G, G, H, W).swapaxes(1, 2).reshape(N * G, -1)
        c, std = statistics(slip.right, rows, 1, eps)
        xhat = (c / std).reshape(N, G, C // G, H, W).swapaxes(1, 2).reshape(x.shape)
        return gamma.reshape(-1, 1, 1) * xhat + beta.reshape(-1, 1, 1)
    c, std = statistics(slip, grouped(slip, x, G), 1, eps)
    return scaled(slip, (c / std).reshape(x.shape), gamma.reshape(-1, 1, 1), beta.reshape(-1, 1, 1))


def spatial_groupnorm_backward(slip, x, gamma, beta, G, gn_param, dout):
    """The statistics belong to groups, γ and β to channels."""
    N, C, H, W = x.shape
    eps = gn_param.get("eps", 1e-5)
    rows = grouped(slip, x, G)
    wide = np.broadcast_to(gamma.reshape(-1, 1, 1), x.shape).reshape(rows.shape)
    drows = dout.reshape(rows.shape)
    dx, dgamma, dbeta = backward(slip, rows, wide, drows, 1, eps)
    c = rows - rows.mean(axis=1, keepdims=True)
    std, g = np.sqrt(rows.var(axis=1, keepdims=True) + eps), wide * drows

    def counted(n):
        m, v = g.sum(axis=1, keepdims=True) / n, (g * c / std).sum(axis=1, keepdims=True) / n
        return (g - m - c / std * v) / std

    def partly(over):
        split = [a.reshape(N, G, C // G, H, W) for a in (g, c / std)]
        return without_means(*split, over).reshape(rows.shape) / std

    dx = slip.instead(
        lambda: dx,
        *(
            ("spatial-count", f"the means are divided by {name}, not by the size of a group", lambda n=n: counted(n))
            for name, n in (("C/G", C // G), ("H·W", H * W), ("N·H·W", N * H * W), ("C·H·W", C * H * W), ("N", N))
        ),
        *(
            (AXIS, f"both paths sum over {what}", lambda over=over: partly(over))
            for what, over in (
                ("the places of each channel alone", (3, 4)),
                ("the channels of a group alone, place by place", (2,)),
                ("rows and channels of a group alone", (2, 3)),
                ("columns and channels of a group alone", (2, 4)),
                ("a group of the whole batch", (0, 2, 3, 4)),
                ("all groups of an image", (1, 2, 3, 4)),
                ("the batch alone", (0,)),
                ("the batch and the places, channel by channel", (0, 3, 4)),
            )
        ),
    )
    return dx.reshape(x.shape), *(
        channels(slip, e.reshape(x.shape), gamma, n) for e, n in ((dgamma, "dgamma"), (dbeta, "dbeta"))
    )


def channels(slip, entries, gamma, name):
    """The sum over images and places."""
    N, _, H, W = entries.shape
    total = entries.sum(axis=(0, 2, 3)).reshape(gamma.shape)
    return slip.instead(
        lambda: total,
        ("shape", f"{name} loses its axes", total.ravel),
        ("bias-mean or extra-1/N", f"{name} is a mean over the images", lambda: total / N),
        ("spatial-count or bias-mean", f"{name} is a mean over the places", lambda: total / (H * W)),
        ("bias-not-summed", f"{name} is summed over images alone", lambda: entries.sum(axis=0)),
        (
            "spatial-count or bias-mean",
            f"{name} is a mean over images and places",
            lambda: total / (N * H * W),
        ),
    )
