"""Mistakes with sums and means over a batch."""

from grader.diagnosis.entry import Entry

ENTRIES = (
    Entry(
        id="missing-1/N",
        title="The mean over the batch is missing",
        what="The loss is a mean over the examples, the gradient that of their sum.",
        wrong=r"G = P - Y",
        right=r"G = \frac{1}{N} (P - Y)",
        hides="N = 1.",
        find="Repeat every example once: a mean and its gradients do not change.",
        hints=(
            "The direction of your gradient is right, its length is not.",
            "What happens to the loss, and what to your gradient, when every example is in the batch twice?",
            r"$L = \frac{1}{N} \sum_i L_i$, so every path from the loss carries $\frac{1}{N}$.",
        ),
        instructor=r"N times too large: $\frac{1}{N}$ of the mean loss is missing.",
    ),
    Entry(
        id="extra-1/N",
        title="Divided by the number of examples once too often",
        what="The mean over the batch is taken twice on the way back, or taken where the loss is a sum.",
        wrong=r"dW = \frac{1}{N} X^\top G \text{ where } G \text{ already holds } \frac{1}{N}",
        right=r"dW = X^\top G",
        hides="N = 1.",
        find="Look for every division by the batch size between the loss and this gradient; count them.",
        hints=(
            "The direction of your gradient is right, its length is not.",
            "How often does 1/N stand in the loss of this assignment, and how often in your backward pass?",
            r"$\frac{1}{N}$ enters once, where the loss is averaged, and not at all where the loss is a sum.",
        ),
        instructor=r"N times too small: divided by N once more than the formula is.",
    ),
    Entry(
        id="precedence",
        title="The division reaches further, or less far, than meant",
        what="Two operations are done in another order than the formula has them: a term slips into a divisor, or a "
        "division takes hold of one term of a sum.",
        wrong=r"A - B / N \text{ for } (A - B) / N",
        right=r"(A - B) / N",
        hides="Rarely: where the misplaced term is zero or N = 1.",
        find="Put brackets around every sum in the formula, then read the expression as the language does.",
        hints=(
            "All the right terms are there; they are put together in another order.",
            "What does each division divide, and what does an in-place operation take as its right-hand side?",
            r"Division binds tighter than a sum: $(A - B) / N$ is not $A - B / N$, and $A / N + \lambda W$ is not "
            r"$A / (N + \lambda W)$.",
        ),
        instructor=r"Operator precedence: a term is inside or outside a division, unlike in the formula.",
    ),
    Entry(
        id="bias-mean",
        title="The bias gradient is a mean instead of a sum",
        what="The upstream gradient is averaged over the batch where it is to be added up.",
        wrong=r"db = \frac{1}{N} \sum_i G_i",
        right=r"db = \sum_i G_i",
        hides="N = 1.",
        find="Use a batch of equal examples: each adds its whole upstream gradient to db.",
        hints=(
            "Your db has the right direction, but shrinks with the batch.",
            "One bias is added to every example: on how many paths does it reach the loss?",
            r"Paths add up: $db = \sum_i G_i$; a mean in the loss is already inside $G$.",
        ),
        instructor=r"The bias gradient is averaged: $db = \sum_i G_i$, the mean is inside $G$ already.",
    ),
    Entry(
        id="bias-not-summed",
        title="The bias gradient is not summed over the batch",
        what="The upstream gradient is returned as it is, summed over the other axis, or keeps an axis of length 1.",
        wrong=r"db = G \text{ or } db_i = \sum_k G_{ik}",
        right=r"db_k = \sum_i G_{ik}",
        hides="N = 1, and for the wrong axis also N = M.",
        find="db has the shape of b. Write both shapes down.",
        hints=(
            "Compare the shape of your db with that of b.",
            "Which index of G does the bias not have? That is the one to sum over.",
            r"$db_k = \sum_i G_{ik}$: one number a column, no axis left over.",
        ),
        instructor=r"The bias gradient is not the column sum of the upstream gradient: $db_k = \sum_i G_{ik}$.",
    ),
    Entry(
        id="overwrite-for-accumulate",
        title="A value is overwritten where it should be added to",
        what="Several paths meet in one entry of the gradient, and the last one replaces the others.",
        wrong=r"dW \leftarrow x_i^\top g_i",
        right=r"dW \leftarrow dW + x_i^\top g_i",
        hides="N = 1, windows that do not overlap, indices that do not repeat.",
        find="Compare with the last example alone: if both agree, the others were lost.",
        hints=(
            "Your gradient equals what a part of the data alone would give.",
            "What is in the array before each step, and is it still there afterwards?",
            r"A value that is used several times gets the sum over its uses: $dW = \sum_i x_i^\top g_i$.",
        ),
        instructor=r"Contributions overwrite one another: of the sum $dW = \sum_i x_i^\top g_i$ one term is left.",
    ),
    Entry(
        id="temporal-mean",
        title="The temporal loss is divided by the wrong count",
        what="The loss over a sequence is divided by examples × steps, or by the unmasked steps, where it is a sum "
        "over "
        "time and a mean over examples.",
        wrong=r"L = \frac{1}{N T} \sum_{n,t} m_{nt} L_{nt}",
        right=r"L = \frac{1}{N} \sum_{n,t} m_{nt} L_{nt}",
        hides="T = 1.",
        find="Append masked steps: nothing changes. Append a copy of the sequence in time: the loss doubles.",
        hints=(
            "The direction is right, the length is off by a factor that depends on the sequence.",
            "Is the loss of this layer a mean over time, or a sum over time?",
            r"Only the examples are averaged: $L = \frac{1}{N} \sum_{n,t} m_{nt} L_{nt}$.",
        ),
        instructor=r"Divided by N·T (or by the mask's sum): the temporal loss is $\frac{1}{N} \sum_{n,t} m_{nt} "
        r"L_{nt}$.",
    ),
)
