"""Attention: the common mistakes are named, or told in words where the catalogue has no name for them."""

import pytest

from grader.answerers import InProcess
from grader.grade import grade
from tests.diagnosis.students import certain, declared, exam, said
from tests.named import NAMED

FORWARD = """
import numpy as np

def scaled_dot_product_attention_forward(Q, K, V, mask=None):
    s = np.einsum("...se,...te->...st", Q, K) / np.sqrt(Q.shape[-1])
    if mask is not None:
        s = np.where(mask, s, -1e300)
    e = np.exp(s - s.max(-1, keepdims=True))
    a = e / e.sum(-1, keepdims=True)
    return np.einsum("...st,...tm->...sm", a, V), (Q, K, V, a)
"""
BACKWARD = """
def scaled_dot_product_attention_backward(dout, cache):
    Q, K, V, a = cache
    da = np.einsum("...sm,...tm->...st", dout, V)
    ds = a * (da - (da * a).sum(-1, keepdims=True)) / np.sqrt(Q.shape[-1])
    dq, dk = np.einsum("...st,...te->...se", ds, K), np.einsum("...st,...se->...te", ds, Q)
    return dq, dk, np.einsum("...st,...sm->...tm", a, dout)
"""
AHEAD, BACK = "scaled_dot_product_attention_forward", "scaled_dot_product_attention_backward"


def rows(task, *changes):
    source = FORWARD + BACKWARD
    for old, new in changes:
        assert old in source
        source = source.replace(old, new)
    written = {task.name: task.reference for task in declared("cs231n_a3").tasks}
    names = list(written)
    exec(compile(source, "<attention>", "exec"), written)
    return grade(exam("cs231n_a3", task), InProcess({name: written[name] for name in names}, NAMED)).tasks[0].rows


def test_what_is_right_has_no_diagnosis():
    for task in (AHEAD, BACK):
        assert said(rows(task)) == set()


WRONG = [
    (AHEAD, "e.sum(-1, keepdims=True)", "e.sum(-2, keepdims=True)", "softmax-normalizer"),
    (AHEAD, "if mask is not None", "if False", "relu-mask-missing"),
    (AHEAD, "np.where(mask", "np.where(~np.asarray(mask)", "relu-mask-of-gradient"),
    (BACK, "a * (da - (da * a).sum(-1, keepdims=True))", "da * a * (1 - a)", "softmax-jacobian-diagonal"),
    (BACK, "a * (da - (da * a).sum(-1, keepdims=True))", "da", "relu-mask-missing"),
]


@pytest.mark.parametrize(("task", "old", "new", "name"), WRONG)
def test_a_common_mistake_is_named(task, old, new, name):
    found = rows(task, (old, new))
    assert name in said(found)
    assert certain(found) <= {name, "shape"}


def test_a_missing_scale_is_told_in_words():
    found = rows(AHEAD, (" / np.sqrt(Q.shape[-1])\n    if mask", "\n    if mask"))
    assert any("not divided by √E" in row.verdict.sentence for row in found)
    assert certain(found) == set()
