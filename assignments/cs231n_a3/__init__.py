"""CS231n's third assignment: recurrent nets that write captions; and attention, which goes beyond it."""

from pathlib import Path

from assignments.cs231n import attention, captioning, kit, recurrent, words
from assignments.cs231n.formulas import latex
from assignments.mistakes.layers import with_mistakes
from grader.model import Assignment, decimal

EQUATIONS = {
    "CS:rnn_step_forward": "h_t = tanh(x_t W_x + h_{t−1} W_h + b)",
    "CS:rnn_step_backward": "back through one step",
    "CS:rnn_forward": "the same step T times",
    "CS:rnn_backward": "back through time",
    "CS:word_embedding_forward": "a row of W for every word",
    "CS:word_embedding_backward": "back to the rows that were used",
    "CS:lstm_step_forward": "three gates, a candidate, a cell and a state",
    "CS:lstm_step_backward": "back through one step of the LSTM",
    "CS:lstm_forward": "the same step T times, from an empty cell",
    "CS:lstm_backward": "back through time, with two gradients carried",
    "CS:CaptioningRNN.loss": "projection, words, cell, scores and a masked loss, and the gradients of all parameters",
    "CS:scaled_dot_product_attention_forward": "softmax(Q Kᵀ / √E) V",
    "CS:scaled_dot_product_attention_backward": "back to queries, keys and values",
    "CS:multi_head_attention_forward": "several attentions side by side, on projections",
    "CS:multi_head_attention_backward": "back through heads and projections",
}
LETTERS = {"N": "example", "D": "feature", "H": "unit", "V": "word", "S": "query"}  # T counts steps, and keys
TASKS = with_mistakes(
    (
        *recurrent.TASKS[:4],
        *words.WORDS,
        *recurrent.TASKS[4:],
        captioning.TASK,
        *attention.TASKS,
    )
)

ASSIGNMENT = Assignment(
    name="cs231n_a3",
    title="CS231n, assignment 3: recurrent nets and attention",
    points=decimal(sum(task.points for task in TASKS)),
    equations=EQUATIONS,
    latex=latex(EQUATIONS),
    letters=LETTERS,
    handout=str(Path(__file__).with_name("handout.md")),
    files={
        "rnn_layers": "Recurrent layers and word vectors, each forward and backward.",
        "rnn": "A net that writes captions, put together from layers.",
    },
    tasks=TASKS,
    kit=kit.A3,
)
