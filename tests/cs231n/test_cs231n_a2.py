"""The holes of the course's own checks of its second assignment, each with a submission that slips through there."""

import numpy as np
import pytest

from reference.fc_net import fully_connected_net_loss
from tests.cs231n.judging import judged, statuses, written

NUMERIC = "numeric check: agrees with the slope of your own forward pass"
SEEDED = "with dropout and a seed, the gradients are the slope of your own loss"

POOL = """
def max_pool_backward_naive(dout, cache):
    x, p = cache
    h, w, s = p["pool_height"], p["pool_width"], p["stride"]
    dx = np.zeros_like(x)
    for n in range(x.shape[0]):
        for c in range(x.shape[1]):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    block = x[n, c, i * s : i * s + h, j * s : j * s + w]
                    dx[n, c, i * s : i * s + h, j * s : j * s + w] {assign} (block == block.max()) * dout[n, c, i, j]
    return dx
"""
CONV = """
def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param["stride"], {pad}
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), "constant")
    out = np.zeros((N, F, 1 + (H + 2 * p - HH) // s, 1 + (W + 2 * p - WW) // s))
    for n in range(N):
        for f in range(F):
            for i in range(out.shape[2]):
                for j in range(out.shape[3]):
                    out[n, f, i, j] = np.sum(xp[n, :, i * s : i * s + HH, j * s : j * s + WW] * w[f]) + b[f]
    return out, (x, w, b, conv_param)

def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    s, p = conv_param["stride"], {pad}
    F, _, HH, WW = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), "constant")
    dxp, dw = np.zeros_like(xp), np.zeros_like(w)
    for n in range(x.shape[0]):
        for f in range(F):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    dw[f] += dout[n, f, i, j] * xp[n, :, i * s : i * s + HH, j * s : j * s + WW]
                    dxp[n, :, i * s : i * s + HH, j * s : j * s + WW] += dout[n, f, i, j] * w[f]
    return {cut}, dw, dout.sum(axis=(0, 2, 3))
"""
PAD, CUT = 'conv_param["pad"]', "dxp[:, :, p : p + x.shape[2], p : p + x.shape[3]]"


def lost(functions, only, profile="auto"):
    report = judged("cs231n_a2", functions, only, profile)
    return report.max_score - report.score


def test_loops_over_windows_are_right():
    assert lost(written(POOL.format(assign="+=")), ["max_pool_backward_naive"]) == 0
    conv = written(CONV.format(pad=PAD, cut=CUT))
    assert lost(conv, ["conv_forward_naive", "conv_backward_naive"]) == 0


def test_pooling_that_assigns_where_windows_overlap_fails():
    found = statuses(
        judged("cs231n_a2", written(POOL.format(assign="=")), ["max_pool_backward_naive"]), "max_pool_backward_naive"
    )
    assert found["dx is the true derivative"] == "fail"


def test_a_rim_that_is_cut_off_from_behind_fails_without_a_rim():
    conv = written(CONV.format(pad=PAD, cut="dxp[:, :, p:-p, p:-p]"))
    found = statuses(judged("cs231n_a2", conv, ["conv_backward_naive"]), "conv_backward_naive")
    assert found["dx has shape (N, C, H, W)"] == "fail"
    assert found["dw is the true derivative"] == "pass"


def test_a_rim_of_one_whatever_was_asked_fails():
    conv = written(CONV.format(pad="1", cut=CUT))
    assert lost(conv, ["conv_forward_naive"]) > 0
    assert lost(conv, ["conv_backward_naive"]) > 0


DROPOUT = """
def dropout_forward(x, dropout_param):
    p, mode = dropout_param["p"], dropout_param["mode"]
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])
    mask, out = None, x
    if mode == "train":
        mask = {mask}
        out = x * mask
    return out, (dropout_param, mask)

def dropout_backward(dout, cache):
    return dout if cache[1] is None else dout * cache[1]
"""
BOTH = ["dropout_forward", "dropout_backward"]


@pytest.mark.parametrize(
    ("mask", "profiles"),
    [
        ("(np.random.rand(*x.shape) < p) / p", {"auto", "2018", "2019", "2021", "2025"}),
        ("(np.random.rand(*x.shape) >= 1 - p) / p", {"auto", "2018", "2019", "2021", "2025"}),
        ("(np.random.rand(*x.shape) >= p) / (1 - p)", {"auto", "2016", "2017"}),
        ("(np.random.rand(*x.shape) < p) * 1.0", set()),
        ("(np.random.randn(*x.shape) < p) / p", set()),
        ("(np.random.rand(*x.shape) < p) / (1 - p)", set()),
        ("(np.random.rand(x.shape[0]) < p).reshape((-1,) + (1,) * (x.ndim - 1)) / p * np.ones(x.shape)", set()),
    ],
)
def test_dropout_is_inverted_and_p_means_one_thing_in_a_year(mask, profiles):
    functions = written(DROPOUT.format(mask=mask))
    right = {p for p in ("auto", "2016", "2017", "2018", "2019", "2021", "2025") if not lost(functions, BOTH, p)}
    assert right == profiles


def test_forward_and_backward_must_mean_the_same_by_p():
    forward = written(DROPOUT.format(mask="(np.random.rand(*x.shape) < p) / p"))["dropout_forward"]
    scaled = written(
        "def dropout_backward(dout, cache):\n    p = cache[0]['p']\n"
        "    return dout if cache[1] is None else dout * (cache[1] > 0) / (1 - p)"
    )
    assert lost({"dropout_forward": forward, **scaled}, BOTH) > 0
    assert lost({"dropout_forward": forward, **scaled}, ["dropout_backward"]) > 0


ADAM = """
def adam(w, dw, config=None):
    config = {{}} if config is None else config
    for name, value in dict(learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, t=0).items():
        config.setdefault(name, value)
    config.setdefault("m", np.zeros_like(w))
    config.setdefault("v", np.zeros_like(w))
    {before}
    config["m"] = config["beta1"] * config["m"] + (1 - config["beta1"]) * dw
    config["v"] = config["beta2"] * config["v"] + (1 - config["beta2"]) * dw ** 2
    mt = config["m"] / (1 - config["beta1"] ** config["t"])
    vt = config["v"] / (1 - config["beta2"] ** config["t"])
    {after}
    {step}
    return w, config
"""
COUNT, STEP = "config['t'] += 1", "w = w - config['learning_rate'] * mt / (np.sqrt(vt) + config['epsilon'])"


def test_adam_counts_its_step_before_it_uses_it():
    assert lost(written(ADAM.format(before=COUNT, after="", step=STEP)), ["adam"]) == 0
    assert lost(written(ADAM.format(before="", after=COUNT, step=STEP)), ["adam"]) > 0


def test_a_parameter_that_is_overwritten_is_only_warned_of():
    report = judged(
        "cs231n_a2", written(ADAM.format(before=COUNT, after="", step=STEP.replace("= w -", "-="))), ["adam"]
    )
    assert report.score == report.max_score
    assert "warn" in statuses(report, "adam").values()


def test_a_vector_for_gamma_of_group_norm_is_right():
    from reference.spatial_norm import spatial_groupnorm_backward

    def flat(dout, cache):
        dx, dgamma, dbeta = spatial_groupnorm_backward(dout, cache)
        return dx, dgamma.ravel(), dbeta.ravel()

    report = judged("cs231n_a2", {"spatial_groupnorm_backward": flat}, ["spatial_groupnorm_backward"])
    assert report.score == report.max_score
    found = statuses(report, "spatial_groupnorm_backward")
    assert {name for name, status in found.items() if status == "warn"} == {
        "dgamma has shape (1, C, 1, 1)",
        "dbeta has shape (1, C, 1, 1)",
    }


NET = "FullyConnectedNet.loss"


def net(**changes):
    """The reference's net, with something changed in what it is made with."""

    def loss(construct, params, X, y):
        return fully_connected_net_loss({**construct, **changes}, params, X, y)

    return {NET: loss}


def test_dropout_that_is_left_out_of_a_net_is_told():
    found = statuses(judged("cs231n_a2", net(dropout_keep_ratio=1), [NET]), NET)
    assert found[SEEDED] == "fail"
    assert set(found.values()) == {"pass", "fail"}
    assert list(found.values()).count("fail") == 1


def test_dropout_whose_backward_pass_draws_anew_is_told():
    def loss(construct, params, X, y):
        value = fully_connected_net_loss(construct, params, X, y)
        if y is None or construct.get("dropout_keep_ratio", 1) == 1:
            return value
        other = fully_connected_net_loss({**construct, "seed": construct["seed"] + 1}, params, X, y)
        return value[0], other[1]

    assert statuses(judged("cs231n_a2", {NET: loss}, [NET]), NET)[SEEDED] == "fail"


def test_a_loss_with_dropout_that_jumps_wherever_it_is_moved_proves_no_gradient():
    def loss(construct, params, X, y):
        value = fully_connected_net_loss(construct, params, X, y)
        if y is None or construct.get("dropout_keep_ratio", 1) == 1:
            return value
        jump = hash(sum(param.sum() for param in params.values())) % 1000 / 1000
        return value[0] + jump, {name: 0 * grad for name, grad in value[1].items()}

    report = judged("cs231n_a2", {NET: loss}, [NET], "2021")
    assert statuses(report, NET)[SEEDED] == "blocked"
    assert report.needs_review


def test_dropout_that_does_not_heed_its_seed_is_told():
    calls = iter(range(10**6))

    def loss(construct, params, X, y):
        more = {"seed": next(calls)} if "dropout_keep_ratio" in construct else {}
        return fully_connected_net_loss({**construct, **more}, params, X, y)

    assert statuses(judged("cs231n_a2", {NET: loss}, [NET]), NET)[SEEDED] == "fail"


def test_a_net_that_drops_otherwise_than_the_reference_is_right():
    def loss(construct, params, X, y):
        seed = construct.get("seed")
        more = {} if seed is None else {"seed": 1000 + seed}
        return fully_connected_net_loss({**construct, **more}, params, X, y)

    assert lost({NET: loss}, [NET]) == 0


@pytest.mark.parametrize("construct", ["dropout", "normalization", "use_batchnorm"])
def test_the_constructors_of_other_years_are_tried(construct):
    """A net that knows the keywords of one year alone."""
    of_year = {"dropout": {"2018", "2019"}, "normalization": {"2021", "2025"}, "use_batchnorm": {"2016", "2017"}}[
        construct
    ]

    def loss(made, params, X, y):
        known = {"hidden_dims", "input_dim", "num_classes", "reg", "dtype", "seed"}
        years = {
            "dropout": {"dropout", "normalization"},
            "normalization": {"dropout_keep_ratio", "normalization"},
            "use_batchnorm": {"dropout", "use_batchnorm"},
        }
        extra = {name: value for name, value in made.items() if name not in known}
        if set(extra) - years[construct]:
            raise TypeError("unexpected keyword")
        keep = extra.get("dropout_keep_ratio", extra.get("dropout", 1))
        if construct == "use_batchnorm":
            keep = 1 - extra.get("dropout", 0)
        norm = extra.get("normalization") or ("batchnorm" if extra.get("use_batchnorm") else None)
        plain = {name: value for name, value in made.items() if name in known}
        return fully_connected_net_loss({**plain, "normalization": norm, "dropout_keep_ratio": keep}, params, X, y)

    assert {p for p in ("2016", "2017", "2018", "2019", "2021", "2025") if not lost({NET: loss}, [NET], p)} == of_year
    assert lost({NET: loss}, [NET]) == 0


def test_a_penalty_on_gamma_is_wrong():
    def loss(construct, params, X, y):
        value = fully_connected_net_loss(construct, params, X, y)
        if y is None:
            return value
        extra = [params[name] for name in params if name.startswith("gamma")]
        for name in params:
            if name.startswith("gamma"):
                value[1][name] = value[1][name] + construct["reg"] * params[name]
        return value[0] + construct["reg"] / 2 * sum(np.sum(array**2) for array in extra), value[1]

    found = statuses(judged("cs231n_a2", {NET: loss}, [NET]), NET)
    assert found["loss is right (normalised)"] == "fail"
    assert found["loss is right"] == "pass"


def test_running_statistics_that_are_rows_are_only_warned_of():
    from reference.batchnorm import batchnorm_forward

    def rows(x, gamma, beta, bn_param):
        out = batchnorm_forward(x, gamma, beta, bn_param)
        bn_param["running_mean"] = bn_param["running_mean"][None]
        return out

    report = judged("cs231n_a2", {"batchnorm_forward": rows}, ["batchnorm_forward"])
    assert report.score == report.max_score
    found = statuses(report, "batchnorm_forward")
    assert found["bn_param.running_mean is right after the call"] == "warn"
    assert found["bn_param.running_var is right after the call"] == "pass"


def test_a_config_that_loses_its_settings_is_told():
    source = (
        "def sgd(w, dw, config=None):\n    lr = (config or {}).get('learning_rate', 1e-2)\n    return w - lr * dw, {}\n"
    )
    found = statuses(judged("cs231n_a2", written(source), ["sgd"]), "sgd")
    assert found["next_w is right"] == "pass"
    assert found["the config comes back with every setting"] == "blocked"
