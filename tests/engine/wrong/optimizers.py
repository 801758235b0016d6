"""Wrong update rules."""

from tests.engine.wrong.record import NEXT_W, Wrong

VELOCITY, CACHE, M, V, T = (f"config.{name} is right" for name in ("velocity", "cache", "m", "v", "t"))

RIGHT = """
import numpy as np

def sgd(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-2)
    return w - config["learning_rate"] * dw, config

def sgd_momentum(w, dw, config=None):
    config = dict(config or {})
    lr, mu = config.setdefault("learning_rate", 1e-2), config.setdefault("momentum", 0.9)
    config["velocity"] = mu * config.get("velocity", 0) - lr * dw
    return w + config["velocity"], config

def rmsprop(w, dw, config=None):
    config = {} if config is None else config
    lr, rho, eps = (config.setdefault(k, v) for k, v in dict(learning_rate=1e-2, decay_rate=0.99, epsilon=1e-8).items())
    config.setdefault("cache", np.zeros_like(w))
    config["cache"] = config["cache"] * rho + (1 - rho) * dw ** 2
    return w - lr / (np.sqrt(config["cache"]) + eps) * dw, config

def adam(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-3)
    config.setdefault("beta1", 0.9)
    config.setdefault("beta2", 0.999)
    config.setdefault("epsilon", 1e-8)
    config.setdefault("m", np.zeros_like(w))
    config.setdefault("v", np.zeros_like(w))
    config.setdefault("t", 0)
    config["t"] += 1
    config["m"] = config["beta1"] * config["m"] + (1 - config["beta1"]) * dw
    config["v"] = config["beta2"] * config["v"] + (1 - config["beta2"]) * np.square(dw)
    mt = config["m"] / (1 - config["beta1"] ** config["t"])
    vt = config["v"] / (1 - config["beta2"] ** config["t"])
    return w - config["learning_rate"] * mt / (np.sqrt(vt) + config["epsilon"]), config
"""


def rule(function, defaults, said):
    opening = f"def {function}(w, dw, config=None):\n    c = {{}} if config is None else config\n"
    opening += "".join(f"    c.setdefault({key!r}, {value})\n" for key, value in defaults.items())

    def made(name, category, mistake, body, caught_by, warns=False):
        lines = "".join(f"    {line}\n" for line in body.strip().splitlines())
        return Wrong(f"{said}: {name}", category, mistake, function, opening + lines, caught_by, warns)

    return made


ZEROS = "np.zeros_like(w)"
sgd = rule("sgd", {"learning_rate": 0.01}, "sgd")
momentum = rule("sgd_momentum", {"learning_rate": 0.01, "momentum": 0.9, "velocity": ZEROS}, "momentum")
rmsprop = rule("rmsprop", {"learning_rate": 0.01, "decay_rate": 0.99, "epsilon": 1e-8, "cache": ZEROS}, "rmsprop")
adam = rule(
    "adam",
    {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "m": ZEROS, "v": ZEROS, "t": 0},
    "adam",
)
SIMPLE = (
    sgd("climbs", "value", "sign", "return w + c['learning_rate'] * dw, c", (NEXT_W,)),
    sgd("the learning rate is not read", "conditional", "other", "return w - 0.01 * dw, c", (NEXT_W,)),
    sgd(
        "the sign of the gradient alone", "value", "other", "return w - c['learning_rate'] * np.sign(dw), c", (NEXT_W,)
    ),
    sgd(
        "gradients are clipped at 5",
        "conditional",
        "other",
        "return w - c['learning_rate'] * np.clip(dw, -5, 5), c",
        (NEXT_W,),
    ),
    sgd(
        "the last row stays",
        "rare",
        "rows",
        """
new = w - c['learning_rate'] * dw
new[-1] = w[-1]
return new, c
""",
        (NEXT_W,),
    ),
    sgd(
        "w is moved where it is",
        "behaviour",
        "mutates-input",
        """
w -= c['learning_rate'] * dw
return w, c
""",
        (NEXT_W,),
        warns=True,
    ),
    momentum(
        "the new velocity is not used",
        "value",
        "other",
        """
v = c['velocity']
c['velocity'] = c['momentum'] * v - c['learning_rate'] * dw
return w + v, c
""",
        (NEXT_W,),
    ),
    momentum(
        "the velocity is not stored",
        "value",
        "other",
        """
v = c['momentum'] * c['velocity'] - c['learning_rate'] * dw
return w + v, c
""",
        (VELOCITY,),
    ),
    momentum(
        "plus for minus",
        "value",
        "sign",
        """
v = c['momentum'] * c['velocity'] + c['learning_rate'] * dw
c['velocity'] = v
return w - v, c
""",
        (NEXT_W, VELOCITY),
    ),
    momentum(
        "the learning rate outside",
        "value",
        "other",
        """
v = c['momentum'] * c['velocity'] - dw
c['velocity'] = v
return w + c['learning_rate'] * v, c
""",
        (NEXT_W, VELOCITY),
    ),
    momentum(
        "a running mean",
        "value",
        "other",
        """
v = c['momentum'] * c['velocity'] - (1 - c['momentum']) * c['learning_rate'] * dw
c['velocity'] = v
return w + v, c
""",
        (NEXT_W, VELOCITY),
    ),
    momentum(
        "Nesterov's step",
        "value",
        "other",
        """
old = c['velocity']
v = c['momentum'] * old - c['learning_rate'] * dw
c['velocity'] = v
return w - c['momentum'] * old + (1 + c['momentum']) * v, c
""",
        (NEXT_W,),
    ),
    momentum(
        "0.9 whatever the momentum",
        "conditional",
        "other",
        """
v = 0.9 * c['velocity'] - c['learning_rate'] * dw
c['velocity'] = v
return w + v, c
""",
        (NEXT_W, VELOCITY),
    ),
    momentum(
        "one velocity in the module",
        "behaviour",
        "state",
        """
v = c['momentum'] * KEPT.get(w.shape, c['velocity']) - c['learning_rate'] * dw
KEPT[w.shape] = c['velocity'] = v
return w + v, c
""",
        (NEXT_W,),
    ),
    rmsprop(
        "no root",
        "value",
        "rmsprop-root",
        """
c['cache'] = c['decay_rate'] * c['cache'] + (1 - c['decay_rate']) * dw ** 2
return w - c['learning_rate'] * dw / (c['cache'] + c['epsilon']), c
""",
        (NEXT_W,),
    ),
    rmsprop(
        "divided by the old mean",
        "value",
        "other",
        """
old = c['cache']
c['cache'] = c['decay_rate'] * old + (1 - c['decay_rate']) * dw ** 2
return w - c['learning_rate'] * dw / (np.sqrt(old) + c['epsilon']), c
""",
        (NEXT_W,),
    ),
    rmsprop(
        "squares add up without end",
        "value",
        "other",
        """
c['cache'] = c['cache'] + dw ** 2
return w - c['learning_rate'] * dw / (np.sqrt(c['cache']) + c['epsilon']), c
""",
        (NEXT_W, CACHE),
    ),
    rmsprop(
        "the decay the wrong way round",
        "value",
        "other",
        """
c['cache'] = (1 - c['decay_rate']) * c['cache'] + c['decay_rate'] * dw ** 2
return w - c['learning_rate'] * dw / (np.sqrt(c['cache']) + c['epsilon']), c
""",
        (NEXT_W, CACHE),
    ),
    rmsprop(
        "sizes for squares",
        "value",
        "other",
        """
c['cache'] = c['decay_rate'] * c['cache'] + (1 - c['decay_rate']) * np.abs(dw)
return w - c['learning_rate'] * dw / (np.sqrt(c['cache']) + c['epsilon']), c
""",
        (NEXT_W, CACHE),
    ),
    rmsprop(
        "epsilon inside the root",
        "tiny",
        "eps-placement",
        """
c['cache'] = c['decay_rate'] * c['cache'] + (1 - c['decay_rate']) * dw ** 2
return w - c['learning_rate'] * dw / np.sqrt(c['cache'] + c['epsilon']), c
""",
        (NEXT_W,),
    ),
    rmsprop(
        "epsilon is always 1e-8",
        "conditional",
        "other",
        """
c['cache'] = c['decay_rate'] * c['cache'] + (1 - c['decay_rate']) * dw ** 2
return w - c['learning_rate'] * dw / (np.sqrt(c['cache']) + 1e-8), c
""",
        (NEXT_W,),
    ),
    rmsprop(
        "the last column keeps its old mean",
        "rare",
        "columns",
        """
new = c['decay_rate'] * c['cache'] + (1 - c['decay_rate']) * dw ** 2
new[..., -1] = c['cache'][..., -1]
c['cache'] = new
return w - c['learning_rate'] * dw / (np.sqrt(new) + c['epsilon']), c
""",
        (NEXT_W, CACHE),
    ),
    rmsprop(
        "the gradient is squared where it is",
        "behaviour",
        "mutates-input",
        """
step = c['learning_rate'] * dw.copy()
dw **= 2
c['cache'] = c['decay_rate'] * c['cache'] + (1 - c['decay_rate']) * dw
return w - step / (np.sqrt(c['cache']) + c['epsilon']), c
""",
        (NEXT_W,),
        warns=True,
    ),
)
MOVED = """
c['m'] = c['beta1'] * c['m'] + (1 - c['beta1']) * dw
c['v'] = c['beta2'] * c['v'] + (1 - c['beta2']) * dw ** 2
"""
STEP = "return w - c['learning_rate'] * mt / (np.sqrt(vt) + c['epsilon']), c"
CORRECTED = "mt, vt = c['m'] / (1 - c['beta1'] ** c['t']), c['v'] / (1 - c['beta2'] ** c['t'])\n"
ADAM = (
    adam(
        "t is raised after use",
        "value",
        "adam-t",
        MOVED
        + """
t = max(c['t'], 1)
mt, vt = c['m'] / (1 - c['beta1'] ** t), c['v'] / (1 - c['beta2'] ** t)
c['t'] += 1
"""
        + STEP,
        (NEXT_W,),
    ),
    adam(
        "t is not raised",
        "value",
        "adam-t",
        MOVED
        + """
t = c['t'] + 1
mt, vt = c['m'] / (1 - c['beta1'] ** t), c['v'] / (1 - c['beta2'] ** t)
"""
        + STEP,
        (T,),
    ),
    adam("t is raised by two", "value", "adam-t", MOVED + "c['t'] += 2\n" + CORRECTED + STEP, (NEXT_W, T)),
    adam(
        "no correction",
        "value",
        "adam-bias-correction",
        MOVED + "c['t'] += 1\nmt, vt = c['m'], c['v']\n" + STEP,
        (NEXT_W,),
    ),
    adam(
        "a correction without its power",
        "value",
        "adam-bias-correction",
        MOVED + "c['t'] += 1\nmt, vt = c['m'] / (1 - c['beta1']), c['v'] / (1 - c['beta2'])\n" + STEP,
        (NEXT_W,),
    ),
    adam(
        "a correction by a product for a power",
        "value",
        "adam-bias-correction",
        MOVED
        + "c['t'] += 1\nmt, vt = c['m'] / (1 - c['beta1'] * c['t']), abs(c['v'] / (1 - c['beta2'] * c['t']))\n"
        + STEP,
        (NEXT_W,),
    ),
    adam(
        "only the mean is corrected",
        "value",
        "adam-bias-correction",
        MOVED + "c['t'] += 1\nmt, vt = c['m'] / (1 - c['beta1'] ** c['t']), c['v']\n" + STEP,
        (NEXT_W,),
    ),
    adam(
        "the corrected means are kept",
        "value",
        "adam-bias-correction",
        MOVED + "c['t'] += 1\n" + CORRECTED + "c['m'], c['v'] = mt, vt\n" + STEP,
        (M, V),
    ),
    adam(
        "the betas change places",
        "value",
        "wrong-operand",
        """
c['m'] = c['beta2'] * c['m'] + (1 - c['beta2']) * dw
c['v'] = c['beta1'] * c['v'] + (1 - c['beta1']) * dw ** 2
c['t'] += 1
"""
        + CORRECTED
        + STEP,
        (NEXT_W, M, V),
    ),
    adam(
        "no square",
        "value",
        "other",
        """
c['m'] = c['beta1'] * c['m'] + (1 - c['beta1']) * dw
c['v'] = c['beta2'] * c['v'] + (1 - c['beta2']) * abs(dw)
c['t'] += 1
"""
        + CORRECTED
        + STEP,
        (NEXT_W, V),
    ),
    adam(
        "no root",
        "value",
        "rmsprop-root",
        MOVED + "c['t'] += 1\n" + CORRECTED + "return w - c['learning_rate'] * mt / (vt + c['epsilon']), c",
        (NEXT_W,),
    ),
    adam(
        "epsilon inside the root",
        "tiny",
        "eps-placement",
        MOVED + "c['t'] += 1\n" + CORRECTED + "return w - c['learning_rate'] * mt / np.sqrt(vt + c['epsilon']), c",
        (NEXT_W,),
    ),
    adam(
        "epsilon before the correction",
        "tiny",
        "eps-placement",
        MOVED
        + """
c['t'] += 1
b1, b2 = 1 - c['beta1'] ** c['t'], 1 - c['beta2'] ** c['t']
return w - c['learning_rate'] * np.sqrt(b2) / b1 * c['m'] / (np.sqrt(c['v']) + c['epsilon']), c
""",
        (NEXT_W,),
    ),
    adam(
        "no epsilon",
        "conditional",
        "other",
        MOVED + "c['t'] += 1\n" + CORRECTED + "return w - c['learning_rate'] * mt / np.sqrt(vt), c",
        (NEXT_W,),
    ),
    adam(
        "the first step has no correction",
        "conditional",
        "adam-bias-correction",
        MOVED + "c['t'] += 1\nif c['t'] == 1:\n    mt, vt = c['m'], c['v']\nelse:\n    " + CORRECTED + STEP,
        (NEXT_W,),
    ),
    adam(
        "late steps have no correction",
        "conditional",
        "adam-bias-correction",
        MOVED + "c['t'] += 1\nif c['t'] > 999:\n    mt, vt = c['m'], c['v']\nelse:\n    " + CORRECTED + STEP,
        (NEXT_W,),
    ),
    adam(
        "starts anew at every call",
        "conditional",
        "state",
        """
c['m'] = (1 - c['beta1']) * dw
c['v'] = (1 - c['beta2']) * dw ** 2
c['t'] += 1
"""
        + CORRECTED
        + STEP,
        (NEXT_W, M, V),
    ),
    adam(
        "beta1 is 0.9",
        "conditional",
        "other",
        """
c['m'] = 0.9 * c['m'] + (1 - 0.9) * dw
c['v'] = c['beta2'] * c['v'] + (1 - c['beta2']) * dw ** 2
c['t'] += 1
"""
        + CORRECTED
        + STEP,
        (NEXT_W, M),
    ),
    adam(
        "the first entry is moved by its gradient",
        "rare",
        "one-element",
        MOVED
        + "c['t'] += 1\n"
        + CORRECTED
        + """
new = w - c['learning_rate'] * mt / (np.sqrt(vt) + c['epsilon'])
new.flat[0] = w.flat[0] - c['learning_rate'] * dw.flat[0]
return new, c
""",
        (NEXT_W,),
    ),
    adam(
        "one minus beta2 typed as 0.0010001",
        "tiny",
        "scale",
        """
c['m'] = c['beta1'] * c['m'] + (1 - c['beta1']) * dw
c['v'] = c['beta2'] * c['v'] + (1 - c['beta2']) * 1.0001 * dw ** 2
c['t'] += 1
"""
        + CORRECTED
        + STEP,
        (NEXT_W, V),
    ),
    adam(
        "the means are moved in single precision",
        "behaviour",
        "float32",
        """
c['m'] = c['beta1'] * c['m'] + (1 - c['beta1']) * dw
c['v'] = c['beta2'] * c['v'] + (1 - c['beta2']) * dw ** 2
c['t'] += 1
"""
        + CORRECTED
        + "return np.float32(w - c['learning_rate'] * mt / (np.sqrt(vt) + c['epsilon'])), c",
        (NEXT_W,),
        warns=True,
    ),
    adam(
        "t is counted in the module",
        "behaviour",
        "state",
        MOVED
        + """
KEPT['t'] = KEPT.get('t', c['t']) + 1
c['t'] = KEPT['t']
"""
        + CORRECTED
        + STEP,
        (NEXT_W, T),
    ),
)
RIGHT += "\nKEPT = {}\n"
WRONG = (*SIMPLE, *ADAM)
