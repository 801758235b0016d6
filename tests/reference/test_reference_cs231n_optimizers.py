"""The update rules against the same rules written as scalar loops from the first step on, in extended precision."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.optimizers import adam, rmsprop, sgd, sgd_momentum
from tests.reference.oracles import assert_agree
from tests.reference.pullback import drawn, seeds

RULES = {"sgd": sgd, "sgd_momentum": sgd_momentum, "rmsprop": rmsprop, "adam": adam}
wide = np.longdouble


def path(rule, w, dws, config):
    """Where one number w goes under the gradients dws, from each rule's closed sum over all earlier gradients."""
    eta, eps = wide(config["learning_rate"]), wide(config.get("epsilon", 0))
    places = [wide(w)]
    for t in range(1, len(dws) + 1):
        seen = [wide(dw) for dw in dws[:t]]
        ages = range(t - 1, -1, -1)
        if rule == "sgd":
            step = eta * seen[-1]
        elif rule == "sgd_momentum":
            step = sum(eta * dw * wide(config["momentum"]) ** age for dw, age in zip(seen, ages, strict=True))
        elif rule == "rmsprop":
            rho = wide(config["decay_rate"])
            mean = sum((1 - rho) * dw * dw * rho**age for dw, age in zip(seen, ages, strict=True))
            step = eta * seen[-1] / (np.sqrt(mean) + eps)
        else:
            one, two = wide(config["beta1"]), wide(config["beta2"])
            m = sum((1 - one) * dw * one**age for dw, age in zip(seen, ages, strict=True)) / (1 - one**t)
            v = sum((1 - two) * dw * dw * two**age for dw, age in zip(seen, ages, strict=True)) / (1 - two**t)
            step = eta * m / (np.sqrt(v) + eps)
        places.append(places[-1] - step)
    return places


DEFAULTS = {
    "sgd": {"learning_rate": 1e-2},
    "sgd_momentum": {"learning_rate": 1e-2, "momentum": 0.9},
    "rmsprop": {"learning_rate": 1e-2, "decay_rate": 0.99, "epsilon": 1e-8},
    "adam": {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
}
OTHERS = {
    "sgd": {"learning_rate": 0.3},
    "sgd_momentum": {"learning_rate": 0.3, "momentum": 0.5},
    "rmsprop": {"learning_rate": 0.3, "decay_rate": 0.7, "epsilon": 1e-2},
    "adam": {"learning_rate": 0.3, "beta1": 0.6, "beta2": 0.8, "epsilon": 1e-2},
}


@pytest.mark.parametrize("rule", RULES)
@drawn
@given(shape=st.lists(st.integers(1, 3), max_size=3), steps=st.integers(1, 4), given_config=st.booleans(), seed=seeds)
def test_every_rule_takes_the_path_of_its_closed_form_from_the_first_step_on(rule, shape, steps, given_config, seed):
    rng = np.random.default_rng(seed)
    first = np.asarray(rng.standard_normal(shape))
    dws = [np.asarray(rng.standard_normal(shape)) for _ in range(steps)]
    settings = OTHERS[rule] if given_config else DEFAULTS[rule]
    config, w, places = dict(settings) if given_config else None, first, [first]
    for dw in dws:
        w, config = RULES[rule](w, dw, config)
        places.append(w)
    for index in np.ndindex(first.shape):
        expected = path(rule, first[index], [dw[index] for dw in dws], settings)
        assert_agree([place[index] for place in places], expected)
    assert settings.items() <= config.items()


@pytest.mark.parametrize("rule", RULES)
def test_the_config_that_is_given_comes_back_with_new_state_and_old_arrays_untouched(rule):
    w, dw, config = np.arange(1.0, 4.0), np.array([0.5, -1.0, 2.0]), {"learning_rate": 0.1}
    w1, returned = RULES[rule](w, dw, config)
    assert returned is config
    before = {name: value for name, value in config.items() if isinstance(value, np.ndarray)}
    copies = {name: value.copy() for name, value in before.items()}
    RULES[rule](w1, dw, config)
    assert len(before) == {"sgd": 0, "sgd_momentum": 1, "rmsprop": 1, "adam": 2}[rule]
    assert all(np.array_equal(before[name], copies[name]) for name in before)
    assert all(config[name] is not before[name] for name in before)
    assert w.tolist() == [1, 2, 3]
    assert dw.tolist() == [0.5, -1, 2]


def test_adam_counts_the_step_before_it_uses_the_count():
    w, dw = np.array([1.0, -2.0]), np.array([0.3, -0.1])
    moved, config = adam(w, dw, {"learning_rate": 0.5, "epsilon": 0.0})
    assert config["t"] == 1
    assert_agree(moved, w - 0.5 * np.sign(dw))


@pytest.mark.parametrize("rule", RULES)
def test_single_precision_stays_and_is_as_good_as_it_can_be(rule):
    rng = np.random.default_rng(1)
    w, config, state = rng.standard_normal(50).astype("float32"), None, None
    double = w.astype(float)
    for _ in range(3):
        dw = rng.standard_normal(50).astype("float32")
        w, config = RULES[rule](w, dw, config)
        double, state = RULES[rule](double, dw.astype(float), state)
    assert w.dtype == "float32"
    assert all(value.dtype == "float32" for value in config.values() if isinstance(value, np.ndarray))
    assert np.max(np.abs(w - double)) < 1e-6
