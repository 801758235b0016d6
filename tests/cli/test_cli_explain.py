"""`grader explain`: one mistake, all of them, and a name that is none."""

from tests.cli.command import run
from tests.diagnosis.test_diagnosis_catalogue import IDS


def test_one_mistake_is_explained():
    ran = run("explain", "missing-1/N")
    assert ran.code == 0
    assert ran.out.startswith("missing-1/N: The mean over the batch is missing\n")
    for part in ("G = P − Y\n", "G = (1/N) (P − Y)\n", "where it hides\n  N = 1.\n", "the equation: L = (1/N) Σ_i L_i"):
        assert part in ran.out


def test_all_are_listed():
    _, *lines = run("explain").out.splitlines()
    assert sorted(line.split()[0] for line in lines if not line.startswith(" ")) == sorted(IDS)


def test_markdown_holds_mathematics():
    ran = run("explain", "missing-1/N", "--format", "markdown")
    assert "# `missing-1/N`: The mean over the batch is missing" in ran.out
    assert r"$`G = \frac{1}{N} (P - Y)`$" in ran.out
    assert "| `sign` | " in run("explain", "--format", "markdown").out


def test_an_unknown_mistake_is_wrong_use():
    ran = run("explain", "mising-1/N")
    assert (ran.code, ran.line) == (2, "grader: there is no mistake 'mising-1/N'; did you mean missing-1/N?")


def test_a_stream_without_greek_gets_words():
    assert "lambda W" in run("explain", "reg-factor-2", encoding="ascii").out
