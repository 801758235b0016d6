"""Put a check to anything that answers.

A check is a generator; this is all that is needed to run one. Equal questions are put once: the checks of a task
share the answers to its battery.
"""

from __future__ import annotations

from typing import Any

from grader.model import Check, Verdict
from grader.paper import Paper
from grader.questions import Answer, Answerer, Known, Question


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


class Step:
    """What a check does next: it asks `question`, or has its `verdict`. `after` says how it goes on, by the answers."""

    __slots__ = ("after", "question", "verdict")

    def __init__(self, question: Question | None, verdict: Verdict | None = None) -> None:
        self.question = question
        self.verdict = verdict
        self.after: Steps = {}


Steps = dict[Any, Step]
"""By the check where nothing was answered yet, and by the identity of `Known` answers after that: they live as long as
their question, which the step before holds."""


def run(check: Check, paper: Paper, answerer: Answerer) -> Verdict:
    """Drive a check to its verdict.

    A check is a function of the answers alone. What it did after the very same ones is not worked out again.
    """
    heard: list[tuple[Answer, ...]] = []
    step = paper.steps.get(check)
    while step is not None and step.question is not None:
        heard.append(answerer.ask(step.question))
        step = step.after.get(id(heard[-1]))
    return step.verdict if step is not None and step.verdict is not None else _work_out(check, paper, answerer, heard)


def _work_out(check: Check, paper: Paper, answerer: Answerer, heard: list[tuple[Answer, ...]]) -> Verdict:
    """Drive a check that has `heard` so much already, and remember it as far as its answers are `Known`."""
    steps: Steps = paper.steps
    key: Any = check
    answers: Any = None
    asking = check(paper)
    while True:
        try:
            question = asking.send(answers)
        except StopIteration as done:
            verdict: Verdict = done.value
            steps[key] = Step(None, verdict)
            return verdict
        step = steps.setdefault(key, Step(question))
        answers = heard.pop(0) if heard else answerer.ask(question)
        steps, key = (step.after, id(answers)) if isinstance(answers, Known) else ({}, None)
