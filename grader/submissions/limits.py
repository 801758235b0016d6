"""How much of a submission is read. Honest work stays far below; what exceeds it is named, not truncated."""

MB = 1_000_000

PYTHON_BYTES = 4 * MB
NOTEBOOK_BYTES = 20 * MB  # saved figures make notebooks large
TOTAL_BYTES = 32 * MB
ARCHIVE_BYTES = 20 * MB

FILES = 2_000  # visible files, of any kind, in the part that is read
ENTRIES = 20_000  # directory entries walked, or members of an archive, skipped ones included
DEPTH = 12  # names in a path
PATH_CHARACTERS = 400
NOTES = 40


def size_limit(path: str) -> int:
    """Return how many bytes the file may have, by the kind of source that it is."""
    return NOTEBOOK_BYTES if path.lower().endswith(".ipynb") else PYTHON_BYTES


def in_mb(size: int) -> str:
    """Write a limit the way people say it."""
    return f"{size // MB} MB"
