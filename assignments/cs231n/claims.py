"""What is asked of every forward and every backward pass."""

from grader.checks import Gradient, Numeric, Shape, Value

SOFTENED = 5e-6
"""How far off log(p + ε) puts a loss, as a share of it, where ε is 1e-8: many write it, though it is not taught."""


def values(*names, group="", of="", nearly=0.0):
    """A point for the values of each output, half a one for its shape; `of` is the function that they are taught as."""
    proves = _taught(of)
    return {
        check: points
        for name in names
        for check, points in (
            (Shape(name, group), 0.5),
            (Value(name, group, proves, nearly=nearly), 1),
        )
    }


def of_a_net(of):
    """What is asked of every net: its scores where there are no labels, its loss, the gradients of all parameters."""
    proves = _taught(of)
    return {
        Shape("scores", "scores"): 0.5,
        Value("scores", "scores", proves, "the scores are right where there are no labels"): 1,
        Shape("loss"): 0.5,
        Value("loss", "", proves, nearly=SOFTENED): 1.5,
        Shape("grads", ones="row"): 0.5,
        Gradient("grads", proves=proves): 3,
        Numeric(): 1,
    }


def gradients(*names, of="", ones="row"):
    """A point for each gradient, half a one for its shape, and one for the slope of all of them."""
    proves = _taught(of)
    shapes = {name: Shape(name, ones="" if name == "dx" else ones) for name in names}
    pairs = [pair for name in names for pair in ((shapes[name], 0.5), (Gradient(name, "", proves), 1))]
    return {**dict(pairs), Numeric(): 1}


def _taught(function):
    return (f"CS:{function}",) if function else ()
