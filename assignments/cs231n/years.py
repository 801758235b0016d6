"""The years in which the course changed what it asks: each stands for itself and for those up to the next."""

ALL = ("2016", "2017", "2018", "2019", "2021", "2025")
WITH_SVM = ALL[:-1]
"""linear_svm.py was taken out in 2025."""

MODULAR_A1 = ("2021", "2025")
"""layers.py and fc_net.py moved into the first assignment; before, it had neural_net.py."""

WITH_RNN = ALL[:-1]
"""Recurrent nets by hand; as of 2025 they are left to autograd."""

WITH_LAYERNORM = ALL[2:]
"""Layer and group normalisation came in 2018."""

DROPPED, KEPT = ALL[:2], ALL[2:]
"""Dropout's p was the share that is dropped, and is the share that is kept as of 2018."""

STANDING_ALONE = ALL[:4]
"""The first assignment had a net of its own, and the modular one was in the second."""

BEYOND = ("beyond",)
"""Asked in no year: what the course leaves to autograd, derived by hand."""
