"""The leak detector: planted answers are found wherever they stand and however they are spelt."""

import json

import pytest

from grader.release import leaks

REFERENCE = {
    "reference/affine.py": '''def affine_backward(dout, cache):
    """Return (dx, dw, db)."""
    # BEGIN SOLUTION
    # the batch shares one w, so that its examples add up
    x, w = cache
    dw = x.T @ grown                                        # (D, M)
    kind = {"sigma": "tanh"}
    both = np.concatenate([dw.ravel(),                      # (D M,)
                           np.sum(dout, axis=0)])
    return dout @ w.T, dw, np.sum(dout, axis=0)
    # END SOLUTION
'''
}
STUB = 'import numpy as np\n\n\ndef affine_backward(dout, cache):\n    """Return."""\n    raise NotImplementedError\n'


def notebook(source):
    return json.dumps({"cells": [{"cell_type": "code", "source": source}, {"cell_type": "markdown", "source": source}]})


def public(text):
    return json.dumps({"tasks": [{"cases": [{"why": text}]}]}, indent=2)


def test_a_clean_template_has_no_leaks():
    files = {
        "affine.py": STUB,
        "handout.md": "dw has shape (D, M)",
        "a.ipynb": notebook(STUB),
        "public.json": public(""),
    }
    assert leaks(files, REFERENCE) == []


ANSWER = "dw = x.T @ grown"
PLANTED = [
    ("handout.md", f"Compute\n\n    {ANSWER}\n"),
    ("handout.md", f"Compute `{ANSWER}` and go on."),
    ("handout.md", "Note that the batch shares one w, so that its examples add up."),
    ("handout.md", "the batch shares one w,\nso that its\nexamples add up"),
    ("handout.md", "dw=x.T@grown"),
    ("affine.py", f"# {ANSWER}\n{STUB}"),
    ("a.ipynb", notebook(f"# {ANSWER}\n")),
    ("a.ipynb", notebook(["# dw = x.T", " @ grown\n"])),
    ("a.ipynb", notebook('# kind = {"sigma": "tanh"}')),
    ("public.json", public(f"the answer is {ANSWER}")),
    ("public.json", public('kind = {"sigma": "tanh"}')),
    ("public.json", json.dumps({ANSWER: 1})),
    ("README.md", "both = np.concatenate([dw.ravel(),"),
    ("README.md", "return dout @ w.T, dw, np.sum(dout, axis=0)"),
]


@pytest.mark.parametrize(("path", "text"), PLANTED, ids=range(len(PLANTED)))
def test_a_planted_answer_is_found(path, text):
    found = leaks({path: text}, REFERENCE)
    assert found
    assert all(line.startswith(f"{path} holds line ") and "of reference/affine.py: " in line for line in found)


@pytest.mark.parametrize("text", ["x, w = cache", "# (D, M)", "SOLUTION", "shares one w"])
def test_short_or_partial_lines_are_no_leak(text):
    assert leaks({"handout.md": text}, REFERENCE) == []


BROKEN = [
    ("affine.py", "def f(:\n", "a stub must be Python"),
    ("affine.py", "def f(x):\n    return x\n", "affine.py:1: f does more than raise NotImplementedError"),
    ("affine.py", STUB.replace("    raise", "    y = 1\n    raise"), "affine.py:4: affine_backward does more"),
    ("a.ipynb", notebook("def f(x):\n    pass\n"), "a.ipynb:1: f does more than raise NotImplementedError"),
]


@pytest.mark.parametrize(("path", "text", "message"), BROKEN)
def test_a_stub_that_is_none_is_told(path, text, message):
    [fault] = leaks({path: text}, REFERENCE)
    assert message in fault
