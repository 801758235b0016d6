"""Gradient checkers side by side: kill rate, false alarms, calls and time, on the same mutants in one run.

    python tests/benchmarks/gradient_checkers.py [--quick]

What counts as accepted:

    CS231n full      every coordinate by differences with h = 1e-5, largest relative error below 1e-4, 1e-6 or 1e-8
    CS231n sparse    ten random coordinates of each array, relative error below 1e-6; 0/0 passes
    torch gradcheck  slow: whole Jacobians; fast: one u ≥ 0, one v; both with h = 1e-6, rtol 1e-3, atol 1e-5
    JAX check_grads  one Gaussian direction of a fixed seed, h = 1e-4, rtol = atol = 1e-5 in float64
    HIPS autograd    one Gaussian direction, h = 5e-7, absolute or relative error below 1e-6 (the rule, stated anew)
    ours             every check that the assignment declares, put as the product puts it: no row but "pass"

A mutant is killed where it fails on a case that right code passes, or raises there. A false alarm is a case on which
right code fails (ours is asked about all cases of a task at once, and counts one a task). CS231n's rules are stated
anew; torch and JAX run for real where they are installed (`pip install -e .[benchmark]`) and are left out with a
message where they are not. A checker that moves every coordinate skips the cases at which it would need more than 0.3
seconds; they count neither way.
"""

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path[:0] = [str(Path(__file__).resolve().parents[2])]

from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402

from tests.benchmarks.checkers import corpus, growth, libraries, rules, runs  # noqa: E402

SAMPLE = 8


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help=f"every {SAMPLE}th mutant of each task")
    quick = parser.parse_args().quick
    console = Console(width=150)
    found, missing = libraries.checkers()
    for name in missing:
        console.print(f"{name} is not installed; its checkers are left out")
    full = [rules.CS231nFull(threshold) for threshold in (1e-4, 1e-6, 1e-8)]
    checkers = [*full, rules.CS231nSparse(), *found, rules.Autograd()]
    asked = corpus.asked(SAMPLE if quick else 1)
    for title, cases in (("one small case", runs.small), ("the battery", runs.battery)):
        console.print(_table(title, runs.compare(asked, checkers, cases)))
    console.print(_large(growth.detection(checkers, SAMPLE if quick else 1)))
    console.print(_growth(*growth.cost([checker for checker in checkers if not checker.slow])))


def _table(title, lines):
    table = Table(title=f"{title}: killed, in percent", box=None, pad_edge=False)
    for heading in (
        "checker",
        *runs.CATEGORIES,
        "all",
        "mutants",
        "false alarms",
        "cases",
        "forwards",
        "backwards",
        "ms",
    ):
        table.add_column(heading, justify="left" if heading == "checker" else "right")
    for line in lines:
        shares = [_percent(line.killed[name], line.asked[name]) for name in runs.CATEGORIES]
        total = _percent(line.killed.total(), line.asked.total())
        alarms = f"{line.alarms} ({_percent(line.alarms, line.cases)} %)"
        numbers = [f"{line.forwards:.0f}", f"{line.backwards:.0f}", f"{line.ms:.2f}"]
        table.add_row(line.name, *shares, total, str(line.asked.total()), alarms, str(line.cases), *numbers)
    return table


def _percent(part, whole):
    return f"{100 * part / whole:.1f}" if whole else "–"


def _large(lines):
    table = Table(title="two-layer net, N = 64, D = 3072, H = 100, C = 10: n = 308,310", box=None, pad_edge=False)
    for heading in ("checker", "right net", "killed", "missed", "forwards", "ms"):
        table.add_column(heading, overflow="fold")
    for line in lines:
        table.add_row(*line)
    return table


def _growth(sizes, lines):
    table = Table(title="cost and its growth: seconds ∝ nᵖ, batch of 64", box=None, pad_edge=False)
    for heading in ("checker", *(f"n = {n:,}, ms" for n in sizes), "p"):
        table.add_column(heading, justify="left" if heading == "checker" else "right")
    for name, seconds, exponent in lines:
        table.add_row(name, *(f"{1e3 * s:.1f}" for s in seconds), f"{exponent:.2f}")
    return table


if __name__ == "__main__":
    main()
