"""Equations of the three assignments as LaTeX, for pages: what is computed, and nothing that is to be derived."""

_HINGE = r"L = \frac{1}{N} \sum_i \sum_{j \neq y_i} \max(0, s_{ij} - s_{i y_i} + 1)"
_CROSS_ENTROPY = r"L = -\frac{1}{N} \sum_i \log \frac{\exp(s_{i y_i})}{\sum_j \exp(s_{ij})}"
_NORMALISED = r"y = \gamma \, \frac{x - \mu}{\sqrt{\sigma^2 + \varepsilon}} + \beta"

FORMULAS = {
    "svm_loss": _HINGE,
    "svm_loss_naive": rf"s = X W, \quad {_HINGE} + \lambda R(W)",
    "svm_loss_vectorized": rf"s = X W, \quad {_HINGE} + \lambda R(W)",
    "softmax_loss": _CROSS_ENTROPY,
    "softmax_loss_naive": rf"s = X W, \quad {_CROSS_ENTROPY} + \lambda R(W)",
    "softmax_loss_vectorized": rf"s = X W, \quad {_CROSS_ENTROPY} + \lambda R(W)",
    "affine_forward": r"out = x w + b",
    "relu_forward": r"out = \max(0, x)",
    "sgd": r"w \leftarrow w - \eta \, dw",
    "sgd_momentum": r"v \leftarrow \mu v - \eta \, dw, \quad w \leftarrow w + v",
    "rmsprop": r"r \leftarrow \rho r + (1 - \rho) \, dw^2, \quad"
    r" w \leftarrow w - \frac{\eta \, dw}{\sqrt{r} + \varepsilon}",
    "adam": r"w \leftarrow w - \frac{\eta \, \hat{m}}{\sqrt{\hat{v}} + \varepsilon}, \quad"
    r" \hat{m} = \frac{m}{1 - \beta_1^t}, \quad \hat{v} = \frac{v}{1 - \beta_2^t}",
    "batchnorm_forward": _NORMALISED,
    "layernorm_forward": _NORMALISED,
    "spatial_batchnorm_forward": _NORMALISED,
    "spatial_groupnorm_forward": _NORMALISED,
    "conv_forward_naive": r"out_{nfij} = b_f + \sum_{c, u, v} w_{fcuv} \, x_{n, c, s i + u - p, s j + v - p}",
    "max_pool_forward_naive": r"out_{ncij} = \max_{u, v} x_{n, c, s i + u, s j + v}",
    "rnn_step_forward": r"h_t = \tanh(x_t W_x + h_{t-1} W_h + b)",
    "rnn_forward": r"h_t = \tanh(x_t W_x + h_{t-1} W_h + b)",
    "word_embedding_forward": r"out_{nt} = W_{x_{nt}}",
    "lstm_step_forward": r"c_t = f \odot c_{t-1} + i \odot g, \quad h_t = o \odot \tanh(c_t)",
    "lstm_forward": r"c_t = f \odot c_{t-1} + i \odot g, \quad h_t = o \odot \tanh(c_t), \quad c_0 = 0",
    "scaled_dot_product_attention_forward": r"out = \operatorname{softmax}\left(\frac{Q K^\top}{\sqrt{E}}\right) V",
}


def latex(equations):
    """The LaTeX of those equations that have one, by their ids."""
    names = {identifier: identifier.removeprefix("CS:") for identifier in equations}
    return {identifier: FORMULAS[name] for identifier, name in names.items() if name in FORMULAS}
