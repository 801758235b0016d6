"""`grader doctor`: what isolation this machine gives, measured."""

from __future__ import annotations

import typer

from grader.cli import exits

CONFINED = 2
"""The level from which on `grader grade` needs no flag."""


def doctor() -> None:
    """Measure how well this machine confines student code, and say it in one sentence."""
    from grader.sandbox import isolation

    measured = isolation(thorough=True)
    for check in measured.checks:
        typer.echo(f"  {'held' if check.held else 'FAILED':7} {check.name:18} {check.said}")
    if measured.layers:
        typer.echo(f"layers in force: {', '.join(measured.layers)}")
    for missing in measured.missing:
        typer.echo(f"not in force: {missing}")
    typer.echo(f"isolation level {measured.level}: {measured.claim}")
    if measured.level < CONFINED:
        raise typer.Exit(exits.OURS)
