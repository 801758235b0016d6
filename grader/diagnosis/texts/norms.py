"""Mistakes with normalisation and dropout."""

from grader.diagnosis.entry import Entry

ENTRIES = (
    Entry(
        id="bn-direct-only",
        title="Only the direct path through the normalisation is kept",
        what="Each input moves the output directly, and also through the batch's mean and variance. Only the direct "
        "way "
        "is in the gradient.",
        wrong=r"dx = \frac{\gamma}{\sigma} \, dy",
        right=r"dx = \frac{\gamma}{\sigma} \left( dy - \operatorname{mean}(dy) - \hat{x} \operatorname{mean}(dy \, "
        r"\hat{x}) \right)",
        hides="Upstream gradients whose mean, and whose mean against the normalised input, are zero.",
        find="Add a constant to a whole column of x: the output stays, so the columns of dx add up to zero.",
        hints=(
            "Add up the columns of your dx: they should be zero.",
            "On which ways does one input reach the outputs of the other examples?",
            r"$dx = \frac{\gamma}{\sigma} \left( dy - \operatorname{mean}(dy) - \hat{x} \operatorname{mean}(dy \, "
            r"\hat{x}) \right)$.",
        ),
        instructor=r"dx keeps $\frac{\gamma}{\sigma} dy$ and drops the paths through mean and variance.",
    ),
    Entry(
        id="bn-variance-path",
        title="The path through the variance is wrong",
        what="The term that goes through the variance has the standard deviation for the variance, the wrong power, or "
        "the wrong count in its mean.",
        wrong=r"d\sigma^2 = -\tfrac{1}{2} \sum dy \, \gamma (x - \mu) / \sigma^2",
        right=r"d\sigma^2 = -\tfrac{1}{2} \sum dy \, \gamma (x - \mu) / \sigma^3",
        hides="Variances of 1, for a wrong power.",
        find="Scale a column of x by 10: the output stays, so your dx shrinks to a tenth.",
        hints=(
            "The direct term and the mean are right; one term is left.",
            "Which power of the deviation comes out when you differentiate its inverse with respect to the variance?",
            r"$\partial (1/\sigma) / \partial \sigma^2 = -\tfrac{1}{2} \sigma^{-3}$, and the variance is a mean over "
            r"the batch.",
        ),
        instructor=r"The variance path is wrong: a power of $\sigma$, or $1/D$ for $1/N$.",
    ),
    Entry(
        id="norm-axis",
        title="The statistics run over the wrong axis",
        what="Means, variances or sums are taken over the examples where they belong to the features of one example, "
        "or "
        "the reverse.",
        wrong=r"\mu_j = \operatorname{mean}_i x_{ij} \text{ in layer norm}",
        right=r"\mu_i = \operatorname{mean}_j x_{ij}",
        hides="Equal axes, where no shape complains.",
        find="Leave one example out: in layer norm the others do not change.",
        hints=(
            "Which numbers may influence one output here?",
            "Does this layer normalise each feature over the batch, or each example over its features?",
            r"Layer norm: $\mu_i = \operatorname{mean}_j x_{ij}$; the sums for $d\gamma$ and $d\beta$ run over "
            r"examples.",
        ),
        instructor=r"Statistics or sums are taken over the wrong axis.",
    ),
    Entry(
        id="spatial-count",
        title="The mean misses the positions of the image",
        what="In spatial normalisation a channel's statistics are means over examples and positions; the division has "
        "the number of examples alone.",
        wrong=r"\mu_c = \frac{1}{N} \sum_{n,h,w} x_{nchw}",
        right=r"\mu_c = \frac{1}{N H W} \sum_{n,h,w} x_{nchw}",
        hides="Images of one pixel.",
        find="Compare with ordinary batch norm after moving the channel to the last axis and flattening the others.",
        hints=(
            "Your result is off by a factor that depends on the size of the image.",
            "How many numbers does one channel have in the whole batch?",
            r"A channel has $N H W$ numbers: every mean divides by that.",
        ),
        instructor=r"Divided by N where $N H W$ numbers are averaged.",
    ),
    Entry(
        id="eps-placement",
        title="ε is outside the root",
        what="The small constant is added to the standard deviation, not to the variance under the root.",
        wrong=r"\hat{x} = (x - \mu) / (\sqrt{v} + \varepsilon)",
        right=r"\hat{x} = (x - \mu) / \sqrt{v + \varepsilon}",
        hides="Variances much larger than ε.",
        find="Use a column whose values are nearly equal: there ε matters.",
        hints=(
            "You are right to a few digits, and no further.",
            "Where does ε stand in the formula: with the variance or with its root?",
            r"$\hat{x} = (x - \mu) / \sqrt{v + \varepsilon}$.",
        ),
        instructor=r"$\sqrt{v} + \varepsilon$ for $\sqrt{v + \varepsilon}$.",
    ),
    Entry(
        id="dropout-scale",
        title="Dropout is scaled by the wrong factor, or at the wrong time",
        what="What is kept is not divided by the share that is kept, is divided by the other share, or the scaling is "
        "done at test time.",
        wrong=r"y = m \odot x \text{ or } m \odot x / (1 - p_{\text{keep}})",
        right=r"y = m \odot x / p_{\text{keep}}",
        hides="A share of one half, for the wrong share; nothing dropped.",
        find="Average the outputs of many draws: the mean is x.",
        hints=(
            "On average your layer changes the size of what goes through.",
            "Does p say which share is kept, or which is dropped? Read the assignment.",
            r"Inverted dropout: $y = m \odot x / p_{\text{keep}}$ when training, $y = x$ when testing; back with the "
            r"same mask.",
        ),
        instructor=r"The scale is not $1 / p_{\text{keep}}$ at training time (p kept and p dropped mixed, or not "
        r"inverted).",
    ),
)
