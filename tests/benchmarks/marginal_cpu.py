"""What one more correct submission costs: CPU seconds of grader and worker, as a ratio to a bare numpy import.

    python tests/benchmarks/marginal_cpu.py [--assignment two_layer_mlp] [--more 100]

Two classes are graded by `grader grade` with its shipped defaults, all checks on and documents written; the second
holds `--more` more submissions than the first. The difference of their CPU seconds, children included, is divided by
that number; what is left of the first is the start. `python -c "import numpy"` is measured in the same run.

What equals another submission's answer to the last bit is judged once, so a class that all write the same is the best
that can be met; a second class hands in five styles in turn, loops among them.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FEW = 10


def cpu_seconds(command):
    """CPU seconds of a command and all its descendants, by the kernel; they must have been waited for."""
    before = os.times()
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def wall_seconds(command):
    """Wall seconds of a command."""
    before = os.times().elapsed
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return os.times().elapsed - before


def hand_in(folder, solutions, count):
    """Copy solutions in turn, as so many students."""
    for number in range(count):
        shutil.copytree(solutions[number % len(solutions)], folder / f"student{number:04d}")


def grade_command(folder, assignment, out, jobs):
    """The command that an instructor runs."""
    return [
        *(sys.executable, "-m", "grader", "grade", "--class", str(folder), "-a", assignment),
        *("-o", str(out), "--jobs", str(jobs), "--seed", "benchmark", "--allow-unconfined"),
    ]


def measure(solutions, assignment, more, jobs):
    """(marginal CPU seconds a submission, CPU seconds of the start)."""
    with tempfile.TemporaryDirectory() as scratch:
        few, many = Path(scratch, "few"), Path(scratch, "many")
        hand_in(few, solutions, FEW)
        hand_in(many, solutions, FEW + more)
        first = cpu_seconds(grade_command(few, assignment, Path(scratch, "out_few"), jobs))
        second = cpu_seconds(grade_command(many, assignment, Path(scratch, "out_many"), jobs))
    marginal = (second - first) / more
    return marginal, first - FEW * marginal


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assignment", default="two_layer_mlp")
    parser.add_argument("--more", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    styles = sorted((ROOT / "tests" / "styles" / options.assignment).iterdir())
    one_style = [style for style in styles if style.name == "vectorised"]
    bare = [sys.executable, "-c", "import numpy"]
    cpu_seconds(bare)
    numpy_cpu = statistics.median(cpu_seconds(bare) for _ in range(9))
    numpy_wall = statistics.median(wall_seconds(bare) for _ in range(9))
    marginal, start = measure(one_style, options.assignment, options.more, options.jobs)
    mixed, _ = measure(styles, options.assignment, options.more, options.jobs)
    with tempfile.TemporaryDirectory() as scratch:
        hand_in(Path(scratch), one_style, 1)
        one = [
            *(sys.executable, "-m", "grader", "grade", str(next(Path(scratch).iterdir()))),
            *("-a", options.assignment, "-o", f"{scratch}/out", "--allow-unconfined"),
        ]
        cold = statistics.median(wall_seconds([*one, "--seed", str(number)]) for number in range(5))
    print(f"python -c 'import numpy': {1e3 * numpy_cpu:.0f} ms CPU, {1e3 * numpy_wall:.0f} ms wall (median of 9)")
    print(f"marginal, {options.more} more submissions of {options.assignment}: {1e3 * marginal:.1f} ms CPU each")
    print(f"start, once a run: {1e3 * start:.0f} ms CPU")
    print(f"marginal / numpy import: {marginal / numpy_cpu:.2f}")
    print(f"the same of {len(styles)} styles in turn: {1e3 * mixed:.1f} ms CPU each, {mixed / numpy_cpu:.2f}")
    print(f"one cold submission: {1e3 * cold:.0f} ms wall, {cold / numpy_wall:.1f} x a numpy import")


if __name__ == "__main__":
    main()
