"""None of the 21 attacks that other graders fall for gains a point over the honest half of the work."""

import json
import os
import subprocess

import pytest

from tests.hostile.handing import ROOT, command, environment, grade_class, hand_in
from tests.hostile.peers import AS_IT_IS, ATTACKS, BESIDE, HONEST, ZEROS

NAMES = {number: f"{number:02} {name}" for number, (name, _) in ATTACKS.items()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("peers") / "class"
    attacks = {NAMES[n]: {"answers.py": text, **BESIDE.get(n, {})} for n, (_, text) in ATTACKS.items()}
    hand_in(made, {"honest": {"answers.py": HONEST + AS_IT_IS + ZEROS}, **attacks})
    return made


@pytest.fixture(scope="module")
def documents(folder):
    return grade_class(folder)


def test_the_honest_half_gets_its_points(documents):
    honest = documents["honest"]
    assert 0.1 < honest["score"] / honest["max_score"] < 0.6
    whole = [task["name"] for task in honest["tasks"] if task["score"] == task["max_score"]]
    assert whole == ["scores", "softmax", "cross_entropy", "scores_bias_jacobian"]


EXEMPT = {
    "weight_gradient_loop": "it teaches the loop: its values alone are judged",
    "scores_weight_jacobian": "asking a linear map for its columns one by one is a fair way to its Jacobian",
}
"""Where differences may stand in place of a derivation, and why."""


def gradient_points(task):
    """What a task's gradients earn; its shapes and its loss are no derivation."""
    claims = ("derivative", "numeric check", "fast", "finite and right")
    rows = [check for check in task["checks"] if any(claim in check["name"] for claim in claims)]
    return sum(row["score"] for row in rows if not row["name"].startswith("the loss"))


@pytest.mark.parametrize("number", ATTACKS, ids=NAMES.get)
def test_an_attack_gains_nothing(folder, documents, number, tell):
    honest, document = documents["honest"], documents[NAMES[number]]
    earned = {task["name"]: task["score"] for task in honest["tasks"]}
    gained = [task["name"] for task in document["tasks"] if task["score"] > earned[task["name"]]]
    tell(
        f"attack {NAMES[number]}: {document['score']} points; {honest['score']} without it"
        + (f"; gained in {', '.join(gained)}" if gained else "")
    )
    if NAMES[number] == "16 numeric":
        derived = [task["name"] for task in document["tasks"] if gradient_points(task)]
        assert set(derived) - {task["name"] for task in honest["tasks"] if gradient_points(task)} <= set(EXEMPT)
        return
    assert gained == []
    assert document["score"] <= honest["score"]
    if os.environ.get("GRADER_WHOLE"):
        words = command(folder / NAMES[number], "-a", "softmax_classifier", "--format", "json")
        alone = subprocess.run(words, cwd=ROOT, env=environment(), capture_output=True, text=True, check=True)
        assert json.loads(alone.stdout)["score"] <= honest["score"]
