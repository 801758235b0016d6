"""One mistake of the catalogue, as it is explained to people.

Texts may hold formulas between dollar signs, in the small part of LaTeX that `grader.diagnosis.formula` reads. One
notation throughout, unless an entry says otherwise: examples stand in rows, u = X W + c, h = φ(u), z = h w + b, P is
the softmax of z, Y holds the labels as rows with a single 1, G = ∂L/∂z, λ is the strength of the penalty.
"""

from __future__ import annotations

import msgspec


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What the mistake `id` is, why nobody notices it, and how a student is led to it.

    `wrong` and `right` are formulas; `hides` names the inputs for which both agree. `hints` climbs from a nudge over a
    question to the equation, and never holds code. `instructor` is one sentence with the formula.
    """

    id: str
    title: str
    what: str
    wrong: str
    right: str
    hides: str
    find: str
    hints: tuple[str, str, str]
    instructor: str
