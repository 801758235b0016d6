"""Wrong dropouts. p is the probability that a unit is kept."""

from tests.engine.wrong.record import DX, NUMERIC, OUT, Wrong

KEPT = "out is x / p where it is kept, 0 elsewhere, and a share p is kept"
ALIKE = "dx is dout / p where the forward pass kept its input, 0 elsewhere"
DX_SHAPE, UNCHANGED = "dx has the shape of x", "the arguments are unchanged"

RIGHT = """
import numpy as np

def dropout_forward(x, dropout_param):
    p, mode = dropout_param["p"], dropout_param["mode"]
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])
    mask = None
    if mode == "train":
        mask = (np.random.rand(*x.shape) < p) / p
        out = x * mask
    elif mode == "test":
        out = x
    return out.astype(x.dtype, copy=False), (dropout_param, mask)

def dropout_backward(dout, cache):
    dropout_param, mask = cache
    if dropout_param["mode"] == "train":
        return dout * mask
    return dout
"""


def forward(name, category, mistake, body, caught_by, warns=False):
    source = "def dropout_forward(x, dropout_param):\n    p, mode = dropout_param['p'], dropout_param['mode']\n"
    return Wrong(f"dropout: {name}", category, mistake, "dropout_forward", source + indented(body), caught_by, warns)


def backward(name, category, mistake, body, caught_by, warns=False):
    source = "def dropout_backward(dout, cache):\n    param, mask = cache\n    p, mode = param['p'], param['mode']\n"
    return Wrong(
        f"dropout backward: {name}", category, mistake, "dropout_backward", source + indented(body), caught_by, warns
    )


def indented(body):
    return "".join(f"    {line}\n" for line in body.strip().splitlines())


SEEDED = "if 'seed' in dropout_param: np.random.seed(dropout_param['seed'])\n"
WRONG = (
    forward(
        "not scaled while training",
        "value",
        "dropout-scale",
        SEEDED
        + """
if mode == 'test': return x, (dropout_param, None)
mask = np.random.rand(*x.shape) < p
return x * mask, (dropout_param, mask)
""",
        (KEPT,),
    ),
    forward(
        "scaled while testing instead",
        "value",
        "dropout-scale",
        SEEDED
        + """
if mode == 'test': return x * p, (dropout_param, None)
mask = np.random.rand(*x.shape) < p
return x * mask, (dropout_param, mask)
""",
        (KEPT, OUT),
    ),
    forward(
        "scaled by 1 - p",
        "value",
        "dropout-scale",
        SEEDED
        + """
if mode == 'test': return x, (dropout_param, None)
mask = (np.random.rand(*x.shape) < p) / (1 - p)
return x * mask, (dropout_param, mask)
""",
        ("out is x / (1 − p) where it is kept, 0 elsewhere, and a share 1 − p is kept",),
    ),
    forward(
        "normal numbers for uniform ones",
        "value",
        "other",
        SEEDED
        + """
if mode == 'test': return x, (dropout_param, None)
mask = (np.random.randn(*x.shape) < p) / p
return x * mask, (dropout_param, mask)
""",
        (KEPT,),
    ),
    forward(
        "whole columns are dropped",
        "value",
        "other",
        SEEDED
        + """
if mode == 'test': return x, (dropout_param, None)
mask = np.ones_like(x) * (np.random.rand(x.shape[-1]) < p) / p
return x * mask, (dropout_param, mask)
""",
        (KEPT,),
    ),
    forward(
        "whole examples are dropped",
        "value",
        "other",
        SEEDED
        + """
if mode == 'test': return x, (dropout_param, None)
rows = np.random.rand(len(x)) < p
mask = np.ones_like(x) * rows.reshape(-1, *[1] * (x.ndim - 1)) / p
return x * mask, (dropout_param, mask)
""",
        (KEPT,),
    ),
    forward(
        "always the same seed",
        "conditional",
        "other",
        """
if mode == 'test': return x, (dropout_param, None)
mask = (np.random.RandomState(231).rand(*x.shape) < p) / p
return x * mask, (dropout_param, mask)
""",
        (KEPT,),
    ),
    forward(
        "the seed is not used",
        "conditional",
        "nondeterministic",
        """
if mode == 'test': return x, (dropout_param, None)
mask = (np.random.rand(*x.shape) < p) / p
return x * mask, (dropout_param, mask)
""",
        (KEPT,),
    ),
    forward(
        "drops while testing, too",
        "conditional",
        "other",
        SEEDED
        + """
mask = (np.random.rand(*x.shape) < p) / p
return x * mask, (dropout_param, mask)
""",
        (OUT,),
    ),
    forward(
        "only positive units are kept",
        "value",
        "relu-mask-missing",
        SEEDED
        + """
if mode == 'test': return x, (dropout_param, None)
mask = ((np.random.rand(*x.shape) < p) & (x > 0)) / p
return x * mask, (dropout_param, mask)
""",
        (KEPT,),
    ),
    forward(
        "p is held above one half",
        "conditional",
        "other",
        SEEDED
        + """
if mode == 'test': return x, (dropout_param, None)
p = max(p, 0.5)
mask = (np.random.rand(*x.shape) < p) / p
return x * mask, (dropout_param, mask)
""",
        (KEPT,),
    ),
    forward(
        "nothing is dropped where N = 1",
        "conditional",
        "other",
        SEEDED
        + """
if mode == 'test' or len(x) == 1: return x, (dropout_param, np.ones_like(x))
mask = (np.random.rand(*x.shape) < p) / p
return x * mask, (dropout_param, mask)
""",
        (KEPT,),
    ),
    forward(
        "the first column is always kept",
        "rare",
        "columns",
        SEEDED
        + """
if mode == 'test': return x, (dropout_param, None)
keep = np.random.rand(*x.shape) < p
if len(x) > 1: keep[:, 0] = True
return x * keep / p, (dropout_param, keep / p)
""",
        (KEPT,),
    ),
    forward(
        "scaled by 1 / p to three digits",
        "tiny",
        "dropout-scale",
        SEEDED
        + """
if mode == 'test': return x, (dropout_param, None)
mask = (np.random.rand(*x.shape) < p) * round(1 / p, 3)
return x * mask, (dropout_param, mask)
""",
        (KEPT,),
    ),
    forward(
        "p plus a small number",
        "tiny",
        "dropout-scale",
        SEEDED
        + """
if mode == 'test': return x, (dropout_param, None)
mask = (np.random.rand(*x.shape) < p) / (p + 1e-7)
return x * mask, (dropout_param, mask)
""",
        (KEPT,),
    ),
    forward(
        "x is thinned where it is",
        "behaviour",
        "mutates-input",
        SEEDED
        + """
if mode == 'train':
    mask = (np.random.rand(*x.shape) < p) / p
    x *= mask
    return x, (dropout_param, mask)
return x, (dropout_param, None)
""",
        (UNCHANGED,),
        warns=True,
    ),
    backward(
        "not scaled",
        "value",
        "dropout-scale",
        """
return dout * (mask > 0) if mode == 'train' else dout
""",
        (ALIKE,),
    ),
    backward(
        "scaled twice",
        "value",
        "dropout-scale",
        """
return dout * mask / p if mode == 'train' else dout
""",
        (ALIKE,),
    ),
    backward(
        "scaled by 1 - p",
        "value",
        "dropout-scale",
        """
return dout * (mask != 0) / (1 - p) if mode == 'train' else dout
""",
        (ALIKE,),
    ),
    backward(
        "passes everything",
        "value",
        "relu-mask-missing",
        """
return dout / p if mode == 'train' else dout
""",
        (ALIKE,),
    ),
    backward(
        "the other units",
        "value",
        "sign",
        """
return dout * (mask == 0) / p if mode == 'train' else dout
""",
        (ALIKE,),
    ),
    backward(
        "draws a mask of its own",
        "value",
        "other",
        """
if mode == 'test':
    return dout
return dout * (np.random.rand(*dout.shape) < p) / p
""",
        (ALIKE,),
    ),
    backward(
        "masks the gradient by its own sign",
        "value",
        "relu-mask-of-gradient",
        """
return dout * mask * (dout > 0) if mode == 'train' else dout
""",
        (ALIKE,),
    ),
    backward(
        "scaled while testing",
        "conditional",
        "dropout-scale",
        """
return dout * mask if mode == 'train' else dout * p
""",
        (DX, NUMERIC),
    ),
    backward(
        "nothing comes through while testing",
        "conditional",
        "other",
        """
return dout * mask if mode == 'train' else np.zeros_like(dout)
""",
        (DX, NUMERIC),
    ),
    backward(
        "clipped at 20",
        "conditional",
        "other",
        """
return np.clip(dout, -20, 20) * mask if mode == 'train' else dout
""",
        (ALIKE,),
    ),
    backward(
        "loses the axis of one example",
        "conditional",
        "shape",
        """
dx = dout * mask if mode == 'train' else dout
return dx[0] if len(dx) == 1 else dx
""",
        (DX_SHAPE,),
    ),
    backward(
        "one half for every p",
        "conditional",
        "dropout-scale",
        """
return dout * (mask > 0) * 2 if mode == 'train' else dout
""",
        (ALIKE,),
    ),
    backward(
        "the mask is turned where it is square",
        "square",
        "transpose",
        """
if mode == 'train' and mask.shape[0] == mask.shape[-1]:
    return dout * mask.T
return dout * mask if mode == 'train' else dout
""",
        (ALIKE,),
    ),
    backward(
        "the last row is never dropped",
        "rare",
        "rows",
        """
if mode == 'test':
    return dout
dx = dout * mask
dx[-1] = dout[-1] / p
return dx
""",
        (ALIKE,),
    ),
    backward(
        "one unit is forgotten",
        "rare",
        "one-element",
        """
if mode == 'test':
    return dout
dx = dout * mask
dx.flat[np.flatnonzero(mask)[0]] = 0
return dx
""",
        (ALIKE,),
    ),
    backward(
        "1 / p to six digits",
        "tiny",
        "scale",
        """
return dout * (mask > 0) * round(1 / p, 6) if mode == 'train' else dout
""",
        (ALIKE,),
    ),
    backward(
        "one ten-millionth leaks through",
        "tiny",
        "other",
        """
return dout * (mask + 1e-7) if mode == 'train' else dout
""",
        (ALIKE,),
    ),
    backward(
        "the upstream gradient is thinned where it is",
        "behaviour",
        "mutates-input",
        """
if mode == 'train':
    dout *= mask
return dout
""",
        (UNCHANGED,),
        warns=True,
    ),
    backward(
        "the mask of the last forward pass",
        "behaviour",
        "state",
        """
if mode == 'test':
    return dout
LAST.append(mask)
mask = LAST[0] if LAST[0].shape == dout.shape else mask
return dout * mask
""",
        (ALIKE,),
    ),
)
RIGHT += "\nLAST = []\n"
