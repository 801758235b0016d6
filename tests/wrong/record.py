"""What one wrong solution is: a student's text, the mistake in it, and the checks that must catch it."""

from dataclasses import dataclass

NUMERIC = "numeric check: agrees with the slope of your own forward pass"
UNCHANGED = "the arguments are unchanged"
FAST = "fast on a tall, thin input: no Python loop over the examples"


@dataclass(frozen=True)
class Wrong:
    """One wrong solution of one function; the functions that it leaves alone are right.

    `mistake` is an id of the list of mistakes, or "other". `caught_by` names the checks of `function` that must fail:
    written down before the first run, so that it says what the checks should do and not what they happen to do.
    `breaks` is the equation that this text breaks and no other.
    """

    name: str
    mistake: str
    function: str
    source: str
    caught_by: tuple[str, ...]
    breaks: str | None = None
