"""Read what a student handed in: a file, a notebook, a folder or a zip, into memory, as bytes.

Nothing here decodes, parses, imports or unpacks to disk; text is looked at by the worker alone.
"""

from grader.submissions.listing import list_class
from grader.submissions.model import SourceFile, Submission, Unreadable
from grader.submissions.naming import display_name
from grader.submissions.reading import read_submission

__all__ = ["SourceFile", "Submission", "Unreadable", "display_name", "list_class", "read_submission"]
