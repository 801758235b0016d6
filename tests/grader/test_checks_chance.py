"""Outputs that are drawn at random: every right way to draw passes, and each wrong one is told."""

import numpy as np
import pytest

from grader.answerers import InProcess
from grader.battery import AwayFromZero, Fixed, Normal, Together
from grader.checks import Thinned, ThinnedAlike, Value
from grader.checks.chance import by_chance
from grader.grade import grade, prepare
from grader.model import Assignment, Case, Task


def thin(x, settings):
    if settings["p"] == 1:
        return x, None
    kept = (np.random.RandomState(settings["seed"]).random_sample(x.shape) < settings["p"]) / settings["p"]
    return x * kept, kept


def thin_gradient(dy, cache):
    return dy if cache is None else dy * cache


def drawn(p, seed):
    return dict(settings=Together(dict(p=Fixed(p), seed=Fixed(seed))))


WHOLE = (Case("example", dict(N=2, D=3), public=True), Case("generic", dict(N=7, D=5)))
CASES = (
    *WHOLE,
    Case("few", dict(N=53, D=41), drawn(0.3, 1), group="drawn"),
    Case("few again", dict(N=53, D=41), drawn(0.3, 1), group="drawn"),
    Case("few others", dict(N=53, D=41), drawn(0.3, 2), group="drawn"),
    Case("most", dict(N=1, D=2003), drawn(0.9, 3), group="drawn"),
)
DRAWS = dict(x=AwayFromZero("N D"), **drawn(1, 0))
TASKS = (
    Task(
        thin,
        DRAWS,
        {"y": "N D", "cache": ""},
        CASES,
        {Value("y"): 1, Thinned("y", "x", "settings.p", "settings.seed", group="drawn"): 1},
    ),
    Task(
        thin_gradient,
        dict(**DRAWS, dy=Normal("N D")),
        {"dx": "N D"},
        CASES,
        {Value("dx"): 1, ThinnedAlike("dx", "dy", "settings.p", group="drawn"): 1},
        forward=thin,
    ),
)
ASSIGNMENT = Assignment("thinned", "What is left out at random", 4, {}, TASKS)
RIGHT = {"thin": thin, "thin_gradient": thin_gradient}


def verdicts(seed=b"chance", **functions):
    """The verdict on what is drawn, forward and backward."""
    report = grade(prepare(ASSIGNMENT, seed), InProcess({**RIGHT, **functions}, {}))
    return [task.rows[1].verdict for task in report.tasks]


def another_draw(draw):
    """A forward pass that draws what it keeps in a way of its own."""

    def thinned(x, settings):
        p = settings["p"]
        if p == 1:
            return x, None
        kept = draw(np.random.default_rng(settings["seed"]), x, p)
        return x * kept, kept

    return thinned


@pytest.mark.parametrize(
    "draw",
    [
        lambda rng, x, p: (rng.uniform(size=x.shape) < p) / p,
        lambda rng, x, p: rng.binomial(1, p, size=x.shape) / p,
        lambda rng, x, p: np.where(rng.uniform(size=x.shape) > 1 - p, 1 / p, 0),
        lambda rng, x, p: rng.choice([0, 1], size=x.shape, p=[1 - p, p]) * (1 / p),
        lambda rng, x, p: rng.permuted(np.arange(x.size) < round(p * x.size)).reshape(x.shape) / p,
    ],
)
def test_every_right_way_to_draw_passes(draw):
    for seed in range(5):
        found = verdicts(b"%d" % seed, thin=another_draw(draw))
        assert [verdict.status for verdict in found] == ["pass", "pass"], found


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (lambda rng, x, p: rng.uniform(size=x.shape) < p, "scaled"),
        (lambda rng, x, p: (rng.uniform(size=x.shape) < 1 - p) / p, "probability"),
        (lambda rng, x, p: (rng.uniform(size=x.shape) < p) / (1 - p), "scaled"),
        (lambda rng, x, p: np.ones_like(x) * (rng.uniform(size=x.shape[1]) < p) / p, "probability"),
        (lambda rng, x, p: np.ones_like(x) / p, "probability"),
        (lambda rng, x, p: np.zeros_like(x), "probability"),
        (lambda rng, x, p: (np.random.RandomState(0).random_sample(x.shape) < p) / p, "different seeds keep the same"),
        (lambda rng, x, p: (np.random.default_rng().uniform(size=x.shape) < p) / p, "equal seeds keep different"),
        (lambda rng, x, p: (rng.uniform(size=x.shape) < p) / (p + 1e-9), "scaled"),
        (lambda rng, x, p: np.where(rng.uniform(size=x.shape) < p, 1 / p, np.nan), "scaled"),
    ],
)
def test_every_wrong_draw_is_told(draw, says):
    verdict, _ = verdicts(thin=another_draw(draw))
    assert verdict.status == "fail"
    assert says in verdict.sentence


@pytest.mark.parametrize(
    "wrong",
    [
        lambda dy, cache: dy,
        lambda dy, cache: dy if cache is None else dy * (cache > 0),
        lambda dy, cache: dy if cache is None else dy * cache * (1 + 1e-9),
        lambda dy, cache: dy if cache is None else dy * cache[::-1],
        lambda dy, cache: dy if cache is None else np.full(dy.shape, np.nan),
    ],
)
def test_a_gradient_that_keeps_others_is_told(wrong):
    forward, backward = verdicts(thin_gradient=wrong)
    assert (forward.status, backward.status) == ("pass", "fail")


def test_a_right_gradient_keeps_its_points_under_a_forward_that_is_not_scaled():
    def unscaled(x, settings):
        out, cache = thin(x, settings)
        return (out, cache) if cache is None else (x * (cache > 0), cache)

    forward, backward = verdicts(thin=unscaled)
    assert (forward.status, backward.status) == ("fail", "pass")


def test_another_shape_is_blocked_and_a_failure_keeps_its_status():
    assert verdicts(thin_gradient=lambda dy, cache: dy[:1, :1])[1].status == "blocked"
    assert verdicts(thin_gradient=lambda dy, cache: dy.nonsense)[1].status == "raised"
    assert verdicts(thin=lambda x, settings: [None, None])[0].status == "absent"


def test_counts_of_fair_draws_are_never_called_unfair_and_others_are():
    rng = np.random.default_rng(0)
    for p in (0.1, 0.3, 0.5, 0.7, 0.9):
        for shape in ((400,), (1, 300), (23, 17), (3, 5, 41), (200, 2)):
            for _ in range(100):
                kept = rng.uniform(size=shape) < p
                assert all(by_chance(kept, p, axis) for axis in (None, *range(len(shape))))
    assert not by_chance(rng.uniform(size=4000) < 0.4, 0.3, None)
    assert not by_chance(np.repeat(rng.uniform(size=(60, 1)) < 0.5, 50, axis=1), 0.5, 0)
