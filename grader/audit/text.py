"""An audit on a terminal: what holds, what does not, who catches what, and what nobody catches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Console, ConsoleRenderable, Group
from rich.table import Table
from rich.text import Text

from grader.audit.findings import FATES, Catch, Findings, Trial
from grader.report.symbols import Symbols

LISTED = 12
"""Equivalent mutants that are named one by one; the rest are counted."""

COLUMNS = ("killed", "survived", "equivalent", "warned", "unjudged")


def audited(found: Findings, signs: Symbols, verbose: bool = False) -> ConsoleRenderable:
    """Lay out the audit of one assignment; `verbose` adds what each check and each case caught."""
    return Group(*_parts(found, signs, verbose))


def _parts(found: Findings, signs: Symbols, verbose: bool) -> Iterator[ConsoleRenderable]:
    yield signs.text(found.assignment, "bold")
    for status, lines in (("fail", found.faults), ("pass", found.proven), ("warn", found.notes)):
        for line in lines:
            yield Text.assemble("  ", signs.mark(status), " ", signs.text(line))
    if not found.trials:
        return
    yield Text()
    yield _tasks(found)
    yield from _summary(found, signs)
    for trial in (*found.with_fate("survived"), *found.with_fate("error")[:1]):
        yield from _survivor(trial, signs)
    yield from _equivalent(found, signs)
    yield from _catches(found, signs, verbose)


def _tasks(found: Findings) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("task", overflow="fold")
    for head in ("mutants", *COLUMNS, "rate"):
        table.add_column(head, justify="right")
    for name, tally in [(task, found.of(task)) for task in found.tasks] + [("all", found.total)]:
        counts = [str(tally.counts[fate]) for fate in COLUMNS]
        table.add_row(
            Text(name), str(tally.made), *counts, f"{tally.rate:.4g} %", style="bold" if name == "all" else ""
        )
    return table


def _summary(found: Findings, signs: Symbols) -> Iterator[Text]:
    total = found.total
    yield Text()
    for fate, meaning in FATES.items():
        if total.counts[fate]:
            extra = f"; {total.raised} of them only by raising an error" if fate == "killed" else ""
            yield signs.text(f"{total.counts[fate]:>6} {fate}: {meaning}{extra}")
    tried = f"{len(found.trials)} of {found.made} mutants (a sample)" if found.sampled else f"{found.made} mutants"
    yield signs.text(f"{tried} tried in {found.seconds:.1f} s; kill rate {total.rate:.4g} %")


def _survivor(trial: Trial, signs: Symbols) -> Iterator[Text]:
    mutant = trial.mutant
    yield Text()
    yield signs.text(f"{trial.fate}: {mutant.task}, {mutant.rule} ({mutant.says}); {trial.why}", "red")
    for line in trial.diff.splitlines():
        style = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1], "")
        yield signs.text(f"  {line}", style)


def _equivalent(found: Findings, signs: Symbols) -> Iterator[Text]:
    trials = found.with_fate("equivalent")
    if not trials:
        return
    yield Text()
    named = ", ".join(f"{trial.mutant.task}:{trial.mutant.line} {trial.mutant.rule}" for trial in trials[:LISTED])
    more = f", and {len(trials) - LISTED} more" if len(trials) > LISTED else ""
    yield signs.text(f"equivalent (proven on 1,000 inputs): {named}{more}")


def _catches(found: Findings, signs: Symbols, verbose: bool) -> Iterator[ConsoleRenderable]:
    yield Text()
    if verbose:
        yield _caught("check", found.caught_by_checks(), signs)
        yield Text()
        yield _caught("battery case", found.caught_by_cases(), signs)
    else:
        sole = sorted((catch for catch in found.caught_by_cases() if catch.only), key=lambda catch: -catch.only)
        told = ", ".join(f"{catch.task}/{catch.name} {catch.only}" for catch in sole[:LISTED])
        yield signs.text(f"cases without which mutants would survive: {told or 'none'} (all of them with --verbose)")
    silent = ", ".join(f"{catch.task}/{catch.name}" for catch in found.silent())
    if silent:
        yield signs.text(f"silent cases, which catch nothing: {silent}")


def _caught(kind: str, catches: Sequence[Catch], signs: Symbols) -> Table:
    table = Table("task", kind, box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("caught", justify="right")
    table.add_column("it alone", justify="right")
    for task, several in groupby(catches, key=lambda catch: catch.task):
        for place, catch in enumerate(several):
            row = (task if not place else "", catch.name, str(catch.caught), str(catch.only))
            table.add_row(*(signs.text(cell) for cell in row))
    return table


def show(console: Console, found: Findings, verbose: bool = False) -> None:
    """Print the audit of one assignment."""
    from grader.report.terminal import symbols

    console.print(audited(found, symbols(console), verbose))
