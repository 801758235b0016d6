"""`public.json`: the public cases of an assignment with their answers, for machines without the course.

`dump` writes it from an assignment, `load` reads it back into an exam whose checks run as they do at the instructor's.
"""

from grader.public.document import SCHEMA
from grader.public.layout import equivalent
from grader.public.reading import Meta, load, schema_of
from grader.public.values import PublicError
from grader.public.writing import decides, dump

__all__ = ["SCHEMA", "Meta", "PublicError", "decides", "dump", "equivalent", "load", "schema_of"]
