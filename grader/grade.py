"""Assignment × answerer → Report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from fractions import Fraction
from functools import cached_property, partial
from typing import Literal

import msgspec
import numpy as np
from msgspec.structs import replace

from grader.checks import Gradient, Numeric, Repeatable, Seeded, Speed, Value
from grader.checks.cost import Derived, priced
from grader.checks.slope import foreseen
from grader.checks.value import WRONG
from grader.conventions import Graded, Way, asked_in, follow, open_to, points
from grader.drive import Once, run
from grader.model import TELLING, Assignment, Check, Report, Row, Task, TaskReport, Verdict, decimal, exact
from grader.paper import Paper
from grader.posing import write
from grader.profiles import AUTO
from grader.questions import Answerer, Question


class Exam(msgspec.Struct, frozen=True, eq=False, dict=True):
    """The papers of an assignment, with the checks to run on each and what they are worth.

    `share` of the points that a backward pass loses to a wrong forward pass are proposed, or `counted` at once.
    `ways` are the tasks that several conventions are open to, each with all of them, the one on `tasks` first. The
    tasks named by `beyond` belong to other years: they are left out where the submission has nothing of them.
    """

    tasks: tuple[tuple[Paper, Mapping[Check, Fraction]], ...]
    equations: Mapping[str, tuple[str, ...]]
    share: Fraction = Fraction(0)
    counted: bool = False
    ways: Mapping[str, tuple[Way, ...]] = msgspec.field(default_factory=dict)
    beyond: frozenset[str] = frozenset()

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What a right submission is asked in any case, timed calls apart: so much can be put to it ahead, at once."""
        found = [paper.question for paper, checks in self.tasks if checks]
        for paper, checks in self.tasks:
            found += foreseen(paper) if any(isinstance(check, Numeric) for check in checks) else ()
        return tuple(found)

    @cached_property
    def priced(self) -> tuple[Question, ...]:
        """What it is asked of whose cost a bound is enough, where it is little."""
        return tuple(priced(paper) for paper, checks in self.tasks if checks and paper.cost is not None)


def prepare(
    assignment: Assignment,
    seed: bytes,
    only: Iterable[str] = (),
    run_seed: bytes = b"",
    profile: str = AUTO,
    year: str = "",
) -> Exam:
    """Draw an assignment's papers. `only` names the tasks to set; none means all.

    A `profile` other than "auto" is a year: its tasks are asked, under its conventions. Under "auto" every convention
    is open; the `year` that a submission looks like says which to try first, and whose tasks may not be missing.
    """
    chosen = [assignment.task(name) for name in only] or asked_in(assignment.tasks, profile)
    ways = {task.name: _ways(assignment, task, seed, run_seed, profile, year) for task in chosen}
    kept = {task.name for task in asked_in(chosen, year or AUTO)}
    axes = {each.axis for task in chosen for each in task.conventions if each.axis}
    beside = [task for task in assignment.tasks if task not in chosen and axes & {c.axis for c in task.conventions}]
    ways |= {task.name: _ways(assignment, task, seed, run_seed, profile, year) for task in beside}
    return Exam(
        tuple((ways[task.name][0].paper, ways[task.name][0].checks) for task in chosen),
        {task.name: task.equations for task in (*chosen, *beside)},
        exact(assignment.follow_through),
        assignment.count_follow_through,
        {name: several for name, several in ways.items() if several[0].name},
        frozenset(task.name for task in chosen if profile == AUTO and task.name not in kept),
    )


def _ways(assignment: Assignment, task: Task, seed: bytes, run_seed: bytes, profile: str, year: str) -> tuple[Way, ...]:
    """A task under every convention that is open, those of `year` first; one without a name where it has none."""
    named = {each.name: each for each in assignment.tasks}

    def paper(variant: Task) -> Paper:
        written = write(variant, seed, forwards={**named, task.name: variant}, run_seed=run_seed)
        return replace(written, letters=assignment.letters)

    if not task.conventions:
        return (Way("", "", "", points(task), partial(paper, task)),)
    opened = sorted(open_to(task, profile), key=lambda each: year not in each.years)
    variants = [(each, task.variants[each.name]) for each in opened]
    return tuple(
        Way(each.name, each.says, each.axis, points(variant), partial(paper, variant)) for each, variant in variants
    )


def grade(exam: Exam, answerer: Answerer, explain: bool = True) -> Report:
    """Put every check of an exam to an answerer. What goes wrong in our own code is `error`, never the student's.

    With `explain` the mistakes behind what fails are named, and what fails because of another task is blocked.
    """
    once = Once(answerer)
    with np.errstate(all="ignore"):  # wrong values overflow; what they are is judged, not how loudly
        graded = {paper.task: _judged(exam, paper, checks, once) for paper, checks in exam.tasks}
        graded, said = follow(exam.ways, graded, lambda paper, checks: _judged(exam, paper, checks, once))
        missing = [name for name in exam.beyond if _is_absent(graded[name].report)]
        kept = [task for name, task in graded.items() if name not in missing]
        reports = _explained(kept, once) if explain else tuple(task.report for task in kept)
    said += (f"not asked, as other years ask for it: {', '.join(sorted(missing))}",) if missing else ()
    return Report(reports, said)


def _is_absent(report: TaskReport) -> bool:
    return all(row.verdict.status == "absent" for row in report.rows)


def _judged(exam: Exam, paper: Paper, checks: Mapping[Check, Fraction], once: Once) -> Graded:
    return Graded(paper, checks, _task(exam, paper, checks, once))


def _task(exam: Exam, paper: Paper, checks: Mapping[Check, Fraction], once: Once) -> TaskReport:
    rows = follow_through(checks, _rows(paper, checks, once), exam.share, exam.counted)
    return TaskReport(paper.task, exam.equations[paper.task], rows)


def _explained(graded: list[Graded], once: Once) -> tuple[TaskReport, ...]:
    """Say which tasks are wrong only because another is, and name the mistakes behind the rest.

    A fault of ours in doing so leaves the verdicts as they are.
    """
    if not any(row.verdict.status in TELLING for task in graded for row in task.report.rows):
        return tuple(task.report for task in graded)
    from grader.diagnosis import settle  # read where there is something to explain: it takes longer than a right task

    with suppress(Exception):
        graded = settle(graded, once)
    return tuple(_named(task, once) for task in graded)


def _named(task: Graded, once: Once) -> TaskReport:
    from grader.diagnosis import diagnose

    report = task.report
    try:
        return replace(report, rows=diagnose(task.paper, task.checks, report.rows, once.ask(task.paper.question)))
    except Exception:
        return report


def _rows(paper: Paper, checks: Mapping[Check, Fraction], once: Once) -> tuple[Row, ...]:
    verdicts = [_verdict(check, paper, once) for check in checks]
    verdicts = _behaved(checks, verdicts, _verdict(Repeatable(), paper, once))
    if paper.cost is not None:
        verdicts = _derived(checks, verdicts, _verdict(Derived(), paper, once))
    return tuple(
        Row(check.statement(paper.shapes), verdict, points, _visibility(check, paper), equations=tuple(check.proves))
        for (check, points), verdict in zip(checks.items(), verdicts, strict=True)
    )


def _behaved(checks: Iterable[Check], verdicts: list[Verdict], behaviour: Verdict) -> list[Verdict]:
    """Let no value earn points that another call may change; say what is merely bad manners where the first passes."""
    if behaviour.status == "pass":
        return verdicts
    judged = [isinstance(check, Value | Gradient | Numeric | Seeded) for check in checks]
    if behaviour.earns:
        passing = [n for n, verdict in enumerate(verdicts) if judged[n] and verdict.status == "pass"][:1]
        return [behaviour if n in passing else verdict for n, verdict in enumerate(verdicts)]
    concerned = [
        valued and (WRONG not in behaviour.evidence or getattr(check, "output", "") in behaviour.evidence[WRONG])
        for valued, check in zip(judged, checks, strict=True)
    ]
    return [
        behaviour if there and verdict.earns else verdict for there, verdict in zip(concerned, verdicts, strict=True)
    ]


def _derived(checks: Iterable[Check], verdicts: list[Verdict], price: Verdict) -> list[Verdict]:
    """Let no gradient earn points that costs what differences cost, or that is wrong where its cost was measured."""
    if price.earns:
        return verdicts
    return [
        price if _concerns(price, check) and (verdict.earns or price.diagnosis) else verdict
        for check, verdict in zip(checks, verdicts, strict=True)
    ]


def _concerns(price: Verdict, check: Check) -> bool:
    """A name and a call that gave nothing concern every gradient of the task, wrong values their own alone."""
    wrong = price.evidence.get(WRONG)
    if isinstance(check, Numeric | Seeded | Speed):
        return wrong is None
    return isinstance(check, Gradient) and (wrong is None or check.output in wrong)


def follow_through(checks: Iterable[Check], rows: tuple[Row, ...], share: Fraction, counted: bool) -> tuple[Row, ...]:
    """Propose a share of the lost points where the gradients are the slope of the student's own, wrong forward pass."""
    if not any(row.verdict.evidence.get("follows_through") for row in rows):
        return rows
    return tuple(
        _credited(row, share, counted) if isinstance(check, Gradient | Numeric) and not check.group else row
        for check, row in zip(checks, rows, strict=True)
    )


def _credited(row: Row, share: Fraction, counted: bool) -> Row:
    if row.verdict.status != "fail":
        return row
    proposed = share * row.max_score
    verdict = _proposing(row.verdict, decimal(proposed))
    return replace(row, verdict=verdict, credit=proposed if counted else Fraction(0))


def _proposing(verdict: Verdict, proposed: int | float) -> Verdict:
    """A verdict, and what it is without a diagnosis, with the points that somebody should decide on."""
    evidence = {**verdict.evidence, "proposed_score": proposed}
    plain = verdict.plain and _proposing(verdict.plain, proposed)
    return replace(verdict, evidence=evidence, needs_review=True, plain=plain)


def _visibility(check: Check, paper: Paper) -> Literal["public", "hidden"]:
    """Public is what a student can run: a check all of whose cases are public."""
    hidden = [case for case in paper.cases if case.group == check.group and not case.public]
    return "hidden" if hidden else "public"


def _verdict(check: Check, paper: Paper, answerer: Answerer) -> Verdict:
    try:
        return run(check, paper, answerer)
    except Exception as ours:
        sentence = f"the grader failed ({type(ours).__name__}); this check needs an instructor"
        return Verdict("error", sentence, particulars=str(ours), needs_review=True)


def with_messages(report: Report, messages: Iterable[str]) -> Report:
    """Add notes about the submission as a whole."""
    return replace(report, messages=(*report.messages, *messages))
