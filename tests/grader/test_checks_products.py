"""What a wrong shape is said to be: a sum or product of the inputs, in every case in which it came."""

import numpy as np

from grader.checks.products import product


def case(N, made):
    """A bias gradient of N examples and three units, from an upstream gradient."""
    dout = np.arange(1.0, 3 * N + 1).reshape(N, 3) ** 2
    return made(dout), dout.sum(axis=0), {"dout": dout}


def test_one_case_alone_is_called_by_the_plainest_name():
    assert product([case(1, lambda dout: dout)]) == "dout"


def test_what_only_one_example_makes_equal_is_not_said():
    kept = [case(N, lambda dout: dout.sum(axis=0, keepdims=True)) for N in (1, 4)]
    assert product(kept) == "the sum of the rows of dout, kept as a matrix"


def test_what_no_name_fits_in_every_case_has_none():
    assert product([case(1, lambda dout: dout), case(4, lambda dout: dout[:, :2] + 0.5)]) == ""


def test_a_name_that_holds_in_every_case_is_said():
    assert product([case(N, lambda dout: dout) for N in (1, 4)]) == "dout"


def test_the_right_numbers_in_another_shape_are_said_to_be():
    x = np.arange(1.0, 7.0).reshape(2, 3)
    assert product([(x.ravel(), x, {})]) == "the right numbers in another shape"
    assert product([(x.T, x, {})]) == "the transpose of what is expected"
