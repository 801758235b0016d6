"""The layers of the corpus and the categories of mistakes, as the tables name them."""

CATEGORIES = ("value", "square", "conditional", "rare", "tiny", "behaviour")
LAYERS = {
    "affine": ("affine_backward",),
    "ReLU": ("relu_backward",),
    "softmax": ("softmax_loss", "softmax_loss_naive", "softmax_loss_vectorized"),
    "SVM": ("svm_loss", "svm_loss_naive", "svm_loss_vectorized"),
    "two-layer net": ("two_layer_loss",),
    "deep net": ("backprop",),
    "batch norm": ("batchnorm_forward", "batchnorm_backward", "batchnorm_backward_alt"),
    "layer norm": ("layernorm_forward", "layernorm_backward"),
    "dropout": ("dropout_forward", "dropout_backward"),
    "convolution": ("conv_forward_naive", "conv_backward_naive"),
    "max pool": ("max_pool_forward_naive", "max_pool_backward_naive"),
    "RNN step": ("rnn_step_forward", "rnn_step_backward"),
    "LSTM step": ("lstm_step_forward", "lstm_step_backward"),
}
PURPOSELESS = ()
"""Pairs of a layer and a category in which no mistake makes sense."""
