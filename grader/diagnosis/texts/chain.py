"""Mistakes on the way back through a layer: masks, operands, transposes, products."""

from grader.diagnosis.entry import Entry

ENTRIES = (
    Entry(
        id="relu-mask-missing",
        title="The mask of the activation is missing",
        what="The upstream gradient goes through the ReLU unchanged, or the mask is applied in another place.",
        wrong=r"du = dh",
        right=r"du = dh \odot 1(u > 0)",
        hides="All inputs of the activation are positive.",
        find="Make one input negative: the output no longer moves with it, so its gradient is zero.",
        hints=(
            "Some entries of your gradient should be zero and are not.",
            "What does a unit that is switched off pass on when its input moves a little?",
            r"$du = dh \odot 1(u > 0)$.",
        ),
        instructor=r"The activation's derivative is missing: $du = dh \odot \phi'(u)$.",
    ),
    Entry(
        id="relu-mask-of-gradient",
        title="The mask is taken from the wrong array",
        what="The mask, or the activation's derivative, is computed from the upstream gradient or with the sign "
        "turned, "
        "instead of from the input of the forward pass.",
        wrong=r"du = dh \odot 1(dh > 0)",
        right=r"du = dh \odot 1(u > 0)",
        hides="Only where both masks happen to agree.",
        find="Change the upstream gradient's sign: the pattern of zeros must stay.",
        hints=(
            "The zeros of your gradient stand in the wrong places.",
            "Which array decides whether a unit was switched on: one of the forward pass, or one of the backward pass?",
            r"$du = dh \odot \phi'(u)$: the derivative is taken at $u$, the input of the forward pass.",
        ),
        instructor=r"The mask, or derivative, is not $\phi'(u)$ at the input of the forward pass, or it is inverted.",
    ),
    Entry(
        id="activation-for-indicator",
        title="The activation stands where its derivative belongs",
        what="The upstream gradient is multiplied by the output of the activation, not by its slope.",
        wrong=r"du = dh \odot h",
        right=r"du = dh \odot 1(u > 0)",
        hides="Where the active outputs are exactly 1.",
        find="Double the inputs: the slope of a ReLU stays 1, its output doubles.",
        hints=(
            "The zeros are in the right places, the other entries are not.",
            "What is the slope of the activation where it is active, and does it depend on how active it is?",
            r"$du = dh \odot \phi'(u)$, and for the ReLU $\phi'$ is 0 or 1, not $h$.",
        ),
        instructor=r"The activation $h = \phi(u)$ stands where its derivative $\phi'(u)$ belongs.",
    ),
    Entry(
        id="wrong-operand",
        title="A product uses the wrong array",
        what="A weight gradient is built from an array of another place: the input of the activation for its output, "
        "or "
        "one layer's for another's.",
        wrong=r"dw = u^\top G",
        right=r"dw = h^\top G",
        hides="All u > 0, where u and h are equal.",
        find="Write the forward product; its weight gradient takes the very array that was multiplied there.",
        hints=(
            "The shape is right, so one factor is right; look at the other.",
            "Which array did the forward pass multiply by this weight matrix?",
            r"For $z = h w + b$: $dw = h^\top G$, with the $h$ that entered the product.",
        ),
        instructor=r"Another array stands in the formula than the one that the forward pass used at this place.",
    ),
    Entry(
        id="transpose",
        title="A product is transposed or in the wrong order",
        what="The result is the transpose of the gradient, or a factor lacks its transpose. Square matrices run "
        "through all the same.",
        wrong=r"dW = du^\top X, \ dh = G w \text{ with } H = C",
        right=r"dW = X^\top du, \ dh = G w^\top",
        hides="Square shapes: all products fit.",
        find="Give every dimension another size and write the shapes above the factors.",
        hints=(
            "Write the shape of each factor above your product.",
            "The gradient has the shape of what it belongs to: in which order do the factors give that shape?",
            r"For $u = X W$: $dW = X^\top du$ and $dX = du \, W^\top$.",
        ),
        instructor=r"A factor or a result is transposed: the axes of each gradient are those of its own array.",
    ),
    Entry(
        id="column-row",
        title="Rows and columns are mixed",
        what="The formula of the column convention is used where examples are rows, or the reverse; or a Jacobian is "
        "transposed on the side where it must not be.",
        wrong=r"d^\top J^\top \text{ or } J d",
        right=r"J^\top d \text{ for a column, } d^\top J \text{ for a row}",
        hides="Square or symmetric Jacobians.",
        find="Say for each vector whether it is a row or a column, then check that the inner dimensions agree.",
        hints=(
            "Two conventions meet in your product.",
            "Is one example a row or a column here? Which side does the weight matrix stand on in the forward pass?",
            r"With columns $z = W h$, so $dh = W^\top dz$; with rows $z = h W$, so $dh = dz \, W^\top$.",
        ),
        instructor=r"The row and the column convention are mixed: $J^\top d$ for columns, $d J$ for rows.",
    ),
    Entry(
        id="hadamard-precedence",
        title="The element-wise product is taken too late or too early",
        what="A matrix product and an element-wise product follow one another without brackets and are done from left "
        "to "
        "right, which is not what the formula says.",
        wrong=r"(A B) \odot s",
        right=r"A (B \odot s)",
        hides="Shapes never tell when the layers have equal width.",
        find="Use layers of different width: then the wrong order does not run.",
        hints=(
            "All the factors are there; look at which are combined first.",
            "Which is done first in your line, the matrix product or the element-wise one?",
            r"$D^l = \left( (W^{l+1})^\top D^{l+1} \right) \odot \sigma'(z^l)$: the mask of a layer stays in its "
            r"brackets.",
        ),
        instructor=r"Precedence of the two products: $(A B) \odot s$ was computed for $A (B \odot s)$.",
    ),
)
