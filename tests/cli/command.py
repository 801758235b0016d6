"""The command line as a user meets it, in this process: exit code, standard output, error stream."""

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RIGHT = ROOT / "tests" / "styles" / "softmax_classifier" / "einsum"


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def line(self):
        """The one line that a user error is. Fails where there are more, or a traceback."""
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err
        return lines[0]


class Stream(io.TextIOWrapper):
    def __init__(self, encoding="utf-8"):
        super().__init__(io.BytesIO(), encoding=encoding, write_through=True)

    def text(self):
        return self.buffer.getvalue().decode(self.encoding)


def run(*words, encoding="utf-8"):
    """Run `grader` with these words."""
    from grader.cli import main

    out, err = Stream(encoding), Stream(encoding)
    before, sys.argv = sys.argv, ["grader", *map(str, words)]
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    finally:
        sys.argv = before
    return Ran(code, out.text(), err.text())


def grade(*words, assignment="softmax_classifier", **options):
    """Run `grader grade` on this repository's course."""
    return run("grade", *words, "-a", assignment, "--course", ROOT, "--allow-unconfined", "--seed", "s", **options)
