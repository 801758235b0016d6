"""The report of one submission as a page: one file, no script, nothing fetched.

jinja2 and latex2mathml come with the extra `html`. They are imported when the first page is written.
"""

from grader.report.page.compose import EXTRA, Course, Missing, compose, missing, warm_up
from grader.report.page.source import Excerpt, Finder

__all__ = ["EXTRA", "Course", "Excerpt", "Finder", "Missing", "compose", "missing", "warm_up"]
