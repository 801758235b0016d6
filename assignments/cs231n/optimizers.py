"""Update rules: a step, and the state that they carry on."""

from assignments.cs231n.claims import values
from assignments.cs231n.draws import Positive
from grader.battery import Fixed, Normal, Together
from grader.checks import Shape, Value
from grader.model import Case, Task
from reference.optimizers import adam, rmsprop, sgd, sgd_momentum


def settings(**values):
    """A config, a new one for each case: a call may write into it."""
    return dict(config=Together({name: _draw(value) for name, value in values.items()}))


def _draw(value):
    return value if callable(value) else Fixed(value)


def cases(state, **first):
    """Without a config, with an empty one, with settings, and with a state; other shapes, small and large gradients."""
    return (
        Case("example", dict(D=3, M=2), public=True),
        Case("practice", dict(D=2, M=3), settings(learning_rate=0.05, **state), public=True),
        Case("generic", dict(D=7, M=5), settings(learning_rate=0.03, **state), why="a state, and a step of its own"),
        Case("first step", dict(D=7, M=5), why="no config: every setting is the rule's own"),
        Case("empty config", dict(D=5, M=3), settings(), why="the same, in a dict to be filled"),
        Case("square", dict(D=5, M=5), settings(learning_rate=1.0, **state)),
        Case("one axis", dict(M=5), dict(w=Normal("M"), dw=Normal("M"), **settings(learning_rate=0.2))),
        Case("images", dict(D=2, M=3, H=5), dict(w=Normal("D M H"), dw=Normal("D M H"), **settings(**first))),
        Case("one number", dict(D=1, M=1), settings(**state)),
        Case("small gradients", dict(D=3, M=5), dict(dw=Normal("D M", scale=1e-6)), why="ε counts"),
        Case("large gradients", dict(D=3, M=5), dict(dw=Normal("D M", scale=1e3)), why="clipping shows"),
    )


def rule(reference, returned, more=(), constants=None, **state):
    """A task for an update rule; `returned` are the entries of the config that carry its state, `constants` others."""
    whole = settings(**(constants or {}), learning_rate=7.123456789, **state)
    handed = Case(
        "every setting", dict(D=1, M=3), whole, group="settings", why="the next step is given what comes back"
    )
    return Task(
        reference,
        draws=dict(w=Normal("D M"), dw=Normal("D M", shift=0.2), config=Fixed(None)),
        returns={"next_w": "like w", "config": "the dict of settings and state"},
        cases=(*cases(state, learning_rate=0.5), *more, handed),
        fills=("config",),
        checks={
            **values("next_w", of=reference.__name__),
            **{Value(f"config.{name}"): 1 for name in returned},
            Shape("config", "settings"): 0.5,
            KEPT: 0.5,
        },
        homes=("optim",),
    )


KEPT = Value("config", "settings", claim="the config comes back with every setting")
VELOCITY = Normal("D M", shift=0.5)
MEANS = dict(m=Normal("D M", shift=0.5), v=Positive("D M"))
TASKS = (
    rule(sgd, ()),
    rule(
        sgd_momentum,
        ("velocity",),
        (Case("slow", dict(D=3, M=5), settings(momentum=0.3, velocity=VELOCITY)),),
        velocity=VELOCITY,
        constants=dict(momentum=0.7),
    ),
    rule(
        rmsprop,
        ("cache",),
        (
            Case("forgetful", dict(D=3, M=5), settings(decay_rate=0.3, cache=Positive("D M"))),
            Case("coarse", dict(D=3, M=5), settings(epsilon=0.1, cache=Positive("D M", 0.1)), why="ε outside the root"),
        ),
        cache=Positive("D M"),
        constants=dict(decay_rate=0.8, epsilon=1e-6),
    ),
    rule(
        adam,
        ("m", "v", "t"),
        (
            Case("t = 0", dict(D=3, M=5), settings(t=0), why="the first step uses t = 1"),
            Case("t = 1000", dict(D=3, M=5), settings(t=1000, **MEANS), why="the corrections are near 1"),
            Case("forgetful", dict(D=3, M=5), settings(beta1=0.3, beta2=0.6, t=2, **MEANS), why="which β is whose"),
            Case("coarse", dict(D=3, M=5), settings(epsilon=0.1, t=3, **MEANS), why="ε outside the root"),
        ),
        t=5,
        constants=dict(beta1=0.8, beta2=0.95, epsilon=1e-6),
        **MEANS,
    ),
)
