def sgd_step(params, grads, learning_rate):
    new_params = dict(params)      # so that the old ones stay
    for k in new_params:
        new_params[k] -= learning_rate * grads[k]
    return new_params
