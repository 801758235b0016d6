"""Cases that both halves of the assignment share, and the network that the handout follows."""

from dataclasses import replace

from grader.model import Case

PRIMES, FITS = "distinct primes: a transpose or a wrong axis shows", "mistakes that run where all products fit"
PRACTICE = Case("practice", {}, public=True, slope=True, why="random numbers, the same for everybody")
GENERIC = Case("generic", {}, slope=True, why=PRIMES)
SQUARE = Case("square", {}, why=FITS)
SINGLE = Case("one example", {}, why="N = 1: squeezed axes and branches on the batch size")


def sized(case, sizes, **draws):
    """Give a case its sizes, and the draws that differ there."""
    return replace(case, sizes=sizes, draws=draws)


# The network that the handout follows.
HANDOUT = dict(W=[[1, -1, 0], [-1, 2, -1]], c=[1, 0, 1], w=[[2, 0], [1, 0], [1, 1]], b=[0, 4])
HANDOUT_X, HANDOUT_Y, HANDOUT_SIZES = [[1, 0], [0, 2]], [0, 0], dict(N=2, D=2, H=3, C=2)
