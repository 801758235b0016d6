"""The mistakes of each layer, by the name of the function that is graded."""

from dataclasses import replace

from assignments.mistakes import dropout, images, linear, norms, optimizers, recurrent, spatial, words

MISTAKES = {
    "svm_loss": linear.svm_loss,
    "svm_loss_naive": linear.svm_classifier,
    "svm_loss_vectorized": linear.svm_classifier,
    "softmax_loss_naive": linear.softmax_classifier,
    "softmax_loss_vectorized": linear.softmax_classifier,
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
    "sgd": optimizers.sgd,
    "sgd_momentum": optimizers.sgd_momentum,
    "rmsprop": optimizers.rmsprop,
    "adam": optimizers.adam,
}


def with_mistakes(tasks):
    """Tasks with the mistakes that their functions are known for."""
    return tuple(
        task if task.mistakes or task.name not in MISTAKES else replace(task, mistakes=MISTAKES[task.name])
        for task in tasks
    )
