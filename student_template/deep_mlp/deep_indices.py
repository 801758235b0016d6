"""One weight gradient of a deep network, three layers down, in indices and as one unrolled product."""

import numpy as np
from activations import activation_derivative


def weight_jacobian(W):
    """Return the Jacobian of a matrix in itself.

    Entry [p, q, i, j] of the result is ∂W_pq/∂W_ij   [DEEP-3]

    Shapes
        W  (p, q)
        J  (p, q, p, q)

    Source: "Backpropagation Refresher", Jamie's Blog.
    """
    ####################################################################################################
    # TODO: derive weight_jacobian on paper, then write it here in place of the `raise`.               #
    # Equations graded here: DEEP-3.                                                                   #
    ####################################################################################################
    raise NotImplementedError


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
    ####################################################################################################
    # TODO: derive gradient_by_index on paper, then write it here in place of the `raise`.             #
    # Equations graded here: DEEP-4, DEEP-5, DEEP-6.                                                   #
    ####################################################################################################
    raise NotImplementedError


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
    ####################################################################################################
    # TODO: derive gradient_unrolled on paper, then write it here in place of the `raise`.             #
    # Equations graded here: DEEP-7.                                                                   #
    ####################################################################################################
    raise NotImplementedError
