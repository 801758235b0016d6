"""Wrong solutions of `deep_mlp`, as students write them. One example is a column; C is summed over a batch."""

from tests.wrong.record import NUMERIC, UNCHANGED, Wrong

H, ZS, HS, C = "h is right", "zs are right", "hs are right", "C is right"
DH, DC, DW, DB, D, J = (f"{name} is the true derivative" for name in ("dh", "dC", "dW", "db", "D", "J"))
LARGE_H, LARGE_DH = "the sigmoid is finite and right at ±1e3", "the sigmoid's derivative is finite and right at ±1e3"
DH_ZERO = "the derivative of relu is 0 at exactly 0"
LARGE_D = "D is finite and right for scores of ±1e4"
COLUMN_D, COLUMN_DB = "D has shape (n, 1)", "db has shape (n, 1)"
LIKE_W, LIKE_B = "dW has the shape of W", "db has the shape of b"
NEW_W, NEW_B = "new_W is right", "new_b is right"

WRONG = (
    Wrong(
        "sigmoid by the textbook's quotient",
        "overflow",
        "activation",
        """
import numpy as np

def activation(sigma, z):
    if sigma == "sigmoid":
        return np.exp(z) / (1 + np.exp(z))
    if sigma == "tanh":
        return np.tanh(z)
    if sigma == "relu":
        return np.maximum(0, z)
    return z
""",
        (LARGE_H,),
    ),
    Wrong(
        "activation: the hyperbolic tangent of half the argument",
        "other",
        "activation",
        """
import numpy as np

def activation(sigma, z):
    if sigma == "sigmoid":
        return 1 / (1 + np.exp(-z))
    if sigma == "tanh":
        return (1 - np.exp(-z)) / (1 + np.exp(-z))
    if sigma == "relu":
        return z * (z > 0)
    if sigma == "identity":
        return z
""",
        (H,),
    ),
    Wrong(
        "activation: a softplus for the rectifier",
        "other",
        "activation",
        """
import numpy as np

def activation(sigma, z):
    table = {
        "sigmoid": lambda v: 1 / (1 + np.exp(-v)),
        "tanh": np.tanh,
        "relu": lambda v: np.log1p(np.exp(v)),
        "identity": lambda v: v,
    }
    return table[sigma](z)
""",
        (H,),
    ),
    Wrong(
        "derivative evaluated at h instead of z",
        "wrong-operand",
        "activation_derivative",
        """
import numpy as np

def activation_derivative(sigma, z):
    if sigma == "sigmoid":
        return z * (1 - z)
    if sigma == "tanh":
        return 1 - z ** 2
    if sigma == "relu":
        return (z > 0).astype(float)
    return np.ones_like(z)
""",
        (DH, NUMERIC, LARGE_DH),
    ),
    Wrong(
        "derivative of the rectifier is 1 at exactly 0",
        "other",
        "activation_derivative",
        """
import numpy as np

def activation_derivative(sigma, z):
    if sigma == "relu":
        return np.where(z < 0, 0.0, 1.0)
    if sigma == "identity":
        return np.ones(z.shape)
    h = activation(sigma, z)
    return h * (1 - h) if sigma == "sigmoid" else 1 - h * h
""",
        (DH_ZERO,),
        breaks="MLP-17",
    ),
    Wrong(
        "derivative of the rectifier is half at exactly 0",
        "other",
        "activation_derivative",
        """
import numpy as np

def activation_derivative(sigma, z):
    if sigma == "relu":
        return (np.sign(z) + 1) / 2
    if sigma == "identity":
        return z ** 0
    h = activation(sigma, z)
    return {"sigmoid": h - h**2, "tanh": 1 - h**2}[sigma]
""",
        (DH_ZERO,),
    ),
    Wrong(
        "derivative of the rectifier is z itself",
        "activation-for-indicator",
        "activation_derivative",
        """
import numpy as np

def activation_derivative(sigma, z):
    if sigma == "relu":
        return np.maximum(z, 0)
    if sigma == "identity":
        return np.ones_like(z)
    h = activation(sigma, z)
    if sigma == "sigmoid":
        return h * (1 - h)
    return 1 - h * h
""",
        (DH,),
    ),
    Wrong(
        "derivative of the identity is the number 1",
        "shape",
        "activation_derivative",
        """
import numpy as np

def activation_derivative(sigma, z):
    if sigma == "identity":
        return 1.0
    if sigma == "relu":
        return (z > 0) * 1.0
    h = activation(sigma, z)
    return h * (1 - h) if sigma == "sigmoid" else 1 - h**2
""",
        ("dh has the shape of z",),
    ),
    Wrong(
        "derivative of the sigmoid by a quotient that overflows",
        "overflow",
        "activation_derivative",
        """
import numpy as np

def activation_derivative(sigma, z):
    if sigma == "sigmoid":
        return np.exp(-z) / (1 + np.exp(-z)) ** 2
    if sigma == "tanh":
        return 1 - np.tanh(z) ** 2
    if sigma == "relu":
        return np.heaviside(z, 0)
    return np.ones_like(z)
""",
        (LARGE_DH,),
    ),
    Wrong(
        "forward without biases",
        "other",
        "forward",
        """
def forward(W, b, h0, sigma):
    hs, zs = [h0], []
    for w in W:
        zs.append(w @ hs[-1])
        hs.append(activation(sigma, zs[-1]))
    return zs, hs
""",
        (ZS, HS),
        breaks="DEEP-1",
    ),
    Wrong(
        "forward leaves the last layer linear",
        "other",
        "forward",
        """
def forward(W, b, h0, sigma):
    zs = []
    hs = [h0]
    for l in range(len(W)):
        z = W[l].dot(hs[l]) + b[l]
        zs.append(z)
        if l == len(W) - 1:
            hs.append(z)
        else:
            hs.append(activation(sigma, z))
    return zs, hs
""",
        (HS,),
    ),
    Wrong(
        "forward returns its lists in the wrong order",
        "shape",
        "forward",
        """
def forward(W, b, h0, sigma):
    hs, zs = [h0], []
    for w, c in zip(W, b):
        zs.append(w @ hs[-1] + c)
        hs.append(activation(sigma, zs[-1]))
    return hs, zs
""",
        ("zs is a list of L columns", "hs is a list of L + 1 columns"),
    ),
    Wrong(
        "forward leaves the input out of hs",
        "shape",
        "forward",
        """
def forward(W, b, h0, sigma):
    zs, hs = [], []
    h = h0
    for w, c in zip(W, b):
        z = w @ h + c
        h = activation(sigma, z)
        zs += [z]
        hs += [h]
    return zs, hs
""",
        ("hs is a list of L + 1 columns",),
    ),
    Wrong(
        "forward writes every layer into the same column where the widths agree",
        "shared-buffer",
        "forward",
        """
import numpy as np

def forward(W, b, h0, sigma):
    zs, hs = [], [h0]
    buffers = {}
    for w, c in zip(W, b):
        n = len(w)
        z = buffers.setdefault(n, np.zeros((n, 1)))
        z[:] = w @ hs[-1] + c
        zs.append(z)
        hs.append(activation(sigma, z) + 0)
    return zs, hs
""",
        (ZS,),
    ),
    Wrong(
        "error without its half",
        "other",
        "half_squared_error",
        """
import numpy as np

def half_squared_error(h, t):
    return np.sum((h - t) ** 2), h - t
""",
        (C,),
    ),
    Wrong(
        "error's gradient with the sign turned",
        "sign",
        "half_squared_error",
        """
import numpy as np

def half_squared_error(h, t):
    err = t - h
    return 0.5 * np.sum(err ** 2), err
""",
        (DC, NUMERIC),
    ),
    Wrong(
        "error's gradient doubled",
        "scale",
        "half_squared_error",
        """
import numpy as np

def half_squared_error(h, t):
    C = 0.5 * np.linalg.norm(h - t) ** 2
    return C, 2 * (h - t)
""",
        (DC, NUMERIC),
    ),
    Wrong(
        "error as an array of shape (1, 1)",
        "shape",
        "half_squared_error",
        """
def half_squared_error(h, t):
    r = h - t
    return 0.5 * r.T @ r, r
""",
        ("C is one number",),
    ),
    Wrong(
        "error averaged over the outputs",
        "extra-1/N",
        "half_squared_error",
        """
import numpy as np

def half_squared_error(h, t):
    r = h - t
    return np.mean(r ** 2) / 2, r / r.size
""",
        (C, DC),
    ),
    Wrong(
        "weight Jacobian of ones",
        "missing-indicator",
        "weight_jacobian",
        """
import numpy as np

def weight_jacobian(W):
    p, q = W.shape
    return np.ones((p, q, p, q))
""",
        (J,),
        breaks="DEEP-3",
    ),
    Wrong(
        "weight Jacobian pairs the indices crosswise, right for no matrix but a small one",
        "transpose",
        "weight_jacobian",
        """
import numpy as np

def weight_jacobian(W):
    p, q = W.shape
    J = np.zeros((p, q, p, q))
    for i in range(p):
        for j in range(q):
            if j < p and i < q:
                J[i, j, j, i] = 1
            else:
                J[i, j, i, j] = 1
    return J
""",
        (J,),
    ),
    Wrong(
        "weight Jacobian has the shape of W, as any derivative is said to",
        "shape",
        "weight_jacobian",
        """
import numpy as np

def weight_jacobian(W):
    return np.ones(W.shape)
""",
        ("J has shape (p, q, p, q)",),
    ),
    Wrong(
        "by index: the last factor carries the wrong index",
        "wrong-operand",
        "gradient_by_index",
        """
import numpy as np

def gradient_by_index(W, zs, hs, dC, sigma):
    L = len(W)
    s = [activation_derivative(sigma, z) for z in zs]
    dW = np.zeros_like(W[L - 3])
    for i in range(dW.shape[0]):
        for j in range(dW.shape[1]):
            for m in range(len(dC)):
                for n in range(len(zs[L - 2])):
                    dW[i, j] += (dC[m, 0] * s[L - 1][m, 0] * W[L - 1][m, n] * s[L - 2][n, 0]
                                 * W[L - 2][n, i] * s[L - 3][min(n, len(s[L - 3]) - 1), 0] * hs[L - 3][j, 0])
    return dW
""",
        (DW, NUMERIC),
        breaks="DEEP-4",
    ),
    Wrong(
        "by index: the sums taken apart, as if W_mn depended on one of them",
        "other",
        "gradient_by_index",
        """
import numpy as np

def gradient_by_index(W, zs, hs, dC, sigma):
    s0, s1, s2 = [activation_derivative(sigma, z)[:, 0] for z in (zs[-1], zs[-2], zs[-3])]
    outer = 0.0
    for m in range(len(s0)):
        outer += dC[m, 0] * s0[m]
    G = np.zeros(W[-3].shape)
    for i in range(G.shape[0]):
        inner = 0.0
        for n in range(len(s1)):
            inner += W[-1][:, n].sum() * s1[n] * W[-2][n, i]
        for j in range(G.shape[1]):
            G[i, j] = outer * inner * s2[i] * hs[-4][j, 0]
    return G
""",
        (DW, NUMERIC),
        breaks="DEEP-5",
    ),
    Wrong(
        "by index: regrouped, and the derivative of the lowest layer lost on the way",
        "other",
        "gradient_by_index",
        """
import numpy as np

def gradient_by_index(W, zs, hs, dC, sigma):
    top = activation_derivative(sigma, zs[-1])
    mid = activation_derivative(sigma, zs[-2])
    inner = [sum(W[-1][m, n] * dC[m, 0] * top[m, 0] for m in range(len(top))) for n in range(len(mid))]
    rows = []
    for i in range(W[-2].shape[1]):
        total = sum(W[-2][n, i] * mid[n, 0] * inner[n] for n in range(len(mid)))
        rows.append([total * h for h in hs[-4][:, 0]])
    return np.array(rows)
""",
        (DW, NUMERIC),
        breaks="DEEP-6",
    ),
    Wrong(
        "by index: overwrites instead of summing over the outputs",
        "overwrite-for-accumulate",
        "gradient_by_index",
        """
import numpy as np

def gradient_by_index(W, zs, hs, dC, sigma):
    L = len(W)
    a, b, c = (activation_derivative(sigma, zs[L - k]) for k in (1, 2, 3))
    dW = np.zeros(W[L - 3].shape)
    for i, j in np.ndindex(dW.shape):
        for m in range(len(a)):
            inner = 0
            for n in range(len(b)):
                inner += W[L - 1][m, n] * b[n, 0] * W[L - 2][n, i]
            dW[i, j] = dC[m, 0] * a[m, 0] * inner * c[i, 0] * hs[L - 3][j, 0]
    return dW
""",
        (DW, NUMERIC),
    ),
    Wrong(
        "by index: counts layers from the bottom, right for L = 3",
        "other",
        "gradient_by_index",
        """
import numpy as np

def gradient_by_index(W, zs, hs, dC, sigma):
    s = [activation_derivative(sigma, z) for z in zs]
    D = dC * s[2] if dC.shape == s[2].shape else np.zeros(s[2].shape)
    D = (W[2].T @ D) * s[1]
    D = (W[1].T @ D) * s[0]
    return D @ hs[0].T
""",
        (DW,),
    ),
    Wrong(
        "unrolled without the inner parentheses: the second factor stands in the wrong place",
        "hadamard-precedence",
        "gradient_unrolled",
        """
def gradient_unrolled(W, zs, hs, dC, sigma):
    s1 = activation_derivative(sigma, zs[-1])
    s2 = activation_derivative(sigma, zs[-2])
    s3 = activation_derivative(sigma, zs[-3])
    try:
        D = W[-2].T @ (W[-1].T @ (dC * s1)) * s2 * s3
        return D.reshape(s3.shape) @ hs[-4].T
    except ValueError:
        # shapes did not fit, bracket by hand
        return ((W[-2].T @ ((W[-1].T @ (dC * s1)) * s2)) * s3) @ hs[-4].T
""",
        (DW,),
    ),
    Wrong(
        "unrolled: the mask of the lowest layer is missing",
        "other",
        "gradient_unrolled",
        """
def gradient_unrolled(W, zs, hs, dC, sigma):
    delta = dC * activation_derivative(sigma, zs[-1])
    delta = (W[-1].T @ delta) * activation_derivative(sigma, zs[-2])
    delta = W[-2].T @ delta
    return delta @ hs[-4].T
""",
        (DW, NUMERIC),
        breaks="DEEP-7",
    ),
    Wrong(
        "unrolled: takes h one layer too high",
        "wrong-operand",
        "gradient_unrolled",
        """
import numpy as np

def gradient_unrolled(W, zs, hs, dC, sigma):
    L = len(W)
    d = dC * activation_derivative(sigma, zs[L - 1])
    d = W[L - 1].T.dot(d) * activation_derivative(sigma, zs[L - 2])
    d = W[L - 2].T.dot(d) * activation_derivative(sigma, zs[L - 3])
    h = hs[L - 2]
    if h.shape[0] != W[L - 3].shape[1]:
        h = hs[L - 3]
    return np.outer(d, h)
""",
        (DW,),
    ),
    Wrong(
        "unrolled: transposed",
        "transpose",
        "gradient_unrolled",
        """
def gradient_unrolled(W, zs, hs, dC, sigma):
    d = dC * activation_derivative(sigma, zs[-1])
    d = (W[-1].T @ d) * activation_derivative(sigma, zs[-2])
    d = (W[-2].T @ d) * activation_derivative(sigma, zs[-3])
    return hs[-4] @ d.T
""",
        ("dW has the shape of W^{L−2}", DW),
    ),
    Wrong(
        "unrolled: by differences of the forward pass",
        "numeric-differentiation",
        "gradient_unrolled",
        """
import numpy as np

def gradient_unrolled(W, zs, hs, dC, sigma):
    # push W through the last three layers and see what happens
    L, h = len(W), 1e-6
    def C(V):
        b3 = zs[L - 3] - W[L - 3] @ hs[L - 3]
        a = activation(sigma, V @ hs[L - 3] + b3)
        for l in (L - 2, L - 1):
            bias = zs[l] - W[l] @ activation(sigma, zs[l - 1])
            a = activation(sigma, W[l] @ a + bias)
        return float(np.sum(dC * a))
    G = np.zeros(W[L - 3].shape)
    for ij in np.ndindex(G.shape):
        E = np.zeros(G.shape)
        E[ij] = h
        G[ij] = (C(W[L - 3] + E) - C(W[L - 3] - E)) / (2 * h)
    return G
""",
        (DW,),
    ),
    Wrong(
        "output delta: the derivative of the activation is missing",
        "other",
        "output_delta",
        """
def output_delta(dC, zL, sigma):
    return dC.copy()
""",
        (D, NUMERIC),
        breaks="DEEP-8",
    ),
    Wrong(
        "output delta: the activation instead of its derivative",
        "activation-for-indicator",
        "output_delta",
        """
def output_delta(dC, zL, sigma):
    return dC * activation(sigma, zL)
""",
        (D, NUMERIC),
    ),
    Wrong(
        "output delta: derivative taken at h",
        "wrong-operand",
        "output_delta",
        """
def output_delta(dC, zL, sigma):
    hL = activation(sigma, zL)
    return dC * activation_derivative(sigma, hL)
""",
        (D, NUMERIC),
    ),
    Wrong(
        "output delta: an outer product where the element-wise one belongs",
        "shape",
        "output_delta",
        """
def output_delta(dC, zL, sigma):
    return dC @ activation_derivative(sigma, zL).T
""",
        (COLUMN_D,),
    ),
    Wrong(
        "output delta: ignores dC",
        "other",
        "output_delta",
        """
def output_delta(dC, zL, sigma):
    D = activation_derivative(sigma, zL)
    return D
""",
        (D, NUMERIC),
    ),
    Wrong(
        "hidden delta: the derivative before the product with Wᵀ where it fits",
        "hadamard-precedence",
        "hidden_delta",
        """
def hidden_delta(W_next, D_next, z, sigma):
    s = activation_derivative(sigma, z)
    if D_next.shape == s.shape:
        return W_next.T @ (D_next * s)
    return (W_next.T @ D_next) * s
""",
        (D,),
    ),
    Wrong(
        "hidden delta: no derivative",
        "relu-mask-missing",
        "hidden_delta",
        """
def hidden_delta(W_next, D_next, z, sigma):
    return W_next.T.dot(D_next)
""",
        (D, NUMERIC),
        breaks="DEEP-9",
    ),
    Wrong(
        "hidden delta: pulled back by the Jacobian with its rows scaled",
        "other",
        "hidden_delta",
        """
import numpy as np

def hidden_delta(W_next, D_next, z, sigma):
    s = activation_derivative(sigma, z)
    J = W_next * np.resize(s, (W_next.shape[0], 1))   # d z_next / d z
    return J.T @ D_next
""",
        (D, NUMERIC),
        breaks="DEEP-13",
    ),
    Wrong(
        "hidden delta: W without the transpose where it is square",
        "column-row",
        "hidden_delta",
        """
def hidden_delta(W_next, D_next, z, sigma):
    try:
        back = W_next @ D_next
    except ValueError:
        back = W_next.T @ D_next
    return back * activation_derivative(sigma, z)
""",
        (D,),
    ),
    Wrong(
        "hidden delta: every rectifier counts as the identity",
        "relu-mask-missing",
        "hidden_delta",
        """
def hidden_delta(W_next, D_next, z, sigma):
    D = W_next.T @ D_next
    if sigma in ("sigmoid", "tanh"):
        D = D * activation_derivative(sigma, z)
    return D
""",
        (D,),
    ),
    Wrong(
        "hidden delta: mask of the gradient for rectifiers",
        "relu-mask-of-gradient",
        "hidden_delta",
        """
def hidden_delta(W_next, D_next, z, sigma):
    D = W_next.T @ D_next
    if sigma == "relu":
        D[D <= 0] = 0
        return D
    return D * activation_derivative(sigma, z)
""",
        (D,),
    ),
    Wrong(
        "weight gradient transposed",
        "transpose",
        "weight_gradient",
        """
def weight_gradient(D, h_prev):
    return h_prev @ D.T
""",
        ("dW has shape (n, m)", DW),
    ),
    Wrong(
        "weight gradient: h forgotten",
        "other",
        "weight_gradient",
        """
import numpy as np

def weight_gradient(D, h_prev):
    return D @ np.ones(h_prev.shape).T
""",
        (DW, NUMERIC),
        breaks="DEEP-10",
    ),
    Wrong(
        "weight gradient as a number",
        "column-row",
        "weight_gradient",
        """
import numpy as np

def weight_gradient(D, h_prev):
    n = min(len(D), len(h_prev))
    return D[:n].T @ h_prev[:n]
""",
        ("dW has shape (n, m)",),
    ),
    Wrong(
        "weight gradient without its last column",
        "columns",
        "weight_gradient",
        """
import numpy as np

def weight_gradient(D, h_prev):
    dW = np.zeros((D.shape[0], h_prev.shape[0]))
    for j in range(h_prev.shape[0] - 1):
        dW[:, j:j+1] = D * h_prev[j]
    return dW
""",
        (DW, NUMERIC),
    ),
    Wrong(
        "bias gradient summed over the units",
        "bias-not-summed",
        "bias_gradient",
        """
import numpy as np

def bias_gradient(D):
    return np.full_like(D, D.sum())
""",
        (DB, NUMERIC),
        breaks="DEEP-11",
    ),
    Wrong(
        "bias gradient flat",
        "shape",
        "bias_gradient",
        """
def bias_gradient(D):
    return D.ravel()
""",
        (COLUMN_DB,),
    ),
    Wrong(
        "bias gradient with the sign of a descent step",
        "sign",
        "bias_gradient",
        """
def bias_gradient(D):
    return -D
""",
        (DB, NUMERIC),
    ),
    Wrong(
        "bias gradient of ones",
        "other",
        "bias_gradient",
        """
import numpy as np

def bias_gradient(D):
    # dz/db = 1
    return np.ones(D.shape)
""",
        (DB, NUMERIC),
    ),
    Wrong(
        "layer Jacobian: rows scaled instead of columns, wherever it fits",
        "other",
        "layer_jacobian",
        """
def layer_jacobian(W, z_prev, sigma):
    s = activation_derivative(sigma, z_prev)
    if W.shape[0] == s.shape[0]:
        return W * s
    return W * s.T
""",
        (J,),
    ),
    Wrong(
        "layer Jacobian: W alone",
        "other",
        "layer_jacobian",
        """
def layer_jacobian(W, z_prev, sigma):
    return W + 0.0
""",
        (J, NUMERIC),
        breaks="DEEP-12",
    ),
    Wrong(
        "layer Jacobian transposed",
        "transpose",
        "layer_jacobian",
        """
import numpy as np

def layer_jacobian(W, z_prev, sigma):
    return np.diag(activation_derivative(sigma, z_prev)[:, 0]) @ W.T
""",
        ("J has shape (m, n)", J),
    ),
    Wrong(
        "tail Jacobian without the derivative",
        "other",
        "weight_to_preactivation_jacobian",
        """
import numpy as np

def weight_to_preactivation_jacobian(W_next, z, h_prev, sigma):
    return np.einsum("qi,j->qij", W_next, h_prev[:, 0])
""",
        (J, NUMERIC),
        breaks="DEEP-16",
    ),
    Wrong(
        "tail Jacobian with its last two axes exchanged",
        "transpose",
        "weight_to_preactivation_jacobian",
        """
def weight_to_preactivation_jacobian(W_next, z, h_prev, sigma):
    a = W_next * activation_derivative(sigma, z).T
    return a[:, None, :] * h_prev[None, :, :]
""",
        ("J has shape (p, n, m)", J),
    ),
    Wrong(
        "tail Jacobian summed over the units above",
        "shape",
        "weight_to_preactivation_jacobian",
        """
import numpy as np

def weight_to_preactivation_jacobian(W_next, z, h_prev, sigma):
    s = activation_derivative(sigma, z)
    return (W_next.sum(axis=0)[:, None] * s) @ h_prev.T
""",
        ("J has shape (p, n, m)",),
    ),
    Wrong(
        "backprop: bias gradients flat",
        "shape",
        "backprop",
        """
def backprop(W, b, h0, t, sigma):
    zs, hs = forward(W, b, h0, sigma)
    delta = (hs[-1] - t) * activation_derivative(sigma, zs[-1])
    nabla_w = [None] * len(W)
    nabla_b = [None] * len(b)
    nabla_b[-1] = delta.flatten()
    nabla_w[-1] = delta @ hs[-2].T
    for l in range(2, len(W) + 1):
        delta = (W[-l + 1].T @ delta) * activation_derivative(sigma, zs[-l])
        nabla_b[-l] = delta.flatten()
        nabla_w[-l] = delta @ hs[-l - 1].T
    return nabla_w, nabla_b
""",
        (LIKE_B,),
        breaks="DEEP-14",
    ),
    Wrong(
        "backprop: weight gradients transposed, so that they are not shaped like W",
        "transpose",
        "backprop",
        """
def backprop(W, b, h0, t, sigma):
    zs, hs = forward(W, b, h0, sigma)
    D = output_delta(hs[-1] - t, zs[-1], sigma)
    dW, db = [], []
    for l in range(len(W) - 1, -1, -1):
        dW.insert(0, hs[l] @ D.T)
        db.insert(0, D)
        if l > 0:
            D = hidden_delta(W[l], D, zs[l - 1], sigma)
    return dW, db
""",
        (LIKE_W, DW),
        breaks="DEEP-14",
    ),
    Wrong(
        "backprop: lists from the last layer to the first",
        "other",
        "backprop",
        """
def backprop(W, b, h0, t, sigma):
    zs, hs = forward(W, b, h0, sigma)
    D = output_delta(hs[-1] - t, zs[-1], sigma)
    dW, db = [D @ hs[-2].T], [D]
    for l in range(len(W) - 1, 0, -1):
        D = hidden_delta(W[l], D, zs[l - 1], sigma)
        dW.append(D @ hs[l - 1].T)
        db.append(D)
    return dW, db
""",
        (LIKE_W, LIKE_B, DW, DB),
    ),
    Wrong(
        "backprop: the top delta lacks its derivative",
        "other",
        "backprop",
        """
def backprop(W, b, h0, t, sigma):
    zs, hs = forward(W, b, h0, sigma)
    D = hs[-1] - t
    L = len(W)
    dW, db = [0] * L, [0] * L
    for l in reversed(range(L)):
        dW[l], db[l] = D @ hs[l].T, D
        if l:
            D = (W[l].T @ D) * activation_derivative(sigma, zs[l - 1])
    return dW, db
""",
        (DW, DB, NUMERIC),
    ),
    Wrong(
        "backprop: uses the derivative of the layer above wherever it fits",
        "wrong-operand",
        "backprop",
        """
import numpy as np

def backprop(W, b, h0, t, sigma):
    zs, hs = forward(W, b, h0, sigma)
    L = len(W)
    D = (hs[L] - t) * activation_derivative(sigma, zs[L - 1])
    dW, db = {}, {}
    for l in range(L - 1, -1, -1):
        dW[l] = D @ hs[l].T
        db[l] = D
        if l > 0:
            s = activation_derivative(sigma, zs[l])
            back = W[l].T @ D
            if s.shape != back.shape:
                s = activation_derivative(sigma, zs[l - 1])
            D = back * s
    return [dW[l] for l in range(L)], [db[l] for l in range(L)]
""",
        (DW, DB),
    ),
    Wrong(
        "backprop: uses h of the layer itself where it fits",
        "wrong-operand",
        "backprop",
        """
def backprop(W, b, h0, t, sigma):
    zs, hs = forward(W, b, h0, sigma)
    D = output_delta(hs[-1] - t, zs[-1], sigma)
    dW, db = [], []
    for l in range(len(W) - 1, -1, -1):
        h = hs[l + 1] if hs[l + 1].shape == hs[l].shape else hs[l]
        dW.insert(0, D @ h.T)
        db.insert(0, D.copy())
        if l > 0:
            D = hidden_delta(W[l], D, zs[l - 1], sigma)
    return dW, db
""",
        (DW,),
    ),
    Wrong(
        "backprop: one-layer networks are forgotten",
        "other",
        "backprop",
        """
import numpy as np

def backprop(W, b, h0, t, sigma):
    zs, hs = forward(W, b, h0, sigma)
    dW = [np.zeros_like(w) for w in W]
    db = [np.zeros_like(v) for v in b]
    D = output_delta(hs[-1] - t, zs[-1], sigma)
    for l in range(len(W) - 1, 0, -1):
        dW[l], db[l] = D @ hs[l].T, D
        D = hidden_delta(W[l], D, zs[l - 1], sigma)
        if l == 1:
            dW[0], db[0] = D @ hs[0].T, D
    return dW, db
""",
        (DW, DB),
    ),
    Wrong(
        "softmax delta by the rule for element-wise activations",
        "delta-on-softmax",
        "softmax_output_delta",
        """
import numpy as np

def softmax_output_delta(zL, y):
    e = np.exp(zL - zL.max())
    p = e / e.sum()
    dC = np.zeros_like(p)
    dC[y] = -1 / p[y]
    return dC * p * (1 - p)
""",
        (D, LARGE_D),
    ),
    Wrong(
        "softmax delta without the indicator",
        "missing-indicator",
        "softmax_output_delta",
        """
import numpy as np

def softmax_output_delta(zL, y):
    e = np.exp(zL - np.max(zL))
    return e / np.sum(e)
""",
        (D, LARGE_D),
    ),
    Wrong(
        "softmax delta with an exponential that overflows",
        "overflow",
        "softmax_output_delta",
        """
import numpy as np

def softmax_output_delta(zL, y):
    p = np.exp(zL) / np.sum(np.exp(zL))
    p[y, 0] -= 1
    return p
""",
        (LARGE_D,),
    ),
    Wrong(
        "softmax delta normalised along the row, so that every probability is 1",
        "softmax-normalizer",
        "softmax_output_delta",
        """
import numpy as np

def softmax_output_delta(zL, y):
    e = np.exp(zL - zL.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    p[y] -= 1
    return p
""",
        (D, LARGE_D),
    ),
    Wrong(
        "batch: bias gradient of the first example",
        "bias-not-summed",
        "backprop_batch",
        """
def backprop_batch(W, b, H0, T, sigma):
    zs, hs = forward(W, b, H0, sigma)
    D = (hs[-1] - T) * activation_derivative(sigma, zs[-1])
    dW, db = [], []
    for l in range(len(W) - 1, -1, -1):
        dW.insert(0, D @ hs[l].T)
        db.insert(0, D[:, :1])
        if l:
            D = (W[l].T @ D) * activation_derivative(sigma, zs[l - 1])
    return dW, db
""",
        (DB, NUMERIC),
        breaks="DEEP-11",
    ),
    Wrong(
        "batch: bias gradient not summed",
        "bias-not-summed",
        "backprop_batch",
        """
def backprop_batch(W, b, H0, T, sigma):
    # same as for one example, numpy does the rest
    return backprop(W, b, H0, T, sigma)

def backprop(W, b, h0, t, sigma):
    zs, hs = forward(W, b, h0, sigma)
    D = output_delta(hs[-1] - t, zs[-1], sigma)
    dW, db = [D @ hs[-2].T], [D]
    for l in range(len(W) - 1, 0, -1):
        D = hidden_delta(W[l], D, zs[l - 1], sigma)
        dW = [D @ hs[l - 1].T] + dW
        db = [D] + db
    return dW, db
""",
        (LIKE_B,),
    ),
    Wrong(
        "batch: bias gradient loses its second axis",
        "shape",
        "backprop_batch",
        """
def backprop_batch(W, b, H0, T, sigma):
    zs, hs = forward(W, b, H0, sigma)
    D = output_delta(hs[-1] - T, zs[-1], sigma)
    dW, db = [], []
    for l in range(len(W) - 1, -1, -1):
        dW.append(D @ hs[l].T)
        db.append(D.sum(axis=1))
        if l:
            D = hidden_delta(W[l], D, zs[l - 1], sigma)
    dW.reverse()
    db.reverse()
    return dW, db
""",
        (LIKE_B,),
    ),
    Wrong(
        "batch: averaged over the examples",
        "extra-1/N",
        "backprop_batch",
        """
def backprop_batch(W, b, H0, T, sigma):
    N = H0.shape[1]
    zs, hs = forward(W, b, H0, sigma)
    D = output_delta(hs[-1] - T, zs[-1], sigma) / N
    dW, db = [None] * len(W), [None] * len(W)
    for l in range(len(W) - 1, -1, -1):
        dW[l] = D.dot(hs[l].T)
        db[l] = D.sum(1, keepdims=True)
        if l:
            D = hidden_delta(W[l], D, zs[l - 1], sigma)
    return dW, db
""",
        (DW, DB, NUMERIC),
    ),
    Wrong(
        "batch: keeps the gradients of the last example",
        "overwrite-for-accumulate",
        "backprop_batch",
        """
def backprop_batch(W, b, H0, T, sigma):
    for n in range(H0.shape[1]):
        dW, db = backprop(W, b, H0[:, [n]], T[:, [n]], sigma)
    return dW, db
""",
        (DW, DB, NUMERIC),
    ),
    Wrong(
        "batch: sums the biases over the units where the net is square",
        "bias-not-summed",
        "backprop_batch",
        """
def backprop_batch(W, b, H0, T, sigma):
    zs, hs = forward(W, b, H0, sigma)
    D = output_delta(hs[-1] - T, zs[-1], sigma)
    dW, db = [], []
    for l in reversed(range(len(W))):
        dW.insert(0, D @ hs[l].T)
        v = D.sum(axis=0)
        if len(v) != len(D):
            v = D.sum(axis=1)
        db.insert(0, v.reshape(-1, 1))
        if l:
            D = hidden_delta(W[l], D, zs[l - 1], sigma)
    return dW, db
""",
        (DB,),
    ),
    Wrong(
        "rows: the transpose stays on W where it is square",
        "column-row",
        "backprop_batch_rows",
        """
import numpy as np

def backprop_batch_rows(W, b, X, T, sigma):
    Zs, Hs = [], [X]
    for w, c in zip(W, b):
        Zs.append(Hs[-1] @ w.T + c.ravel())
        Hs.append(activation(sigma, Zs[-1]))
    dZ = (Hs[-1] - T) * activation_derivative(sigma, Zs[-1])
    dW, db = [], []
    for l in range(len(W) - 1, -1, -1):
        dW.insert(0, dZ.T @ Hs[l])
        db.insert(0, dZ.sum(0)[:, None])
        if l > 0:
            V = W[l].T if W[l].shape[0] == W[l].shape[1] else W[l]
            dZ = (dZ @ V) * activation_derivative(sigma, Zs[l - 1])
    return dW, db
""",
        (DW, DB),
    ),
    Wrong(
        "rows: no derivative of the activation on the way down",
        "other",
        "backprop_batch_rows",
        """
def backprop_batch_rows(W, b, X, T, sigma):
    Zs, Hs = [], [X]
    for w, c in zip(W, b):
        Zs.append(Hs[-1] @ w.T + c.T)
        Hs.append(activation(sigma, Zs[-1]))
    dZ = (Hs[-1] - T) * activation_derivative(sigma, Zs[-1])
    dW, db = [], []
    for l in range(len(W) - 1, -1, -1):
        dW.insert(0, dZ.T @ Hs[l])
        db.insert(0, dZ.sum(axis=0, keepdims=True).T)
        dZ = dZ @ W[l]
    return dW, db
""",
        (DW, DB, NUMERIC),
        breaks="DEEP-15",
    ),
    Wrong(
        "rows: bias gradients as rows",
        "shape",
        "backprop_batch_rows",
        """
import numpy as np

def backprop_batch_rows(W, b, X, T, sigma):
    dW, db = backprop_batch(W, b, X.T, T.T, sigma)
    return dW, [v.T for v in db]
""",
        (LIKE_B,),
    ),
    Wrong(
        "rows: weight gradients in the row convention's shape",
        "column-row",
        "backprop_batch_rows",
        """
def backprop_batch_rows(W, b, X, T, sigma):
    Zs, Hs = [], [X]
    for w, c in zip(W, b):
        Zs.append(Hs[-1] @ w.T + c.T)
        Hs.append(activation(sigma, Zs[-1]))
    dZ = (Hs[-1] - T) * activation_derivative(sigma, Zs[-1])
    dW, db = [], []
    for l in range(len(W) - 1, -1, -1):
        dW.insert(0, Hs[l].T @ dZ)
        db.insert(0, dZ.sum(axis=0)[:, None])
        if l:
            dZ = (dZ @ W[l]) * activation_derivative(sigma, Zs[l - 1])
    return dW, db
""",
        (LIKE_W, DW),
    ),
    Wrong(
        "update climbs",
        "sign",
        "update",
        """
def update(W, b, dW, db, learning_rate):
    W = [w + learning_rate * g for w, g in zip(W, dW)]
    b = [v + learning_rate * g for v, g in zip(b, db)]
    return W, b
""",
        (NEW_W, NEW_B),
        breaks="DEEP-2",
    ),
    Wrong(
        "update in place, inside new lists",
        "mutates-input",
        "update",
        """
def update(W, b, dW, db, learning_rate):
    newW, newb = list(W), list(b)
    for l in range(len(newW)):
        newW[l] -= learning_rate * dW[l]
        newb[l] -= learning_rate * db[l]
    return newW, newb
""",
        (UNCHANGED,),
    ),
    Wrong(
        "update replaces the entries of the lists that it was given",
        "mutates-input",
        "update",
        """
def update(W, b, dW, db, learning_rate):
    for l in range(len(W)):
        W[l] = W[l] - learning_rate * dW[l]
        b[l] = b[l] - learning_rate * db[l]
    return W, b
""",
        (UNCHANGED,),
    ),
    Wrong(
        "update moves the weights alone",
        "other",
        "update",
        """
def update(W, b, dW, db, learning_rate):
    return [w - learning_rate * g for w, g in zip(W, dW)], [v.copy() for v in b]
""",
        (NEW_B,),
    ),
    Wrong(
        "update by a step of its own",
        "scale",
        "update",
        """
def update(W, b, dW, db, learning_rate=0.01):
    step = min(learning_rate, 0.01)
    return [w - step * g for w, g in zip(W, dW)], [v - step * g for v, g in zip(b, db)]
""",
        (NEW_W, NEW_B),
    ),
)
