"""Grades hand-derived neural-network gradients.

`Assignment ─declares→ Check ─asks→ Question ⇄ Worker(Submission) ─parsed→ Answer ─judged→ Verdict ─folded→ Report`

Untrusted code computes values; trusted code compares them.
"""

__version__ = "0.1.0"
