"""Every function of a published tree is found where it is, and can be called; what is not there is absent."""

from __future__ import annotations

import pytest

from assignments.cs231n import kit
from grader.profiles import guess
from grader.sandbox import Sandbox, shared
from grader.submissions import read_submission
from tests.cs231n.solutions import A1, A1_LAYERS, A2, A3, LATER_NORMS, SOLUTIONS, hand_in

KITS = {"cs231n_a1": kit.A1, "cs231n_a2": kit.A2, "cs231n_a3": kit.A3}
HOMES = {
    **dict.fromkeys(A1_LAYERS, ("layers",)),
    **dict.fromkeys(A2, ("layers",)),
    **dict.fromkeys(LATER_NORMS, ("layers",)),
    **dict.fromkeys(("sgd_momentum", "rmsprop", "adam"), ("optim",)),
    **dict.fromkeys(A1[:2], ("linear_svm",)),
    **dict.fromkeys(A1[2:4], ("softmax",)),
    **dict.fromkeys(A3, ("rnn_layers",)),
    "TwoLayerNet.loss": ("fc_net", "neural_net"),
    "FullyConnectedNet.loss": ("fc_net",),
    "ThreeLayerConvNet.loss": ("cnn",),
    "CaptioningRNN.loss": ("rnn",),
}


@pytest.fixture(scope="module")
def box():
    """One sandbox for all, so that the zygote stays warm."""
    if shared.possible():
        shared.acquire()
    with Sandbox() as one:
        yield one
    if shared.possible():
        shared.release()


def submission(name, tmp_path):
    tree = SOLUTIONS[name]
    return (
        tree,
        KITS[tree.assignment],
        read_submission(hand_in(name, tmp_path), tree.assignment, folders=KITS[tree.assignment].folders),
    )


@pytest.mark.parametrize("name", SOLUTIONS)
def test_what_is_there_is_found_and_what_is_not_is_absent(box, name, tmp_path):
    tree, kit, handed = submission(name, tmp_path)
    with box.open(handed, {name: HOMES[name] for name in tree.expected}, kit) as confined:
        there = {name for name, judged in tree.expected.items() if judged != "absent"}
        assert set(confined.defined) == there, confined.notes
        ported = [note for note in confined.notes if "graded after porting: " in note]
        assert bool(ported) == tree.ported, confined.notes
        assert not [note for note in confined.notes if " stopped at " in note]


@pytest.mark.parametrize("name", SOLUTIONS)
def test_the_year_is_told(name, tmp_path):
    tree, kit, handed = submission(name, tmp_path)
    found = guess([(file.path, file.content) for file in handed.files], kit)
    assert found.year == tree.year, found
    assert bool(found.refused) == (tree.year == "2015")


def test_there_are_as_many_trees_as_it_takes():
    judged = [tree.expected for tree in SOLUTIONS.values()]
    assert len(SOLUTIONS) >= 25
    assert sum(tree.ported for tree in SOLUTIONS.values()) >= 6
    assert sum("absent" in expected.values() for expected in judged) >= 8
    assert sum(list(expected.values()).count("wrong") for expected in judged) >= 10
