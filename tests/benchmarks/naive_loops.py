"""What a whole, correct submission of CS231n's second assignment costs, with the loops over pixels that it teaches.

    python -m tests.benchmarks.naive_loops

Two submissions are graded by `grader grade`, and the CPU seconds of all processes are taken from the kernel: the
reference as a submission (starting, drawing the questions, asking and judging everything), and the same with
convolution and pooling as loops over examples, filters and places (the submission's own time).
"""

import re
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from tests.benchmarks.marginal_cpu import ROOT, cpu_seconds
from tests.cs231n.test_cs231n_a2 import CONV, CUT, PAD, POOL
from tests.release.kit import fill_homes, template

NAME = "cs231n_a2"
POOL_FORWARD = """
def max_pool_forward_naive(x, pool_param):
    h, w, s = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    N, C, H, W = x.shape
    out = np.zeros((N, C, 1 + (H - h) // s, 1 + (W - w) // s))
    for n in range(N):
        for c in range(C):
            for i in range(out.shape[2]):
                for j in range(out.shape[3]):
                    out[n, c, i, j] = np.max(x[n, c, i * s : i * s + h, j * s : j * s + w])
    return out, (x, pool_param)
"""
LOOPS = CONV.format(pad=PAD, cut=CUT) + POOL.format(assign="+=") + POOL_FORWARD


def looped(text):
    """The module with the four functions written anew as loops."""
    for name in re.findall(r"^def (\w+)", LOOPS, flags=re.MULTILINE):
        text = re.sub(rf"^def {name}\(.*?(?=^def |^class |\Z)", "", text, flags=re.DOTALL | re.MULTILINE)
    return text + LOOPS


def handed_in(folder, kind):
    """A template folder with the reference, or the reference with loops in it."""
    made = template(NAME, folder / kind)
    fill_homes(made, import_module(f"assignments.{NAME}").ASSIGNMENT)
    if kind == "loops":
        layers = made / "layers.py"
        layers.write_text(looped(layers.read_text("utf-8")), "utf-8")
    return made


def command(path):
    return [sys.executable, "-m", "grader", "grade", str(path), "-a", NAME, "--format", "json", "--allow-unconfined"]


def main():
    with tempfile.TemporaryDirectory() as folder:
        paths = {kind: handed_in(Path(folder), kind) for kind in ("reference", "loops")}
        shown = subprocess.run(command(paths["loops"]), capture_output=True, check=True, cwd=ROOT, encoding="utf-8")
        scores = re.search(r'"score": ([\d.]+),\s*"max_score": ([\d.]+)', shown.stdout)
        print(f"with loops: {scores[1]} of {scores[2]} points")
        reference, loops = (min(cpu_seconds(command(path)) for _ in range(5)) for path in paths.values())
    print(
        f"CPU seconds: loops of the submission {loops - reference:.2f}, all else {reference:.2f}; together {loops:.2f}"
    )


if __name__ == "__main__":
    main()
