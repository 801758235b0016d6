"""What the tests of the sandbox share: submissions written as text, in real processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from grader.limits import Limits
from grader.questions import Answer, Call, Question
from grader.sandbox import Confined, Sandbox, shared, zygote
from grader.sandbox.process import Process
from grader.sandbox.worker.layers import Layers

QUICK = Limits(call_s=1.0, submission_s=20.0, cpu_s=10, load_s=2.0)


@dataclass(frozen=True)
class File:
    path: str
    content: bytes


@dataclass(frozen=True)
class Handed:
    files: tuple[File, ...]


def handed_in(files: Mapping[str, str | bytes]) -> Handed:
    contents = {path: text if isinstance(text, bytes) else text.encode() for path, text in files.items()}
    return Handed(tuple(File(path, contents[path]) for path in sorted(contents)))


Open = Callable[..., Confined]


@pytest.fixture(scope="session")
def warm() -> Iterator[None]:
    """Keep the shared zygote from one test to the next."""
    if shared.possible():
        shared.acquire()
        yield
        shared.release()
    else:
        yield


@pytest.fixture(scope="session")
def zygotes() -> Iterator[Callable[..., zygote.Zygote]]:
    """Zygotes by their layers, `zygotes(seccomp=False)`, each started once."""
    kept: dict[Layers, zygote.Zygote] = {}

    def one(**layers: bool) -> zygote.Zygote:
        asked = Layers(**layers)
        return kept.setdefault(asked, zygote.Zygote(asked))

    yield one
    for each in kept.values():
        each.close()


@pytest.fixture(params=["process", "zygote"])
def backend(request: pytest.FixtureRequest, warm: None) -> Any:
    """What starts the workers: both kinds, one after the other."""
    if request.param == "zygote" and not shared.possible():
        pytest.skip("this machine has no kernel filter")
    return Process if request.param == "process" else None


@pytest.fixture
def opened(backend: Any) -> Iterator[Open]:
    """Open a submission, `{path: source}` or the source of main.py; the names default to all top-level functions."""
    boxes = []

    def open_one(files: Any, names: Any = "f", limits: Limits = QUICK, **options: Any) -> Confined:
        files = files if isinstance(files, dict) else {"main.py": files}
        wanted = names if isinstance(names, dict) else dict.fromkeys(names.split(), "template")
        box = Sandbox(limits, **{"start": backend, **options})
        boxes.append(box)
        return box.open(handed_in(files), wanted)

    yield open_one
    for box in boxes:
        box.__exit__()


@pytest.fixture
def put() -> Callable[..., Answer]:
    """Ask for one call and return its answer."""

    def put_one(confined: Confined, function: str, *args: Any, **options: Any) -> Answer:
        (answer,) = confined.ask(Question((Call(function, args, **options),)))
        return answer

    return put_one
