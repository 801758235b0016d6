"""The child: it reads and runs the student's code, and answers with plain values.

This folder is loaded by itself, under a private name, in a process on whose path the project is not. It may
therefore import numpy, nbformat, the standard library and its own siblings, and nothing else. `wire`, `values`
and `named` are read by the grader too; the rest runs in the child alone.
"""
