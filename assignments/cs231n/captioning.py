"""The net that writes captions, with either cell."""

from dataclasses import dataclass

from assignments.cs231n.years import WITH_RNN
from grader.battery import Fixed, Normal, Together
from grader.checks import Gradient, Numeric, Shape, Value
from grader.model import Case, Slope, Task
from reference.captioning import captioning_loss

NAME, TAUGHT = "CaptioningRNN.loss", ("CS:CaptioningRNN.loss",)
ORDINARY = ("<START>", "<END>", "cat", "dog", "on", "a", "mat", "the", "red", "sees")


@dataclass(frozen=True)
class Captions:
    """Words for T + 1 steps: "<START>" first, words that repeat, and after an end that differs "<NULL>" alone."""

    full: bool = False

    def __call__(self, rng, sizes, drawn):
        numbers, columns = drawn["vocabulary"], sizes["T"] + 1
        plain = [number for word, number in numbers.items() if not word.startswith("<")]
        words = rng.choice(plain, size=(sizes["N"], columns))
        words[:, 0] = numbers["<START>"]
        for row in words:
            end = columns if self.full else int(rng.integers(2, columns + 1))
            row[end:] = numbers["<NULL>"]
        words[0, 1:2] = words[-1, 1:2] = plain[0]
        return words


@dataclass(frozen=True)
class Vocabulary:
    """V words by number; `null` is the number of the one that fills captions up."""

    null: int = 0

    def __call__(self, rng, sizes, drawn):
        numbers = [number for number in range(sizes["V"]) if number != self.null]
        return {"<NULL>": self.null, **dict(zip(ORDINARY, numbers, strict=False))}


def sizes(N, T, F, D, H, V, gates=1):
    """N captions of T + 1 words of V, F features, word vectors of D numbers, H hidden units and `gates` gates."""
    return dict(N=N, T=T, F=F, D=D, H=H, V=V, **({"G": gates * H} if gates > 1 else {}))


def construct(rng, sizes, drawn):
    """What the net is made with."""
    return dict(
        word_to_idx=drawn["vocabulary"],
        input_dim=sizes["F"],
        wordvec_dim=sizes["D"],
        hidden_dim=sizes["H"],
        cell_type=drawn["cell"],
        dtype="float64",
    )


PARAMS = dict(
    W_proj=Normal("F H", scale=0.6),
    b_proj=Normal("H", scale=0.5),
    W_embed=Normal("V D"),
    Wx=Normal("D H", scale=0.6),
    Wh=Normal("H H", scale=0.6),
    b=Normal("H", scale=0.5),
    W_vocab=Normal("H V"),
    b_vocab=Normal("V", shift=0.3),
)
GATES = dict(Wx=Normal("D G", scale=0.6), Wh=Normal("H G", scale=0.6), b=Normal("G", scale=0.5))
LSTM = dict(cell=Fixed("lstm"), params=Together({**PARAMS, **GATES}))
CASES = (
    Case("example", sizes(1, 2, 2, 1, 2, 4), public=True),
    Case("practice", sizes(2, 3, 4, 2, 3, 5), public=True, slope=True),
    Case("practice, LSTM", sizes(2, 3, 1, 2, 3, 5, 4), LSTM, group="LSTM", public=True),
    Case("generic", sizes(5, 4, 7, 2, 3, 8), dict(vocabulary=Vocabulary(3)), slope=True, why="sizes that differ"),
    Case("square", sizes(4, 4, 4, 4, 4, 4), why="mistakes that run where all products fit"),
    Case("one caption", sizes(1, 4, 3, 2, 5, 6), why="squeezed axes, and branches on the batch size"),
    Case("one step", sizes(3, 1, 2, 3, 4, 5), dict(captions=Captions(full=True)), why="T = 1: nothing is carried"),
    Case("full captions", sizes(3, 5, 2, 4, 3, 6), dict(captions=Captions(full=True)), why="every step counts"),
    Case("another null", sizes(3, 4, 2, 5, 3, 7), dict(vocabulary=Vocabulary(2)), why="<NULL> is looked up, not 0"),
    Case("LSTM", sizes(5, 4, 7, 2, 3, 8, 4), dict(**LSTM, vocabulary=Vocabulary(4)), group="LSTM"),
    Case("LSTM, one caption", sizes(1, 3, 2, 4, 5, 6, 4), LSTM, group="LSTM"),
)
TASK = Task(
    captioning_loss,
    name=NAME,
    draws=dict(
        vocabulary=Vocabulary(),
        cell=Fixed("rnn"),
        construct=construct,
        params=Together(PARAMS),
        features=Normal("N F", shift=0.2),
        captions=Captions(),
    ),
    returns={"loss": "", "grads": "like params"},
    cases=CASES,
    slope=Slope(NAME, ("construct", "params", "features", "captions"), "loss", {"params": "grads"}),
    checks={
        Shape("loss"): 0.5,
        Value("loss", proves=TAUGHT): 1.5,
        Shape("grads", ones="row"): 0.5,
        Gradient("grads", proves=TAUGHT): 3,
        Numeric(): 1,
        Value("loss", "LSTM", TAUGHT): 1,
        Gradient("grads", "LSTM", TAUGHT): 2,
    },
    homes=("rnn",),
    years=WITH_RNN,
)
