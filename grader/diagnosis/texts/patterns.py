"""What is said where the numbers show a pattern and nothing more precise, and what stands in for a derivation."""

from grader.diagnosis.entry import Entry

ENTRIES = (
    Entry(
        id="numeric-differentiation",
        title="Differences stand in for a derivation",
        what="The backward pass calls the forward pass again and again and divides differences; the values are nearly "
        "right and the cost grows with every parameter.",
        wrong=r"\frac{f(x + h e_i) - f(x - h e_i)}{2 h}",
        right=r"\text{the derived formula}",
        hides="Small inputs and a loose tolerance.",
        find="Count the calls of the forward pass in one backward pass.",
        hints=(
            "Your backward pass costs as much as many forward passes.",
            "How does the time grow when the number of parameters doubles?",
            r"Differences are for checking; derive $\partial f / \partial x$ and compute it from the cache.",
        ),
        instructor="Finite differences of the forward pass in place of a derivation.",
    ),
    Entry(
        id="shape",
        title="Right numbers, wrong shape",
        what="Every value is right, but the array has an axis too many, too few, or in another place.",
        wrong=r"db \text{ is } (1, M)",
        right=r"db \text{ is } (M,)",
        hides="Broadcasting, until two arrays meet that should not.",
        find="Print the shape beside that of the parameter.",
        hints=(
            "Your numbers are right.",
            "Which axis of your array does the parameter not have?",
            r"The gradient of a number with respect to an array has the shape of that array.",
        ),
        instructor="The shape is not that of the array that it belongs to.",
    ),
    Entry(
        id="one-element",
        title="One entry is wrong",
        what="All entries but one are right.",
        wrong=r"g_{ij} \text{ in one place}",
        right=r"g",
        hides="Inputs for which that entry is right by chance.",
        find="Ask what is special about that place: the first, the last, the true class, a border.",
        hints=(
            "All entries but one are right.",
            "What distinguishes that place from its neighbours?",
            r"Work the sum for that one entry by hand and compare term by term.",
        ),
        instructor="Exactly one entry differs.",
    ),
    Entry(
        id="rows",
        title="Some rows are wrong",
        what="Whole rows are wrong and the others are right.",
        wrong=r"g_{i \cdot} \text{ for some } i",
        right=r"g",
        hides="Inputs without such rows.",
        find="Ask what these rows have in common.",
        hints=(
            "Your gradient is right in most rows.",
            "What do the rows that differ have in common that the others have not?",
            r"Work the formula for one of these rows by hand.",
        ),
        instructor="Only certain rows differ.",
    ),
    Entry(
        id="columns",
        title="Some columns are wrong",
        what="Whole columns are wrong and the others are right.",
        wrong=r"g_{\cdot j} \text{ for some } j",
        right=r"g",
        hides="Inputs without such columns.",
        find="Ask what these columns have in common.",
        hints=(
            "Your gradient is right in most columns.",
            "What do the columns that differ have in common that the others have not?",
            r"Work the formula for one of these columns by hand.",
        ),
        instructor="Only certain columns differ.",
    ),
    Entry(
        id="scale",
        title="A constant factor",
        what="The gradient is a constant multiple of the true one, and no known mistake explains the constant.",
        wrong=r"a \, g",
        right=r"g",
        hides="Checks that compare directions only.",
        find="Divide your gradient by the true one, and see what the number depends on.",
        hints=(
            "The direction is right, the length is not.",
            "Does the factor change with the batch, with a size, with a parameter, or is it always the same number?",
            r"Follow the constants of the loss back: $\partial (a f) = a \, \partial f$, each exactly once.",
        ),
        instructor="A constant multiple of what it should be, in whole or in one of its terms.",
    ),
)
