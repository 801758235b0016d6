"""What the sandbox costs: medians of 40 in one run, beside a bare numpy import and beside the call in this process.

    python tests/benchmarks/sandbox.py [--runs 40]

A worker is started, loaded with one line and reaped; `affine_backward` is called across the border at two sizes; a
submission of 40 small calls is opened, asked and closed; then as many of these as one core, and two, do in a second.
"""

import argparse
import statistics
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from grader.limits import Limits  # noqa: E402
from grader.questions import Call, Question, Ref  # noqa: E402
from grader.sandbox import Sandbox, isolation  # noqa: E402
from grader.sandbox.forked import Forked  # noqa: E402
from grader.sandbox.shared import acquire, release  # noqa: E402
from reference.affine import affine_backward, affine_forward  # noqa: E402

ONE_LINE = b"def f(x): return x\n"
AFFINE = (ROOT / "tests" / "styles" / "two_layer_mlp" / "vectorised" / "affine.py").read_bytes()
WANTED = {"affine_forward": "affine", "affine_backward": "affine"}
SMALL, LARGE = (4, 5, 3), (64, 3072, 10)
SECONDS = 3.0


@dataclass(frozen=True)
class File:
    path: str
    content: bytes


@dataclass(frozen=True)
class Handed:
    files: tuple[File, ...]


def handed(content):
    return Handed((File("affine.py", content),))


def drawn(N, D, C):
    """(x, w, b, dout) of a layer."""
    rng = np.random.default_rng(0)
    return rng.normal(size=(N, D)), rng.normal(size=(D, C)), rng.normal(size=C), rng.normal(size=(N, C))


def question(x, w, b, dout):
    """A forward pass whose cache stays, and the backward pass that uses it."""
    return Question((Call("affine_forward", (x, w, b), keep=(1,)), Call("affine_backward", (dout, Ref(0, 1)))))


def median_ms(act, runs):
    """The median wall time of an act, in milliseconds."""
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return 1e3 * statistics.median(taken)


def one_worker(box):
    """Start, read and import one line, end and reap."""
    box.open(handed(ONE_LINE), {"f": "affine"}).close()


def first_worker(runs):
    """The same where no worker was forked ahead: each asks for other limits than the one before it."""
    boxes = [Sandbox(Limits(memory_mb=memory_mb)) for memory_mb in (500, 501)]
    turn = cycle(boxes)
    taken = median_ms(lambda: one_worker(next(turn)), runs)
    for box in boxes:
        box.__exit__()
    return taken


def backward(confined, size, runs):
    """The round trip of affine_backward alone, in milliseconds: a question of both, less one of the forward pass."""
    x, w, b, dout = drawn(*size)
    both, alone = question(x, w, b, dout), Question((Call("affine_forward", (x, w, b), keep=(1,)),))
    return median_ms(lambda: confined.ask(both), runs) - median_ms(lambda: confined.ask(alone), runs)


def in_process(size, runs):
    """The same call in this process."""
    x, w, b, dout = drawn(*size)
    _, cache = affine_forward(x, w, b)
    return median_ms(lambda: affine_backward(dout, cache), runs)


def single(confined, size, runs):
    """The round trip of one call in a question of its own: what a check that asks once pays."""
    x, w, b, _ = drawn(*size)
    asked = Question((Call("affine_forward", (x, w, b), keep=(1,)),))
    return median_ms(lambda: confined.ask(asked), runs)


def submission(box, asked):
    """Open a submission, put 40 calls to it in questions of two, and close it."""
    with box.open(handed(AFFINE), WANTED) as confined:
        for _ in range(20):
            confined.ask(asked)


def cpu_split(runs):
    """CPU milliseconds of one 40-call submission: (grader, worker), by the kernel's clocks."""
    workers, zygote = [], acquire()

    def start(limits):
        workers.append(Forked(zygote, limits))
        return workers[-1]

    with Sandbox(Limits(), start) as box:
        asked = question(*drawn(*SMALL))
        submission(box, asked)
        workers.clear()
        begun = time.process_time()
        for _ in range(runs):
            submission(box, asked)
        grader = 1e3 * (time.process_time() - begun) / runs
    release()
    return grader, 1e3 * statistics.median(worker.ended.cpu_s for worker in workers)


def for_a_while(seconds):
    """How many bare 40-call submissions one grader does in a second."""
    with Sandbox() as box:
        asked = question(*drawn(*SMALL))
        submission(box, asked)
        begun, count = time.perf_counter(), 0
        while time.perf_counter() - begun < seconds:
            submission(box, asked)
            count += 1
        return count / (time.perf_counter() - begun)


def a_second(graders):
    """The same with several graders at once, added up."""
    with ProcessPoolExecutor(graders, mp_context=get_context("spawn")) as pool:
        list(pool.map(for_a_while, [0.1] * graders))
        return sum(pool.map(for_a_while, [SECONDS] * graders))


def bare_import():
    subprocess.run([sys.executable, "-c", "import numpy"], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=40)
    runs = parser.parse_args().runs
    numpy_ms = median_ms(bare_import, max(runs // 4, 5))
    print(f"python -c 'import numpy':             {numpy_ms:8.2f} ms")
    print(f"isolation:                            level {isolation().level}")
    with Sandbox() as box:
        one_worker(box)
        print(f"worker, start + load + reap:          {median_ms(lambda: one_worker(box), runs):8.2f} ms")
        print(f"the same where none is forked ahead:  {first_worker(runs):8.2f} ms")
        with box.open(handed(AFFINE), WANTED) as confined:
            for name, size in (("N=4, D=5, C=3", SMALL), ("N=64, D=3072, C=10", LARGE)):
                confined.ask(question(*drawn(*size)))
                across, here = backward(confined, size, runs), in_process(size, runs)
                print(f"affine_backward, {name + ':':20} {across:8.3f} ms; in process {here:.3f} ms")
            print(f"one small call, a question of its own:{single(confined, SMALL, runs):8.3f} ms")
        asked = question(*drawn(*SMALL))
        submission(box, asked)
        whole = median_ms(lambda: submission(box, asked), runs)
    grader, worker = cpu_split(runs)
    cpu = f"{grader:.1f} + {worker:.1f} ms CPU (grader, worker)"
    print(f"submission of 40 small calls:         {whole:8.2f} ms wall; {cpu}")
    print(f"the same beside a numpy import:       {whole / numpy_ms:8.2f}")
    print(f"submissions a second, one core:       {a_second(1):8.1f}")
    print(f"submissions a second, two cores:      {a_second(2):8.1f}")


if __name__ == "__main__":
    main()
