"""Rules that update parameters. Each returns the next parameter and the config with its state."""

import numpy as np


def sgd(w, dw, config=None):
    """Move a parameter one step down its gradient: return (next_w, config).

    w ← w − η dw   [CS:sgd]

    config optionally holds "learning_rate" η (1e-2).

    Shapes
        w       any
        dw      like w
        next_w  like w

    Source: signature of CS231n's optim.
    """
    ####################################################################################################
    # TODO: derive sgd on paper, then write it here in place of the `raise`.                           #
    # Equations graded here: CS:sgd.                                                                   #
    ####################################################################################################
    raise NotImplementedError


def sgd_momentum(w, dw, config=None):
    """Move a parameter by a velocity that remembers earlier gradients: return (next_w, config).

    v ← μ v − η dw,   w ← w + v   [CS:sgd_momentum]

    config optionally holds "learning_rate" η (1e-2), "momentum" μ (0.9) and "velocity" v (zeros), which is carried on
    in it.

    Shapes
        w       any
        dw      like w
        next_w  like w

    Source: signature of CS231n's optim; Polyak, 1964.
    """
    ####################################################################################################
    # TODO: derive sgd_momentum on paper, then write it here in place of the `raise`.                  #
    # Equations graded here: CS:sgd_momentum.                                                          #
    ####################################################################################################
    raise NotImplementedError


def rmsprop(w, dw, config=None):
    """Move a parameter by its gradient over the root of a running mean of squares: return (next_w, config).

    r ← ρ r + (1 − ρ) dw²,   w ← w − η dw / (√r + ε)   [CS:rmsprop]

    config optionally holds "learning_rate" η (1e-2), "decay_rate" ρ (0.99), "epsilon" ε (1e-8) and "cache" r (zeros); r
    is carried on in it.

    Note
        The r of this step's dw is the one that divides it. ε is added to the root.

    Shapes
        w       any
        dw      like w
        next_w  like w

    Source: signature of CS231n's optim; Tieleman and Hinton, 2012.
    """
    ####################################################################################################
    # TODO: derive rmsprop on paper, then write it here in place of the `raise`.                       #
    # Equations graded here: CS:rmsprop.                                                               #
    ####################################################################################################
    raise NotImplementedError


def adam(w, dw, config=None):
    """Move a parameter by Adam's rule, bias corrections included: return (next_w, config).

    t ← t + 1,   m ← β₁ m + (1 − β₁) dw,   v ← β₂ v + (1 − β₂) dw²,
    w ← w − η m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ)   [CS:adam]

    config optionally holds "learning_rate" η (1e-3), "beta1" (0.9), "beta2" (0.999), "epsilon" ε (1e-8), and the state
    "m", "v" (zeros) and "t" (0), which is carried on in it.

    Note
        t counts this step: the first one uses t = 1. The corrected m̂ and v̂ are not kept.

    Shapes
        w       any
        dw      like w
        next_w  like w

    Source: signature of CS231n's optim; Kingma and Ba, "Adam", 2015.
    """
    ####################################################################################################
    # TODO: derive adam on paper, then write it here in place of the `raise`.                          #
    # Equations graded here: CS:adam.                                                                  #
    ####################################################################################################
    raise NotImplementedError
