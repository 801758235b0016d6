"""Whatever a submission answers, a diagnosis neither fails nor invents a name."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader import diagnosis
from grader.answerers import InProcess
from grader.diagnosis import diagnose, engine
from grader.grade import grade, prepare
from tests.diagnosis.students import SEED, base, certain, declared, exam
from tests.diagnosis.test_diagnosis_general import TASK, TOY, product_gradient
from tests.named import NAMED

NUMBERS = st.one_of(
    st.floats(allow_nan=True, allow_infinity=True), st.integers(-(2**40), 2**40), st.booleans(), st.just(1e308)
)
ARRAYS = arrays.arrays(np.float64, arrays.array_shapes(min_dims=0, max_dims=4, max_side=5), elements=st.floats())
ANSWERS = st.one_of(NUMBERS, ARRAYS, st.none(), st.text(max_size=3), st.lists(NUMBERS, max_size=4))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ANSWERS, min_size=0, max_size=4), st.booleans())
def test_no_answer_breaks_a_diagnosis(parts, right_first):
    """The engine itself is called: what goes wrong in it would otherwise be kept quiet."""
    paper, checks = prepare(TOY, b"robust").tasks[0]

    def student(dy, x, w, b, reg):
        return (product_gradient(dy, x, w, b, reg)[0], *parts) if right_first else tuple(parts)

    answerer = InProcess({TASK.name: student}, {})
    report = grade(prepare(TOY, b"robust"), answerer, explain=False)
    with np.errstate(all="ignore"):
        rows = diagnose(paper, checks, report.tasks[0].rows, answerer.ask(paper.question))
    assert [row.verdict.status for row in rows] == [row.verdict.status for row in report.tasks[0].rows]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_random_numbers_have_no_certain_name(seed):
    """Numbers of the right shapes that depend on the inputs alone, and on nothing that is taught."""

    def student(z, y):
        noise = np.random.default_rng([seed, *z.view(np.uint64).ravel()[:4] % 2**31])
        return float(noise.standard_normal()), noise.standard_normal(z.shape)

    answers = {**base("two_layer_mlp"), "softmax_loss": student}
    rows = grade(exam("two_layer_mlp", "softmax_loss", SEED), InProcess(answers, NAMED)).tasks[0].rows
    assert certain(rows) == set()


def test_a_fault_of_ours_leaves_the_verdicts_as_they_are(monkeypatch):
    def broken(*_):
        raise RuntimeError("ours")

    answers = {**base("two_layer_mlp"), "softmax_loss": lambda z, y: (0.0, z)}
    plain = grade(prepare(declared("two_layer_mlp"), SEED), InProcess(answers, NAMED), explain=False)
    monkeypatch.setattr(engine, "look", broken)
    monkeypatch.setattr(diagnosis, "settle", broken)
    assert grade(prepare(declared("two_layer_mlp"), SEED), InProcess(answers, NAMED)) == plain
