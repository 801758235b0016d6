"""The reference's convolution beside torch's on one thread: milliseconds forward and backward, and their ratios.

    OPENBLAS_NUM_THREADS=1 python -m tests.benchmarks.convolution

Both compute in float64 on the same arrays, and are compared. Without torch the reference is measured alone.
"""

import os
import time

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # before numpy is imported, which reads them once

import numpy as np  # noqa: E402

from reference.convolution import conv_backward_naive, conv_forward_naive  # noqa: E402

RUNS = 7
SHAPES = [
    # N, C, H, F, HH, stride, pad
    (50, 3, 32, 32, 7, 1, 3),
    (16, 32, 32, 64, 3, 1, 1),
    (50, 3, 31, 25, 3, 2, 1),
    (8, 64, 56, 64, 3, 1, 1),
]


def least_ms(call):
    """The least of some runs, after one that does not count."""
    call()
    seconds = []
    for _ in range(RUNS):
        started = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - started)
    return 1e3 * min(seconds)


def problem(N, C, H, F, HH, stride, pad):
    rng = np.random.default_rng(0)
    x, w, b = rng.standard_normal((N, C, H, H)), rng.standard_normal((F, C, HH, HH)), rng.standard_normal(F)
    return x, w, b, {"stride": stride, "pad": pad}


def ours(x, w, b, param):
    out, cache = conv_forward_naive(x, w, b, param)
    dout = np.random.default_rng(1).standard_normal(out.shape)
    forward = least_ms(lambda: conv_forward_naive(x, w, b, param))
    return forward, least_ms(lambda: conv_backward_naive(dout, cache)), out, conv_backward_naive(dout, cache), dout


def theirs(torch, x, w, b, param, dout):
    tensors = [torch.tensor(array, requires_grad=True) for array in (x, w, b)]

    def run():
        return torch.nn.functional.conv2d(*tensors, stride=param["stride"], padding=param["pad"])

    out, upstream = run(), torch.tensor(dout)

    def back():
        return torch.autograd.grad(out, tensors, upstream, retain_graph=True)

    with torch.no_grad():
        forward = least_ms(run)
    return forward, least_ms(back), out.detach().numpy(), [gradient.numpy() for gradient in back()]


def main():
    try:
        import torch
    except ImportError:
        torch = None
        print("torch is not installed; the reference is measured alone (python -m pip install torch, for the ratios)")
    else:
        torch.set_num_threads(1)
    print(f"{'N, C, H, F, HH, stride, pad':30} {'forward':>12} {'backward':>12} {'ratio to torch':>20}")
    for shape in SHAPES:
        forward, backward, out, gradients, dout = ours(*problem(*shape))
        ratio = ""
        if torch:
            torch_forward, torch_backward, their_out, their_gradients = theirs(torch, *problem(*shape), dout)
            for one, other in zip((out, *gradients), (their_out, *their_gradients), strict=True):
                assert np.allclose(one, other, rtol=1e-9, atol=1e-9 * np.abs(other).max())
            ratio = f"{forward / torch_forward:.2f}, {backward / torch_backward:.2f}"
        print(f"{', '.join(map(str, shape)):30} {forward:9.1f} ms {backward:9.1f} ms {ratio:>20}")


if __name__ == "__main__":
    main()
