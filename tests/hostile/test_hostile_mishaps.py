"""What goes wrong in one function costs that function, and nothing else; and it is said what it was."""

import re

import pytest

from tests.hostile import mishaps
from tests.hostile.handing import grade_class, hand_in

WHOLE = None
"""All points are kept."""

ROWS = {
    "endless loop": (mishaps.LOOP, "softmax_jacobian", "timeout", r"took longer than 1 s and was stopped"),
    "swallows interrupts": (mishaps.DEAF, "softmax_jacobian", "timeout", r"took longer than 1 s and was stopped"),
    "exit": (mishaps.EXIT, "softmax_jacobian", "crashed", r"ended its process \(exit code 0\)"),
    "segfault": (mishaps.SEGFAULT, "softmax_jacobian", "crashed", r"crashed its process \(SIGSEGV\)"),
    "4 GB": (mishaps.MEMORY, "softmax_jacobian", "memory", r"MemoryError"),
    "100 MB printed": (mishaps.PRINTS, "softmax_jacobian", "flood", r"printed more than 4 MB and was stopped"),
    "debug print": (mishaps.PRINT, WHOLE, "pass", ""),
    "float32": (mishaps.FLOAT32, WHOLE, "warn", r"float32|precision"),
}
LAYERS = {
    "db is (1, n)": (mishaps.KEEPDIMS, "affine_backward", "fail", r"db is \(1, M\) = .*; expected \(M,\)"),
    "dout is changed": (mishaps.IN_PLACE, WHOLE, "warn", r"dout is changed by the call"),
}
FILES = {
    "loop at import": (mishaps.AT_IMPORT, "timeout", r"answers\.py took longer than 1\.5 s .*while it was imported"),
    "syntax error": (mishaps.SYNTAX, "raised", r"answers\.py line \d+: .*"),
}


def documents(folder, assignment, rows, whole=()):
    """Grade one submission a row: `rows` replace one function of a right solution, `whole` add to all of it."""
    right = mishaps.solution(assignment)
    texts = {name: mishaps.apart(right) + row[0] for name, row in rows.items()}
    texts |= {"right": mishaps.apart(right), **{name: right + whole[name][0] for name in whole}}
    hand_in(folder, {name: {"answers.py": text} for name, text in texts.items()})
    return grade_class(folder, assignment=assignment)


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mishaps")
    classifier = documents(folder / "classifier", "softmax_classifier", ROWS, FILES)
    network = documents(folder / "network", "two_layer_mlp", LAYERS)
    return {**network, **classifier, "right": (classifier["right"], network["right"])}


def test_the_solution_is_right(graded):
    assert all(document["score"] == document["max_score"] for document in graded["right"])


@pytest.mark.parametrize("name", [*ROWS, *LAYERS])
def test_a_mishap_costs_its_function_alone(graded, name, tell):
    _, function, status, message = {**ROWS, **LAYERS}[name]
    tasks = graded[name]["tasks"]
    short = [task["name"] for task in tasks if task["score"] < task["max_score"]]
    odd = [check for task in tasks for check in task["checks"] if check["status"] not in ("pass", "absent")]
    tell(f"{name}: {graded[name]['score']} of {graded[name]['max_score']}; {said(odd)}")
    assert short == ([function] if function else [])
    if status != "pass":
        assert any(check["status"] == status and re.search(message, check["message"]) for check in odd), odd


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_read_is_named(graded, name, tell):
    _, status, message = FILES[name]
    checks = [check for task in graded[name]["tasks"] for check in task["checks"]]
    tell(f"{name}: {graded[name]['score']} of {graded[name]['max_score']}; {said(checks)}")
    assert graded[name]["score"] == 0
    assert {check["status"] for check in checks} <= {status, "blocked"}
    assert any(re.search(message, check["message"]) for check in checks), checks[0]


def test_of_a_wrong_shape_the_shape_alone_is_lost(graded):
    [task] = [task for task in graded["db is (1, n)"]["tasks"] if task["name"] == "affine_backward"]
    assert [check["name"] for check in task["checks"] if check["status"] not in ("pass", "warn")] == [
        "db has shape (M,)"
    ]


def said(checks):
    return (
        " · ".join(dict.fromkeys(f"{check['status']}: {check['message']}"[:160] for check in checks[:2])) or "nothing"
    )
