"""Convolution and max pooling."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def windows(x, height, width, stride):
    """(N, C, H', W', height, width): every window of an image."""
    return sliding_window_view(x, (height, width), axis=(2, 3))[:, :, ::stride, ::stride]


def padded(slip, x, p):
    """x with a rim of p zeros."""
    rim = ((0, 0), (0, 0), (p, p), (p, p))
    return slip.instead(
        lambda: np.pad(x, rim),
        ("", "the rim repeats the edge", lambda: np.pad(x, rim, mode="edge")),
        ("", "the rim reflects the image", lambda: np.pad(x, rim, mode="reflect")),
        ("", "rows of zeros are added on one side only", lambda: np.pad(x, ((0, 0), (0, 0), (0, 2 * p), (0, 2 * p)))),
    )


def conv_forward(slip, x, w, b, conv_param):
    """out[n, f, i, j] = b_f + Σ w · window."""
    p, s = conv_param["pad"], conv_param["stride"]
    if slip("", "the rim is always 1"):
        p = 1
    if slip("", "the rim is left out"):
        p = 0
    if slip("", "the stride is not used"):
        s = 1
    if slip("", "the filter is flipped"):
        w = w[:, :, ::-1, ::-1]
    if slip("", "only the first channel counts"):
        w = np.where(np.arange(w.shape[1])[:, None, None] == 0, w, 0.0)
    if slip("transpose or none", "height and width of the filter change places, where that fits"):
        w = w.swapaxes(2, 3)
    out = np.einsum("ncijuv,fcuv->nfij", windows(padded(slip, x, p), *w.shape[2:], s), w)
    return slip.instead(
        lambda: out + b[:, None, None],
        ("", "the bias is left out", lambda: out),
        ("", "the bias is added at every pixel of the window", lambda: out + b[:, None, None] * w[0].size),
        ("", "the sum is a mean over the window", lambda: out / w[0].size + b[:, None, None]),
    )


def conv_backward(slip, x, w, b, conv_param, dout):
    """(dx, dw, db)."""
    p, s = conv_param["pad"], conv_param["stride"]
    xpad = padded(slip, x, p)
    seen = windows(xpad, *w.shape[2:], s)[:, :, : dout.shape[2], : dout.shape[3]]
    return conv_input(slip, x, w, dout, p, s), conv_weights(slip, x, seen, w, dout, s), conv_bias(slip, dout)


def conv_weights(slip, x, seen, w, dout, s):
    """Σ over images and places."""
    right = np.einsum("nfij,ncijuv->fcuv", dout, seen)
    return slip.instead(
        lambda: right,
        ("overwrite-for-accumulate", "dw keeps the last window alone", lambda: at(dout, seen, -1, -1)),
        (
            "overwrite-for-accumulate",
            "dw keeps the last window of the last image",
            lambda: at(dout[-1:], seen[-1:], -1, -1),
        ),
        ("overwrite-for-accumulate", "dw is that of the last image", lambda: of(dout[-1:], seen[-1:])),
        ("overwrite-for-accumulate or none", "dw is that of the first image", lambda: of(dout[:1], seen[:1])),
        ("wrong-operand or none", "dw reads the image without its rim", lambda: unpadded(x, w, dout, s)),
        ("transpose", "height and width of dw change places, where that fits", lambda: right.swapaxes(2, 3)),
        ("transpose", "filters and channels of dw change places, where that fits", lambda: right.swapaxes(0, 1)),
        ("transpose", "dw is flipped", lambda: right[:, :, ::-1, ::-1]),
        ("extra-1/N", "dw is divided by N", lambda: right / len(x)),
        ("spatial-count or extra-1/N", "dw is a mean over the places", lambda: right / (dout.shape[2] * dout.shape[3])),
        ("", "the upstream gradient is ignored in dw", lambda: of(np.ones_like(dout), seen)),
    )


def of(dout, seen):
    """The product of some images."""
    return np.einsum("nfij,ncijuv->fcuv", dout, seen)


def at(dout, seen, i, j):
    """The product of one place."""
    return np.einsum("nf,ncuv->fcuv", dout[:, :, i, j], seen[:, :, i, j])


def unpadded(x, w, dout, s):
    """With windows of the bare image, as far as they go."""
    seen = windows(x, *w.shape[2:], s)
    H, W = min(seen.shape[2], dout.shape[2]), min(seen.shape[3], dout.shape[3])
    return of(dout[:, :, :H, :W], seen[:, :, :H, :W])


def conv_bias(slip, dout):
    """Σ over images and places."""
    N, _, H, W = dout.shape
    right = dout.sum(axis=(0, 2, 3))
    return slip.instead(
        lambda: right,
        ("bias-not-summed", "db is summed over the images alone", lambda: dout.sum(axis=0)),
        ("bias-not-summed", "db forgets the rows of places", lambda: dout.sum(axis=(0, 3))),
        (
            "bias-not-summed or overwrite-for-accumulate",
            "db forgets to sum the rows: the last row alone",
            lambda: dout[:, :, -1].sum(axis=(0, 2)),
        ),
        (
            "bias-not-summed or overwrite-for-accumulate",
            "db forgets to sum the rows: the first row alone",
            lambda: dout[:, :, 0].sum(axis=(0, 2)),
        ),
        (
            "bias-not-summed or overwrite-for-accumulate",
            "db forgets to sum the columns: the last column alone",
            lambda: dout[..., -1].sum(axis=(0, 2)),
        ),
        (
            "bias-not-summed or overwrite-for-accumulate",
            "db forgets to sum the columns: the first alone",
            lambda: dout[..., 0].sum(axis=(0, 2)),
        ),
        ("bias-not-summed or none", "db is that of the first image", lambda: dout[0].sum(axis=(1, 2))),
        ("overwrite-for-accumulate", "db is that of the last image", lambda: dout[-1].sum(axis=(1, 2))),
        ("bias-mean", "db is a mean over the batch", lambda: right / N),
        ("bias-mean or spatial-count", "db is a mean over images and places", lambda: right / (N * H * W)),
        ("bias-mean or spatial-count", "db is a mean over the places", lambda: right / (H * W)),
        ("bias-not-summed or transpose", "db sums filters for images", lambda: dout.sum(axis=(1, 2, 3))),
    )


def conv_input(slip, x, w, dout, p, s):
    """Every window adds its share; the rim is cut off."""
    (N, C, H, W), (_, _, high, wide) = x.shape, w.shape
    used = slip.instead(
        lambda: w,
        ("", "dx reads the filter flipped", lambda: w[:, :, ::-1, ::-1]),
        ("transpose", "dx reads filters for channels, where there are as many", lambda: w.swapaxes(0, 1)),
        ("transpose", "dx reads the filter with height and width exchanged", lambda: w.swapaxes(2, 3)),
    )
    overwriting = slip("overwrite-for-accumulate", "windows overwrite one another in dx")
    step = 1 if slip("", "the stride is forgotten in dx") else s
    d = np.zeros((N, C, H + 2 * p, W + 2 * p))
    shares = np.einsum("nfij,fcuv->nijcuv", dout, used)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            place = d[:, :, i * step : i * step + high, j * step : j * step + wide]
            place[...] = shares[:, i, j] if overwriting else place + shares[:, i, j]
    return slip.instead(
        lambda: d[:, :, p : p + H, p : p + W],
        ("conv-crop", "dx is not cropped: the rim stays on", lambda: d),
        ("conv-crop", "dx is cropped by [pad:-pad], which is empty where pad = 0", lambda: d[:, :, p:-p, p:-p]),
        ("conv-crop", "dx is cropped by one pixel whatever the rim", lambda: d[:, :, 1:-1, 1:-1]),
        ("conv-crop", "dx is cropped at the far sides alone", lambda: d[:, :, :H, :W]),
        ("conv-crop", "dx is cropped at the near sides alone", lambda: d[:, :, 2 * p :, 2 * p :]),
    )


# ---- pooling ----


def shape_of(slip, pool_param):
    """(height, width, stride)."""
    height, width, s = (pool_param[name] for name in ("pool_height", "pool_width", "stride"))
    if slip("", "windows are as wide as they are high"):
        width = height
    if slip("", "height and width of the window change places"):
        height, width = width, height
    if slip("", "the step is the height of the window, not the stride"):
        s = height
    if slip("", "the step is 2 whatever the stride"):
        s = 2
    return height, width, s


def max_pool_forward(slip, x, pool_param):
    """The largest of each window."""
    view = windows(x, *shape_of(slip, pool_param))
    return slip.instead(
        lambda: view.max(axis=(4, 5)),
        ("", "the mean of each window is taken", lambda: view.mean(axis=(4, 5))),
        ("", "the smallest of each window is taken", lambda: view.min(axis=(4, 5))),
        ("", "the search for the largest starts from 0", lambda: np.maximum(view.max(axis=(4, 5)), 0)),
        ("", "the sum of each window is taken", lambda: view.sum(axis=(4, 5))),
        ("norm-axis or none", "the largest of all channels is taken", lambda: over(view, 1)),
        ("norm-axis or none", "the largest of all images is taken", lambda: over(view, 0)),
        ("", "the largest size is taken, whatever its sign", lambda: np.abs(view).max(axis=(4, 5))),
    )


def over(view, axis):
    """The largest along one more axis."""
    best = view.max(axis=(4, 5))
    return np.broadcast_to(best.max(axis=axis, keepdims=True), best.shape)


def max_pool_backward(slip, x, pool_param, dout):
    """The upstream gradient goes to each window's largest pixel."""
    height, width, s = shape_of(slip, pool_param)
    overwriting = slip("overwrite-for-accumulate", "a pixel keeps the gradient of its last window alone")
    once = slip("overwrite-for-accumulate", "a pixel keeps its last window's gradient, of equal pixels the first alone")
    blanking = slip("overwrite-for-accumulate", "whole windows of dx are overwritten")
    d = np.zeros(x.shape)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            here = np.s_[:, :, i * s : i * s + height, j * s : j * s + width]
            mask = shares(slip, x[here])
            share = (first(mask) if once else mask) * dout[:, :, i, j, None, None]
            if blanking:
                d[here] = share
            else:
                d[here] = np.where(share != 0, share, d[here]) if overwriting or once else d[here] + share
    return slip.instead(lambda: d, ("transpose", "height and width of dx change places", lambda: d.swapaxes(2, 3)))


def shares(slip, window):
    """1 at the largest pixel of each window."""
    best = window.max(axis=(2, 3), keepdims=True)
    size = window.shape[2] * window.shape[3]
    return slip.instead(
        lambda: 1.0 * (window == best),
        ("activation-for-indicator", "the largest value stands for its indicator", lambda: window * (window == best)),
        (
            "sign or none",
            "the smallest pixel is taken",
            lambda: 1.0 * (window == window.min(axis=(2, 3), keepdims=True)),
        ),
        ("relu-mask-missing or none", "every pixel of the window gets the gradient", lambda: np.ones_like(window)),
        ("", "the gradient is shared out as for a mean", lambda: np.ones_like(window) / size),
        (
            "relu-mask-missing or none",
            "only positive largest pixels get it",
            lambda: 1.0 * (window == best) * (best > 0),
        ),
        (
            "norm-axis or none",
            "the largest of all channels is sought",
            lambda: 1.0 * (window == best.max(axis=1, keepdims=True)),
        ),
        (
            "norm-axis or none",
            "the largest of the batch is sought",
            lambda: 1.0 * (window == best.max(axis=0, keepdims=True)),
        ),
        ("norm-axis or none", "the largest of everything is sought", lambda: 1.0 * (window == window.max())),
        ("transpose or none", "row and column of the largest pixel change places", lambda: turned(window)),
        ("", "the first pixel of the window gets the gradient", lambda: placed(window, 0 * best)),
    )


def first(mask):
    """Of several pixels of a window the first alone."""
    flat = mask.reshape(*mask.shape[:2], -1)
    return placed(mask, flat.argmax(axis=2)[:, :, None, None]) * flat.any(axis=2)[:, :, None, None]


def turned(window):
    """1 at (v, u) where (u, v) is the largest pixel."""
    where = window.reshape(*window.shape[:2], -1).argmax(axis=2)
    u, v = np.divmod(where, window.shape[3])
    return placed(window, (v * window.shape[3] + u)[:, :, None, None])


def placed(window, flat):
    """1 at a flat place of each window."""
    places = np.arange(window.shape[2] * window.shape[3]).reshape(window.shape[2:])
    if np.any(flat >= places.size):
        raise IndexError("no such place in the window")
    return 1.0 * (places == flat)
