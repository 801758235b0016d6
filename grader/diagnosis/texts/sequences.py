"""Mistakes with convolutions, sequences and embeddings."""

from grader.diagnosis.entry import Entry

ENTRIES = (
    Entry(
        id="conv-crop",
        title="The padding is not taken off the gradient",
        what="The gradient of the padded input is returned, or cut so that nothing is left when there is no padding.",
        wrong=r"dx = dx_{\text{padded}}",
        right=r"dx = dx_{\text{padded}} \text{ without its border of width } p",
        hides="No padding, for a missing cut; some padding, for an empty one.",
        find="Run once with padding 0 and once with padding 1, and print the shapes.",
        hints=(
            "Compare the shape of dx with that of x, with and without padding.",
            "Which entries of the padded array belong to no input, and what does your cut leave when the padding is 0?",
            r"dx has the shape of x: rows $p$ to $p + H - 1$ and columns $p$ to $p + W - 1$ of the padded gradient.",
        ),
        instructor="dx is not cropped to x's shape, or the crop is empty for padding 0.",
    ),
    Entry(
        id="rnn-carry",
        title="The gradient from the next step is not carried back",
        what="A hidden state acts on its own output and on the next state. Only the first is in the gradient.",
        wrong=r"g_t = dh_t",
        right=r"g_t = dh_t + dh^{\text{prev}}_{t+1}",
        hides="T = 1.",
        find="Give an upstream gradient at the last step alone: the first steps must still get something.",
        hints=(
            "The last step is right, the earlier ones are not.",
            "On how many ways does a hidden state reach the loss?",
            r"Two paths add up at each step: $g_t = dh_t + dh^{\text{prev}}_{t+1}$, from the last step to the first.",
        ),
        instructor=r"The carried gradient is dropped: $g_t = dh_t + dh^{\text{prev}}_{t+1}$.",
    ),
    Entry(
        id="rnn-sum-over-time",
        title="A shared weight's gradient is that of one step",
        what="The same weights are used at every step; the gradient of one step is returned instead of their sum.",
        wrong=r"dW = dW_{t=0}",
        right=r"dW = \sum_t dW_t",
        hides="T = 1.",
        find="Compare with a sequence of length 1.",
        hints=(
            "With sequences of length 1 you are right.",
            "How often is the weight matrix used in the forward pass?",
            r"Every use adds its part: $dW = \sum_t dW_t$.",
        ),
        instructor=r"The weight gradient is one step's instead of $\sum_t dW_t$.",
    ),
    Entry(
        id="lstm-cell-path",
        title="One of the two ways into the cell state is missing",
        what="The cell state acts on the next cell state and, through tanh, on this step's output. The second way is "
        "not "
        "in its gradient.",
        wrong=r"dc_t = dc^{\text{next}}",
        right=r"dc_t = dc^{\text{next}} + dh_t \odot o_t \odot (1 - \tanh^2 c_t)",
        hides="No upstream gradient on h.",
        find="Set the gradient of the next cell state to zero: what is left is the way through the output.",
        hints=(
            "The gates' gradients inherit an error; start at the cell state.",
            "Which two quantities of this step are computed from the new cell state?",
            r"$dc_t = dc^{\text{next}} + dh_t \odot o_t \odot (1 - \tanh^2 c_t)$.",
        ),
        instructor=r"dc lacks the path through $\tanh$: $dh_t \odot o_t \odot (1 - \tanh^2 c_t)$.",
    ),
    Entry(
        id="index-add",
        title="Repeated indices count once",
        what="Rows are added by an indexed assignment that handles a repeated index only once.",
        wrong=r"dW_{v} = \text{the last } g_i \text{ with } x_i = v",
        right=r"dW_{v} = \sum_{i : x_i = v} g_i",
        hides="No index occurs twice.",
        find="Look up the same word twice: its row gets both gradients.",
        hints=(
            "The rows of words that occur once are right.",
            "What happens to a row whose index stands in the list twice?",
            r"$dW_v = \sum_{i : x_i = v} g_i$: every occurrence adds.",
        ),
        instructor=r"Indexed addition without accumulation: repeated indices must sum, $dW_v = \sum_{x_i = v} g_i$.",
    ),
)
