"""Word vectors, and the layers that treat every step of a sequence alike, which the course gives away."""

from assignments.cs231n.claims import gradients, values
from assignments.cs231n.draws import Counting, Words
from assignments.cs231n.recurrent import family, layer
from grader.battery import Fixed, Normal
from grader.checks import Gradient, Value
from grader.model import Case, Slope, Task
from reference.embedding import word_embedding_backward, word_embedding_forward
from reference.temporal import temporal_affine_backward, temporal_affine_forward, temporal_softmax_loss

TABLE = (
    *family(
        dict(N=2, T=3, V=4, D=2),
        dict(N=2, T=4, V=5, D=3),
        dict(N=3, T=5, V=11, D=7),
        dict(N=5, T=5, V=5, D=5),
        dict(N=1, T=5, V=7, D=3),
    ),
    Case("one word", dict(N=3, T=4, V=3, D=5), dict(x=Words("N T", "int32")), why="every index is the same"),
    Case("one step", dict(N=5, T=1, V=7, D=2), why="T = 1: axes to lose"),
    Case("one column", dict(N=3, T=4, V=5, D=1), why="D = 1: axes to lose"),
    Case("one row", dict(N=2, T=3, V=1, D=4), why="V = 1: axes to lose"),
    Case("large vectors", dict(N=2, T=3, V=5, D=4), dict(W=Normal("V D", scale=9)), why="clipping shows"),
    Case("unsigned words", dict(N=2, T=7, V=5, D=3), dict(x=Words("N T", "uint8"))),
)
AFFINE = (
    *family(
        dict(N=1, T=2, D=3, M=2),
        dict(N=2, T=4, D=3, M=5),
        dict(N=2, T=3, D=5, M=7),
        dict(N=5, T=5, D=5, M=5),
        dict(N=1, T=4, D=3, M=2),
    ),
    Case("one step", dict(N=5, T=1, D=2, M=3), why="T = 1: axes to lose"),
    Case("one weight", dict(N=2, T=3, D=1, M=1), why="axes of length 1 to lose"),
)
COUNTED = (
    *family(
        dict(N=2, T=3, V=3),
        dict(N=3, T=4, V=2),
        dict(N=3, T=5, V=7),
        dict(N=5, T=5, V=5),
        dict(N=1, T=5, V=3),
    ),
    Case("all steps count", dict(N=3, T=4, V=5), dict(mask=lambda rng, sizes, drawn: drawn["y"] >= 0)),
    Case("one step", dict(N=5, T=1, V=3), why="T = 1: axes to lose"),
    Case("one word", dict(N=3, T=4, V=3), why="one label is used throughout"),
    Case("unsigned labels", dict(N=2, T=7, V=5), dict(y=Words("N T", "uint8"))),
    Case("scores × 1000", dict(N=3, T=4, V=5), dict(x=Normal("N T V", scale=1e3)), group="large scores"),
)

WORDS = layer(
    word_embedding_forward,
    word_embedding_backward,
    TABLE,
    dict(x=Words(), W=Normal("V D", shift=0.3)),
    {"out": "N T D"},
    {"dW": "V D"},
    "dout",
)
GIVEN = (
    *layer(
        temporal_affine_forward,
        temporal_affine_backward,
        AFFINE,
        dict(x=Normal("N T D", shift=0.3), w=Normal("D M"), b=Normal("M", shift=0.5)),
        {"out": "N T M"},
        {"dx": "N T D", "dw": "D M", "db": "M"},
        "dout",
    ),
    Task(
        temporal_softmax_loss,
        draws=dict(x=Normal("N T V", scale=1.5), y=Words(), mask=Counting(), verbose=Fixed(False)),
        returns={"loss": "", "dx": "N T V"},
        cases=COUNTED,
        slope=Slope("temporal_softmax_loss", ("x", "y", "mask", "verbose"), "loss", {"x": "dx"}),
        checks={
            **values("loss"),
            **gradients("dx"),
            Value("loss", "large scores"): 0.5,
            Gradient("dx", "large scores"): 0.5,
        },
    ),
)
