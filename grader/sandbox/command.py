"""How the child is started: an interpreter that knows Python, numpy and the worker, and nothing of the project.

`-P -s -S` and an environment of our own making do what `-I` does, and leave room for PYTHONHASHSEED: a set of texts
has one order in every run. Without site processing no `.pth` file is read, so what is installed in editable mode,
the answers in particular, cannot be imported.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from functools import cache
from pathlib import Path

WORKER = Path(__file__).parent / "worker"

BOOTSTRAP = """\
import importlib.util as u, sys
here, sites, module, *numbers = sys.argv[1:]
sys.argv[:] = [""]
sys.path += sites.split("\\n")
spec = u.spec_from_file_location("_worker", here + "/__init__.py", submodule_search_locations=[here])
sys.modules["_worker"] = u.module_from_spec(spec)
spec.loader.exec_module(sys.modules["_worker"])
__import__("importlib").import_module("_worker." + module).main(*map(int, numbers))
"""

ONE_THREAD = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
)
"""What tells the libraries behind numpy to compute in one thread."""
_PASSED_ON = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "SYSTEMROOT")


def command(module: str, *numbers: int) -> list[str]:
    """Return the command line that runs `main` of a module of the worker."""
    options = ["-P", "-s", "-S", "-X", "utf8", "-c", BOOTSTRAP]
    return [sys.executable, *options, str(WORKER), "\n".join(_sites()), module, *map(str, numbers)]


def environment() -> dict[str, str]:
    """Return the whole environment of a worker: one thread, one order of sets, and nothing of the user's."""
    passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {"PYTHONHASHSEED": "0", **dict.fromkeys(ONE_THREAD, "1"), **passed_on}


@cache
def _sites() -> tuple[str, ...]:
    """Return the folders that hold numpy and, where it is installed, nbformat."""
    specs = [importlib.util.find_spec(name) for name in ("numpy", "nbformat")]
    folders = [str(Path(spec.origin).parents[1]) for spec in specs if spec and spec.origin]
    return tuple(dict.fromkeys(folders))
