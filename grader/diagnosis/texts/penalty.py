"""Mistakes with the L2 penalty."""

from grader.diagnosis.entry import Entry

ENTRIES = (
    Entry(
        id="reg-factor-2",
        title="The penalty and its gradient differ by a factor of 2",
        what="The loss and the gradient of the penalty do not belong together: one carries the ½, the other does not.",
        wrong=r"L_{\text{reg}} = \lambda \sum W^2 \text{ with } dW_{\text{reg}} = \lambda W",
        right=r"L_{\text{reg}} = \tfrac{1}{2} \lambda \sum W^2 \text{ and } dW_{\text{reg}} = \lambda W",
        hides="λ = 0; a check of the gradient alone, or of the loss alone, against a formula of the same convention.",
        find="Set the data part to zero and compare the slope of the penalty with what is added to the gradient.",
        hints=(
            "The part of your gradient that comes from the data is fine; look at what λ adds.",
            "Differentiate the penalty as the assignment writes it: which number does the square bring down, and what "
            "cancels it?",
            r"With $\tfrac{1}{2} \lambda \sum W^2$ in the loss, the gradient gains exactly $\lambda W$.",
        ),
        instructor=r"Penalty and gradient are off by 2: the loss has $\tfrac{1}{2} \lambda \sum W^2$, so $dW$ gains "
        r"$\lambda W$.",
    ),
    Entry(
        id="reg-gradient-missing",
        title="The penalty is missing from the gradient",
        what="The loss is penalised, but the gradient is that of the data alone.",
        wrong=r"dW = X^\top du",
        right=r"dW = X^\top du + \lambda W",
        hides="λ = 0.",
        find="Compare the gradients for λ = 0 and λ = 1: they must differ by W.",
        hints=(
            "Your gradient does not change when λ does.",
            "Which terms of the loss contain W? Does each of them appear in dW?",
            r"The penalty $\tfrac{1}{2} \lambda \sum W^2$ adds $\lambda W$ to the gradient of every penalised matrix.",
        ),
        instructor=r"The gradient lacks the penalty's term $\lambda W$.",
    ),
    Entry(
        id="reg-loss-missing",
        title="The penalty is missing from the loss",
        what="The gradient contains the penalty, the loss does not, or not for every weight matrix.",
        wrong=r"L = \frac{1}{N} \sum_i L_i \text{ with } dW = X^\top du + \lambda W",
        right=r"L = \frac{1}{N} \sum_i L_i + \tfrac{1}{2} \lambda \sum W^2",
        hides="λ = 0; every check that looks at the gradient alone.",
        find="Compute the loss for λ = 0 and λ = 1 with the same weights: the difference is half the sum of squares.",
        hints=(
            "The gradients are right; the number that you minimise is not the one they belong to.",
            "By how much should the loss grow when λ grows by 1?",
            r"The loss gains $\tfrac{1}{2} \lambda \sum W^2$, summed over every weight matrix.",
        ),
        instructor=r"The loss lacks $\tfrac{1}{2} \lambda \sum W^2$ while the gradient has $\lambda W$.",
    ),
    Entry(
        id="reg-over-N",
        title="The penalty is divided by the number of examples",
        what="The penalty was added before the mean over the batch was taken, so that it is averaged, too.",
        wrong=r"dW = \frac{1}{N} \left( X^\top du + \lambda W \right)",
        right=r"dW = \frac{1}{N} X^\top du + \lambda W",
        hides="λ = 0, N = 1.",
        find="Double the batch by repeating it: the data term stays, and the penalty must stay, too.",
        hints=(
            "What λ adds shrinks as the batch grows.",
            "Does the penalty belong to each example, or to the parameters?",
            r"Only the data term is a mean: $L = \frac{1}{N} \sum_i L_i + \tfrac{1}{2} \lambda \sum W^2$.",
        ),
        instructor=r"The penalty's gradient is $\lambda W / N$: it was added before the division by N.",
    ),
    Entry(
        id="reg-wrong-form",
        title="The penalty's gradient has the wrong form",
        what="What λ adds is not proportional to W: its absolute value, its sum or its square stands there.",
        wrong=r"dW_{\text{reg}} = \lambda \lvert{}W\rvert, \ \lambda \sum W \text{ or } \lambda W \odot W",
        right=r"dW_{\text{reg}} = \lambda W",
        hides="λ = 0.",
        find="Subtract the gradient for λ = 0 from that for λ = 1 and print it beside W.",
        hints=(
            "What λ adds to your gradient is not W.",
            "The penalty is a sum of squares: what is the derivative with respect to one entry, sign included?",
            r"$\partial / \partial W_{ij} \; \tfrac{1}{2} \lambda \sum W^2 = \lambda W_{ij}$.",
        ),
        instructor=r"The penalty's gradient is not $\lambda W$ but another function of W.",
    ),
    Entry(
        id="reg-on-bias",
        title="The biases are penalised, too",
        what="The penalty is applied to a bias, in the gradient, in the loss or in both.",
        wrong=r"db = \sum_i G_i + \lambda b",
        right=r"db = \sum_i G_i",
        hides="λ = 0, and b = 0, which is how biases are usually initialised.",
        find="Check once with biases that are not zero.",
        hints=(
            "Your bias gradient changes with λ.",
            "Over which parameters does the penalty's sum run?",
            r"The penalty is $\tfrac{1}{2} \lambda$ times the squares of the weights alone; $db = \sum_i G_i$.",
        ),
        instructor=r"The bias is penalised: $db$ has an extra $\lambda b$.",
    ),
    Entry(
        id="reg-layer-missing",
        title="One layer's penalty is missing or another's is used",
        what="Not every weight matrix is penalised by itself: one is left out, or one is used twice.",
        wrong=r"L_{\text{reg}} = \tfrac{1}{2} \lambda \sum W_1^2, \text{ the last layer is left out}",
        right=r"L_{\text{reg}} = \tfrac{1}{2} \lambda \sum_l \sum W_l^2",
        hides="λ = 0.",
        find="Raise λ and look at each layer's gradient: which one does not follow?",
        hints=(
            "λ reaches some of your weight matrices, but not all of them.",
            "How many weight matrices has the network, and how many terms has your penalty?",
            r"Every layer adds its own term: $dW_l$ gains $\lambda W_l$ for each $l$.",
        ),
        instructor=r"The penalty covers the wrong layers: every $dW_l$ gains its own $\lambda W_l$.",
    ),
)
