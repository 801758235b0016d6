"""The mistakes of each layer, by the name of the function that is graded."""

from dataclasses import replace

from assignments.mistakes import (
    affine,
    attention,
    captions,
    conv_net,
    dropout,
    images,
    linear,
    nets,
    norms,
    optimizers,
    recurrent,
    relu,
    softmax,
    spatial,
    words,
)

PENALISED = {"λ": 1.0, "½λ": 0.5}
SVM, SOFTMAX = (
    {name: of(half) for name, half in PENALISED.items()} for of in (linear.svm_classifier, linear.softmax_classifier)
)
MISTAKES = {
    "affine_forward": affine.layer,
    "affine_backward": affine.backward,
    "relu_forward": relu.forward,
    "relu_backward": relu.backward_of,
    "softmax_loss": softmax.loss_of_scores,
    "svm_loss": linear.svm_loss,
    "svm_loss_naive": SVM,
    "svm_loss_vectorized": SVM,
    "softmax_loss_naive": SOFTMAX,
    "softmax_loss_vectorized": SOFTMAX,
    "TwoLayerNet.loss": {
        "": nets.modular,
        "fc_net": nets.modular,
        "neural_net, ½λ": nets.standing_alone(0.5),
        "neural_net, λ": nets.standing_alone(1.0),
    },
    "FullyConnectedNet.loss": {
        "as of 2021": nets.modular,
        "as of 2018": nets.as_of_2018,
        "up to 2017": nets.as_of_2016,
    },
    "ThreeLayerConvNet.loss": conv_net.three_layers,
    "CaptioningRNN.loss": captions.captioning,
    "batchnorm_forward": norms.batchnorm_forward,
    "batchnorm_backward": norms.batchnorm_backward,
    "batchnorm_backward_alt": norms.batchnorm_backward,
    "layernorm_forward": norms.layernorm_forward,
    "layernorm_backward": norms.layernorm_backward,
    "dropout_forward": dropout.forward,
    "dropout_backward": dropout.backward,
    "conv_forward_naive": images.conv_forward,
    "conv_backward_naive": images.conv_backward,
    "max_pool_forward_naive": images.max_pool_forward,
    "max_pool_backward_naive": images.max_pool_backward,
    "spatial_batchnorm_forward": spatial.spatial_batchnorm_forward,
    "spatial_batchnorm_backward": spatial.spatial_batchnorm_backward,
    "spatial_groupnorm_forward": spatial.spatial_groupnorm_forward,
    "spatial_groupnorm_backward": spatial.spatial_groupnorm_backward,
    "rnn_step_forward": recurrent.rnn_step_forward,
    "rnn_step_backward": recurrent.rnn_step_backward,
    "rnn_forward": recurrent.rnn_forward,
    "rnn_backward": recurrent.rnn_backward,
    "lstm_step_forward": recurrent.lstm_step,
    "lstm_step_backward": recurrent.lstm_step_backward,
    "lstm_forward": recurrent.lstm_forward,
    "lstm_backward": recurrent.lstm_backward,
    "word_embedding_forward": words.embedding_forward,
    "word_embedding_backward": words.embedding_backward,
    "temporal_affine_forward": words.temporal_affine_forward,
    "temporal_affine_backward": words.temporal_affine_backward,
    "temporal_softmax_loss": words.temporal_softmax_loss,
    "scaled_dot_product_attention_forward": attention.dot_forward,
    "scaled_dot_product_attention_backward": attention.dot_backward,
    "multi_head_attention_forward": attention.heads_forward,
    "multi_head_attention_backward": attention.heads_backward,
    "sgd": optimizers.sgd,
    "sgd_momentum": optimizers.sgd_momentum,
    "rmsprop": optimizers.rmsprop,
    "adam": optimizers.adam,
}


def with_mistakes(tasks):
    """Tasks with the mistakes that their functions are known for, each convention of a task with its own."""
    return tuple(task if task.mistakes or task.name not in MISTAKES else _with(task) for task in tasks)


def _with(task):
    """One function serves every convention, or each of them has its own; "" is for a task that leaves no choice."""
    declared = MISTAKES[task.name]
    if callable(declared):
        return replace(task, mistakes=declared)
    ways = tuple(
        replace(way, changes={**way.changes, "mistakes": declared[way.name]}) if way.changes else way
        for way in task.conventions
    )
    own = next((way.name for way in task.conventions if not way.changes), "")
    return replace(task, mistakes=declared[own], conventions=ways)
