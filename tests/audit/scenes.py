"""A function written out in a test, as the rules see it."""

import ast
import textwrap

import numpy as np

from grader.audit.rules import RULES
from grader.audit.scene import Scene
from grader.audit.source import Source


def scene(text, outputs=None, arrays=(), known=()):
    """The scene of one function. `outputs` are its results in the generic case, by place."""
    source = Source("f", "f.py", 1, 0, textwrap.dedent(text).strip() + "\n")
    shown = {0: np.zeros((2, 3))} if outputs is None else outputs
    return Scene(source, {"np": np, **dict(known)}, shown, tuple(arrays), len(shown) > 1)


def rule(identifier):
    return next(rule for rule in RULES if rule.id == identifier)


def mutated(identifier, text, **shown):
    """What one rule makes of a function, spelt by Python itself and in the order in which it is found."""
    seen = scene(text, **shown)
    texts = []
    for change in rule(identifier).changes(seen):
        texts.append(seen.source.edited({node: seen.text(node, new) for node, new in change.items()}))
    return list(dict.fromkeys(spelt(each) for each in texts))


def spelt(text):
    return ast.unparse(ast.parse(textwrap.dedent(text).strip()))
