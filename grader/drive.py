"""Put a check to anything that answers.

A check is a generator; this is all that is needed to run one. Equal questions are put once: the checks of a task
share the answers to its battery.
"""

from __future__ import annotations

from grader.model import Check, Verdict
from grader.paper import Paper
from grader.questions import Answer, Answerer, Question


class Once:
    """An answerer that puts each question object once and remembers the answers."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._answers: dict[Question, tuple[Answer, ...]] = {}

    def ask(self, question: Question) -> tuple[Answer, ...]:
        """Answer from memory where this very question was put before. Timed calls are always put."""
        if any(call.timed for call in question.calls):
            return self._answerer.ask(question)
        if question not in self._answers:
            self._answers[question] = self._answerer.ask(question)
        return self._answers[question]


def run(check: Check, paper: Paper, answerer: Answerer) -> Verdict:
    """Drive a check to its verdict."""
    asking = check(paper)
    try:
        question = next(asking)
        while True:
            question = asking.send(answerer.ask(question))
    except StopIteration as done:
        verdict: Verdict = done.value
        return verdict
