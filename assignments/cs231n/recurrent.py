"""Recurrent steps and sequences."""

from assignments.cs231n.claims import gradients, values
from assignments.cs231n.draws import Upstream
from assignments.cs231n.years import WITH_RNN
from grader.battery import Normal
from grader.model import Case, Slope, Task
from reference.lstm import lstm_backward, lstm_forward, lstm_step_backward, lstm_step_forward
from reference.rnn import rnn_backward, rnn_forward, rnn_step_backward, rnn_step_forward

HOMES = ("rnn_layers",)
PRIMES = "distinct primes: a transpose or a wrong axis shows"
NAMES = ("example", "practice", "generic", "square", "one example")
SINGLE = "squeezed axes, and branches on the batch size"


def family(*five, **more):
    """The five cases that everything is asked for, in this order, with their sizes."""
    whys = ("", "", PRIMES, "mistakes that run only where all sizes are equal", SINGLE)
    return tuple(
        Case(name, sizes, public=index < 2, slope=0 < index < 3, why=why, **more)
        for index, (name, sizes, why) in enumerate(zip(NAMES, five, whys, strict=True))
    )


def recurrent(gates, sequence):
    """The cases of a layer with `gates` gates, for one step or for a sequence."""

    def sized(N, D, H, T):
        return {**dict(N=N, D=D, H=H), **(dict(T=T) if sequence else {}), **({"G": gates * H} if gates else {})}

    saturated = dict(x=Normal("N T D" if sequence else "N D", scale=9))
    return (
        *family(sized(2, 3, 1, 2), sized(3, 2, 4, 5), sized(3, 5, 7, 2), sized(5, 5, 5, 5), sized(1, 5, 3, 4)),
        Case("one step", sized(3, 2, 5, 1), why="T = 1: nothing is carried"),
        Case("one unit", sized(3, 2, 1, 4), why="H = 1: axes to lose"),
        Case("one input", sized(4, 1, 3, 2), why="D = 1: axes to lose"),
        Case("long", sized(2, 3, 4, 11)),
        Case("square weights", sized(3, gates or 4, 1 if gates else 4, 2), why="a transposed gradient fits, too"),
        Case("saturated", sized(3, 2, 5, 3), saturated, why="slopes near 0, and a clip at large states"),
    )


def weights(columns):
    """W_x, W_h and b, with so many columns."""
    return dict(
        Wx=Normal(f"D {columns}", scale=0.6), Wh=Normal(f"H {columns}", scale=0.6), b=Normal(columns, shift=0.3)
    )


SHARED = ("Wx", "Wh", "b")
RNN, LSTM = weights("H"), weights("G")
RNN_STEP = dict(x=Normal("N D", shift=0.2), prev_h=Normal("N H"), **RNN)
LSTM_STEP = dict(x=Normal("N D", shift=0.2), prev_h=Normal("N H"), prev_c=Normal("N H", shift=0.4), **LSTM)
RNN_RUN = dict(x=Normal("N T D", shift=0.2), h0=Normal("N H"), **RNN)
LSTM_RUN = dict(x=Normal("N T D", shift=0.2), h0=Normal("N H"), **LSTM)


def large(cases, **draws):
    """One more case, whose upstream gradient is large: clipping shows."""
    return (*cases, Case("large", cases[2].sizes, draws, why="large gradients: clipping shows"))


def layer(forward, backward, cases, draws, out, returns, upstream, **more):
    """A forward pass with one output and its backward pass."""
    moves = {name.removeprefix("d"): name for name in returns}
    shift = Upstream(forward, shift=40)
    return (
        Task(
            forward,
            draws=draws,
            returns={**out, "cache": ""},
            cases=cases,
            checks=values(*out, of=forward.__name__),
            homes=HOMES,
            years=WITH_RNN,
        ),
        Task(
            backward,
            forward=forward,
            draws=dict(**draws, **{upstream: Upstream(forward)}),
            returns=returns,
            cases=large(cases, **{upstream: shift}),
            slope=Slope(forward.__name__, tuple(draws), next(iter(out)), moves, against=upstream),
            checks=gradients(*returns, of=backward.__name__),
            homes=HOMES,
            years=WITH_RNN,
            **more,
        ),
    )


def shared(columns):
    """The gradients of what every step shares."""
    return {"dWx": f"D {columns}", "dWh": f"H {columns}", "db": columns}


STEP_CASES = recurrent(4, sequence=False)
LARGE_CELLS = Case("large cells", dict(N=3, D=2, H=5, G=20), dict(prev_c=Normal("N H", scale=9)), why="clipping shows")
LSTM_STEP_TASKS = (
    Task(
        lstm_step_forward,
        draws=LSTM_STEP,
        returns={"next_h": "N H", "next_c": "N H", "cache": ""},
        cases=(*STEP_CASES, LARGE_CELLS),
        checks=values("next_h", "next_c", of="lstm_step_forward"),
        homes=HOMES,
        years=WITH_RNN,
    ),
    Task(
        lstm_step_backward,
        forward=lstm_step_forward,
        draws=dict(**LSTM_STEP, dnext_h=Normal("N H"), dnext_c=Normal("N H")),
        returns={"dx": "N D", "dprev_h": "N H", "dprev_c": "N H", **shared("G")},
        cases=(
            *large(STEP_CASES, dnext_h=Normal("N H", shift=40), dnext_c=Normal("N H", shift=40)),
            Case(
                "no cell", dict(N=3, D=2, H=5, G=20), dict(dnext_c=Normal("N H", scale=0.0)), why="c_t only makes h_t"
            ),
            Case(
                "no state", dict(N=3, D=2, H=5, G=20), dict(dnext_h=Normal("N H", scale=0.0)), why="c_t alone is used"
            ),
        ),
        slope=Slope(
            "lstm_step_forward",
            tuple(LSTM_STEP),
            "next_h",
            {name: f"d{name}" for name in LSTM_STEP},
            against="dnext_h",
            beside={"next_c": "dnext_c"},
        ),
        checks=gradients("dx", "dprev_h", "dprev_c", "dWx", "dWh", "db", of="lstm_step_backward"),
        homes=HOMES,
        years=WITH_RNN,
    ),
)

TASKS = (
    *layer(
        rnn_step_forward,
        rnn_step_backward,
        recurrent(None, sequence=False),
        RNN_STEP,
        {"next_h": "N H"},
        {"dx": "N D", "dprev_h": "N H", **shared("H")},
        "dnext_h",
    ),
    *layer(
        rnn_forward,
        rnn_backward,
        recurrent(None, sequence=True),
        RNN_RUN,
        {"h": "N T H"},
        {"dx": "N T D", "dh0": "N H", **shared("H")},
        "dh",
    ),
    *LSTM_STEP_TASKS,
    *layer(
        lstm_forward,
        lstm_backward,
        recurrent(4, sequence=True),
        LSTM_RUN,
        {"h": "N T H"},
        {"dx": "N T D", "dh0": "N H", **shared("G")},
        "dh",
    ),
)
