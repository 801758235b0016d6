"""What every submission of the example class must score, and which of its checks do not pass.

Written by hand from the texts and the declared points, before the class was graded for the first time.

A submission has its score and, by task, the checks whose status is not `pass`: status → names of checks. `EVERY`
stands for all checks of the task.
"""

EVERY = "every check"
NUMERIC = "numeric check: agrees with the slope of your own forward pass"
FAST = "fast on a tall, thin input: no Python loop over the examples"
UNCHANGED = "the arguments are unchanged"

LARGE_LOSS = "the loss is finite and right for scores of ±1e4"

# two_layer_loss with a wrong gradient, and a training run that takes its steps by it.
WRONG_NETWORK = {
    "two_layer_loss": {
        "fail": [
            "grads are the true derivative",
            "grads are the same for one-hot labels",
            "grads are finite and right for scores of ±1e4",
            NUMERIC,
        ]
    },
    "train": {"blocked": ["trained is right", "losses are right"]},
}
BLOCKED_NETWORK = {task: {"blocked": rows.get("fail") or rows["blocked"]} for task, rows in WRONG_NETWORK.items()}
"""The same where a layer is wrong and nothing else: its callers are not blamed."""

CLASS = {
    "softmax_classifier": {
        # Everything right, numpy throughout.
        "alma": {"score": 50, "not passing": {}},
        # Unstable softmax: no shift by the maximum anywhere.
        "bence": {
            "score": 46.5,
            "not passing": {
                "softmax": {"fail": ["P is finite and right for scores of ±1e4"]},
                "cross_entropy": {"fail": [LARGE_LOSS]},
                "scores_gradient": {"blocked": ["dF is finite and right for scores of ±1e4"]},
                "softmax_jacobian": {"blocked": ["J is finite and right for scores of ±1e4"]},
                "softmax_classifier_loss": {"blocked": [LARGE_LOSS]},
            },
        },
        # A notebook with a broken cell. The sum over the batch is missing in bias_gradient alone: (N, K) for (K,).
        "chiara": {
            "score": 46,
            "not passing": {
                "bias_gradient": {
                    "fail": ["db has shape (K,)"],
                    "blocked": ["db is the true derivative", NUMERIC],
                }
            },
        },
        # A zip. weight_gradient is transposed, and the whole loss is built on it.
        "dmitri": {
            "score": 42,
            "not passing": {
                "weight_gradient": {"fail": EVERY},
                "softmax_classifier_loss": {"blocked": ["dW has shape (D, K)", "dW is the true derivative", NUMERIC]},
            },
        },
        # Half finished: stubs are left. The scores' gradient has the wrong sign.
        "emma": {
            "score": 9.5,
            "not passing": {
                "scores_gradient": {
                    "fail": ["dF is the true derivative", "dF is finite and right for scores of ±1e4", NUMERIC]
                },
                "scores_weight_jacobian": {"absent": EVERY},
                "weight_gradient_one": {"absent": EVERY},
                "weight_gradient_loop": {"absent": EVERY},
                "weight_gradient": {"absent": EVERY},
                "scores_bias_jacobian": {"absent": EVERY},
                "bias_gradient": {"absent": EVERY},
                "softmax_jacobian": {"absent": EVERY},
                "input_gradient": {"absent": EVERY},
                "softmax_classifier_loss": {"absent": EVERY},
            },
        },
        # A syntax error in softmax.py; softmax_classifier.py imports it.
        "farid": {
            "score": 29,
            "not passing": {
                "softmax": {"raised": EVERY},
                "cross_entropy": {"raised": EVERY},
                "scores_gradient": {"blocked": EVERY},
                "softmax_jacobian": {"blocked": EVERY},
                "softmax_classifier_loss": {"blocked": EVERY},
            },
        },
        # weight_gradient_loop never counts up.
        "gita": {"score": 46, "not passing": {"weight_gradient_loop": {"timeout": EVERY}}},
    },
    "two_layer_mlp": {
        # Everything right, with classes for layers.
        "hugo": {"score": 60, "not passing": {}},
        # softmax_loss without 1/N in dz.
        "ines": {
            "score": 44,
            "not passing": {
                "softmax_loss": {
                    "fail": [
                        "dz is the true derivative",
                        "dz is the same for one-hot labels",
                        "dz is finite and right for scores of ±1e4",
                        NUMERIC,
                    ]
                },
                **BLOCKED_NETWORK,
            },
        },
        # λ on the biases, in the gradient only.
        "jonas": {"score": 48.5, "not passing": WRONG_NETWORK},
        # A notebook. The gradient of the penalty, λW, is forgotten in the network.
        "kaya": {"score": 48.5, "not passing": WRONG_NETWORK},
        # A zip. The rectifier's mask is that of the upstream gradient.
        "liam": {
            "score": 46,
            "not passing": {
                "relu_backward": {
                    "fail": ["dx is the true derivative", "dx is 0 where x is exactly 0", NUMERIC]
                },
                **BLOCKED_NETWORK,
            },
        },
        # Right values, by `-=` on the arrays that were given.
        "mei": {
            "score": 58,
            "not passing": {"sgd_step": {"fail": [UNCHANGED]}, "train": {"fail": [UNCHANGED]}},
        },
    },
    "deep_mlp": {
        # Everything right, by einsum.
        "noor": {"score": 60, "not passing": {}},
        # Inner parentheses missing in gradient_unrolled; biases not summed over the batch.
        "olga": {
            "score": 53.75,
            "not passing": {
                "gradient_unrolled": {
                    "fail": ["dW has the shape of W^{L−2}"],
                    "raised": ["dW is the true derivative", NUMERIC],
                },
                "backprop_batch": {
                    "fail": ["db has the shape of b"],
                    "blocked": ["db is the true derivative", NUMERIC],
                },
            },
        },
        # A notebook. weight_gradient is transposed; the element-wise rule is applied to a softmax.
        "pavel": {
            "score": 55.5,
            "not passing": {
                "weight_gradient": {"fail": EVERY},
                "softmax_output_delta": {
                    "fail": ["D is the true derivative", "D is finite and right for scores of ±1e4"]
                },
            },
        },
        # Half finished: stubs, an update that climbs, and relu'(0) = 1.
        "quinn": {
            "score": 38.5,
            "not passing": {
                "activation_derivative": {"fail": ["the derivative of relu is 0 at exactly 0"]},
                "weight_jacobian": {"absent": EVERY},
                "gradient_by_index": {"absent": EVERY},
                "gradient_unrolled": {"absent": EVERY},
                "backprop_batch": {"absent": EVERY},
                "backprop_batch_rows": {"absent": EVERY},
                "update": {"fail": ["new_W is right", "new_b is right"]},
            },
        },
    },
}
