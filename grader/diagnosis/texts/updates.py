"""Mistakes with update rules."""

from grader.diagnosis.entry import Entry

ENTRIES = (
    Entry(
        id="adam-t",
        title="The step counter is raised at the wrong time",
        what="The bias correction uses the counter before, or two after, the step that it belongs to.",
        wrong=r"\hat{m} = m / (1 - \beta_1^{t-1})",
        right=r"\hat{m} = m / (1 - \beta_1^{t}), \ t = 1 \text{ in the first step}",
        hides="Late steps, where both corrections are nearly 1.",
        find="Do the first step by hand: the corrected average is the gradient itself.",
        hints=(
            "The averages are right, and so is the form of the step; the first steps are off the most.",
            "Which value has the counter when the first update is computed?",
            r"The first step has $t = 1$, so that $\hat{m} = m / (1 - \beta_1) = g$.",
        ),
        instructor=r"t is raised after use (or twice): the correction needs $1 - \beta^t$ with $t = 1$ in the first "
        r"step.",
    ),
    Entry(
        id="adam-bias-correction",
        title="The bias correction has the wrong form",
        what="The running averages are divided by 1 − β, or by nothing, where the power of the step belongs.",
        wrong=r"\hat{m} = m / (1 - \beta_1)",
        right=r"\hat{m} = m / (1 - \beta_1^t)",
        hides="The first step, where both are equal.",
        find="Do two steps with the same gradient: the corrected average stays that gradient.",
        hints=(
            "Your first step is right, the later ones are not; or the correction is not there at all.",
            "How much weight have all gradients together in the average after t steps?",
            r"The weights add up to $1 - \beta^t$; dividing by that makes an average of them.",
        ),
        instructor=r"Bias correction by $1 - \beta$ (or none) instead of $1 - \beta^t$.",
    ),
    Entry(
        id="rmsprop-root",
        title="The root of the squared average is missing",
        what="The step is divided by the running average of the squares, not by its root.",
        wrong=r"\Delta x = -\eta \, g / (v + \varepsilon)",
        right=r"\Delta x = -\eta \, g / (\sqrt{v} + \varepsilon)",
        hides="Averages near 1.",
        find="Scale the gradient by 10: the size of the step hardly changes.",
        hints=(
            "The running average is right; the step is not.",
            "What should happen to the step when all gradients are ten times as large?",
            r"$\Delta x = -\eta \, g / (\sqrt{v} + \varepsilon)$.",
        ),
        instructor=r"Divided by $v + \varepsilon$ where $\sqrt{v} + \varepsilon$ belongs.",
    ),
)
