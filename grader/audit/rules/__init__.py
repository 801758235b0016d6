"""How the reference is made wrong. A rule finds places in a function and says what would stand there instead.

The rules stand in the order in which they name a mutant: where two make the same text, the first one's id is shown,
so that mistakes with a name of their own come before the general edits.
"""

from grader.audit.rules import arithmetic, arrays, indexing, masks, names, outputs, statements
from grader.audit.rules.rule import Change, Rule

RULES: tuple[Rule, ...] = (
    *masks.RULES,
    *arrays.RULES,
    *statements.RULES,
    *arithmetic.RULES,
    *indexing.RULES,
    *names.RULES,
    *outputs.RULES,
)

__all__ = ["RULES", "Change", "Rule"]
