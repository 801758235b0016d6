"""Which mistake is it? From the answers that the checks already hold, without a further call where it can be helped.

A paper's failing outputs are seen in all their cases at once (`seen`). What explains them is sought from the most
specific to the least: the mistakes that the course declares (`slips`, `closed`), shapes (`shapes`), constant factors
(`factors`), added terms (`additions`), places (`patterns`); what separates failing cases from passing ones is said
besides (`conditions`). A name is certain only if it reproduces every number of every failing case, and no other does.
"""

from grader.diagnosis.blame import settle
from grader.diagnosis.engine import diagnose

__all__ = ["diagnose", "settle"]
