"""Load a folder of ordinary Python files as a student's machine would: they import one another by name.

Our own test data only: a submission is never run in this process.
"""

import importlib
import sys
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path

STYLES = Path(__file__).parent


@contextmanager
def on_the_path(folder):
    """Make the modules of a folder importable by name, and forget them afterwards."""
    names = {path.stem for path in folder.glob("*.py")}
    before = {name: sys.modules.pop(name) for name in names if name in sys.modules}
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        yield sorted(names)
    finally:
        sys.path.remove(str(folder))
        for name in names:
            sys.modules.pop(name, None)
        sys.modules.update(before)


def functions(folder, wanted):
    """Find the wanted functions in the files of a folder: where they are defined, not where they are imported."""
    found = {}
    with on_the_path(folder) as names, redirect_stdout(StringIO()):
        for name in names:
            module = importlib.import_module(name)
            source = Path(module.__file__).read_text(encoding="utf-8")
            for wish in wanted:
                if f"\ndef {wish}(" in source or f"\n{wish} = " in source:
                    found[wish] = getattr(module, wish)
    return found


def styles(assignment):
    """The folders of correct solutions of an assignment."""
    return sorted(path for path in (STYLES / assignment).iterdir() if path.is_dir() and path.name != "__pycache__")
