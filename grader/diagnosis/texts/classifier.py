"""Mistakes with softmax, cross-entropy and the hinge loss."""

from grader.diagnosis.entry import Entry

ENTRIES = (
    Entry(
        id="missing-indicator",
        title="The true class is not subtracted",
        what="The probabilities themselves are returned as the gradient; the −1 of the true class is missing.",
        wrong=r"G = P / N",
        right=r"G = (P - Y) / N",
        hides="Never: the rows of a right gradient add up to zero, these do not.",
        find="Add up a row of your gradient: shifting all scores of an example changes no loss, so the sum is zero.",
        hints=(
            "Your gradient is right in every class but the true one.",
            "What is the sum of one row of your gradient, and what does the loss do when all scores rise together?",
            r"$\partial L_i / \partial z_{ik} = p_{ik} - 1(y_i = k)$.",
        ),
        instructor=r"The indicator is missing: $p_{ik}$ instead of $p_{ik} - 1(y_i = k)$.",
    ),
    Entry(
        id="sign",
        title="The sign is turned around",
        what="The gradient points the other way: down the loss where it should point up, or a minus was lost.",
        wrong=r"G = (Y - P) / N",
        right=r"G = (P - Y) / N",
        hides="Never, but a training loop with + instead of − hides it.",
        find="Take a small step along the gradient: the loss must rise.",
        hints=(
            "Every number has the right size.",
            "If you move the parameters a little along your gradient, does the loss rise or fall?",
            r"A gradient points uphill; with $L_i = -\log p_{i,y_i}$ it is $P - Y$, not $Y - P$.",
        ),
        instructor=r"The gradient, or a term of it, is −1 times the true one: $Y - P$ for $P - Y$, or a lost minus.",
    ),
    Entry(
        id="softmax-jacobian-diagonal",
        title="Only a part of the softmax Jacobian is used",
        what="The softmax is treated as if each probability depended on its own score alone; the way through the "
        "common denominator is left out.",
        wrong=r"G = (P \odot Y - Y) / N",
        right=r"G = (P - Y) / N",
        hides="Never: the wrong classes get a gradient of zero.",
        find="Raise the score of a wrong class a little: the loss rises, so its gradient cannot be zero.",
        hints=(
            "Look at the classes that are not the true one.",
            "Each score stands in the numerator of one probability; where else does it stand?",
            r"$\partial p_k / \partial z_j = p_k \left( 1(k = j) - p_j \right)$: the part with $k \ne j$ counts, too.",
        ),
        instructor=r"Only a part of the Jacobian $\operatorname{diag}(p) - p p^\top$ is used.",
    ),
    Entry(
        id="delta-on-softmax",
        title="An element-wise rule is applied to a softmax output",
        what="The output error is taken as the loss's gradient times a derivative, entry by entry, which holds for "
        "activations that act on each unit alone. A softmax does not.",
        wrong=r"D^L = \nabla C \odot \sigma'(z^L)",
        right=r"D^L = J^\top \nabla C, \ J = \operatorname{diag}(p) - p p^\top",
        hides="Never: with cross-entropy the wrong classes get zero.",
        find="Work an example with two classes by hand: does raising one score leave the other probability alone?",
        hints=(
            "The rule that you use has a condition on the activation; read it again.",
            "Does one output of a softmax depend on one input only?",
            r"With a Jacobian that is not diagonal, $D^L = J^\top \nabla C$; for cross-entropy that is $p - e_y$.",
        ),
        instructor=r"$D^L = \nabla C \odot \sigma'$ is used for a softmax, whose Jacobian is not diagonal.",
    ),
    Entry(
        id="true-class-twice",
        title="The true class is counted twice",
        what="The true class takes part in a sum over all classes and is added once more by itself.",
        wrong=r"G = \left( P + Y \odot (P - 1) \right) / N",
        right=r"G = (P - Y) / N",
        hides="Never in the true class's column; the other classes are right.",
        find="Compare the entries of the true class with the others: only the former differ.",
        hints=(
            "Your gradient is wrong in the true class alone.",
            "How often does your code add to the entry of the true class?",
            r"In the true class the entry is $p_{i,y_i} - 1$, once; everywhere else $p_{ik}$.",
        ),
        instructor=r"The true class's entry is not $p - 1$: one of its terms is added twice.",
    ),
    Entry(
        id="softmax-normalizer",
        title="The softmax is normalised by the wrong sum",
        what="The exponentials are divided by a sum over the whole batch or over a column, by nothing at all, or the "
        "softmax is taken of something that is one already.",
        wrong=r"P_{ik} = \exp(z_{ik}) / \sum_{n,j} \exp(z_{nj})",
        right=r"P_{ik} = \exp(z_{ik}) / \sum_j \exp(z_{ij})",
        hides="N = 1, for the sum over everything.",
        find="Add up each row of P: every one is 1.",
        hints=(
            "Add up the rows of your probabilities.",
            "Over which axis does the denominator run, and does it keep one number an example?",
            r"$p_{ik} = \exp(z_{ik}) / \sum_j \exp(z_{ij})$: the sum runs over the classes of one example.",
        ),
        instructor=r"The denominator is not $\sum_j \exp(z_{ij})$ of the example's own row.",
    ),
    Entry(
        id="softmax-shift",
        title="The scores are shifted the wrong way, or not at all",
        what="Before the exponential the maximum is added instead of subtracted, or the scores are not shifted, so "
        "that "
        "large scores overflow.",
        wrong=r"\exp(z + \max z) \text{ or } \exp(z)",
        right=r"\exp(z - \max_j z_j)",
        hides="Small scores.",
        find="Multiply the scores by 1000: the probabilities are still finite and add up to 1.",
        hints=(
            "Your function is right for small scores and breaks for large ones.",
            "What is the largest number that you hand to the exponential?",
            r"$\exp(z_k - m) / \sum_j \exp(z_j - m)$ is the same for every $m$; take $m = \max_j z_j$.",
        ),
        instructor=r"The exponent is not $z - \max_j z_j$, so large scores overflow.",
    ),
    Entry(
        id="svm-true-class",
        title="The hinge loss's true class gets the wrong count",
        what="In the true class's column the gradient is −x times the number of violated margins; here that number is "
        "1, one too many, or the term is missing.",
        wrong=r"dW_{y_i} \mathrel{-}= x_i \text{ or } (k + 1) \, x_i",
        right=r"dW_{y_i} \mathrel{-}= k \, x_i, \ k = \#\{ j \ne y_i : \text{margin} > 0 \}",
        hides="Examples that violate exactly one margin.",
        find="Take one example and count its violated margins by hand.",
        hints=(
            "The columns of the wrong classes are right.",
            "In how many terms of one example's loss does the true class's score stand?",
            r"$\partial L_i / \partial w_{y_i} = -k \, x_i$, where $k$ counts the violated margins without the true "
            r"class.",
        ),
        instructor=r"The true class has no margin of its own, and $-k$ in the gradient, for $k$ broken margins.",
    ),
)
