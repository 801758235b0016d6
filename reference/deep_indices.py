"""One weight gradient of a deep network, three layers down, in indices and as one unrolled product."""

import numpy as np

from reference.activations import activation_derivative


def weight_jacobian(W):
    """Return the Jacobian of a matrix in itself.

    Entry [p, q, i, j] of the result is ∂W_pq/∂W_ij   [DEEP-3]

    Shapes
        W  (p, q)
        J  (p, q, p, q)

    Source: "Backpropagation Refresher", Jamie's Blog.
    """
    # BEGIN SOLUTION
    # The entries are independent variables: 1 where (p, q) = (i, j), else 0. Flattened, that is the identity.
    return np.eye(W.size, dtype=W.dtype).reshape(W.shape + W.shape)      # (p, q, p, q)
    # END SOLUTION


def gradient_by_index(W, zs, hs, dC, sigma):
    """Return ∂C/∂W^{L−2}, entry by entry, as nested sums over units.

    C depends on W^{L−2}_ij through z^{L−2}, z^{L−1} and z^L; dC = ∂C/∂h^L. The chain rule in indices sums over
    every unit m of layer L and every unit n of layer L − 1 [DEEP-4]. Finite sums may be exchanged,

        Σ_m a_m Σ_n B_mn c_n = Σ_n c_n Σ_m B_mn a_m   [DEEP-5]

    so that the same number can be grouped with the sum over m inside [DEEP-6]. Needs L ≥ 3.

    Note
        B_mn depends on both indices, so it must stay under both sums when they change places. A name for an index
        that is summed over cannot be reused outside its sum.

    Shapes
        W[l−1]   (n_l, n_{l−1})
        zs[l−1]  (n_l, 1)
        hs[l]    (n_l, 1)
        dC       (n_L, 1)
        dW       (n_{L−2}, n_{L−3})

    Raises
        ValueError  where sigma is none of "sigmoid", "tanh", "relu", "identity"

    Source: "Backpropagation Refresher", Jamie's Blog.
    """
    # BEGIN SOLUTION
    # ∂C/∂W^{L−2}_ij = Σ_m dC_m σ'(z^L)_m Σ_n W^L_mn σ'(z^{L−1})_n W^{L−1}_ni σ'(z^{L−2})_i h^{L−3}_j,
    # as ∂z^{L−2}_p/∂W^{L−2}_ij = 1(p = i) h^{L−3}_j leaves p = i of the sum over layer L − 2. Exchanged:
    #     h^{L−3}_j Σ_n W^{L−1}_ni σ'(z^{L−1})_n (Σ_m W^L_mn dC_m σ'(z^L)_m) σ'(z^{L−2})_i.
    s_below, s_middle, s_top = (activation_derivative(sigma, z)[:, 0] for z in zs[-3:])
    h = hs[-4][:, 0]                                        # (n_{L−3},)
    dW = np.zeros_like(W[-3])                               # (n_{L−2}, n_{L−3})
    for i, j in np.ndindex(dW.shape):
        for n in range(len(s_middle)):
            inner = 0
            for m in range(len(s_top)):
                inner = inner + W[-1][m, n] * dC[m, 0] * s_top[m]
            dW[i, j] += h[j] * W[-2][n, i] * s_middle[n] * inner * s_below[i]
    return dW
    # END SOLUTION


def gradient_unrolled(W, zs, hs, dC, sigma):
    """Return ∂C/∂W^{L−2} as one product of matrices, shaped like W^{L−2}.

    The nested sums of gradient_by_index, read as products with transposes   [DEEP-7]

    Note
        In Python `@` and `*` bind equally and from the left. Where matrices are square, a missing bracket leaves
        the shape right and the numbers wrong; so bracket every element-wise product.

    Shapes
        W[l−1]   (n_l, n_{l−1})
        zs[l−1]  (n_l, 1)
        hs[l]    (n_l, 1)
        dC       (n_L, 1)
        dW       (n_{L−2}, n_{L−3})

    Raises
        ValueError  where sigma is none of "sigmoid", "tanh", "relu", "identity"

    Source: "Backpropagation Refresher", Jamie's Blog.
    """
    # BEGIN SOLUTION
    # A sum over the FIRST index of W^L_mn is a product with its transpose; a factor with the index that remains is
    # element-wise. From the inside out:
    #     ((W^{L−1}ᵀ ((W^Lᵀ (∇C ∘ σ'(z^L))) ∘ σ'(z^{L−1}))) ∘ σ'(z^{L−2})) h^{L−3}ᵀ
    s_below, s_middle, s_top = (activation_derivative(sigma, z) for z in zs[-3:])
    return ((W[-2].T @ ((W[-1].T @ (dC * s_top)) * s_middle)) * s_below) @ hs[-4].T      # (n_{L−2}, n_{L−3})
    # END SOLUTION
