"""`python -m grader` is `grader`."""

from grader.cli import script

if __name__ == "__main__":
    script()
