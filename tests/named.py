"""The functions that a question may name, for answerers of this process."""

from grader.sandbox.worker import named

NAMED = {name: getattr(named, name) for name in ("sin", "square", "affine", "softmax")}
