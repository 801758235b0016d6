"""The assignment graded: does the reference earn everything, a stub nothing, and does every wrong gradient lose points?

`audit` answers for one assignment. Mutants are the reference's functions with one edit each, made from their syntax
trees (`rules`) and judged by the assignment's own checks in processes of their own; what no check notices is compared
with the reference on many more inputs, so that edits which change nothing are told from checks that miss something.
"""

from grader.audit.findings import Findings
from grader.audit.run import Order, audit

__all__ = ["Findings", "Order", "audit"]
