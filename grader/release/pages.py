"""The pages around the stubs: how to work with the template, and the workflow that checks every push."""

from __future__ import annotations

from collections.abc import Collection

from grader.model import Assignment, decimal, exact

TOP = """\
# Your work

Every folder here that holds a `public.json` is one assignment: a handout with the derivation, stub modules, a notebook
with the same stubs between the sections of the handout, and the public cases.

    python -m pip install gradient-grader
    grader check                        # everything here; or: grader check two_layer_mlp
    pytest two_layer_mlp/public.json    # the same checks, one test each

Fill in either the `.py` files or the notebook. `grader check` says what to repair first.

The workflow in `.github/workflows/check.yml` runs the same checks on every push. What it says is advice: your
instructor's run also puts hidden cases to your code, and it alone decides.
"""

WORKFLOW = """\
# Runs the public checks on every push. The result is advice: the instructor's run, with its hidden cases, decides.
name: grader check

on: push

permissions:
  contents: read

env:
  GRADER: gradient-grader   # what pip installs; a course with a wheel of its own puts its path or address here
  FAIL_UNDER: "60"          # percent of an assignment's public points below which its run fails

jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@v5
        with:
          persist-credentials: false
      - uses: actions/setup-python@v6
        with:
          python-version: "3.12"
      - name: Install the grader
        run: python -m pip install --disable-pip-version-check --quiet "$GRADER"
      - name: Check every assignment
        shell: bash
        run: |
          worst=0 found=0
          for data in public.json */public.json; do
            [ -f "$data" ] || continue
            found=1 status=0
            grader check "$(dirname "$data")" --format markdown --fail-under "$FAIL_UNDER" \\
              >> "$GITHUB_STEP_SUMMARY" || status=$?
            if [ "$status" -gt "$worst" ]; then worst=$status; fi
          done
          if [ "$found" -eq 0 ]; then echo "no public.json found; keep the one of the template" >&2; exit 2; fi
          echo "This result is advice: the instructor's run, with its hidden cases, decides." >> "$GITHUB_STEP_SUMMARY"
          exit "$worst"
"""


def readme(assignment: Assignment, modules: Collection[str]) -> str:
    """The few lines that stand beside the stubs of one assignment."""
    names = " ".join(f"`{module}.py`" for module in sorted(modules))
    total = decimal(exact(assignment.points))
    return (
        f"# {assignment.title}\n\n"
        f"{len(assignment.tasks)} functions, {total} points. `handout.md` holds the derivation and what each check is "
        f"worth.\n\n"
        f"Fill in the stubs in {names}, or the same stubs in `{assignment.name}.ipynb`: one of the two is enough. Keep "
        f"names, arguments and their order.\n\n"
        f"    grader check .        # what is right, and what to repair first\n"
        f"    pytest public.json    # the same, one test a check\n\n"
        f"Both put the public cases of `public.json` to your code; its first case of each function is small enough to "
        f"be worked by hand. Their result is advice: your instructor's run has hidden cases, and it alone decides.\n"
    )
